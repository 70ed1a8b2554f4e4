/** Writes responses as JSON: bounded, and in slices if they are long, so that others are served meanwhile. */
import type { GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import { Answer } from '../execution/answer.ts';
import { requestError } from '../refusal.ts';
import { textOf } from '../text.ts';
import { formatError } from './errors.ts';
import type { Step } from './in-sequence.ts';

type Sent = GraphQLRequestContextWillSendResponse<Context>;

export type Result = {
  errors?: readonly object[] | undefined;
  data?: object | null | undefined;
  extensions?: object | undefined;
};

/** The most records whose response is written at once. */
const fewRecords = 25;

const bytesOf = (value: unknown): number => (value ? Buffer.byteLength(JSON.stringify(value)) : 0);

/** The error in place of a response. A mutation has been executed all the same. */
function tooLong(limit: number, isMutation: boolean): GraphQLError {
  const remedy = isMutation
    ? 'The mutation has been executed; query what it changed.'
    : 'Request fewer records or fewer fields.';
  const message = `The response is longer than ${limit} bytes (MAX_RESPONSE_BYTES). ${remedy}`;
  const details = { limit, setting: 'MAX_RESPONSE_BYTES' };
  return requestError('LIMIT_EXCEEDED', message, details, isMutation ? 200 : 400);
}

/**
 * The step that makes the text of a response, and what writes the whole response, as Apollo Server's `stringifyResult` does. That comes too late to refuse
 * a response that is too long: its status and its log line are then made.
 */
export function responseText(maxBytes: number) {
  /** The text of each `data` that graphql-js has made, until the whole response is asked for. */
  const serialised = new WeakMap<object, string>();

  function refuse(answer: Sent): void {
    const { response, operation } = answer;
    const error = tooLong(maxBytes, operation?.operation === 'mutation');
    Object.assign(answer, { errors: [error] });
    const { http, ...extensions } = error.extensions as { http: { status: number } };
    response.http.status = http.status;
    const singleResult = { errors: [formatError({ message: error.message, extensions }, error)] };
    response.body = { kind: 'single', singleResult };
  }

  async function write(answer: Sent, data: object, room: number): Promise<void> {
    const isShort = answer.contextValue.request.records <= fewRecords;
    const text = isShort ? JSON.stringify(data) : await textOf(data, maxBytes);
    if (text !== undefined && Buffer.byteLength(text) <= room) serialised.set(data, text);
    else refuse(answer);
  }

  const step: Step = {
    willSendResponse(answer) {
      const { body } = answer.response;
      if (body.kind !== 'single') return;
      const { data, errors } = body.singleResult;
      if (!data) return;
      const room = maxBytes - bytesOf(errors);
      if (!(data instanceof Answer)) return write(answer, data, room);
      if (!data.isWithin(room)) refuse(answer);
    },
  };

  /** A response as JSON, with its members in the order of Apollo Server. */
  function bodyOf({ errors, data, extensions }: Result): string | Buffer {
    if (data === undefined) return JSON.stringify({ errors, extensions });
    const before = errors === undefined ? '{"data":' : `{"errors":${JSON.stringify(errors)},"data":`;
    const after = extensions === undefined ? '}' : `,"extensions":${JSON.stringify(extensions)}}`;
    if (data instanceof Answer) return data.between(before, after);
    return before + ((data && serialised.get(data)) ?? JSON.stringify(data)) + after;
  }

  return { step, bodyOf };
}
