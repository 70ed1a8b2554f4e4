import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject, type Json, type JsonObject } from '../json.ts';

/** A complete response. `body` is a string, since an operation may have it at hand as one. */
export type Answer = { status: number; type: string; body: string; headers?: Record<string, string> };

/** Larger requests are refused; no record of the service comes near this size. */
const maxBodyBytes = 1_048_576;

/** The whole body, or `undefined` if it is too large. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    // Anything beyond the limit is read and dropped, so that the caller receives the response.
    if (size <= maxBodyBytes) chunks.push(chunk as Buffer);
  }
  return size <= maxBodyBytes ? Buffer.concat(chunks).toString() : undefined;
}

/** Parses a body as a JSON object of limited depth; an empty one counts as `{}`. */
export function parseObject(body: string): JsonObject | undefined {
  if (body.trim() === '') return {};
  if (nesting(body) > maxNesting) return undefined;
  try {
    const value = JSON.parse(body) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** No request of the model is a tenth as deep. Bodies are read recursively, so deeper ones could overflow the stack. */
const maxNesting = 100;

/** The depth of brackets in JSON, not counting those in strings. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const sign = text[index];
    if (sign === '"') quoted = !quoted;
    else if (quoted) index += sign === '\\' ? 1 : 0;
    else if (sign === '{' || sign === '[') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (sign === '}' || sign === ']') depth -= 1;
  }
  return deepest;
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

/** The HTML response of a proxy whose upstream is unavailable. */
export const unavailable: Answer = {
  status: 503,
  type: 'text/html',
  body: '<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>',
};
