import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { referOpportunity } from './invitation-kit.ts';
import { type Data, gateway, type TestGateway } from './kit.ts';
import { until } from './until.ts';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const allCommands = [...readme.matchAll(/```sh\n(curl [^`]*)```/g)].map(([, command = '']) => command);
/** A subscription's command goes on until it is stopped. */
const isEndless = (command: string): boolean => command.startsWith('curl -N ');
const commands = allCommands.filter((command) => !isEndless(command));

test('every curl command in the README returns data, and its patch is applied', async () => {
  await using gw = await gateway();
  expect(commands.length).toBeGreaterThanOrEqual(3);
  for (const command of commands) {
    const here = command.replaceAll('http://127.0.0.1:4000', gw.url);
    const { stdout } = await promisify(execFile)('sh', ['-c', here]);
    const { data, errors } = JSON.parse(stdout);
    expect(errors, command).toBeUndefined();
    expect(Object.values(data)).not.toContain(null);
  }
  expect((await gw.emulator.record('O5000002')).LifeCycle.NextSteps).toBe('Workshop on Tuesday');
});

test('the subscription in the README reports what changes', async () => {
  await using gw = await gateway({ INDEX: 'on', SYNC_INTERVAL_MS: '1000' });
  await until(async () => !(await gw.query('{ opportunities { totalCount } }')).errors);
  const command = allCommands.find(isEndless) ?? '';
  const curl = spawn('sh', ['-c', `exec ${command.replaceAll('http://127.0.0.1:4000', gw.url)}`]);
  let told = '';
  curl.stdout.on('data', (text) => {
    told += text;
  });
  await until(async () => {
    await gw.emulator.patchRecord('O5000002', { Marketing: null }, { touch: true });
    return told.includes('O5000002');
  });
  curl.kill();
  const [, event = ''] = /^data: (.*O5000002.*)$/m.exec(told) ?? [];
  expect(JSON.parse(event).data.opportunityChanged).toMatchObject({
    kind: 'UPDATED',
    opportunity: { id: 'O5000002', lifeCycle: { stage: expect.any(String) } },
  });
});

const stories = readFileSync(join(import.meta.dirname, '../docs/lifecycle.md'), 'utf8');
/** The operations under a heading. */
function story(heading: string): string[] {
  const [, section = ''] = stories.split(`## ${heading}\n`);
  const [, text = ''] = /```graphql\n([^`]*)```/.exec(section) ?? [];
  return text.trim().split('\n\n');
}
/** The payload or object of the only field of an operation, which has no errors. */
async function run(gw: TestGateway, operation = '', variables: object = {}): Promise<Data> {
  const { data, errors } = await gw.query(operation, variables);
  expect(errors, operation).toBeUndefined();
  return Object.values(data)[0];
}

test('the life of a deal runs in its five operations, with AWS’s approval in between', async () => {
  await using gw = await gateway();
  const operations = story('The life of a deal');
  expect(operations).toHaveLength(5);
  const answers: Data[] = [];
  for (const [index, operation] of operations.entries()) {
    if (index === 3)
      await gw.emulator.control('POST', 'opportunities/O5000001/review', { decision: 'Approved' });
    answers.push(await run(gw, operation));
  }
  expect(answers).toMatchObject([
    { submissionReadiness: { ready: true, blockers: [] } },
    { submitted: true, userErrors: [] },
    { submission: { status: 'COMPLETE' }, lifeCycle: { reviewStatus: 'SUBMITTED' } },
    { changedFields: ['lifeCycle.stage'], userErrors: [] },
    { changedFields: ['customer.account.awsAccountId', 'lifeCycle.stage'], userErrors: [] },
  ]);
  expect((await gw.emulator.record('O5000001')).LifeCycle.Stage).toBe('Launched');
});

test('the change while AWS reviews of docs/lifecycle.md waits, and can be cancelled', async () => {
  await using gw = await gateway();
  await gw.emulator.patchRecord('O5000002', { LifeCycle: { ReviewStatus: 'In review' } });
  const [later, waiting, cancel] = story('A change while AWS reviews');
  const { pendingEdit, userErrors } = await run(gw, later);
  expect(userErrors).toEqual([]);
  expect(pendingEdit.fields).toEqual(['lifeCycle.nextSteps']);
  expect((await run(gw, waiting)).pendingEdits).toMatchObject([{ id: pendingEdit.id, failedAt: null }]);
  expect(await run(gw, cancel, { id: pendingEdit.id })).toEqual({
    edit: { id: pendingEdit.id },
    userErrors: [],
  });
});

test('the referral, the lead and the room of docs/lifecycle.md run as they stand', async () => {
  await using gw = await gateway({}, { seed: false });
  await referOpportunity(gw);
  const [inbox, accept] = story('AWS refers a deal');
  const { nodes } = await run(gw, inbox);
  expect(nodes).toMatchObject([{ payload: { __typename: 'OpportunityInvitationPayload' } }]);
  const accepted = await run(gw, accept, { id: nodes[0].id });
  expect(accepted).toMatchObject({ accepted: true, userErrors: [] });

  const [create, board, qualify, convert] = story('A lead');
  const made = await run(gw, create);
  expect(made.userErrors).toEqual([]);
  const { id } = made.lead;
  expect((await run(gw, board)).nodes).toMatchObject([{ id, customer: { companyName: 'Acme Robotics' } }]);
  expect(await run(gw, qualify, { id })).toEqual({ changed: true, userErrors: [] });
  const converted = await run(gw, convert, { id });
  expect(converted).toMatchObject({ converted: true, userErrors: [] });
  expect(converted.opportunity.submissionReadiness.blockers).not.toEqual([]);

  const [room, role, share, remembered] = story('A room');
  const opportunity = accepted.opportunity.id;
  const [engagement] = (await run(gw, room, { opportunity })).engagements;
  expect(engagement).toMatchObject({
    id: accepted.engagement.id,
    sharing: { problems: ['NO_JOB_ROLE', 'LAST_RUN_FAILED'] },
  });
  expect(await run(gw, role)).toEqual({ userErrors: [] });
  expect(await run(gw, share, { id: engagement.id })).toEqual({
    jobs: [{ status: 'RUNNING' }],
    userErrors: [],
  });
  expect((await run(gw, remembered, { opportunity })).history.nodes.length).toBeGreaterThan(0);
});
