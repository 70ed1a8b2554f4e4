import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject, type Json, type JsonObject } from '../json.ts';

/** A finished answer. `body` is text, since an operation may have it at hand as text. */
export type Answer = { status: number; type: string; body: string; headers?: Record<string, string> };

/** Larger requests than this are refused; no record of the service comes near it. */
const MAX_BODY = 1_048_576;

/** The whole body as text, or `undefined` when it is too large. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    // What comes after the limit is read and dropped, so that the caller gets to see the answer.
    if (size <= MAX_BODY) chunks.push(chunk as Buffer);
  }
  return size <= MAX_BODY ? Buffer.concat(chunks).toString() : undefined;
}

/** Parses a body that has to be a JSON object; an empty one counts as `{}`. */
export function parseObject(body: string): JsonObject | undefined {
  if (body.trim() === '') return {};
  try {
    const value = JSON.parse(body) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function send(response: ServerResponse, { status, type, body, headers }: Answer): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body), ...headers });
  response.end(body);
}

export const json = (status: number, value: Json): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
});
