/** GraphQL over HTTP, by the audits of graphql-http: what servers must, should and may do, each as a test of its own. */
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
  test('has as many audits as ever', () => expect(audits).toHaveLength(61));

  test.for(audits.map((audit) => [audit.name, audit] as const))('%s', async ([, audit]) => {
    const result = await audit.fn();
    expect(result.status, 'reason' in result ? result.reason : '').toBe('ok');
  });
});
