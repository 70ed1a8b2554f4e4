/** Several accounts in one gateway: whose request it is, over every transport, and what no account sees of another. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GatewayOfAccounts, gatewayOfAccounts } from './accounts-kit.ts';
import type { Data } from './kit.ts';
import { eventStream, webSocket } from './streams.ts';
import { tokens } from './tokens.ts';

const secret = 'a-secret-that-is-long-enough-for-this';
const session = '{ session { account accounts catalog writable } }';
const record = '{ opportunity(id: "O5000001") { id lifeCycle { nextSteps } } }';
const all = 'opportunities:read opportunities:write jobs:write';
const router = (headers: Record<string, string> = {}) => ({ 'x-router-secret': secret, ...headers });
const claims = (value: object) => ({ 'x-caller-claims': JSON.stringify(value) });

let gw: GatewayOfAccounts;
let bearer: (claims?: object) => Promise<{ authorization: string }>;

beforeAll(async () => {
  const issuer = await tokens();
  bearer = (more) => issuer.bearer(all, more);
  gw = await gatewayOfAccounts(
    {
      north: { callers: { claim: 'org', values: ['n', 'both'] } },
      south: { callers: { claim: 'org', values: ['s', 'both'] } },
      'south-production': { catalog: 'AWS', callers: { claim: 'org', values: ['s-production'] } },
      'south-writable': { catalog: 'AWS', allowProductionWrites: true },
    },
    { ...issuer.env, ROUTER_SECRET: secret },
  );
  for (const name of ['north', 'south']) {
    const emulator = await gw.emulator(name);
    await emulator.patchRecord('O5000001', { LifeCycle: { NextSteps: `of ${name}` } }, { touch: true });
  }
});
afterAll(() => gw[Symbol.asyncDispose]());

const accountOf = async (headers: Record<string, string>) => {
  const { data, errors } = await gw.query(session, headers);
  return data?.session?.account ?? errors?.[0]?.extensions.code;
};

describe('the account of a request', () => {
  test('is the only one that the claims of the token fit, and needs no header', async () => {
    expect((await gw.query(session, await bearer({ org: 'n' }))).data.session).toEqual({
      account: 'north',
      accounts: ['north'],
      catalog: 'Sandbox',
      writable: true,
    });
    expect(await accountOf(await bearer({ org: ['x', 's'] }))).toBe('south');
  });

  test('is named in X-Account by a caller that may use several', async () => {
    const token = await bearer({ org: 'both' });
    const { status, errors } = await gw.query(session, token);
    expect([status, errors?.[0]]).toMatchObject([
      400,
      { message: 'X-Account: got none, expected one of north, south', extensions: { code: 'BAD_REQUEST' } },
    ]);
    for (const name of ['north', 'south']) {
      const { data } = await gw.query(session, { ...token, 'x-account': name });
      expect(data.session).toMatchObject({ account: name, accounts: ['north', 'south'] });
      const { data: own } = await gw.query(record, { ...token, 'x-account': name });
      expect(own.opportunity.lifeCycle.nextSteps).toBe(`of ${name}`);
    }
  });

  test('of someone else is refused exactly as one that does not exist', async () => {
    const token = await bearer({ org: 'n' });
    const answerTo = async (name: string) => {
      const { status, headers, text } = await gw.query(session, { ...token, 'x-account': name });
      const { date: _, 'x-request-id': __, ...rest } = Object.fromEntries(headers);
      return { status, rest, text };
    };
    const foreign = await answerTo('south');
    expect(foreign).toEqual(await answerTo('west'));
    expect(foreign.status).toBe(403);
    expect(JSON.parse(foreign.text).errors).toEqual([
      {
        message: 'There is no such account, or this caller may not use it.',
        extensions: { code: 'ACCOUNT_NOT_FOUND' },
      },
    ]);
    expect(await gw.query(session, await bearer({ team: 'n' }))).toMatchObject({
      status: 403,
      text: foreign.text,
    });
  });

  test('of a router is any, unless it passes on claims, which are then decisive', async () => {
    expect(await accountOf(router({ 'x-account': 'south' }))).toBe('south');
    expect(await accountOf(router({ 'x-account': 'west' }))).toBe('ACCOUNT_NOT_FOUND');
    expect(await accountOf(router())).toBe('BAD_REQUEST');
    expect(await accountOf(router(claims({ org: 's' })))).toBe('south');
    expect(await accountOf(router({ ...claims({ org: 's' }), 'x-account': 'north' }))).toBe(
      'ACCOUNT_NOT_FOUND',
    );
    expect(await accountOf(router({ ...claims({}), 'x-account': 'north' }))).toBe('ACCOUNT_NOT_FOUND');
  });

  test('without a rule about callers is for no token', async () => {
    const headers = { 'x-account': 'south-writable' };
    expect(await accountOf(router(headers))).toBe('south-writable');
    expect(await accountOf({ ...(await bearer({ org: ['n', 's', 'both'] })), ...headers })).toBe(
      'ACCOUNT_NOT_FOUND',
    );
  });

  test('is asked for in a production catalog, too, which is read-only unless its entry allows writes', async () => {
    const writable = async (name: string) =>
      (await gw.query(session, router({ 'x-account': name }))).data.session;
    expect(await writable('south-production')).toMatchObject({ catalog: 'AWS', writable: false });
    expect(await writable('south-writable')).toMatchObject({ catalog: 'AWS', writable: true });
    const write = 'mutation { updateOpportunity(input: { id: "O1", patch: {} }) { changed } }';
    const { errors } = await gw.query(write, await bearer({ org: 's-production' }));
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('that is refused is in the log without its name', async () => {
    gw.logged.length = 0;
    await gw.query(session, { ...(await bearer({ org: 'n' })), 'x-account': 'a-name' });
    const lines = gw.logged.map((line): Data => JSON.parse(line));
    expect(lines).toMatchObject([{ msg: 'account refused', caller: 'token:ada', code: 'ACCOUNT_NOT_FOUND' }]);
    expect(gw.logged.join('')).not.toContain('a-name');
  });
});

describe('every transport', () => {
  const subscription = {
    query: 'subscription { taskFinished(ids: ["task-oppfromeng-1234567890123"]) { id } }',
  };

  test('an event stream is of the account of its request', async () => {
    const refused = await eventStream(gw.url, subscription, {
      ...(await bearer({ org: 'n' })),
      'x-account': 'south',
    });
    expect(await refused.rest()).toMatchObject([
      { event: 'next', data: { errors: [{ extensions: { code: 'ACCOUNT_NOT_FOUND' } }] } },
      { event: 'complete' },
    ]);
    gw.logged.length = 0;
    const stream = await eventStream(gw.url, subscription, router({ 'x-account': 'south' }));
    await stream.rest();
    expect(gw.logged.join('')).toContain('"account":"south"');
    expect(gw.logged.join('')).not.toContain('north');
  });

  test('a WebSocket names its account in a header or when it begins, for all its subscriptions', async () => {
    const init = { ...(await bearer({ org: 'both' })), 'X-Account': 'south' };
    const socket = await webSocket(gw.url, { init });
    gw.logged.length = 0;
    socket.subscribe('1', subscription);
    await socket.next();
    expect(gw.logged.join('')).toContain('"account":"south"');
    socket.close();
    const foreign = await webSocket(gw.url, {
      init: { ...(await bearer({ org: 'n' })), 'X-Account': 'south' },
    });
    foreign.subscribe('1', subscription);
    expect(await foreign.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'ACCOUNT_NOT_FOUND' } }],
    });
    foreign.close();
  });

  test.each([
    ['names another account than its router', { 'x-account': 'north' }, { 'X-Account': 'south' }, 'north'],
    ['has claims of its own', claims({ org: 'n' }), claims({ org: 's' }), 'north'],
    ['has no claims any more', claims({ org: 'n' }), { ...claims({}), 'x-account': 'south' }, 'refused'],
    ['names one of those that it may use', claims({ org: 'both' }), { 'x-account': 'south' }, 'south'],
  ])(
    'of the client of a router %s: what the router has sent counts',
    async (_what, headers, init, account) => {
      const socket = await webSocket(gw.url, { headers: router(headers), init });
      gw.logged.length = 0;
      socket.subscribe('1', subscription);
      const answer = await socket.next();
      if (account === 'refused') expect(answer.payload[0].extensions.code).toBe('ACCOUNT_NOT_FOUND');
      else expect(gw.logged.join('')).toContain(`"account":"${account}"`);
      socket.close();
    },
  );

  test('claims with any characters are the same in a header and in connection_init', async () => {
    // Of which the low bytes are those of quotes and colons.
    const org = 'xĢ,ĢorgĢ:Ģn';
    const socket = await webSocket(gw.url, { init: router(claims({ org: 'é', name: org })) });
    socket.subscribe('1', subscription);
    expect((await socket.next()).payload[0].extensions.code).toBe('ACCOUNT_NOT_FOUND');
    socket.close();
  });

  test('files of bulk jobs are of one account', async () => {
    const upload = (headers: Record<string, string>) =>
      fetch(`${gw.url}/bulk/update`, {
        method: 'POST',
        headers: { 'content-type': 'application/jsonl', ...headers },
        body: '{"id":"O5000001","patch":{"lifeCycle":{"nextSteps":"from a file"}}}\n',
      });
    const token = await bearer({ org: 'n' });
    const refused = await upload({ ...token, 'x-account': 'south' });
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'ACCOUNT_NOT_FOUND' } }] });
    const { job, links } = (await (await upload(token)).json()) as Data;
    const download = async (headers: Record<string, string>) =>
      (await fetch(`${gw.url}${links.jsonl}`, { headers })).status;
    expect(await download(token)).toBe(200);
    expect(await download(await bearer({ org: 's' }))).toBe(404);
    expect(await download({ ...(await bearer({ org: 's' })), 'x-account': 'north' })).toBe(403);
    const jobs = '{ bulkJobs(first: 5) { nodes { id } } }';
    expect((await gw.query(jobs, token)).data.bulkJobs.nodes).toEqual([{ id: job.id }]);
    expect((await gw.query(jobs, await bearer({ org: 's' }))).data.bulkJobs.nodes).toEqual([]);
    const one = `{ bulkJob(id: "${job.id}") { id } }`;
    expect((await gw.query(one, await bearer({ org: 's' }))).data.bulkJob).toBeNull();
  });

  test('a page of an allowed origin may send X-Account', async () => {
    const { headers } = await fetch(`${gw.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:3000',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-account',
      },
    });
    expect(headers.get('access-control-allow-headers')).toContain('x-account');
  });
});

describe('what belongs to an account', () => {
  const as = (name: string) => router({ 'x-account': name });

  test('a cursor of one account is refused in another', async () => {
    const page = (after?: string) =>
      `{ opportunities(first: 2${after ? `, after: "${after}"` : ''}) { pageInfo { endCursor } } }`;
    const { data } = await gw.query(page(), as('north'));
    const cursor = data.opportunities.pageInfo.endCursor;
    expect((await gw.query(page(cursor), as('north'))).errors).toBeUndefined();
    const { errors } = await gw.query(page(cursor), as('south'));
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('after: got a cursor of another filter, sort or account'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
    const changes = (after: string) => `{ opportunityChanges(first: 1, since: "${after}") { cursor } }`;
    const { data: feed } = await gw.query('{ opportunityChanges(first: 1) { cursor } }', as('north'));
    const foreign = await gw.query(changes(feed.opportunityChanges.cursor), as('south'));
    expect(foreign.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('an Idempotency-Key in one account is another key in the other', async () => {
    const patch = (nextSteps: string) =>
      gw.query(
        `mutation { updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "${nextSteps}" } } }) {
          changed opportunity { lifeCycle { nextSteps } } } }`,
        { ...as(nextSteps), 'idempotency-key': 'the-same', 'x-caller-id': 'ada' },
      );
    for (const name of ['north', 'south']) {
      const { data } = await patch(name);
      expect(data.updateOpportunity).toEqual({
        changed: true,
        opportunity: { lifeCycle: { nextSteps: name } },
      });
    }
  });

  test('the log names the account in every line about it', async () => {
    gw.logged.length = 0;
    await gw.query(record, as('south'));
    await gw.query(
      'mutation { updateOpportunity(input: { id: "O5000004", patch: {} }) { changed } }',
      as('north'),
    );
    const lines = gw.logged.map((line): Data => JSON.parse(line));
    expect(lines.map(({ msg, account }) => [msg, account])).toEqual([
      ['operation', 'south'],
      ['mutation', 'north'],
      ['operation', 'north'],
    ]);
  });
});

test('an anonymous caller on loopback names one of several accounts, and needs to name none if there is one', async () => {
  await using open = await gatewayOfAccounts({
    north: {},
    south: { callers: { claim: 'org', values: ['s'] } },
  });
  expect((await open.query(session, { 'x-account': 'south' })).data.session.account).toBe('south');
  expect((await open.query(session)).errors?.[0]?.message).toBe(
    'X-Account: got none, expected one of north, south',
  );
  await open.replace({ north: {} });
  expect((await open.query(session)).data.session.account).toBe('north');
});
