/** The names of callers: each shows where it comes from, so that no caller can have the name of another. */
import { expect, test } from 'vitest';
import { type Data, gateway, type TestGateway } from './kit.ts';
import { tokens } from './tokens.ts';

const secret = 'a-secret-that-is-long-enough-for-this';
const query = '{ quota { read { perSecond } } }';
const scope = 'opportunities:read';

/** The caller of the last operation in the log. */
const callerOf = (gw: TestGateway): string => {
  const operations = gw.logged.map((line): Data => JSON.parse(line)).filter(({ msg }) => msg === 'operation');
  return operations.at(-1)?.caller;
};

async function authenticated() {
  const { env, bearer } = await tokens();
  const gw = await gateway({ ...env, ROUTER_SECRET: secret });
  return {
    async bySubject(sub: unknown) {
      const { status, errors } = await gw.query(query, {}, await bearer(scope, { sub }));
      return status === 200 ? callerOf(gw) : [status, errors?.[0]?.message];
    },
    async byRouter(name?: string) {
      const headers = { 'x-router-secret': secret, ...(name !== undefined && { 'x-caller-id': name }) };
      expect((await gw.query(query, {}, headers)).status).toBe(200);
      return callerOf(gw);
    },
    [Symbol.asyncDispose]: () => gw[Symbol.asyncDispose](),
  };
}

test('a caller is named by its source and its name there', async () => {
  await using callers = await authenticated();
  expect(await callers.bySubject('ada')).toBe('token:ada');
  expect(await callers.byRouter('ada')).toBe('router:ada');
  expect(await callers.byRouter()).toBe('router');
  expect(await callers.byRouter('')).toBe('router');
  await using open = await gateway();
  await open.query(query, {}, { 'x-caller-id': 'ada', 'x-router-secret': secret });
  expect(callerOf(open)).toBe('anonymous:127.0.0.1');
});

test('the names of different sources never collide', async () => {
  await using callers = await authenticated();
  const hostile = ['router', 'router:ada', 'router:', 'anonymous:127.0.0.1', '127.0.0.1', 'token:ada', 'ada'];
  const names = [];
  for (const name of hostile) names.push(await callers.bySubject(name), await callers.byRouter(name));
  names.push(await callers.byRouter());
  expect(new Set(names).size).toBe(names.length);
  for (const [index, name] of names.entries())
    expect(name).toMatch(index % 2 === 0 && index < names.length - 1 ? /^token:/ : /^router/);
});

test.each([[null], [''], ['  '], [{}], [[]], [['ada']], [0], [7], [true], [false]])(
  'a token whose subject is %j is refused as invalid',
  async (sub) => {
    await using callers = await authenticated();
    expect(await callers.bySubject(sub)).toEqual([
      401,
      'The token\'s claim "sub" is not accepted by this gateway.',
    ]);
  },
);

test('a long name is cut, and still differs from others that start the same', async () => {
  await using callers = await authenticated();
  const long = 'n'.repeat(3_000);
  const names = [
    await callers.bySubject(`${long}a`),
    await callers.bySubject(`${long}b`),
    await callers.bySubject(long.slice(0, 200)),
    await callers.byRouter(`${long}a`),
  ] as string[];
  expect(new Set(names).size).toBe(4);
  for (const name of names) expect(name.length).toBeLessThan(300);
  // The cut name itself is too long to be anyone's.
  expect(await callers.bySubject(names[0]?.slice('token:'.length))).not.toBe(names[0]);
});

test.each(['', 'ada', '[]', 'null', '"ada"', '{"org":'])(
  'claims of a router that are %j are refused',
  async (claims) => {
    await using gw = await gateway({ ROUTER_SECRET: secret });
    const headers = { 'x-router-secret': secret, 'x-caller-claims': claims };
    const { status, errors } = await gw.query(query, {}, headers);
    const [error] = errors ?? [];
    expect([status, error?.extensions.code]).toEqual([400, 'BAD_REQUEST']);
    expect(error?.message).toBe('X-Caller-Claims: expected a JSON object.');
  },
);
