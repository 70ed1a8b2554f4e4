/**
 * Bulk jobs in processes that die at random moments: no item is lost, none is done twice, and all end as if nothing had
 * happened. `RUNS=300 SEED=1` runs longer.
 */
import fc from 'fast-check';
import { coerceInputValue, isInputType } from 'graphql';
import { expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { calendar } from '../src/clock.ts';
import type { PlainObject } from '../src/domain/paths.ts';
import type { BulkJobKind } from '../src/generated/schema-types.ts';
import { createBulkJobs } from '../src/jobs/bulk/jobs.ts';
import type { NewItem } from '../src/jobs/bulk/model.ts';
import { createMemoryStore } from '../src/jobs/memory-store.ts';
import { nextSteps } from './bulk-kit.ts';
import { input as newOpportunity } from './create-input.ts';
import { type Data, emulatorControl } from './kit.ts';
import { startMortal } from './mortal.ts';
import { gatewaySchema } from './schema.ts';

const runs = Number(process.env.RUNS ?? 3);
const seed = process.env.SEED === undefined ? undefined : Number(process.env.SEED);
const options = { numRuns: runs, endOnFailure: true, ...(seed !== undefined && { seed }) };

const schema = gatewaySchema();

/** An item as it is stored: its input as a resolver gets it. */
function itemOf(type: string, value: unknown): NewItem {
  const input = schema.getType(type);
  if (!isInputType(input)) throw new Error(`There is no input ${type}`);
  return { input: coerceInputValue(value, input) as NewItem['input'], writes: 1 };
}

/** Updates of records of all kinds: some change nothing, some are refused, and some records have several. */
const updates = fc.array(
  fc.record({
    id: fc.constantFrom('O5000001', 'O5000002', 'O5000003', 'O5000007', 'O5000008', 'O5000009', 'O9999999'),
    patch: fc.oneof(
      fc.record({ lifeCycle: fc.record({ nextSteps: fc.constantFrom('Call', 'Write', 'Visit') }) }),
      fc.record({ project: fc.record({ title: fc.constantFrom('', 'Tides', 'Winds') }) }),
      fc.record({
        contactEdits: fc.constant([
          { add: { email: 'eve@tides.example', firstName: 'Eve', lastName: 'Sand' } },
        ]),
      }),
    ),
  }),
  { minLength: 1, maxLength: 12 },
);

/** New opportunities, some of which are refused, and some of which are associated. */
const creates = fc.array(
  fc.record({
    title: fc.constantFrom('Tides', 'Winds', ''),
    associate: fc.constantFrom(undefined, { solutions: ['S-0051201', 'S-0051202'] }),
  }),
  { minLength: 1, maxLength: 8 },
);

/** Submissions, some with last corrections. */
const submissions = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('O5000001', 'O5000003', 'O5000004', 'O5000007', 'O5000008', 'O5000009', 'O5000010'),
    patch: fc.constantFrom(undefined, { project: { title: 'Tides' } }),
  }),
  { minLength: 1, maxLength: 5, selector: ({ id }) => id },
);

/** Upserts by identifiers of which AWS has some; several may have the same one. */
const upserts = fc.array(
  fc.record({
    identifier: fc.constantFrom('CRM-10002', 'CRM-10003', 'new-1', 'new-2'),
    create: fc.constantFrom(undefined, 'Tides', ''),
    patch: fc.constantFrom(undefined, nextSteps('Call'), nextSteps('Write')),
  }),
  { minLength: 1, maxLength: 6 },
);

/** Selections of exports: several pages, or some opportunities of which AWS lacks one. */
const selections = fc.record({
  filter: fc.constantFrom(null, { stages: ['Qualified'] }, { ids: ['O5000001', 'O5000002', 'O9999999'] }),
  detail: fc.constantFrom('SUMMARY', 'DETAILS'),
});

/** After how many steps each process dies. */
const deaths = fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 5 });

/** How many processes are at work at a time: another may have taken over while the first is still alive. */
const atOnce = fc.constantFrom(1, 1, 2);

