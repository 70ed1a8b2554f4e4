/**
 * Bulk jobs of programs that are killed while AWS carries out a write: with the state in a file, and with two replicas on
 * Redis. `KILLS=100` kills the one with a file more often.
 */
import { describe, expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { call, editableIds, nextSteps, operation, type Queryable, untilJob } from './bulk-kit.ts';
import { temporaryFolder } from './jobs/stores.ts';
import { type Answer, type Data, emulatorControl, gatewayOn } from './kit.ts';
import { startProgram } from './program.ts';
import { freePort, hasRedis, redisMissing, startRedis } from './redis.ts';

const kills = Number(process.env.KILLS ?? 1);
const fast = { QUOTA_READS_PER_SECOND: '100000', QUOTA_WRITES_PER_SECOND: '100000' };

/** A program, and a client for it. */
async function startGateway(env: Record<string, string>) {
  const program = startProgram({ ...fast, ...env });
  const url = await program.address('GraphQL');
  return {
    program,
    async query(query: string, variables: object = {}): Promise<Answer> {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
    async kill(): Promise<void> {
      program.child.kill('SIGKILL');
      await program.exited;
    },
  };
}

/** The ids of opportunities that can be changed, as many as there are. */
async function idsOf(emulatorUrl: string): Promise<string[]> {
  await using gw = await gatewayOn(emulatorUrl);
  return await editableIds(gw, 60);
}

/** Creates a job, also if Redis has not answered in time: the token lets the request be repeated. */
async function createSurely({ query }: Queryable, items: object[]): Promise<Data> {
  for (;;) {
    const { data } = await query(operation('bulkUpdateOpportunities'), {
      input: { items, clientToken: 'once' },
    });
    if (data?.bulkUpdateOpportunities) return data.bulkUpdateOpportunities.job;
  }
}

/** Counts the writes that AWS has carried out of each opportunity. */
function writesIn(log: Data[]): Record<string, number> {
  const made: Record<string, number> = {};
  for (const { operation, status, input } of log)
    if (operation === 'UpdateOpportunity' && status === 200)
      made[input.Identifier] = (made[input.Identifier] ?? 0) + 1;
  return made;
}
describe('a program that is killed', () => {
  test('a job in a file loses no item and does none twice while its program is killed again and again', async () => {
    const emulator = await startEmulator();
    const control = emulatorControl(emulator.url);
    using folder = temporaryFolder();
    const ids = await idsOf(emulator.url);
    await control.clearCalls();
    const env = { UPSTREAM_ENDPOINT: emulator.url, JOBS_FILE: folder.file };
    let gw = await startGateway(env);
    const items = ids.map((id) => ({ id, patch: nextSteps('Killed') }));
    const { job } = await call(gw, 'bulkUpdateOpportunities', { items });
    for (let n = 0; n < kills; n++) {
      await control.hold('UpdateOpportunity', 3);
      await Promise.race([control.untilHeld(1 + (n % 3)), untilJob(gw, job.id)]);
      await gw.kill();
      await control.release();
      gw = await startGateway(env);
    }
    const ended = await untilJob(gw, job.id);
    expect(ended).toMatchObject({
      status: 'DONE',
      total: ids.length,
      done: ids.length,
      failed: 0,
      skipped: 0,
    });
    expect(writesIn(await control.log())).toEqual(Object.fromEntries(ids.map((id) => [id, 1])));
    await gw.kill();
    await emulator.stop();
  });

  // It takes as long as the lease of the killed replica lasts.
  test.skipIf(!hasRedis)(
    `a job on Redis goes on in the other replica when one is killed${hasRedis ? '' : ` (${redisMissing})`}`,
    async () => {
      const emulator = await startEmulator();
      const control = emulatorControl(emulator.url);
      const redis = await startRedis(await freePort());
      const ids = await idsOf(emulator.url);
      await control.clearCalls();
      const env = { UPSTREAM_ENDPOINT: emulator.url, REDIS_URL: redis.url, REPLICAS: '2' };
      const [one, two] = await Promise.all([startGateway(env), startGateway(env)]);
      const items = ids.map((id) => ({ id, patch: nextSteps('Killed') }));
      await control.hold('UpdateOpportunity', 3);
      const job = await createSurely(one, items);
      await control.untilHeld(1);
      await one.kill();
      await control.release();
      const ended = await untilJob(two, job.id);
      expect(ended).toMatchObject({
        status: 'DONE',
        total: ids.length,
        done: ids.length,
        failed: 0,
        skipped: 0,
      });
      expect(writesIn(await control.log())).toEqual(Object.fromEntries(ids.map((id) => [id, 1])));
      await two.kill();
      await redis.kill();
      await emulator.stop();
    },
  );
});
