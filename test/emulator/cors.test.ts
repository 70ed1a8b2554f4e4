import { describe, expect, test } from 'vitest';
import { raw } from '../raw.ts';
import { envelope, testEmulator } from './kit.ts';

const on = testEmulator({ seed: true });
const origin = 'http://localhost:3000';
const signedHeaders = 'amz-sdk-invocation-id,authorization,content-type,x-amz-date,x-amz-target';

describe('calls of a browser', () => {
  test('a preflight allows a signed call from any origin, with the headers that it asks for', async () => {
    const answer = await raw(on.url, 'OPTIONS', {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': signedHeaders,
    });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': signedHeaders,
      'access-control-max-age': '172800',
    });
    expect((await on.control('GET', 'calls')).body.total).toBe(0);
  });

  test.each([
    ['an answer', 'O5000001', 200],
    ['an error', 'O1', 400],
  ])('a page may read %s, and its request id and error type', async (_what, Identifier, status) => {
    const body = JSON.stringify({ Catalog: 'Sandbox', Identifier });
    const answer = await raw(on.url, 'POST', { ...envelope('GetOpportunity'), origin }, body);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': expect.stringContaining('x-amzn-ErrorType,x-amzn-RequestId'),
    });
  });

  test('a call without an origin gets no headers for browsers', async () => {
    const { headers } = await on.wire('GetOpportunity', { Catalog: 'Sandbox', Identifier: 'O5000001' });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test('an OPTIONS request that is not a preflight is an unknown operation', async () => {
    const { headers } = await raw(on.url, 'OPTIONS', { origin });
    expect(headers['x-amzn-errortype']).toContain('UnknownOperationException');
  });

  test('no foreign page may use the control surface', async () => {
    const preflight = { origin, 'access-control-request-method': 'DELETE' };
    const answer = await raw(`${on.url}/_emulator/calls`, 'OPTIONS', preflight);
    expect(answer.status).toBe(405);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });
});
