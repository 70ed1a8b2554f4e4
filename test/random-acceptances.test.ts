/**
 * Random acceptances by several gateways on one emulator, with faults at every step, tasks that fail, and gateways that are
 * killed in between: never two opportunities, and never an accepted referral whose opportunity is not returned.
 * `RUNS=200 SEED=1` runs longer.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { accept, referLead, referOpportunity } from './invitation-kit.ts';
import { type Answer, type Data, gatewayOn, type TestGateway } from './kit.ts';

const runs = Number(process.env.RUNS ?? 12);
const seed = process.env.SEED ? { seed: Number(process.env.SEED) } : {};

const start = 'StartEngagementByAcceptingInvitationTask';
const steps = [
  'GetEngagementInvitation',
  'ListEngagementByAcceptingInvitationTasks',
  start,
  'AcceptEngagementInvitation',
];
const fault = fc.oneof(
  fc.record({
    kind: fc.constantFrom(
      'error',
      'error-after',
      'drop-before',
      'drop-after',
      'html-503',
      'throttle',
      'conflict',
    ),
    operation: fc.constantFrom(...steps),
    times: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({
    kind: fc.constant('task-failed'),
    operation: fc.constant(start),
    times: fc.constantFrom(1, 2),
  }),
);
/** What happens in one run: attempts with faults before them, by one of two replicas, some killed at some call. */
const attempt = fc.record({
  faults: fc.array(fault, { maxLength: 2 }),
  replica: fc.integer({ min: 0, max: 1 }),
  /** The operation during which the gateway is killed. */
  killedAt: fc.option(fc.constantFrom(...steps), { freq: 2 }),
  /** Whether the other replica does the same at the same time, with the same token or with one of its own. */
  doubled: fc.constantFrom(undefined, 'alike', 'own'),
});
const run = fc.record({
  isLead: fc.boolean(),
  taskMs: fc.constantFrom(0, 0, 300),
  answeredInvitation: fc.constantFrom('conflict', 'invalid-state'),
  attempts: fc.array(attempt, { minLength: 1, maxLength: 4 }),
});

test('random acceptances under faults, by killed gateways and by two replicas, are one opportunity, which is reported', async () => {
  const emulator = await startEmulator({ seed: false });
  // A gateway that stops gives up at once what it is doing, as if it was killed.
  const env = { REQUEST_TIMEOUT_MS: '4000', DRAIN_TIMEOUT_MS: '0' };
  const replicas: TestGateway[] = [await gatewayOn(emulator.url, env), await gatewayOn(emulator.url, env)];
  const seen: Record<string, number> = {};
  /** The opportunities of all runs so far. */
  const opportunities = new Set<string>();
  const ids = async (gw: TestGateway): Promise<string[]> => {
    const found: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { data } = await gw.query(
        'query ($after: String) { opportunities(first: 100, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }',
        { after },
      );
      found.push(...data.opportunities.nodes.map(({ id }: Data) => id));
      ({ endCursor: after, hasNextPage: more } = data.opportunities.pageInfo);
    }
    return found;
  };
  try {
    await fc.assert(
      fc.asyncProperty(run, async ({ isLead, taskMs, answeredInvitation, attempts }) => {
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
          answeredInvitation,
        });
        const { Id, OpportunityId, EngagementId } = await (isLead
          ? referLead(at(0))
          : referOpportunity(at(0)));
        const send = (gw: TestGateway, more: object = {}): Promise<Answer> =>
          gw.query(accept, { input: { id: Id, waitMs: 500, ...more } });
        const told = (answer: PromiseSettledResult<Answer>) => {
          const payload = answer.status === 'fulfilled' && answer.value.data?.acceptEngagementInvitation;
          if (!payload?.accepted) return;
          expect(payload.userErrors).toEqual([]);
          expect(payload.invitation).toEqual({ id: Id, status: 'ACCEPTED' });
          // The record itself may be hit by a fault; then there is an error beside the payload.
          if (payload.opportunity) expect(payload.opportunity.id).toBe(OpportunityId);
        };

        for (const [n, { faults, replica, killedAt, doubled }] of attempts.entries()) {
          await reset();
          for (const one of faults) await control.injectFault(one);
          if (killedAt) await control.injectFault({ kind: 'hold', operation: killedAt, times: 1 });
          const own = doubled === 'own' ? { clientToken: `own-${n}-of-${Id}` } : {};
          const sent = [send(at(replica)), ...(doubled ? [send(at(1 - replica), own)] : [])];
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
          for (const answer of await settled) told(answer);
        }

        await reset();
        let last: Data;
        // A task of an attempt before may still fail; after that the same input starts a new one.
        for (let tries = 0; !last?.accepted && tries < 8; tries++) {
          const { data, errors } = await send(at(0));
          expect(errors).toBeUndefined();
          last = data.acceptEngagementInvitation;
          for (const { code } of last.userErrors) expect(code).toBe('REFUSED_BY_AWS');
        }
        expect(last).toMatchObject({
          accepted: true,
          userErrors: [],
          engagement: { id: EngagementId, memberCount: 2 },
          opportunity: isLead ? null : { id: OpportunityId },
        });
        if (!isLead) opportunities.add(OpportunityId);
        expect((await ids(at(1))).toSorted()).toEqual([...opportunities].toSorted());
        const what = `${isLead ? 'lead' : 'opportunity'}, ${attempts.length} attempts`;
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
