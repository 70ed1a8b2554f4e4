/**
 * Random submissions of several gateways on one emulator, with faults at every step and gateways that are killed in
 * between: each intent is one task, and no association is lost or made twice. `RUNS=200 SEED=1` runs longer.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { submittable } from './create-input.ts';
import { type Answer, type Data, gatewayOn, type TestGateway } from './kit.ts';

const runs = Number(process.env.RUNS ?? 12);
const seed = process.env.SEED ? { seed: Number(process.env.SEED) } : {};

const steps = [
  'GetOpportunity',
  'ListEngagementFromOpportunityTasks',
  'UpdateOpportunity',
  'AssociateOpportunity',
  'DisassociateOpportunity',
  'StartEngagementFromOpportunityTask',
];
const fault = fc.record({
  kind: fc.constantFrom('error', 'error-after', 'drop-before', 'drop-after', 'html-503', 'throttle'),
  operation: fc.constantFrom(...steps),
  times: fc.integer({ min: 1, max: 6 }),
});
const solutions = ['S-1234567', 'S-0051201', 'S-0051202', 'S-0051203'];
/** What happens in one run: attempts with faults before them, by one of two replicas, some killed at some call. */
const attempt = fc.record({
  faults: fc.array(fault, { maxLength: 2 }),
  replica: fc.integer({ min: 0, max: 1 }),
  /** The operation during which the gateway is killed. */
  killedAt: fc.option(fc.constantFrom(...steps), { freq: 2 }),
  /** Whether the other replica does the same at the same time. */
  isDoubled: fc.boolean(),
});
const run = fc.record({
  before: fc.subarray(solutions),
  wanted: fc.subarray(solutions, { minLength: 1 }),
  nextSteps: fc.option(fc.constant('Call the customer')),
  taskMs: fc.constantFrom(0, 0, 300),
  attempts: fc.array(attempt, { minLength: 1, maxLength: 4 }),
});

const create = 'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { id } }';
const submit = `mutation ($input: SubmitOpportunityInput!) { submitOpportunity(input: $input) {
  submitted userErrors { code message } } }`;

test('random submissions under faults, by killed gateways and by two replicas, are one task and lose no association', async () => {
  const emulator = await startEmulator();
  // A gateway that stops gives up at once what it is doing, as if it was killed.
  const env = { REQUEST_TIMEOUT_MS: '4000', DRAIN_TIMEOUT_MS: '0' };
  const replicas: TestGateway[] = [await gatewayOn(emulator.url, env), await gatewayOn(emulator.url, env)];
  const seen: Record<string, number> = {};
  try {
    await fc.assert(
      fc.asyncProperty(run, async ({ before, wanted, nextSteps, taskMs, attempts }) => {
        const at = (replica: number) => replicas[replica] as TestGateway;
        const control = at(0).emulator;
        const reset = async () => {
          await control.control('DELETE', 'faults');
          await control.release();
        };
        await reset();
        await control.control('POST', 'settings', {
          submissionTask: taskMs > 0 ? 'in-progress' : 'complete',
          taskMs: Math.max(1, taskMs),
        });
        const created = await at(0).query(create, {
          input: { ...submittable, partnerOpportunityIdentifier: null },
        });
        const id: string = created.data.createOpportunity.id;
        await control.patchRecord(id, { RelatedEntityIdentifiers: { Solutions: before } }, { touch: true });
        const input = {
          id,
          involvementType: 'CO_SELL',
          associate: { solutions: wanted },
          waitMs: 500,
          ...(nextSteps && { patch: { lifeCycle: { nextSteps } } }),
        };
        const send = (gw: TestGateway): Promise<Answer> => gw.query(submit, { input });

        for (const { faults, replica, killedAt, isDoubled } of attempts) {
          await reset();
          for (const one of faults) await control.injectFault(one);
          if (killedAt) await control.injectFault({ kind: 'hold', operation: killedAt, times: 1 });
          const sent = [send(at(replica)), ...(isDoubled ? [send(at(1 - replica))] : [])];
          const settled = Promise.allSettled(sent);
          if (killedAt) {
            const isHeld = async () => (await control.control('GET', 'faults')).held.length > 0;
            let isOver = false;
            void settled.then(() => {
              isOver = true;
            });
            while (!isOver && !(await isHeld()));
            // The call that is held goes on without anyone who would wait for its answer.
            const killed = at(replica)[Symbol.asyncDispose]();
            replicas[replica] = await gatewayOn(emulator.url, env);
            await control.release();
            await killed;
          }
          await settled;
        }

        await reset();
        let last: Data;
        for (let tries = 0; !last?.submitted && tries < 5; tries++) {
          const { data, errors } = await send(at(0));
          expect(errors).toBeUndefined();
          last = data.submitOpportunity;
          expect(last.userErrors).toEqual([]);
        }
        expect(last.submitted).toBe(true);
        const record = await control.record(id);
        expect([record.LifeCycle.ReviewStatus, record.LifeCycle.NextSteps ?? null]).toEqual([
          'Submitted',
          nextSteps,
        ]);
        expect(record.RelatedEntityIdentifiers.Solutions.toSorted()).toEqual(wanted.toSorted());
        const { data } = await at(0).query(`{ opportunity(id: "${id}") { submissions { status } } }`);
        expect(data.opportunity.submissions).toEqual([{ status: 'COMPLETE' }]);
        const what = `${attempts.length} attempts`;
        seen[what] = (seen[what] ?? 0) + 1;
      }),
      { numRuns: runs, ...seed },
    );
  } finally {
    for (const gw of replicas) await gw[Symbol.asyncDispose]();
    await emulator.stop();
  }
  if (process.env.RUNS) process.stdout.write(`${JSON.stringify(seen)}\n`);
}, 1_800_000);
