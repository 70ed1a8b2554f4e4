/** Writes responses as JSON: bounded, and in slices if they are long, so that others are served meanwhile. */
import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import { Answer, type Json } from '../execution/answer.ts';
import { requestError } from '../refusal.ts';
import { textOf } from '../text.ts';
import { formatError } from './errors.ts';

type Sent = GraphQLRequestContextWillSendResponse<Context>;

/** The members of a response in the order in which Apollo Server writes them. */
export type Result = {
  errors?: readonly object[] | undefined;
  data?: object | null | undefined;
  extensions?: object | undefined;
};

/** The most records whose response is written at once. */
const fewRecords = 25;

const lengthOf = (json: Json): number =>
  typeof json === 'string' ? Buffer.byteLength(json) : json.reduce((sum, { length }) => sum + length, 0);

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
 * The plugin, and what writes the whole response, as Apollo Server's `stringifyResult` does. That comes too late to refuse
 * a response that is too long: its status and its log line are then made.
 */
export function responseText(maxBytes: number) {
  /** The text of each `data`, until the whole response is asked for. */
  const serialised = new WeakMap<object, Json>();

  /** Data as JSON; undefined if it is too long. */
  async function jsonOf(data: object, records: number): Promise<Json | undefined> {
    if (data instanceof Answer) return data.json;
    return records <= fewRecords ? JSON.stringify(data) : textOf(data, maxBytes);
  }

  async function write(answer: Sent): Promise<void> {
    const { response, contextValue, operation } = answer;
    if (response.body.kind !== 'single') return;
    const { data, errors } = response.body.singleResult;
    if (!data) return;
    const text = await jsonOf(data, contextValue.request.records);
    if (text !== undefined && lengthOf(text) + bytesOf(errors) <= maxBytes) {
      serialised.set(data, text);
      return;
    }
    const error = tooLong(maxBytes, operation?.operation === 'mutation');
    Object.assign(answer, { errors: [error] });
    const { http, ...extensions } = error.extensions as { http: { status: number } };
    response.http.status = http.status;
    response.body.singleResult = { errors: [formatError({ message: error.message, extensions }, error)] };
  }

  const plugin: ApolloServerPlugin<Context> = {
    async requestDidStart({ contextValue: { request } }) {
      return {
        async willSendResponse(answer) {
          request.written = write(answer);
          await request.written;
        },
      };
    },
  };

  /** A response as JSON, in bytes if its data is. */
  function bodyOf({ errors, data, extensions }: Result): string | Buffer {
    const members = Object.entries({ errors, data, extensions }).filter(([, value]) => value !== undefined);
    const parts = members.flatMap(([name, value], index): (string | Buffer)[] => [
      `${index > 0 ? ',' : '{'}"${name}":`,
      ...[(value && serialised.get(value)) ?? JSON.stringify(value)].flat(),
    ]);
    parts.push('}');
    const isText = parts.every((part) => typeof part === 'string');
    if (isText) return parts.join('');
    return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  }

  return { plugin, bodyOf };
}
