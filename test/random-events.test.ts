/**
 * Random changes whose events are doubled, late, overtaken or lost. What a gateway shows is never older than the last event
 * that it has received, and in the end it is what AWS has. `RUNS=200 SEED=1` runs longer.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { compareInstants } from '../src/domain/instants.ts';
import { type Data, emulatorControl, gatewayOn } from './kit.ts';
import { localEventsOf } from './local-events.ts';
import { stopTime } from './time.ts';

const numRuns = Number(process.env.RUNS ?? 10);
const seed = process.env.SEED ? { seed: Number(process.env.SEED) } : {};
const ids = ['O5000001', 'O5000002', 'O5000003', 'O5000004'];

type Step =
  | { kind: 'change'; id: string }
  | { kind: 'fault'; fault: object }
  | { kind: 'read'; ids: string[] }
  | { kind: 'list' }
  | { kind: 'wait'; ms: number };

const kinds = ['event-doubled', 'event-late', 'event-out-of-order', 'event-lost'] as const;
const step = (lost: boolean): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('change' as const), id: fc.constantFrom(...ids) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('fault' as const),
        fault: fc.record({
          kind: fc.constantFrom(...kinds.filter((kind) => lost || kind !== 'event-lost')),
          times: fc.integer({ min: 1, max: 2 }),
          delayMs: fc.integer({ min: 1, max: 20_000 }),
        }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('read' as const),
        ids: fc.subarray(ids, { minLength: 1 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('list' as const) }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 6_000 }) }),
    },
  );

const fields = 'id lastModifiedDate lifeCycle { nextSteps } marketing { source }';
const list = `{ opportunities(first: 10, filter: { ids: ${JSON.stringify(ids)} }) { nodes { id lastModifiedDate } } }`;

/** Runs steps; returns what the gateway shows in the end, and what AWS has. */
async function run(steps: readonly Step[], env: Record<string, string>) {
  using time = stopTime();
  const emulator = await startEmulator({ now: time.date });
  const { control, patchRecord, record } = emulatorControl(emulator.url);
  /** The versions that AWS has had, oldest first, and the date of the newest one whose event was received. */
  const versions = new Map<string, string>();
  const received = new Map<string, string>();
  const gw = await gatewayOn(
    emulator.url,
    { CACHE_FRESH_MS: '3600000', ...env },
    undefined,
    localEventsOf(emulator, ({ detail }) => {
      const id: string | undefined = (detail as Data).opportunity?.identifier;
      const date = id && versions.get(id);
      if (date) received.set(id, date);
    }),
  );
  const ask = async (query: string): Promise<Data[]> => {
    const { data, errors } = await time.until(gw.query(query));
    expect(errors).toBeUndefined();
    return data.opportunities?.nodes ?? Object.values(data);
  };
  const read = (some: readonly string[]) =>
    ask(`{ ${some.map((id) => `${id}: opportunity(id: "${id}") { ${fields} }`).join(' ')} }`);
  let changes = 0;
  async function take(one: Step): Promise<void> {
    if (one.kind === 'wait') await time.advance(one.ms);
    else if (one.kind === 'fault') {
      const { delayMs, ...fault } = one.fault as Data;
      await control('POST', 'faults', fault.kind === 'event-late' ? { ...fault, delayMs } : fault);
    } else if (one.kind === 'change') {
      changes += 1;
      // The event is published within the write, so the version is known to be there by then.
      versions.set(one.id, new Date(time.date()).toISOString());
      const { LastModifiedDate } = await patchRecord(
        one.id,
        { LifeCycle: { NextSteps: `Change ${changes}` } },
        { touch: true },
      );
      versions.set(one.id, LastModifiedDate);
    } else
      for (const { id, lastModifiedDate } of await (one.kind === 'list' ? ask(list) : read(one.ids)))
        expect(compareInstants(lastModifiedDate, received.get(id) ?? '')).toBeGreaterThanOrEqual(0);
  }
  try {
    await read(ids);
    for (const one of steps) await take(one);
    await control('DELETE', 'faults');
    await control('POST', 'clock', { advanceMs: 60_000 });
    await time.advance(30_000);
    const shown = await read(ids);
    const stored: Data[] = await Promise.all(ids.map(record));
    return {
      shown: shown.map(({ lifeCycle }) => lifeCycle.nextSteps),
      stored: stored.map(({ LifeCycle }) => LifeCycle.NextSteps ?? null),
    };
  } finally {
    await gw[Symbol.asyncDispose]();
    await emulator.stop();
  }
}

test('events that are doubled, late or overtaken end in what AWS has, and no record is shown older than its event', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step(false), { minLength: 5, maxLength: 40 }), async (steps) => {
      const { shown, stored } = await run(steps, { INDEX: 'off' });
      expect(shown).toEqual(stored);
    }),
    { numRuns, ...seed },
  );
});

test('events that are lost, too, end in what AWS has, made good by the index', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step(true), { minLength: 5, maxLength: 40 }), async (steps) => {
      const { shown, stored } = await run(steps, { INDEX: 'on' });
      expect(shown).toEqual(stored);
    }),
    { numRuns, ...seed },
  );
});
