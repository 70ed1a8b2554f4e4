import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startEmulator } from '../../emulator/server.ts';
import { envelope, submittableCreate, validCreate } from './kit.ts';

let folder: string;
let stateFile: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emulator-'));
  stateFile = join(folder, 'state.json');
});
afterEach(() => rm(folder, { recursive: true }));

/** Starts an emulator, makes one call, stops it. */
async function session(operation: string, body: object): Promise<{ [member: string]: unknown }> {
  const emulator = await startEmulator({ stateFile, seed: false });
  try {
    const now = { ...body, LifeCycle: { TargetCloseDate: '2060-01-01' } };
    const response = await fetch(emulator.url, {
      method: 'POST',
      headers: envelope(operation),
      body: JSON.stringify(now),
    });
    return (await response.json()) as { [member: string]: unknown };
  } finally {
    await emulator.stop();
  }
}

describe('the state file', () => {
  test('keeps records across a restart, and reuses no id', async () => {
    const first = await session('CreateOpportunity', validCreate('a'));
    expect(await session('GetOpportunity', { Catalog: 'Sandbox', Identifier: first.Id })).toMatchObject({
      Id: first.Id,
    });
    const second = await session('CreateOpportunity', validCreate('b'));
    expect(second.Id).not.toBe(first.Id);
  });

  test('keeps spent client tokens across a restart', async () => {
    const first = await session('CreateOpportunity', validCreate('a'));
    expect(await session('CreateOpportunity', validCreate('a'))).toEqual(first);
  });

  test('keeps tasks and invitations across a restart', async () => {
    const { Id } = await session('CreateOpportunity', { ...validCreate('a'), Origin: 'AWS Referral' });
    const list = { Catalog: 'Sandbox', ParticipantType: 'RECEIVER' };
    expect(await session('ListEngagementInvitations', list)).toMatchObject({
      EngagementInvitationSummaries: [{ Status: 'PENDING' }],
    });
    const task = {
      Catalog: 'Sandbox',
      ClientToken: 't',
      Identifier: (await session('CreateOpportunity', validCreate('b'))).Id,
      AwsSubmission: { InvolvementType: 'Co-Sell' },
    };
    expect(await session('StartEngagementFromOpportunityTask', task)).toMatchObject({ TaskStatus: 'FAILED' });
    const tasks = await session('ListEngagementFromOpportunityTasks', { Catalog: 'Sandbox' });
    expect(tasks).toMatchObject({
      TaskSummaries: [{ TaskStatus: 'FAILED', OpportunityId: task.Identifier }],
    });
    expect(Id).not.toBe(task.Identifier);
  });

  test('keeps partners and the records of each across a restart', async () => {
    const first = await startEmulator({ stateFile, seed: false });
    const account = { accountId: '210987654321', name: 'Second Partner', alias: 'second' };
    await fetch(`${first.url}/_emulator/accounts`, {
      method: 'POST',
      body: JSON.stringify({ accessKeyId: 'any', ...account }),
    });
    await first.stop();
    const { Id } = await session('CreateOpportunity', validCreate('a'));
    const again = await startEmulator({ stateFile });
    const listed = await (await fetch(`${again.url}/_emulator/accounts`)).json();
    const record = (id: string) => fetch(`${again.url}/_emulator/opportunities/${Id}?account=${id}`);
    const statuses = [(await record('210987654321')).status, (await record('123456789012')).status];
    await again.stop();
    expect(listed).toMatchObject({ accounts: [{}, { ...account, accessKeyIds: ['any'] }] });
    expect(statuses).toEqual([200, 404]);
  });

  test('keeps engagements, their snapshot jobs and the role of these across a restart', async () => {
    const role = { ResourceSnapshotJobRoleIdentifier: 'Snapshots' };
    await session('PutSellingSystemSettings', { Catalog: 'Sandbox', ...role });
    const { Id } = await session('CreateOpportunity', submittableCreate());
    const task = await session('StartEngagementFromOpportunityTask', {
      Catalog: 'Sandbox',
      ClientToken: 't',
      Identifier: Id,
      AwsSubmission: { InvolvementType: 'Co-Sell' },
    });
    const { EngagementId, ResourceSnapshotJobId } = task;
    const read = { Catalog: 'Sandbox', Identifier: EngagementId };
    expect(await session('GetEngagement', read)).toMatchObject({ Id: EngagementId, MemberCount: 1 });
    expect(await session('GetSellingSystemSettings', { Catalog: 'Sandbox' })).toMatchObject({
      ResourceSnapshotJobRoleArn: 'arn:aws:iam::123456789012:role/Snapshots',
    });
    const ResourceArn = `arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/resource-snapshot-job/${ResourceSnapshotJobId}`;
    expect(await session('ListTagsForResource', { ResourceArn })).toEqual({ Tags: [] });
  });

  test('refuses a state file of an earlier version, and leaves it unchanged', async () => {
    const old = '{"version":1,"records":[],"tokens":[]}';
    await writeFile(stateFile, old);
    await expect(startEmulator({ stateFile })).rejects.toThrow('written by an earlier version');
    expect(await readFile(stateFile, 'utf8')).toBe(old);
  });

  test('does not seed over a state file, and leaves no other file next to it', async () => {
    await session('CreateOpportunity', validCreate('a'));
    const emulator = await startEmulator({ stateFile, seed: true });
    const health = await (await fetch(`${emulator.url}/_emulator/health`)).json();
    await emulator.stop();
    expect(health).toMatchObject({ opportunities: 1 });
    expect(await readdir(folder)).toEqual(['state.json']);
  });

  test('refuses a state file that it did not write, and leaves it unchanged', async () => {
    await writeFile(stateFile, '{"half": ');
    await expect(startEmulator({ stateFile })).rejects.toThrow('was not written by this emulator');
    expect(await readFile(stateFile, 'utf8')).toBe('{"half": ');
  });

  test('fails to start if the state file cannot be written', async () => {
    await expect(startEmulator({ stateFile: join(folder, 'no', 'such', 'folder') })).rejects.toThrow(
      'cannot be written',
    );
  });
});
