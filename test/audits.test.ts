/** The audits of graphql-http: what GraphQL servers must, should and may do over HTTP, one test per audit. */
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gateway, type TestGateway } from './kit.ts';

let gw: TestGateway;
beforeAll(async () => {
  gw = await gateway();
});
afterAll(() => gw[Symbol.asyncDispose]());

const audits = serverAudits({ url: () => `${gw.url}/graphql` });

describe('GraphQL over HTTP', () => {
  test('graphql-http has 61 audits', () => expect(audits).toHaveLength(61));

  test.for(audits.map((audit) => [audit.name, audit] as const))('the gateway %s', async ([, audit]) => {
    const result = await audit.fn();
    expect(result.status, 'reason' in result ? result.reason : '').toBe('ok');
  });
});
