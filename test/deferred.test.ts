/** Changes that wait until AWS has reviewed their opportunity. */
import { describe, expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { temporaryFolder } from './jobs/stores.ts';
import { type Data, gateway, gatewayOn, type TestGateway } from './kit.ts';
import { until } from './until.ts';

const id = 'O5000001';
const edits = '{ id fields createdBy baseLastModifiedDate failedAt userErrors { code path field message } }';
const mutation = `mutation ($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) {
    changed changedFields pendingEdit ${edits} userErrors { code path message field } opportunity { pendingEdits { id } }
  }
}`;

async function update(gw: TestGateway, patch: object, more: object = {}): Promise<Data> {
  const { data, errors } = await gw.query(mutation, { input: { id, patch, onLocked: 'DEFER', ...more } });
  expect(errors).toBeUndefined();
  return data.updateOpportunity;
}
const pendingEdits = async (gw: TestGateway): Promise<Data[]> =>
  (await gw.query(`{ opportunity(id: "${id}") { pendingEdits ${edits} } }`)).data.opportunity.pendingEdits;

const setStatus = (gw: TestGateway, status: string) =>
  gw.emulator.patchRecord(id, { LifeCycle: { ReviewStatus: status } }, { touch: true });
const nextSteps = async (gw: TestGateway) => (await gw.emulator.record(id)).LifeCycle.NextSteps;

/** A gateway with an opportunity that AWS reviews. */
async function reviewed(env: Record<string, string> = {}): Promise<TestGateway> {
  const gw = await gateway({ SYNC_INTERVAL_MS: '100', ...env });
  await setStatus(gw, 'Submitted');
  return gw;
}

const patch = { lifeCycle: { nextSteps: 'Workshop' } };
const patches = {
  /** A field that AWS opens when it asks for changes, and one that it opens when it approves. */
  both: { ...patch, project: { customerBusinessProblem: 'Reports take a night, and are needed by noon.' } },
};

test.each(['on', 'off'])(
  'what AWS’s review locks waits, and is sent when AWS has approved (INDEX=%s)',
  async (INDEX) => {
    await using gw = await reviewed({ INDEX });
    const answer = await update(gw, patch);
    expect(answer).toMatchObject({
      changed: false,
      changedFields: [],
      userErrors: [],
      pendingEdit: { fields: ['lifeCycle.nextSteps'], failedAt: null, userErrors: [] },
    });
    expect(await pendingEdits(gw)).toEqual([answer.pendingEdit]);
    expect(await nextSteps(gw)).not.toBe('Workshop');
    await setStatus(gw, 'Approved');
    await until(async () => (await nextSteps(gw)) === 'Workshop');
    await until(async () => (await pendingEdits(gw)).length === 0);
    const lines = gw.logged.filter((line) => line.includes('"audit":true')).map((line) => JSON.parse(line));
    expect(lines.map(({ outcome, isDeferred, fields }) => [outcome, isDeferred, fields])).toEqual([
      ['deferred', undefined, ['lifeCycle.nextSteps']],
      ['written', true, ['lifeCycle.nextSteps']],
    ]);
    expect(lines[0].caller).toBe(lines[1].caller);
  },
);

test('what AWS opens before the approval is sent first, and the rest when it has approved', async () => {
  await using gw = await reviewed();
  const { project } = patches.both;
  const answer = await update(gw, patches.both);
  expect(answer.pendingEdit.fields.toSorted()).toEqual([
    'lifeCycle.nextSteps',
    'project.customerBusinessProblem',
  ]);
  await setStatus(gw, 'Action Required');
  const problem = async () => (await gw.emulator.record(id)).Project.CustomerBusinessProblem;
  await until(async () => (await problem()) === project.customerBusinessProblem);
  await until(async () => (await pendingEdits(gw))[0]?.fields.length === 1);
  expect(await pendingEdits(gw)).toMatchObject([{ fields: ['lifeCycle.nextSteps'], userErrors: [] }]);
  expect(await nextSteps(gw)).not.toBe('Workshop');
  await setStatus(gw, 'Approved');
  await until(async () => (await pendingEdits(gw)).length === 0);
  expect(await nextSteps(gw)).toBe('Workshop');
});

test('in a sandbox the caller’s own review is written at once, and the rest waits', async () => {
  await using gw = await gateway({ SYNC_INTERVAL_MS: '100', CATALOG: 'Sandbox' });
  await setStatus(gw, 'Submitted');
  const answer = await update(gw, { lifeCycle: { reviewComments: 'Looks good', nextSteps: 'Workshop' } });
  expect(answer).toMatchObject({
    changed: true,
    changedFields: ['lifeCycle.reviewComments'],
    pendingEdit: { fields: ['lifeCycle.nextSteps'] },
    userErrors: [],
  });
});

test.each([
  ['a field that is locked for good', { customer: { account: { companyName: 'Other' } } }, 'NOT_EDITABLE'],
  ['a value that AWS would refuse', { lifeCycle: { targetCloseDate: '2001-01-01' } }, 'INVALID_VALUE'],
  ['a required field that is cleared', { lifeCycle: { targetCloseDate: null } }, 'REQUIRED_FIELD_MISSING'],
])('nothing waits of a patch with %s', async (_, wrong, code) => {
  await using gw = await reviewed();
  const { lifeCycle = {}, ...rest } = wrong as Data;
  const answer = await update(gw, { ...rest, lifeCycle: { nextSteps: 'Workshop', ...lifeCycle } });
  expect(answer).toMatchObject({ changed: false, pendingEdit: null, userErrors: [{ code }] });
  expect(await pendingEdits(gw)).toEqual([]);
});

test('without DEFER, and without a lock, a patch is written or refused as ever', async () => {
  await using gw = await reviewed();
  const refused = await update(gw, patch, { onLocked: 'REFUSE' });
  expect(refused).toMatchObject({ pendingEdit: null, userErrors: [{ code: 'NOT_EDITABLE' }] });
  await setStatus(gw, 'Approved');
  expect(await update(gw, patch)).toMatchObject({ changed: true, pendingEdit: null, userErrors: [] });
});

describe('an edit whose field someone else has changed', () => {
  test('is not sent, stays with its reason, needs attention, and can be cancelled', async () => {
    await using gw = await reviewed({ INDEX: 'on' });
    const { pendingEdit } = await update(gw, patch);
    await gw.emulator.patchRecord(
      id,
      { LifeCycle: { ReviewStatus: 'Approved', NextSteps: 'Theirs' } },
      { touch: true },
    );
    await until(async () => (await pendingEdits(gw))[0].failedAt !== null);
    expect(await pendingEdits(gw)).toMatchObject([
      {
        id: pendingEdit.id,
        userErrors: [{ code: 'CONFLICT', path: ['input', 'patch'] }],
      },
    ]);
    expect(await nextSteps(gw)).toBe('Theirs');
    const attention = `{ attention(kinds: [DEFERRED_EDIT_STUCK]) {
      nodes { kind since message subject { id ... on Opportunity { pendingEdits { userErrors { code } } } } } } }`;
    const { data } = await gw.query(attention);
    expect(data.attention.nodes).toMatchObject([
      {
        kind: 'DEFERRED_EDIT_STUCK',
        message: expect.stringContaining('Nothing was saved'),
        subject: { id, pendingEdits: [{ userErrors: [{ code: 'CONFLICT' }] }] },
      },
    ]);
    const cancel = `mutation { cancelDeferredEdit(input: { id: "${pendingEdit.id}" }) {
      edit { id } opportunity { id pendingEdits { id } } userErrors { code path } } }`;
    expect((await gw.query(cancel)).data.cancelDeferredEdit).toEqual({
      edit: { id: pendingEdit.id },
      opportunity: { id, pendingEdits: [] },
      userErrors: [],
    });
    expect((await gw.query(cancel)).data.cancelDeferredEdit).toMatchObject({
      edit: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['input', 'id'] }],
    });
    expect((await gw.query(attention)).data.attention.nodes).toEqual([]);
  });

  test('is refused at once if that has happened before it is made', async () => {
    await using gw = await reviewed();
    const { data } = await gw.query(
      `{ opportunity(id: "${id}") { lastModifiedDate lifeCycle { nextSteps } } }`,
    );
    await gw.emulator.patchRecord(id, { LifeCycle: { NextSteps: 'Theirs' } }, { touch: true });
    const { lastModifiedDate: expectedLastModifiedDate } = data.opportunity;
    const answer = await update(gw, patch, { expectedLastModifiedDate });
    expect(answer).toMatchObject({ pendingEdit: null, userErrors: [{ code: 'CONFLICT' }] });
  });
});

