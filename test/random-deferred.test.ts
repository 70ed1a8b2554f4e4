/**
 * Deferred edits under faults of AWS, changes by someone else, and gateways that die between any two writes of their store: no
 * edit is lost, none is made twice, and no one else's change is overwritten. `RUNS=100 SEED=1` runs longer.
 */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import type { JobStore, Row, RowWrite } from '../src/jobs/store.ts';
import { StoreUnavailable } from '../src/jobs/store.ts';
import { type Data, emulatorControl, gatewayOn } from './kit.ts';
import { until } from './until.ts';

const runs = Number(process.env.RUNS ?? 2);
const seed = process.env.SEED ? { seed: Number(process.env.SEED) } : {};

/** The store that all gateways of a run have in common, and the writes after which the present one dies. */
const disk = vi.hoisted(() => ({
  store: undefined as JobStore | undefined,
  writesLeft: Number.POSITIVE_INFINITY,
}));

vi.mock('../src/jobs/memory-store.ts', async (original) => {
  const { createMemoryStore } = await original<typeof import('../src/jobs/memory-store.ts')>();
  return {
    createMemoryStore(now: () => number): JobStore {
      disk.store ??= createMemoryStore(now);
      const { store } = disk;
      const living = async <T>(work: () => Promise<T>): Promise<T> => {
        if (disk.writesLeft < 0) throw new StoreUnavailable('The gateway is dead.');
        return work();
      };
      return {
        read: (keys) => living(() => store.read(keys)),
        scan: (prefix, page) => living(() => store.scan(prefix, page)),
        write: (rows: readonly RowWrite[]) => {
          if (rows.some(({ key }) => key.startsWith('deferred/'))) disk.writesLeft -= 1;
          return living(() => store.write(rows));
        },
      };
    },
  };
});

const id = 'O5000001';
const mutation = `mutation ($input: UpdateOpportunityInput!) { updateOpportunity(input: $input) {
  pendingEdit { id } userErrors { code message } } }`;

/** A field of the record, by the edit of it, and by someone else's change. */
const fields = {
  'lifeCycle.nextSteps': {
    patch: { lifeCycle: { nextSteps: 'ours' } },
    theirs: { LifeCycle: { NextSteps: 'theirs' } },
    valueIn: ({ LifeCycle }: Data) => LifeCycle.NextSteps,
  },
  'marketing.campaignName': {
    patch: { marketing: { campaignName: 'ours' } },
    theirs: { Marketing: { CampaignName: 'theirs' } },
    valueIn: ({ Marketing }: Data) => Marketing?.CampaignName,
  },
  'project.additionalComments': {
    patch: { project: { additionalComments: 'ours' } },
    theirs: { Project: { AdditionalComments: 'theirs' } },
    valueIn: ({ Project }: Data) => Project.AdditionalComments,
  },
};
type Field = keyof typeof fields;
const field = fc.constantFrom(...(Object.keys(fields) as Field[]));
const contact = { email: 'new@example.com', firstName: 'New', lastName: 'Contact' };

const kinds = ['error', 'error-after', 'drop-before', 'drop-after', 'throttle'];
const times = fc.integer({ min: 1, max: 2 });
const fault = fc.oneof(
  fc.record({
    kind: fc.constantFrom(...kinds, 'conflict'),
    operation: fc.constant('UpdateOpportunity'),
    times,
  }),
  fc.record({ kind: fc.constantFrom(...kinds), operation: fc.constant('GetOpportunity'), times }),
);
/** A gateway that dies after some writes of its store, and what someone else changes after its death. */
const life = fc.record({
  writes: fc.integer({ min: 0, max: 5 }),
  faults: fc.array(fault, { maxLength: 2 }),
  theirs: fc.option(field, { freq: 3 }),
});
const run = fc.record({
  edits: fc.uniqueArray(field, { minLength: 1, maxLength: 3 }),
  hasContact: fc.boolean(),
  /** Whether AWS asks for changes before it approves, which opens none of these fields. */
  isReturned: fc.boolean(),
  lives: fc.array(life, { maxLength: 3 }),
});

