/**
 * Random changes and conversions of leads under random faults, with concurrent editors, killed gateways and two replicas:
 * no change is lost or made twice, no conflict is false, and no lead becomes two opportunities. `RUNS=1000 SEED=1` runs longer.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { type Data, gatewayOn, type TestGateway } from './kit.ts';

const runs = (few: number) => Number(process.env.RUNS ?? few);
const seed = process.env.SEED ? { seed: Number(process.env.SEED) } : {};
const report = (seen: Record<string, number>) =>
  process.env.RUNS && process.stdout.write(`${JSON.stringify(seen)}\n`);

const contact = { businessTitle: 'Head', email: 'h@acme.example', firstName: 'H', lastName: 'C' };
const input = {
  customer: { companyName: 'Acme Robotics', industry: 'Manufacturing', address: { city: 'Seattle' } },
  interactions: [{ contact, businessProblem: 'The controllers of two lines are out of support.' }],
};
const create = 'mutation ($input: CreateLeadInput!) { createLead(input: $input) { lead { id } } }';
const update = `mutation ($input: UpdateLeadInput!) { updateLead(input: $input) {
  changed changedFields conflict { overlappingFields } userErrors { code message } } }`;
const convert = `mutation ($input: ConvertLeadInput!) { convertLead(input: $input) {
  converted opportunity { id } userErrors { code message } } }`;
const read = `query ($id: ID!) { lead(id: $id) {
  qualificationStatus customer { companyName industry marketSegment awsMaturity address { city } } interactions { sourceId } } }`;

const newLead = async (gw: TestGateway): Promise<string> =>
  (await gw.query(create, { input })).data.createLead.lead.id;

const text = fc.constantFrom('one', 'two', 'three');
const patch = fc.record(
  {
    qualificationStatus: text,
    customer: fc.record(
      { industry: fc.option(text), marketSegment: text, address: fc.record({ city: text }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
/** What another program changes meanwhile: fields of its own, AWS's insights, or another context of the engagement. */
const edit = fc.constantFrom<object>(
  { lead: { Customer: { AwsMaturity: 'Evaluating' } } },
  { lead: { Customer: { AwsMaturity: 'Multi-Account' } } },
  { lead: { Insights: { LeadReadinessScore: 'High' } } },
  { prospectingResult: { TaskName: 'Spring' } },
  { lead: { Customer: { Industry: 'theirs' } } },
);
const kinds = ['error', 'error-after', 'drop-before', 'drop-after', 'html-503', 'throttle'];
const updateFault = fc.record({
  kind: fc.constantFrom(...kinds),
  operation: fc.constantFrom('UpdateEngagementContext', 'UpdateEngagementContext', 'GetEngagement'),
  times: fc.integer({ min: 1, max: 2 }),
});
/** That AWS rejects a version as outdated although it is not. */
const falseConflict = fc.record({
  kind: fc.constant('conflict'),
  operation: fc.constant('UpdateEngagementContext'),
  times: fc.integer({ min: 1, max: 2 }),
});

/** The fields of a patch, as dotted paths. */
const fieldsOf = (value: Data, path = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => fieldsOf(inner, path ? `${path}.${name}` : name))
    : [path];
const at = (value: Data, path: string): Data => path.split('.').reduce((from, name) => from?.[name], value);

test('random changes under faults and concurrent edits are made once or not at all, and no conflict is false', async () => {
  const emulator = await startEmulator({ seed: false });
  const gw = await gatewayOn(emulator.url, { REQUEST_TIMEOUT_MS: '8000' });
  const seen: Record<string, number> = {};
  const { control } = gw.emulator;
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ patch, adds: fc.boolean() }), { minLength: 1, maxLength: 3 }),
        fc.array(edit, { maxLength: 2 }),
        fc.array(fc.oneof(updateFault, falseConflict), { maxLength: 2 }),
        async (changes, edits, faults) => {
          await control('DELETE', 'faults');
          const id = await newLead(gw);
          const path = `leads/${id.split('/')[0]}`;
          await control('PATCH', path, { lead: { FutureScore: 7 } });
          const before = (await gw.query(read, { id })).data.lead;
          const ids = changes.map(() => randomUUID());
          for (const one of faults) await gw.emulator.injectFault(one);
          const sent = changes.map(({ patch, adds }, index) =>
            gw.query(update, {
              input: { id, patch, ...(adds && { addInteraction: { contact, sourceId: ids[index] } }) },
            }),
          );
          for (const one of edits) await control('PATCH', path, one);
          const answers = await Promise.all(sent);
          await control('DELETE', 'faults');
          const after = (await gw.query(read, { id }, { 'cache-control': 'no-cache' })).data.lead;
          const added = after.interactions.map(({ sourceId }: Data) => sourceId);

          const codes = answers.map(
            ({ data, errors }) =>
              errors?.[0]?.extensions.code ?? data.updateLead.userErrors[0]?.code ?? 'DONE',
          );
          for (const [index, code] of codes.entries()) {
            const { patch: own, adds } = changes[index] as (typeof changes)[number];
            seen[String(code)] = (seen[String(code)] ?? 0) + 1;
            const times = added.filter((one: string) => one === ids[index]).length;
            expect(['DONE', 'CONFLICT', 'OUTCOME_UNKNOWN', 'UPSTREAM_UNAVAILABLE', 'THROTTLED']).toContain(
              code,
            );
            expect(times, 'an interaction is there once at most').toBeLessThanOrEqual(1);
            if (code === 'DONE') expect(times, 'what is reported as made is there').toBe(adds ? 1 : 0);
            else if (code !== 'OUTCOME_UNKNOWN') expect(times, 'what is refused was not made').toBe(0);
            if (code === 'CONFLICT') {
              const { overlappingFields } = answers[index]?.data.updateLead.conflict ?? {};
              expect(overlappingFields, 'only the field that another program writes').toEqual([
                'customer.industry',
              ]);
              expect(edits.some((one) => at(one, 'lead.Customer.Industry') !== undefined)).toBe(true);
              expect(fieldsOf(own)).toContain('customer.industry');
            }
          }
          // A field that only one change writes, and that was not overwritten, has its value.
          for (const [index, { patch: own }] of changes.entries()) {
            if (codes[index] !== 'DONE') continue;
            for (const field of fieldsOf(own)) {
              const others = changes.some(
                (other, place) => place !== index && fieldsOf(other.patch).includes(field),
              );
              if (!others && field !== 'customer.industry')
                expect(at(after, field), field).toBe(at(own, field));
            }
          }
          // What is not changed is kept; what another program has written last is there.
          expect(after.customer.companyName).toBe(before.customer.companyName);
          const maturity = edits
            .map((one) => at(one, 'lead.Customer.AwsMaturity'))
            .filter(Boolean)
            .at(-1);
          expect(after.customer.awsMaturity).toBe(maturity ?? before.customer.awsMaturity);
          const raw = await control('PATCH', path, {});
          expect(raw.Contexts[0].Payload.Lead.FutureScore, 'an unknown member is kept').toBe(7);
        },
      ),
      { numRuns: runs(2), ...seed },
    );
  } finally {
    await gw[Symbol.asyncDispose]();
    await emulator.stop();
  }
  report(seen);
}, 1_800_000);

