/** Submissions that AWS does not finish at once, and requests that do not last long enough. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { submittable } from './create-input.ts';
import { type Answer, type Data, gateway, gatewayOn, type TestGateway } from './kit.ts';
import { operationsInFlight, type StoppedTime, stopTime } from './time.ts';

/** Both the gateways' and the emulator's. */
let time: StoppedTime;
beforeEach(() => {
  time = stopTime();
});
afterEach(() => time[Symbol.dispose]());

/** A gateway whose emulator finishes tasks after `taskMs`. */
async function slow(taskMs: number, env: Record<string, string> = {}): Promise<TestGateway> {
  const gw = await gateway(env, { now: time.date });
  await gw.emulator.control('POST', 'settings', { submissionTask: 'in-progress', taskMs });
  return gw;
}

async function create(gw: TestGateway): Promise<string> {
  const query = 'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { id } }';
  const input = { ...submittable, partnerOpportunityIdentifier: null };
  return (await time.until(gw.query(query, { input }))).data.createOpportunity.id;
}

const selection =
  'submitted task { id status } steps { name outcome calls } userErrors { path code message }';
const submit = (gw: TestGateway, id: string, more: object = {}): Promise<Answer> =>
  gw.query(
    `mutation ($input: SubmitOpportunityInput!) { submitOpportunity(input: $input) { ${selection} } }`,
    {
      input: { id, involvementType: 'CO_SELL', ...more },
    },
  );
const payload = ({ data, errors }: Answer): Data => {
  expect(errors).toBeUndefined();
  return data.submitOpportunity;
};
const submission = async (gw: TestGateway, id: string): Promise<Data> =>
  (await time.until(gw.query(`{ opportunity(id: "${id}") { submission { id status } } }`))).data.opportunity
    .submission;
const count = (log: readonly Data[], name: string) =>
  log.filter(({ operation }) => operation === name).length;

describe('a task that takes time', () => {
  test('is polled after 1, 2, 4 and 8 seconds, and then every 8, until it has ended', async () => {
    await using gw = await slow(20_000);
    const id = await create(gw);
    const started = time.date();
    const answer = payload(await time.until(submit(gw, id, { waitMs: 28_000 })));
    expect(answer).toMatchObject({ submitted: true, task: { status: 'COMPLETE' }, userErrors: [] });
    expect(time.date() - started).toBe(24_000);
    expect(answer.steps.at(-1)).toEqual({ name: 'WAIT', outcome: 'DONE', calls: 6 });
    expect(count(await gw.emulator.log(), 'ListEngagementFromOpportunityTasks')).toBe(1 + 6);
  });

  test('goes on when the time to wait is over, and can be watched', async () => {
    await using gw = await slow(5_000);
    const id = await create(gw);
    const answer = payload(await time.until(submit(gw, id, { waitMs: 1_500 })));
    expect(answer).toMatchObject({ submitted: false, task: { status: 'IN_PROGRESS' }, userErrors: [] });
    expect(answer.steps.at(-1)).toEqual({ name: 'WAIT', outcome: 'PENDING', calls: 1 });
    expect(await submission(gw, id)).toEqual(answer.task);
    await time.advance(5_000);
    expect(await submission(gw, id)).toEqual({ id: answer.task.id, status: 'COMPLETE' });
  });

  test('is joined by another attempt, which starts no task', async () => {
    await using gw = await slow(3_000);
    const id = await create(gw);
    const first = payload(await time.until(submit(gw, id, { waitMs: 0 })));
    const answer = await time.until(submit(gw, id));
    expect(payload(answer)).toMatchObject({
      submitted: true,
      task: { id: first.task.id, status: 'COMPLETE' },
      steps: [
        { name: 'CHECK', outcome: 'DONE' },
        { name: 'PATCH', outcome: 'SKIPPED' },
        { name: 'START', outcome: 'SKIPPED' },
        { name: 'WAIT', outcome: 'DONE' },
      ],
    });
    expect(answer.calls.StartEngagementFromOpportunityTask).toBeUndefined();
  });

  test('that fails later is a user error', async () => {
    await using gw = await slow(1_500);
    const id = await create(gw);
    const related = { Project: { RelatedOpportunityIdentifier: 'O404' }, OpportunityType: 'Expansion' };
    await gw.emulator.patchRecord(id, related, { touch: true });
    expect(payload(await time.until(submit(gw, id)))).toMatchObject({
      submitted: false,
      task: { status: 'FAILED' },
      userErrors: [{ path: ['input', 'patch', 'project', 'relatedOpportunityIdentifier'] }],
    });
  });

  test('is a success if it fails because another program has submitted the opportunity', async () => {
    await using gw = await slow(1_500);
    const id = await create(gw);
    const waiting = submit(gw, id);
    await operationsInFlight(1);
    await time.advance(500);
    await gw.emulator.patchRecord(id, { LifeCycle: { ReviewStatus: 'Submitted' } }, { touch: true });
    expect(payload(await time.until(waiting))).toMatchObject({
      submitted: true,
      task: { status: 'FAILED' },
      userErrors: [],
    });
  });

  test('costs one poll for ten submissions that wait, and none when no one waits any more', async () => {
    await using gw = await slow(1_000);
    const ids: string[] = [];
    for (let n = 0; n < 10; n++) ids.push(await create(gw));
    const waiting = Promise.all(ids.map((id) => submit(gw, id)));
    await operationsInFlight(10);
    const answers = (await time.until(waiting)).map(payload);
    expect(answers.every(({ submitted }) => submitted)).toBe(true);
    expect(answers.reduce((sum, { steps }) => sum + steps.at(-1).calls, 0)).toBe(1);
    const log = await gw.emulator.log();
    await time.advance(60_000);
    expect((await gw.emulator.log()).length).toBe(log.length);
  });

  test('a poll that fails is made up for by the next one', async () => {
    await using gw = await slow(1_000);
    const id = await create(gw);
    const waiting = submit(gw, id);
    await operationsInFlight(1);
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'ListEngagementFromOpportunityTasks' });
    const answer = payload(await time.until(waiting));
    expect(answer).toMatchObject({ submitted: true, userErrors: [] });
    expect(answer.steps.at(-1)).toMatchObject({ calls: 2 });
  });
});