async function rows(): Promise<Data[]> {
  const stored: Row[] = (await disk.store?.scan('deferred/', { limit: 100 })) ?? [];
  return stored.map(({ value }) => JSON.parse(value));
}
const isWaiting = ({ failure }: Data) => failure === null;

test('deferred edits survive the death of gateways, faults of AWS and changes by others, once each', async () => {
  const seen = { runs: 0, written: 0, failed: 0, deaths: 0 };
  const emulator = await startEmulator();
  const control = emulatorControl(emulator.url);
  /** Lets a gateway live until it dies, or nothing waits any more. */
  async function live(writes: number): Promise<void> {
    await disk.store?.write([{ key: 'deferred-poll', value: undefined }]);
    disk.writesLeft = writes;
    const gw = await gatewayOn(emulator.url, { SYNC_INTERVAL_MS: '100', DRAIN_TIMEOUT_MS: '0' });
    await until(async () => disk.writesLeft < 0 || !(await rows()).some(isWaiting));
    if (disk.writesLeft < 0) seen.deaths += 1;
    await gw[Symbol.asyncDispose]();
  }
  const setStatus = (status: string) =>
    control.patchRecord(id, { LifeCycle: { ReviewStatus: status } }, { touch: true });

  try {
    await fc.assert(
      fc.asyncProperty(run, async ({ edits, hasContact, isReturned, lives }) => {
        disk.store = undefined;
        disk.writesLeft = Number.POSITIVE_INFINITY;
        await control.control('DELETE', 'faults');
        await control.control('POST', 'reset');
        await setStatus('Submitted');
        const gw = await gatewayOn(emulator.url, { SYNC_INTERVAL_MS: '60000' });
        const patches: object[] = edits.map((name) => fields[name].patch);
        if (hasContact) patches.push({ contactEdits: [{ add: contact }] });
        for (const patch of patches) {
          const { data } = await gw.query(mutation, { input: { id, patch, onLocked: 'DEFER' } });
          expect(data.updateOpportunity).toMatchObject({ pendingEdit: {}, userErrors: [] });
        }
        await gw[Symbol.asyncDispose]();

        if (isReturned) await setStatus('Action Required');
        await setStatus('Approved');
        const theirs = new Set<Field>();
        for (const { writes, faults, theirs: changed } of lives) {
          for (const one of faults) await control.injectFault(one);
          await live(writes);
          await control.control('DELETE', 'faults');
          if (!changed) continue;
          await control.patchRecord(id, fields[changed].theirs, { touch: true });
          theirs.add(changed);
        }
        await live(Number.POSITIVE_INFINITY);

        const left = await rows();
        const record = await control.record(id);
        expect(left.filter(isWaiting)).toEqual([]);
        for (const { failure } of left)
          expect(['CONFLICT', 'OUTCOME_UNKNOWN']).toContain(failure.userErrors[0].code);
        if (theirs.size === 0) expect(left).toEqual([]);
        const isFailed = (name: string) => left.some((edit) => edit.fields.includes(name));
        for (const name of edits) {
          const value = fields[name].valueIn(record);
          if (theirs.has(name)) expect(value).toBe('theirs');
          else if (!isFailed(name)) expect(value).toBe('ours');
        }
        const added = record.Customer.Contacts.filter(({ Email }: Data) => Email === contact.email);
        if (hasContact && !isFailed('customer.contacts')) expect(added).toHaveLength(1);
        expect(added.length).toBeLessThanOrEqual(1);
        seen.runs += 1;
        seen.failed += left.length;
        seen.written += patches.length - left.length;
      }),
      { numRuns: runs, endOnFailure: Boolean(process.env.RUNS), ...seed },
    );
  } finally {
    await emulator.stop();
  }
  if (process.env.RUNS) process.stdout.write(`${JSON.stringify(seen)}\n`);
});