/** Carries out a job in one process after the other; each but the last dies after some steps. */
async function carryOut(
  { kind, items = [], options }: { kind: BulkJobKind; items?: readonly NewItem[]; options?: PlainObject },
  steps: readonly number[],
  atOnce = 1,
) {
  const emulator = await startEmulator();
  const { control } = emulatorControl(emulator.url);
  const store = { ...createMemoryStore(calendar.now), canWrite: () => true };
  const bulk = createBulkJobs({
    store,
    queue: { add: async () => {} },
    now: calendar.now,
    ttlMs: 86_400_000,
    quota: () => ({ perSecond: 1, perDay: 1, left: 1 }),
  });
  const header = {
    kind,
    name: null,
    startAfter: null,
    caller: 'test',
    scopes: [],
    clientToken: null,
    ...(options && { options }),
  };
  const hasIndex = kind === 'UPSERT';
  const { job } = await bulk.create({ ...header, items, field: 'items' });
  const isDone = async () => Boolean((await bulk.read(job.id))?.finishedAt);
  const done = async () => {
    while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  for (const count of [...steps, Number.POSITIVE_INFINITY]) {
    if (await isDone()) break;
    const mortals = Array.from({ length: atOnce }, () =>
      startMortal(store, emulator.url, count, { hasIndex }),
    );
    await Promise.race([Promise.all(mortals.map(({ died }) => died)), done()]);
    for (const { bury } of mortals) bury();
  }
  const { items: rows } = await bulk.items(job, { first: 1_000, after: -1 });
  const { log } = await control('GET', 'calls');
  await emulator.stop();
  const results = rows.map(({ item: { result } }) => result);
  return {
    job: await bulk.read(job.id),
    results,
    outcomes: results.map((result) => [result?.outcome, result?.userErrors.map(({ code }) => code)]),
    ids: results.map((result) => result?.id),
    /** What an export has read. */
    rows: rows.map(({ item: { source } }) => source),
    /** The calls that AWS has carried out. */
    made: (log as Data[]).filter(({ status }) => status === 200),
  };
}
type Ended = Awaited<ReturnType<typeof carryOut>>;

/** The same in a calm world and in one where processes die. */
async function inBothWorlds(job: Parameters<typeof carryOut>[0], steps: number[], processes: number) {
  const [calm, deadly] = await Promise.all([carryOut(job, []), carryOut(job, steps, processes)]);
  expect(deadly.outcomes).toEqual(calm.outcomes);
  const countsOf = ({ job }: Ended) => [job?.status, job?.total, job?.done, job?.failed, job?.skipped];
  expect(countsOf(deadly)).toEqual(countsOf(calm));
  return { calm, deadly };
}

const callsOf = ({ made }: Ended, operation: string): Data[] =>
  made.filter((call) => call.operation === operation);

test('bulk updates end as if no process had died, and each is written once', async () => {
  const world = fc.asyncProperty(updates, deaths, atOnce, async (inputs, steps, processes) => {
    const items = inputs.map((input) => itemOf('BulkUpdateItem', input));
    const { calm, deadly } = await inBothWorlds({ kind: 'UPDATE', items }, steps, processes);
    expect(deadly.ids).toEqual(calm.ids);
    expect(callsOf(deadly, 'UpdateOpportunity')).toHaveLength(callsOf(calm, 'UpdateOpportunity').length);
  });
  await fc.assert(world, options);
});

test('bulk creates end as if no process had died, and each opportunity is created once', async () => {
  const world = fc.asyncProperty(creates, deaths, atOnce, async (inputs, steps, processes) => {
    const items = inputs.map(({ title, associate }) =>
      itemOf('CreateOpportunityInput', {
        ...newOpportunity,
        partnerOpportunityIdentifier: undefined,
        project: { ...newOpportunity.project, title },
        associate,
      }),
    );
    const { calm, deadly } = await inBothWorlds({ kind: 'CREATE', items }, steps, processes);
    // Ids are given in order, so one more would make the others differ.
    expect([...deadly.ids].sort()).toEqual([...calm.ids].sort());
  });
  await fc.assert(world, options);
});

test('bulk submissions end as if no process had died, and each is submitted by one task', async () => {
  const world = fc.asyncProperty(submissions, deaths, atOnce, async (inputs, steps, processes) => {
    const items = inputs.map((input) =>
      itemOf('SubmitOpportunityInput', { involvementType: 'CO_SELL', ...input }),
    );
    const { deadly } = await inBothWorlds({ kind: 'SUBMIT', items }, steps, processes);
    const tokens = new Map<string, Set<string>>();
    for (const { input } of callsOf(deadly, 'StartEngagementFromOpportunityTask'))
      tokens.set(input.Identifier, (tokens.get(input.Identifier) ?? new Set()).add(input.ClientToken));
    expect([...tokens.values()].every(({ size }) => size === 1)).toBe(true);
  });
  await fc.assert(world, options);
});

test('bulk upserts end as if no process had died, and each identifier has one opportunity', async () => {
  const world = fc.asyncProperty(upserts, deaths, atOnce, async (inputs, steps, processes) => {
    const { partnerOpportunityIdentifier: _, ...complete } = newOpportunity;
    const items = inputs.map(({ identifier, create: title, patch }) =>
      itemOf('UpsertOpportunityInput', {
        partnerOpportunityIdentifier: identifier,
        create: title === undefined ? undefined : { ...complete, project: { ...complete.project, title } },
        patch,
      }),
    );
    const { calm, deadly } = await inBothWorlds({ kind: 'UPSERT', items }, steps, processes);
    expect(deadly.ids).toHaveLength(calm.ids.length);
    expect(callsOf(deadly, 'UpdateOpportunity')).toHaveLength(callsOf(calm, 'UpdateOpportunity').length);
    const tokens = callsOf(deadly, 'CreateOpportunity').map((made) => [
      made.input.PartnerOpportunityIdentifier,
      made.input.ClientToken,
    ]);
    const identifiers = new Set(tokens.map(([identifier]) => identifier));
    expect(new Set(tokens.map(String)).size).toBe(identifiers.size);
  });
  await fc.assert(world, options);
});

test('exports end as if no process had died, with each opportunity once', async () => {
  const world = fc.asyncProperty(selections, deaths, atOnce, async (selection, steps, processes) => {
    const { calm, deadly } = await inBothWorlds({ kind: 'EXPORT', options: selection }, steps, processes);
    expect(deadly.rows).toEqual(calm.rows);
    expect(new Set(deadly.ids).size).toBe(deadly.ids.length);
  });
  await fc.assert(world, options);
});
