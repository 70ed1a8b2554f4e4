/** Writes responses as JSON: bounded, and in slices if they are long, so that others are served meanwhile. */
import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import { requestError } from '../refusal.ts';
import { textOf } from '../text.ts';
import { formatError } from './errors.ts';

type Answer = GraphQLRequestContextWillSendResponse<Context>;

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
 * The plugin, and Apollo Server's `stringifyResult`, which comes too late to refuse a response that is too long: its
 * status and its log line are then made.
 */
export function responseText(maxBytes: number) {
  /** The text of each `data`, until Apollo Server asks for the whole response. */
  const serialised = new WeakMap<object, string>();

  async function write(answer: Answer): Promise<void> {
    const { response, contextValue, operation } = answer;
    if (response.body.kind !== 'single') return;
    const { data, errors } = response.body.singleResult;
    if (!data) return;
    const isShort = contextValue.request.records <= fewRecords;
    const text = isShort ? JSON.stringify(data) : await textOf(data, maxBytes);
    if (text !== undefined && Buffer.byteLength(text) + bytesOf(errors) <= maxBytes) {
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

  function stringifyResult(result: object): string {
    const members = Object.entries(result)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => {
        const text = name === 'data' && value ? serialised.get(value) : undefined;
        return `"${name}":${text ?? JSON.stringify(value)}`;
      });
    return `{${members.join(',')}}`;
  }

  return { plugin, stringifyResult };
}