const steps = ['GetEngagement', 'ListOpportunityFromEngagementTasks', 'StartOpportunityFromEngagementTask'];
const convertFault = fc.record({
  kind: fc.constantFrom(...kinds),
  operation: fc.constantFrom(...steps),
  times: fc.integer({ min: 1, max: 6 }),
});
/** Attempts with faults before them, by one of two replicas, some killed at some call, some made by both at once. */
const attempt = fc.record({
  faults: fc.array(convertFault, { maxLength: 2 }),
  replica: fc.integer({ min: 0, max: 1 }),
  killedAt: fc.option(fc.constantFrom(...steps), { freq: 2 }),
  isDoubled: fc.boolean(),
  /** Whether AWS fails the tasks that are started now. */
  isRefused: fc.boolean(),
});

test('random conversions under faults, by killed gateways and by two replicas, are one opportunity, which is reported', async () => {
  const emulator = await startEmulator({ seed: false });
  // A gateway that stops gives up at once what it is doing, as if it was killed.
  const env = { REQUEST_TIMEOUT_MS: '4000', DRAIN_TIMEOUT_MS: '0' };
  const replicas: TestGateway[] = [await gatewayOn(emulator.url, env), await gatewayOn(emulator.url, env)];
  const seen: Record<string, number> = {};
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0, 0, 300),
        fc.array(attempt, { minLength: 1, maxLength: 4 }),
        async (taskMs, attempts) => {
          const at = (replica: number) => replicas[replica] as TestGateway;
          const { control, release, injectFault } = at(0).emulator;
          const reset = async () => {
            await control('DELETE', 'faults');
            await release();
          };
          await control('POST', 'reset', { seed: false });
          await control('POST', 'settings', {
            submissionTask: taskMs > 0 ? 'in-progress' : 'complete',
            taskMs: Math.max(1, taskMs),
          });
          const id = await newLead(at(0));
          const send = (gw: TestGateway) => gw.query(convert, { input: { id, waitMs: 500 } });
          for (const { faults, replica, killedAt, isDoubled, isRefused } of attempts) {
            await reset();
            await control('POST', 'settings', { leadConversion: isRefused ? 'qualified' : 'any' });
            for (const one of faults) await injectFault(one);
            if (killedAt) await injectFault({ kind: 'hold', operation: killedAt, times: 1 });
            const sent = [send(at(replica)), ...(isDoubled ? [send(at(1 - replica))] : [])];
            const settled = Promise.allSettled(sent);
            if (killedAt) {
              let isOver = false;
              void settled.then(() => {
                isOver = true;
              });
              while (!isOver && (await control('GET', 'faults')).held.length === 0);
              // The call that is held goes on without anyone who would wait for its answer.
              const killed = at(replica)[Symbol.asyncDispose]();
              replicas[replica] = await gatewayOn(emulator.url, env);
              await release();
              await killed;
            }
            await settled;
          }
          await reset();
          await control('POST', 'settings', { leadConversion: 'any' });
          let last: Data;
          let tries = 0;
          for (; !last?.converted && tries < 6; tries++) {
            const { data, errors } = await send(at(0));
            expect(errors).toBeUndefined();
            last = data.convertLead;
          }
          expect(last).toMatchObject({
            converted: true,
            opportunity: { id: expect.any(String) },
            userErrors: [],
          });
          const { data } = await at(1).query(
            `{ opportunities { nodes { id } } lead(id: "${id}") { opportunity { id } } }`,
            {},
            { 'cache-control': 'no-cache' },
          );
          expect(data.opportunities.nodes, 'one opportunity').toEqual([{ id: last.opportunity.id }]);
          expect(data.lead.opportunity, 'which the lead returns').toEqual({ id: last.opportunity.id });
          seen[`after ${tries}`] = (seen[`after ${tries}`] ?? 0) + 1;
        },
      ),
      { numRuns: runs(3), ...seed },
    );
  } finally {
    for (const gw of replicas) await gw[Symbol.asyncDispose]();
    await emulator.stop();
  }
  report(seen);
}, 1_800_000);
