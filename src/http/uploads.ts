/** The bodies of uploads: streams that are read as fast as what is in them can be stored. */
import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { quoted } from '../domain/bad-input.ts';
import { Fault } from '../fault.ts';
import { requestError } from '../graphql/refusal.ts';

/** The formats of files, and the media types that are accepted for them. */
export const formats = {
  jsonl: ['application/jsonl', 'application/x-ndjson'],
  csv: ['text/csv'],
} as const;

export type Format = keyof typeof formats;

/**
 * The format of a body.
 *
 * @throws GraphQLError BAD_REQUEST (415) for another media type, or another charset than UTF-8
 */
export function formatOf(contentType: string | undefined): Format {
  const [type = '', ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  const isUtf8 = !charset || /^charset="?(utf-8|utf8|us-ascii)"?$/.test(charset);
  const format = (Object.keys(formats) as Format[]).find((name) =>
    formats[name].some((accepted) => accepted === type),
  );
  if (format && isUtf8) return format;
  const got = contentType ? quoted(contentType) : 'none';
  const expected = Object.values(formats).flat().map(quoted).join(', ');
  throw requestError(
    'BAD_REQUEST',
    `Content-Type: got ${got}, expected one of ${expected}, in UTF-8.`,
    {},
    415,
  );
}

/** Has the routes of an app get the bodies of uploads as streams. */
export function acceptUploads(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  // Other types are refused by `formatOf`, whose message names those that are accepted.
  app.addContentTypeParser('*', (_request, body, done) => done(null, body));
}

/** The time for a request is over, or the gateway is stopping. */
function interruption(reason: unknown): Error {
  const isTimeout = reason instanceof DOMException && reason.name === 'TimeoutError';
  return isTimeout
    ? requestError('BAD_REQUEST', 'The upload did not arrive in time (REQUEST_TIMEOUT_MS).', {}, 408)
    : requestError('SERVICE_UNAVAILABLE', 'The gateway is stopping.', {}, 503);
}

/**
 * The chunks of a body. The connection stays open if reading ends early, so that the reason can be answered.
 *
 * @throws Fault LIMIT_EXCEEDED for a longer body than `maxBytes`; GraphQLError if the signal is aborted
 */
export async function* chunksOf(
  body: Readable,
  maxBytes: number,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let got = 0;
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    got += chunk.length;
    if (got > maxBytes)
      throw new Fault('LIMIT_EXCEEDED', `The body is longer than ${maxBytes} bytes (BULK_MAX_BYTES).`, {
        exceeded: { limit: maxBytes, setting: 'BULK_MAX_BYTES', got },
      });
    if (signal.aborted) throw interruption(signal.reason);
    yield chunk;
  }
}

/**
 * Reads the rest of a body after an error: many clients take a connection that is closed while they send for a failure of
 * the network, and never look at the answer.
 *
 * @returns false if there is more of it than `maxBytes`, so that the connection has to be closed
 */
export async function drain(body: Readable, maxBytes: number): Promise<boolean> {
  let got = 0;
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      got += chunk.length;
      if (got > maxBytes) return false;
    }
    return true;
  } catch {
    return false;
  }
}
