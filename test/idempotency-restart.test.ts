/** `Idempotency-Key` where more than one process is concerned: after a restart, after a death, and among replicas. */
import fc from 'fast-check';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { input } from './create-input.ts';
import { temporaryFolder } from './jobs/stores.ts';
import { type Answer, emulatorControl, gatewayOn } from './kit.ts';
import { post, startProgram } from './program.ts';
import { freePort, hasRedis, redisMissing, startRedis } from './redis.ts';

const update = `mutation ($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) { changed opportunity { lifeCycle { nextSteps } } userErrors { code } }
}`;
const create = `mutation ($input: CreateOpportunityInput!) {
  createOpportunity(input: $input) { id userErrors { code } }
}`;
const keyed = (key = 'order-4711') => ({ 'idempotency-key': key });
const note = (nextSteps: string, id = 'O5000002') => ({ input: { id, patch: { lifeCycle: { nextSteps } } } });

let redis: Awaited<ReturnType<typeof startRedis>>;
let keys = 0;
beforeAll(async () => {
  if (hasRedis) redis = await startRedis(await freePort());
});
afterAll(() => redis?.kill());

/** Sends an operation, again while the gateway is not connected to Redis yet. */
async function send(url: string, body: object, headers: Record<string, string>): Promise<Response> {
  for (;;) {
    const response = await post(url, body, headers);
    if (response.status !== 503) return response;
  }
}

async function emulator() {
  const { url, stop } = await startEmulator();
  return { ...emulatorControl(url), [Symbol.asyncDispose]: stop };
}

describe('a gateway that is started again with its JOBS_FILE', () => {
  test('the gateway gives the first answer again, at no call', async () => {
    using folder = temporaryFolder();
    await using aws = await emulator();
    const env = { JOBS_FILE: folder.file };
    let first: Answer;
    {
      await using gw = await gatewayOn(aws.url, env);
      first = await gw.query(update, note('First'), keyed());
      expect(first.data.updateOpportunity.userErrors).toEqual([]);
    }
    await using gw = await gatewayOn(aws.url, env);
    await gw.query(update, note('By someone else'));
    const second = await gw.query(update, note('First'), keyed());
    expect([second.data, second.calls]).toEqual([first.data, {}]);
    const other = await gw.query(update, note('Other'), keyed());
    expect(other.errors).toMatchObject([{ extensions: { code: 'IDEMPOTENCY_CONFLICT' } }]);
  });

  test('the gateway carries out what had failed, and answers what was carried out', async () => {
    using folder = temporaryFolder();
    await using aws = await emulator();
    const env = { JOBS_FILE: folder.file };
    const two = `mutation ($a: UpdateOpportunityInput!, $b: CreateOpportunityInput!, $c: UpdateOpportunityInput!) {
      a: updateOpportunity(input: $a) { changed }
      b: createOpportunity(input: $b) { id clientToken }
      c: updateOpportunity(input: $c) { changed changedFields }
    }`;
    const variables = { a: note('A').input, b: input, c: note('C', 'O5000001').input };
    let first: Answer;
    {
      await using gw = await gatewayOn(aws.url, env);
      await aws.injectFault({ kind: 'access-denied', operation: 'UpdateOpportunity' });
      first = await gw.query(two, variables, keyed());
      expect(first.errors).toMatchObject([{ path: ['a'], extensions: { code: 'FORBIDDEN' } }]);
    }
    await using gw = await gatewayOn(aws.url, env);
    await gw.query(update, note('By someone else', 'O5000001'));
    const second = await gw.query(two, variables, keyed());
    expect(second.errors).toBeUndefined();
    expect(second.data).toEqual({ ...first.data, a: { changed: true } });
    expect(second.calls).toEqual({ GetOpportunity: 1, UpdateOpportunity: 1 });
    expect((await aws.record('O5000001')).LifeCycle.NextSteps).toBe('By someone else');
  });
});

