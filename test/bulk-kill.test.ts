/**
 * Work that outlives a request in programs that are killed at any moment: a bulk job, an export and deferred edits at a time,
 * with the state in a file, and with two replicas on Redis. `KILLS=100 SEED=1` kills more often, at moments of that seed.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { clientOf, createSurely, editableIds, nextSteps, type Queryable, updatesIn } from './bulk-kit.ts';
import { temporaryFolder } from './jobs/stores.ts';
import { type Data, emulatorControl, gatewayOn } from './kit.ts';
import { startProgram } from './program.ts';
import { freePort, hasRedis, redisMissing, startRedis } from './redis.ts';
import { until } from './until.ts';

const kills = Number(process.env.KILLS ?? 1);
const seed = Number(process.env.SEED ?? 1);
const secret = 'the-secret-of-the-router-of-this-test';
const settings = {
  QUOTA_READS_PER_SECOND: '100000',
  QUOTA_WRITES_PER_SECOND: '100000',
  CACHE_FRESH_MS: '0',
  SYNC_INTERVAL_MS: '100',
  ROUTER_SECRET: secret,
};

type Control = ReturnType<typeof emulatorControl>;

/** A program, and clients of it: jobs of different callers are carried out at the same time. */
async function startGateway(env: Record<string, string>) {
  const program = startProgram({ ...settings, ...env });
  const url = await program.address('GraphQL');
  const headersOf = (caller: string) => ({ 'x-router-secret': secret, 'x-caller-id': caller });
  const { query } = clientOf(url);
  return {
    as: (caller: string): Queryable => ({
      query: (document, variables) => query(document, variables, headersOf(caller)),
    }),
    async file(name: string): Promise<string> {
      const response = await fetch(new URL(`/bulk/${name}`, url), { headers: headersOf('exporter') });
      return response.text();
    },
    async kill(): Promise<void> {
      program.child.kill('SIGKILL');
      await program.exited;
    },
  };
}
type Killable = Awaited<ReturnType<typeof startGateway>>;

/** What the work is about: opportunities for updates, for deferred edits, and those that are exported. */
type Targets = { updated: string[]; deferred: string[]; exported: string[] };
const filter = { stages: ['QUALIFIED'] };

async function targetsOn(url: string): Promise<Targets> {
  await using gw = await gatewayOn(url);
  const ids = await editableIds(gw, 34);
  const { data } = await gw.query(
    'query ($filter: OpportunityFilter) { opportunities(first: 100, filter: $filter) { nodes { id } } }',
    { filter },
  );
  return {
    updated: ids.slice(0, 30),
    deferred: ids.slice(30),
    exported: data.opportunities.nodes.map(({ id }: Data) => id).toSorted(),
  };
}

/** Repeats an operation until it is answered: a gateway that has just started is not connected to Redis yet. */
async function surely({ query }: Queryable, document: string, variables: object): Promise<Data> {
  for (;;) {
    const { data, errors } = await query(document, variables);
    if (!errors) return data;
  }
}

/** Begins work of all kinds. @param name makes it different from earlier work */
async function begin(gw: Killable, { updated, deferred }: Targets, name: string, control: Control) {
  const setStatus = (id: string, status: string) =>
    control.patchRecord(id, { LifeCycle: { ReviewStatus: status } }, { touch: true });
  const defer = `mutation ($input: UpdateOpportunityInput!) {
    updateOpportunity(input: $input) { pendingEdit { id } userErrors { code } } }`;
  for (const id of deferred) {
    await setStatus(id, 'Submitted');
    const input = { id, patch: { project: { additionalComments: name } }, onLocked: 'DEFER' };
    const { updateOpportunity } = await surely(gw.as('editor'), defer, { input });
    expect(updateOpportunity).toMatchObject({ pendingEdit: {}, userErrors: [] });
  }
  await control.clearCalls();
  const items = updated.map((id) => ({ id, patch: nextSteps(name) }));
  const job = await createSurely(gw.as('updater'), items, name);
  const start = `mutation ($input: ExportOpportunitiesInput!) { exportOpportunities(input: $input) { job { id } } }`;
  const input = { filter, detail: 'DETAILS', clientToken: name };
  const { exportOpportunities } = await surely(gw.as('exporter'), start, { input });
  for (const id of deferred) await setStatus(id, 'Approved');
  return { name, job: job.id as string, export: exportOpportunities.job.id as string };
}
type Work = Awaited<ReturnType<typeof begin>>;

const countsOf = 'status total done failed skipped finishedAt';
const states = `query ($a: ID!, $b: ID!) { a: bulkJob(id: $a) { ${countsOf} } b: bulkJob(id: $b) { ${countsOf} } }`;