describe('several edits of one opportunity', () => {
  test('by one caller are one, in which the last value of each field counts; the same again changes nothing', async () => {
    await using gw = await reviewed();
    const first = await update(gw, { ...patch, marketing: { campaignName: 'Autumn' } });
    const second = await update(gw, { lifeCycle: { nextSteps: 'Another workshop' } });
    const again = await update(gw, { lifeCycle: { nextSteps: 'Another workshop' } });
    expect(second.pendingEdit).toEqual(again.pendingEdit);
    expect(second.pendingEdit.id).toBe(first.pendingEdit.id);
    expect(await pendingEdits(gw)).toHaveLength(1);
    await setStatus(gw, 'Approved');
    await until(async () => (await nextSteps(gw)) === 'Another workshop');
    expect((await gw.emulator.record(id)).Marketing.CampaignName).toBe('Autumn');
  });

  test('that edit items of a list are sent in their order', async () => {
    await using gw = await reviewed();
    await update(gw, { deliveryModelEdits: { add: ['OTHER'] } });
    await update(gw, { deliveryModelEdits: { add: ['RESELL'] } });
    expect(await pendingEdits(gw)).toMatchObject([
      { fields: ['project.deliveryModels'] },
      { fields: ['project.deliveryModels'] },
    ]);
    await setStatus(gw, 'Approved');
    await until(async () => (await pendingEdits(gw)).length === 0);
    const { DeliveryModels } = (await gw.emulator.record(id)).Project;
    expect(DeliveryModels).toEqual(expect.arrayContaining(['Other', 'Resell']));
  });

  test('are twenty at most', async () => {
    await using gw = await reviewed();
    for (let n = 0; n < 20; n++)
      await update(gw, {
        contactEdits: [{ add: { email: `a${n}@example.com`, firstName: 'A', lastName: 'B' } }],
      });
    const answer = await update(gw, { deliveryModelEdits: { add: ['OTHER'] } });
    expect(answer).toMatchObject({ pendingEdit: null, userErrors: [{ code: 'TOO_MANY_VALUES' }] });
    expect(await pendingEdits(gw)).toHaveLength(20);
  });
});

