/** What AWS, or a proxy before it, answers when it refuses: the outcome that is unknown stays unknown, and no pause stops everyone. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { input } from './create-input.ts';
import { gatewayOn } from './kit.ts';
import { type Exchange, type Raw, tamperingProxy } from './tampering.ts';

let emulator: Emulator;
let proxy: Awaited<ReturnType<typeof tamperingProxy>>;
beforeAll(async () => {
  emulator = await startEmulator();
  proxy = await tamperingProxy(emulator.url);
});
beforeEach(() => proxy.tamper(() => undefined));
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await emulator.stop();
});

/** Answers the first calls of an operation with these responses, one after another, and lists what was sent. */
function answerFirst(operation: string, responses: Raw[]): Exchange[] {
  const sent: Exchange[] = [];
  proxy.tamper((exchange) => {
    if (exchange.operation !== operation) return undefined;
    sent.push(exchange);
    return responses.shift();
  });
  return sent;
}
const refusal = (name: string, status: number, headers: Record<string, string> = {}): Raw => ({
  status,
  headers,
  body: JSON.stringify({ __type: name, message: 'No.' }),
});

const read = '{ opportunity(id: "O5000002") { id marketing { source } } }';
const create = `mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) {
  opportunity { id } userErrors { code } } }`;
const patch = (
  text: string,
) => `mutation { updateOpportunity(input: { id: "O5000003", patch: { lifeCycle: { nextSteps: "${text}" } } }) {
  changed userErrors { code } } }`;

describe('an answer after which the outcome is unknown', () => {
  test.each<[string, Raw]>([
    ['408', { status: 408, body: '' }],
    ['499', { status: 499, body: '' }],
    ['RequestTimeout under 400', refusal('RequestTimeout', 400)],
    ['RequestTimeoutException under 400', refusal('RequestTimeoutException', 400)],
  ])(
    'after %s a read and a create are repeated, a create under its token, and an update is looked up',
    async (_, response) => {
      await using gw = await gatewayOn(proxy.url);
      answerFirst('GetOpportunity', [{ ...response }]);
      expect((await gw.query(read)).data.opportunity.id).toBe('O5000002');

      const created = answerFirst('CreateOpportunity', [{ ...response }]);
      const { partnerOpportunityIdentifier: _id, ...fresh } = input;
      const { data } = await gw.query(create, { input: fresh });
      expect(data.createOpportunity.userErrors).toEqual([]);
      expect(new Set(created.map(({ request }) => request.ClientToken)).size).toBe(1);
      expect(created).toHaveLength(2);

      await gw.emulator.patchRecord('O5000003', { LifeCycle: { ReviewStatus: 'Pending Submission' } });
      const updated = answerFirst('UpdateOpportunity', [{ ...response }]);
      const text = `After ${response.status} ${response.body.length}`;
      expect((await gw.query(patch(text))).data.updateOpportunity).toEqual({ changed: true, userErrors: [] });
      expect(updated).toHaveLength(1);
    },
  );
});

describe('throttling', () => {
  test.each([
    ['Throttling', 400],
    ['RequestLimitExceeded', 400],
    ['RequestThrottled', 400],
    ['TooManyRequestsException', 400],
    ['SlowDown', 503],
    ['Anything', 429],
  ])('throttling is what %s under %i means, and the call is repeated', async (name, status) => {
    await using gw = await gatewayOn(proxy.url);
    const sent = answerFirst('GetOpportunity', [refusal(name, status)]);
    const { data, extensions } = await gw.query(read);
    expect(data.opportunity.id).toBe('O5000002');
    expect(sent).toHaveLength(2);
    expect(extensions.upstream.calls).toEqual({ GetOpportunity: 2 });
  });

  test('throttling that asks for a day pauses for twenty seconds at most', async () => {
    await using gw = await gatewayOn(proxy.url, { REQUEST_TIMEOUT_MS: '2000' });
    answerFirst('GetOpportunity', [refusal('ThrottlingException', 429, { 'retry-after': '99999' })]);
    const { errors } = await gw.query(read);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'THROTTLED' });
    expect(errors?.[0]?.extensions.retryAfterMs).toBeLessThanOrEqual(20_000);
    const { data } = await gw.query('{ quota { read { nextCallAt } } }');
    expect(Date.parse(data.quota.read.nextCallAt) - Date.now()).toBeLessThanOrEqual(20_000);
  });
});

describe('a failing AWS that asks for a long wait', () => {
  test.each([
    ['in seconds', '120'],
    ['as a date', 'Wed, 01 Jan 2031 00:02:00 GMT'],
  ])(
    'a failing AWS that asks for two minutes %s is tried again within the request all the same',
    async (_, wait) => {
      await using gw = await gatewayOn(proxy.url, { REQUEST_TIMEOUT_MS: '5000' });
      const headers = { 'retry-after': wait, date: 'Wed, 01 Jan 2031 00:00:00 GMT' };
      const sent = answerFirst('GetOpportunity', [refusal('ServiceUnavailable', 503, headers)]);
      expect((await gw.query(read)).data.opportunity.id).toBe('O5000002');
      expect(sent).toHaveLength(2);
    },
  );
});

describe('a clock that is wrong by an hour', () => {
  test('a clock that is wrong by an hour is corrected by AWS’s date, and the call repeated once', async () => {
    await using gw = await gatewayOn(proxy.url);
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const sent = answerFirst('GetOpportunity', [refusal('InvalidSignatureException', 403, { date })]);
    expect((await gw.query(read)).data.opportunity.id).toBe('O5000002');
    expect(sent).toHaveLength(2);
  });
});

describe('refusals by name', () => {
  test.each([
    ['ExpiredToken', 'UPSTREAM_UNAVAILABLE', 'credentials'],
    ['SignatureDoesNotMatch', 'UPSTREAM_UNAVAILABLE', 'credentials'],
    ['InvalidClientTokenId', 'UPSTREAM_UNAVAILABLE', 'credentials'],
    ['UnauthorizedException', 'FORBIDDEN', 'AWS denied'],
    ['OptInRequired', 'FORBIDDEN', 'AWS denied'],
  ])('a refusal by the name %s is %s: %s', async (name, code, words) => {
    await using gw = await gatewayOn(proxy.url);
    const sent = answerFirst('GetOpportunity', [refusal(name, 403)]);
    const { errors } = await gw.query(read);
    expect(errors).toMatchObject([{ extensions: { code }, message: expect.stringContaining(words) }]);
    expect(sent).toHaveLength(1);
  });
});

test('one bad id in a shared lookup fails alone, and its siblings are answered', async () => {
  await using gw = await gatewayOn(proxy.url, { CACHE_FRESH_MS: '0' });
  const bad = 'O5000007';
  const sent: unknown[] = [];
  proxy.tamper(({ operation, request }) => {
    if (operation !== 'ListOpportunities') return undefined;
    sent.push(request.Identifier);
    return (request.Identifier as string[]).includes(bad) ? refusal('ValidationException', 400) : undefined;
  });
  const ids = ['O5000005', 'O5000006', bad];
  const { data, errors } = await gw.query(
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Opportunity { id } } }',
    { r: ids.map((id) => ({ __typename: 'Opportunity', id })) },
  );
  expect(data._entities).toEqual([{ id: 'O5000005' }, { id: 'O5000006' }, null]);
  expect(errors).toMatchObject([{ path: ['_entities', 2] }]);
  expect(sent).toHaveLength(4); // together, then each alone
});
