import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { type Data, gateway } from './kit.ts';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const commands = [...readme.matchAll(/```sh\n(curl [^`]*)```/g)].map(([, command = '']) => command);

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

test('the life of a deal in the README runs in its five operations, with AWS’s approval in between', async () => {
  await using gw = await gateway();
  const [, text = ''] = /```graphql\n([^`]*)```/.exec(readme) ?? [];
  const operations = text.trim().split('\n\n');
  expect(operations).toHaveLength(5);
  const answers: Data[] = [];
  for (const [index, operation] of operations.entries()) {
    if (index === 3)
      await gw.emulator.control('POST', 'opportunities/O5000001/review', { decision: 'Approved' });
    const { data, errors } = await gw.query(operation);
    expect(errors, operation).toBeUndefined();
    answers.push(Object.values(data)[0]);
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