describe.runIf(hasRedis)('replicas on one Redis', () => {
  const env = () => ({ REDIS_URL: redis.url, REPLICAS: '2' });

  test('replicas make one change of two requests at the same time, and both are answered', async () => {
    await using aws = await emulator();
    await using one = await gatewayOn(aws.url, env());
    await using two = await gatewayOn(aws.url, env());
    const key = keyed(`key ${++keys}`);
    await aws.hold('UpdateOpportunity');
    const answerOf = async ({ url }: { url: string }) =>
      (
        await send(`${url}/graphql`, { query: update, variables: note('Once') }, key)
      ).json() as Promise<Answer>;
    const first = answerOf(one);
    await aws.untilHeld();
    const second = answerOf(two);
    await aws.release();
    const [a, b] = await Promise.all([first, second]);
    expect(a.data.updateOpportunity.userErrors).toEqual([]);
    expect(b.data).toEqual(a.data);
    expect((await aws.calls()).UpdateOpportunity).toBe(1);
  });

  test('a replica reports that the first request is still being carried out, and takes over when it is not', async () => {
    await using aws = await emulator();
    await using one = await gatewayOn(aws.url, env());
    await using two = await gatewayOn(aws.url, { ...env(), REQUEST_TIMEOUT_MS: '500' });
    const key = keyed(`key ${++keys}`);
    await aws.hold('UpdateOpportunity');
    const first = send(`${one.url}/graphql`, { query: update, variables: note('Once') }, key);
    await aws.untilHeld();
    const second = await send(`${two.url}/graphql`, { query: update, variables: note('Once') }, key);
    const { errors } = (await second.json()) as Answer;
    expect([second.status, errors]).toMatchObject([
      409,
      [{ extensions: { code: 'IDEMPOTENCY_IN_PROGRESS' } }],
    ]);
    await aws.release();
    expect((await first).status).toBe(200);
    const third = await send(`${two.url}/graphql`, { query: update, variables: note('Once') }, key);
    expect(third.status).toBe(200);
    expect((await aws.calls()).UpdateOpportunity).toBe(1);
  });

  test('a mutation with a key is refused without Redis, before anything is written, and one without is not', async () => {
    const own = await startRedis(await freePort());
    await using aws = await emulator();
    await using gw = await gatewayOn(aws.url, { REDIS_URL: own.url });
    await send(`${gw.url}/graphql`, { query: update, variables: note('First') }, keyed());
    await own.kill();
    const { status, errors, calls } = await gw.query(update, note('Second'), keyed('other'));
    expect([status, errors, calls]).toMatchObject([503, [{ extensions: { code: 'JOBS_UNAVAILABLE' } }], {}]);
    expect((await gw.query(update, note('Third'))).data.updateOpportunity.changed).toBe(true);
  });

  test('what Redis keeps of an answer has the account in its key, and expires', async () => {
    await using aws = await emulator();
    await using gw = await gatewayOn(aws.url, { ...env(), IDEMPOTENCY_TTL_HOURS: '2' });
    const client = await createClient({ url: redis.url }).connect();
    const rows = () => client.keys('partner-central-graphql:main:Sandbox:jobs:v1:row:idempotency/*');
    const before = new Set(await rows());
    await send(`${gw.url}/graphql`, { query: update, variables: note('First') }, keyed(`key ${++keys}`));
    const [row = ''] = (await rows()).filter((key) => !before.has(key));
    const seconds = await client.ttl(row);
    client.destroy();
    expect([seconds > 7_000, seconds <= 7_200]).toEqual([true, true]);
  });
});

/** How far a request has come when its process is killed: up to a held call, or behind the answer. */
const moments = ['GetOpportunity', 'UpdateOpportunity', 'CreateOpportunity', undefined] as const;

/** Kills the process of a request, lets AWS do what it has received or forget it, and sends the request again to another. */
async function killInBetween(
  { moment, isReceived, isCreate }: { moment: string | undefined; isReceived: boolean; isCreate: boolean },
  env: Record<string, string>,
): Promise<void> {
  await using aws = await emulator();
  const settings = { UPSTREAM_ENDPOINT: aws.url, QUOTA_WRITES_PER_SECOND: '1000', ...env };
  const body = isCreate
    ? { query: create, variables: { input } }
    : { query: update, variables: note('Once, whatever happens') };
  const key = keyed(`key ${++keys}`);
  const first = startProgram(settings);
  const url = await first.address('GraphQL');
  if (moment) await aws.hold(moment, 1);
  const sent = send(url, body, key).then(
    (answer) => answer.json() as Promise<Answer>,
    () => undefined,
  );
  const isAnswered = await Promise.race([sent.then(() => true), aws.untilHeld().then(() => false)]);
  first.child.kill('SIGKILL');
  await first.exited;
  const before = isAnswered ? await sent : undefined;
  // The call is with AWS, from either process; one that is forgotten is a call that never arrived.
  if (!isReceived && !isAnswered) await aws.control('DELETE', 'faults').catch(() => {});
  await aws.release();
  const second = startProgram(settings);
  const again = async () => (await (await send(await second.address('GraphQL'), body, key)).json()) as Answer;
  const after = await again();
  expect(after.errors).toBeUndefined();
  const payload = after.data.createOpportunity ?? after.data.updateOpportunity;
  expect(payload.userErrors).toEqual([]);
  if (before) expect(after.data).toEqual(before.data);
  expect((await again()).data).toEqual(after.data);
  second.child.kill('SIGKILL');
  await second.exited;
  if (isCreate) {
    const created = (await aws.log()).filter(({ operation }) => operation === 'CreateOpportunity');
    expect(new Set(created.map((call) => call.input.ClientToken)).size).toBe(1);
  } else expect((await aws.record('O5000002')).LifeCycle.NextSteps).toBe('Once, whatever happens');
}

const aKill = fc
  .record({ moment: fc.constantFrom(...moments), isReceived: fc.boolean(), isCreate: fc.boolean() })
  .filter(({ moment, isCreate }) => !moment || isCreate === (moment === 'CreateOpportunity'));
const runs = {
  numRuns: Number(process.env.RUNS ?? 1),
  seed: Number(process.env.SEED ?? 3),
  endOnFailure: true,
};

describe('a process that is killed while it carries out a request', () => {
  test('another process with the same file carries it out once', async () => {
    using folder = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(aKill, (kill) => killInBetween(kill, { JOBS_FILE: folder.file })),
      runs,
    );
  });

  test.skipIf(!hasRedis)(
    `another replica carries it out once${hasRedis ? '' : ` (${redisMissing})`}`,
    async () => {
      await fc.assert(
        fc.asyncProperty(aKill, (kill) => killInBetween(kill, { REDIS_URL: redis.url })),
        runs,
      );
    },
  );
});