/** Whether all of it has ended, without a call to AWS. */
async function isDone(gw: Killable, work: Work, { deferred }: Targets, control: Control): Promise<boolean> {
  const { data } = await gw.as('updater').query(states, { a: work.job, b: work.export });
  if (!data?.a?.finishedAt || !data.b?.finishedAt) return false;
  const records: Data[] = await Promise.all(deferred.map(control.record));
  return records.every(({ Project }) => Project.AdditionalComments === work.name);
}

/** Nothing was lost, and nothing was done twice. */
async function assertWhole(gw: Killable, work: Work, targets: Targets, control: Control): Promise<void> {
  const pending = `query ($id: ID!) { opportunity(id: $id) { pendingEdits { id } } }`;
  for (const id of targets.deferred)
    await until(async () => {
      const { opportunity } = await surely(gw.as('editor'), pending, { id });
      return opportunity.pendingEdits.length === 0;
    });
  const { a, b } = await surely(gw.as('updater'), states, { a: work.job, b: work.export });
  const { updated, deferred, exported } = targets;
  const all = { status: 'DONE', failed: 0, skipped: 0 };
  expect(a).toMatchObject({ ...all, total: updated.length, done: updated.length });
  expect(b).toMatchObject({ ...all, total: exported.length, done: exported.length });
  const once = Object.fromEntries([...updated, ...deferred].map((id) => [id, 1]));
  expect(updatesIn(await control.log())).toEqual(once);
  const lines = (await gw.file(`${work.export}.jsonl`)).trimEnd().split('\n');
  const rows: Data[] = lines.map((line) => JSON.parse(line));
  expect(rows.pop()).toEqual({ end: { rows: exported.length, status: 'DONE' } });
  expect(rows.map(({ id }) => id).toSorted()).toEqual(exported);
}

/** A moment of a death: a call of an operation is with AWS, or nothing that is known, some looks at the emulator later. */
const aMoment = fc.record({
  operation: fc.constantFrom(
    'UpdateOpportunity',
    'UpdateOpportunity',
    'GetOpportunity',
    'ListOpportunities',
    null,
  ),
  calls: fc.integer({ min: 1, max: 3 }),
  looks: fc.nat({ max: 12 }),
  victim: fc.nat({ max: 1 }),
});

/**
 * Kills programs while they work, begins new work whenever the last has ended, and checks each.
 *
 * @param replicas how many programs there are at a time, from the first kill on
 * @returns how much work there was
 */
async function killAgainAndAgain(
  control: Control,
  env: Record<string, string>,
  replicas: number,
): Promise<number> {
  const targets = await targetsOn(control.url);
  const start = () => startGateway({ UPSTREAM_ENDPOINT: control.url, ...env });
  const gateways = [await start()];
  const one = () => gateways[0] as Killable;
  let count = 1;
  let work = await begin(one(), targets, `Work ${count}`, control);
  for (const { operation, calls, looks, victim } of fc.sample(aMoment, { seed, numRuns: kills })) {
    if (operation) await control.hold(operation, calls);
    while (operation && (await control.control('GET', 'faults')).held.length === 0) {
      if (!(await isDone(one(), work, targets, control))) continue;
      await control.release();
      await assertWhole(one(), work, targets, control);
      count += 1;
      work = await begin(one(), targets, `Work ${count}`, control);
      await control.hold(operation, calls);
    }
    for (let look = 0; look < looks; look++) await control.control('GET', 'faults');
    // The second one starts when the first one is at work, so that the first to be killed is.
    while (gateways.length < replicas) gateways.push(await start());
    const place = Math.min(victim, replicas - 1);
    await gateways[place]?.kill();
    await control.release();
    gateways[place] = await start();
  }
  while (!(await isDone(one(), work, targets, control)));
  await assertWhole(one(), work, targets, control);
  for (const { kill } of gateways) await kill();
  return count;
}

/** Prints what a longer run has done. */
function report(place: string, count: number): void {
  if (process.env.KILLS) process.stdout.write(`${place}: ${kills} kills, ${count} × work, seed ${seed}\n`);
}

/** A kill may take as long as the lease of the replica lasts, and the machine may have other things to do. */
const timeout = 120_000 + kills * 60_000;

test('work in a file loses nothing and does nothing twice while its program is killed again and again', {
  timeout,
}, async () => {
  const emulator = await startEmulator();
  using folder = temporaryFolder();
  const env = { JOBS_FILE: folder.file };
  report('file', await killAgainAndAgain(emulatorControl(emulator.url), env, 1));
  await emulator.stop();
});

// It takes as long as the lease of a killed replica lasts.
test.skipIf(!hasRedis)(
  `work on Redis goes on in the other replica when one is killed${hasRedis ? '' : ` (${redisMissing})`}`,
  { timeout },
  async () => {
    const emulator = await startEmulator();
    const redis = await startRedis(await freePort());
    const env = { REDIS_URL: redis.url, REPLICAS: '2' };
    report('two replicas on Redis', await killAgainAndAgain(emulatorControl(emulator.url), env, 2));
    await redis.kill();
    await emulator.stop();
  },
);