test('without an index or events, opportunities with edits are looked up twenty to a call', async () => {
  await using gw = await gateway({ SYNC_INTERVAL_MS: '100' });
  const ids = Array.from({ length: 21 }, (_, n) => `O50000${String(n + 1).padStart(2, '0')}`);
  for (const one of ids)
    await gw.emulator.patchRecord(one, { LifeCycle: { ReviewStatus: 'In review' } }, { touch: true });
  for (const one of ids) await gw.query(mutation, { input: { id: one, patch, onLocked: 'DEFER' } });
  await gw.emulator.clearCalls();
  await until(async () => ((await gw.emulator.calls()).ListOpportunities ?? 0) >= 2);
  const log = await gw.emulator.log();
  expect(log.map(({ operation }) => operation)).toEqual(log.map(() => 'ListOpportunities'));
});

test('a dry run stores nothing, and costs what an update costs', async () => {
  await using gw = await reviewed();
  const { extensions } = await gw.query(
    mutation,
    { input: { id, patch, onLocked: 'DEFER' } },
    { 'x-upstream-dry-run': '1' },
  );
  expect(extensions.upstream.dryRun.calls).toMatchObject({ UpdateOpportunity: 1 });
  expect(await pendingEdits(gw)).toEqual([]);
});

test('an edit survives the end of its process, and AWS’s decision meanwhile', async () => {
  using folder = temporaryFolder();
  const emulator = await startEmulator();
  const env = { SYNC_INTERVAL_MS: '100', JOBS_FILE: folder.file };
  try {
    const first = await gatewayOn(emulator.url, env);
    await setStatus(first, 'Submitted');
    await update(first, patch);
    await first[Symbol.asyncDispose]();
    await setStatus(first, 'Approved');
    await using second = await gatewayOn(emulator.url, env);
    await until(async () => (await nextSteps(second)) === 'Workshop');
    await until(async () => (await pendingEdits(second)).length === 0);
  } finally {
    await emulator.stop();
  }
});

test('with AWS as its upstream and no place for what waits, DEFER is refused, and nothing is sent', async () => {
  await using gw = await reviewed({ UPSTREAM: 'aws', CATALOG: 'Sandbox' });
  const { data, errors, calls } = await gw.query(mutation, { input: { id, patch, onLocked: 'DEFER' } });
  expect(data.updateOpportunity).toBeNull();
  expect(errors?.[0]?.extensions.code).toBe('JOBS_UNAVAILABLE');
  expect(calls).toEqual({});
});