describe('a request that ends early', () => {
  test('stops between two steps, and the same input continues', async () => {
    const quota = { QUOTA_WRITES_PER_SECOND: '0.5', REQUEST_TIMEOUT_MS: '5000' };
    await using gw = await gateway(quota, { now: time.date });
    const id = await create(gw);
    const associate = { solutions: ['S-1234567', 'S-0051201', 'S-0051202'] };
    const answers: Data[] = [];
    do answers.push(payload(await time.until(submit(gw, id, { associate }))));
    while (!answers.at(-1).submitted && answers.length < 5);
    const [first, last] = [answers[0], answers.at(-1)];
    expect(first).toMatchObject({ submitted: false, userErrors: [] });
    expect(first.steps.at(-1)).toMatchObject({ name: 'WAIT', outcome: 'PENDING' });
    expect(last).toMatchObject({ submitted: true, userErrors: [] });
    const log = await gw.emulator.log();
    expect(answers.length).toBeGreaterThan(1);
    expect(count(log, 'StartEngagementFromOpportunityTask')).toBe(1);
  });

  test('is an error only if nothing was changed', async () => {
    const quota = { QUOTA_WRITES_PER_SECOND: '0.01', REQUEST_TIMEOUT_MS: '5000' };
    await using gw = await gateway(quota, { now: time.date });
    const id = await create(gw);
    const { data, errors } = await time.until(submit(gw, id));
    expect([data?.submitOpportunity ?? null, errors?.[0]?.extensions.code]).toEqual([
      null,
      'OPERATION_TOO_EXPENSIVE',
    ]);
  });
});

test('a read from before the submission does not start a second task', async () => {
  await using gw = await gateway({}, { now: time.date });
  const id = await create(gw);
  await time.advance(1_000);
  await gw.emulator.control('POST', 'settings', { readLagMs: 60_000 });
  expect(payload(await time.until(submit(gw, id)))).toMatchObject({ submitted: true });
  // Another replica has never read the opportunity, and gets the version from before.
  await using other = await gatewayOn(gw.emulator.url);
  const answer = await time.until(submit(other, id));
  expect(payload(answer)).toMatchObject({ submitted: true, userErrors: [] });
  expect(answer.calls.StartEngagementFromOpportunityTask).toBeUndefined();
});
