/** Bulk jobs through the graph. */
import { describe, expect, test } from 'vitest';
import { call, editableIds, itemsOf, nextSteps, operation, readJob, untilJob } from './bulk-kit.ts';
import { input } from './create-input.ts';
import { type Data, gateway, untilIndexed } from './kit.ts';
import { tokens } from './tokens.ts';

const outcomes = (items: Data[]) => items.map(({ outcome }) => outcome);

describe('a bulk job', () => {
  test('a bulk update reports of each item whether it was done, had nothing to change, or was refused', async () => {
    await using gw = await gateway();
    const { job } = await call(gw, 'bulkUpdateOpportunities', {
      name: 'call back',
      items: [
        { id: 'O5000002', patch: nextSteps('Call back') },
        { id: 'O5000003', patch: nextSteps('Call back') },
        { id: 'O5000002', patch: nextSteps('Call back') },
        { id: 'O9999999', patch: nextSteps('Call back') },
        { id: 'O5000001', patch: { project: { title: '' } } },
        { id: 'none', patch: nextSteps('Call back') },
      ],
    });
    expect(job).toMatchObject({ kind: 'UPDATE', name: 'call back', total: 6, done: 0, failed: 0 });
    expect(await untilJob(gw, job.id)).toMatchObject({
      status: 'DONE',
      done: 1,
      skipped: 1,
      failed: 4,
      estimatedEnd: null,
      createdBy: 'anonymous:127.0.0.1',
    });
    const items = await itemsOf(gw, job.id);
    expect(outcomes(items)).toEqual(['DONE', 'FAILED', 'SKIPPED', 'FAILED', 'FAILED', 'FAILED']);
    expect(items.map(({ userErrors: [error] }) => error && [error.code, error.path.join('.')])).toEqual([
      undefined,
      ['NOT_EDITABLE', 'patch.lifeCycle.nextSteps'],
      undefined,
      ['NOT_FOUND', 'id'],
      ['REQUIRED_FIELD_MISSING', 'patch.project.title'],
      ['INVALID_VALUE', ''],
    ]);
    expect(items[0].opportunity).toEqual({ id: 'O5000002' });
    const { LifeCycle } = await gw.emulator.record('O5000002');
    expect(LifeCycle.NextSteps).toBe('Call back');
    const audited = gw.logged.filter((line) => line.includes('"mutation":"updateOpportunity"'));
    expect(audited).toHaveLength(6);
    expect(audited.every((line) => line.includes(`"requestId":"${job.id}/`))).toBe(true);
  });

  test('a bulk create creates each opportunity once, and a repeated request returns its job', async () => {
    await using gw = await gateway();
    const items = ['crm-1', 'crm-2'].map((partnerOpportunityIdentifier) => ({
      ...input,
      partnerOpportunityIdentifier,
    }));
    const bad = { ...input, project: { ...input.project, title: '' } };
    const bulk = { items: [...items, bad], clientToken: 'import-1' };
    const { job } = await call(gw, 'bulkCreateOpportunities', bulk);
    const again = await call(gw, 'bulkCreateOpportunities', bulk);
    expect(again.job.id).toBe(job.id);
    expect(await untilJob(gw, job.id)).toMatchObject({ kind: 'CREATE', done: 2, failed: 1 });
    const created = await itemsOf(gw, job.id);
    expect(outcomes(created)).toEqual(['DONE', 'DONE', 'FAILED']);
    expect(created[2].userErrors[0].path).toEqual(['project', 'title']);
    const { errors } = await gw.query(operation('bulkCreateOpportunities'), { input: { ...bulk, items } });
    expect(errors?.[0]?.extensions.code).toBe('IDEMPOTENCY_CONFLICT');
  });

  test('a bulk submission submits each opportunity and shows its steps', async () => {
    await using gw = await gateway();
    const { job } = await call(gw, 'bulkSubmitOpportunities', {
      items: [
        { id: 'O5000001', involvementType: 'CO_SELL' },
        { id: 'O5000004', involvementType: 'CO_SELL' },
      ],
    });
    expect(await untilJob(gw, job.id)).toMatchObject({ kind: 'SUBMIT', status: 'DONE', done: 1, skipped: 1 });
    const [submitted] = await itemsOf(gw, job.id);
    expect(submitted.steps.map(({ name, outcome }: Data) => `${name} ${outcome}`)).toContain('START DONE');
    expect((await gw.emulator.record('O5000001')).LifeCycle.ReviewStatus).not.toBe('Pending Submission');
  });

  test('a bulk upsert creates and changes by the partner’s own identifiers, and an update finds by them', async () => {
    await using gw = await gateway({ INDEX: 'on' });
    await untilIndexed(gw);
    const create = { ...input, partnerOpportunityIdentifier: undefined };
    const items = [{ partnerOpportunityIdentifier: 'crm-9', create, patch: nextSteps('Call back') }];
    const { job } = await call(gw, 'bulkUpsertOpportunities', { items });
    expect(await untilJob(gw, job.id)).toMatchObject({ kind: 'UPSERT', done: 1 });
    const second = await call(gw, 'bulkUpsertOpportunities', { items });
    expect(await untilJob(gw, second.job.id)).toMatchObject({ done: 1 });
    const update = { partnerOpportunityIdentifier: 'crm-9', patch: nextSteps('Call back') };
    const none = { partnerOpportunityIdentifier: 'crm-10', patch: nextSteps('Call back') };
    const third = await call(gw, 'bulkUpdateOpportunities', { items: [update, none] });
    expect(await untilJob(gw, third.job.id)).toMatchObject({ skipped: 1, failed: 1 });
    const [, failed] = await itemsOf(gw, third.job.id);
    expect(failed.userErrors[0]).toMatchObject({ code: 'NOT_FOUND', path: ['partnerOpportunityIdentifier'] });
  });
});

describe('the control of bulk jobs', () => {
  test('a paused job stops, goes on when it is resumed, and leaves out the rest when it is canceled', async () => {
    await using gw = await gateway();
    const ids = await editableIds(gw, 30);
    await gw.emulator.hold('UpdateOpportunity');
    const items = ids.map((id) => ({ id, patch: nextSteps('Paused') }));
    const { job } = await call(gw, 'bulkUpdateOpportunities', { items });
    await gw.emulator.untilHeld();
    const paused = await call(gw, 'pauseBulkJob', { id: job.id });
    expect(paused.job).toMatchObject({ status: 'PAUSED', estimatedEnd: null });
    await gw.emulator.release();
    const { done } = await untilJob(gw, job.id, ({ done }) => done > 0);
    expect(done).toBeLessThanOrEqual(3);
    const resumed = await call(gw, 'resumeBulkJob', { id: job.id });
    expect(resumed.job.status).toBe('RUNNING');
    await untilJob(gw, job.id, (job) => job.done > 3);
    const canceled = await call(gw, 'cancelBulkJob', { id: job.id });
    expect(canceled.job.status).toBe('CANCELED');
    const again = await call(gw, 'cancelBulkJob', { id: job.id });
    expect(again.userErrors).toEqual([]);
    const refused = await call(gw, 'resumeBulkJob', { id: job.id });
    expect(refused.userErrors).toMatchObject([{ code: 'INVALID_RESOURCE_STATE', path: ['input', 'id'] }]);
  });

  test('a deleted job is gone with its items, and an unknown one cannot be deleted', async () => {
    await using gw = await gateway();
    const { job } = await call(gw, 'bulkUpdateOpportunities', {
      items: [{ id: 'O5000002', patch: nextSteps('Deleted') }],
    });
    const remove =
      'mutation ($input: BulkJobInput!) { deleteBulkJob(input: $input) { deletedId userErrors { code } } }';
    const { data } = await gw.query(remove, { input: { id: job.id } });
    expect(data.deleteBulkJob).toEqual({ deletedId: job.id, userErrors: [] });
    expect(await readJob(gw, job.id)).toBeNull();
    const again = await gw.query(remove, { input: { id: job.id } });
    expect(again.data.deleteBulkJob).toEqual({ deletedId: null, userErrors: [{ code: 'NOT_FOUND' }] });
  });

  test('jobs are listed newest first in pages, and are nodes', async () => {
    await using gw = await gateway();
    const names = ['a', 'b', 'c'];
    for (const name of names)
      await call(gw, 'bulkUpdateOpportunities', {
        name,
        items: [{ id: 'O5000002', patch: nextSteps(name) }],
      });
    const list =
      'query ($after: String) { bulkJobs(first: 2, after: $after) { nodes { id name } pageInfo { hasNextPage endCursor } } }';
    const { data } = await gw.query(list);
    const rest = await gw.query(list, { after: data.bulkJobs.pageInfo.endCursor });
    const nodes = [...data.bulkJobs.nodes, ...rest.data.bulkJobs.nodes];
    expect(nodes.map(({ name }: Data) => name)).toEqual(['c', 'b', 'a']);
    const found = await gw.query('query ($id: ID!) { node(id: $id) { ... on BulkJob { name } } }', {
      id: nodes[0].id,
    });
    expect(found.data.node).toEqual({ name: 'c' });
  });

  test('the items of a job are listed by outcome in pages', async () => {
    await using gw = await gateway();
    const ids = await editableIds(gw, 12);
    const items = ids.flatMap((id) => [
      { id, patch: nextSteps('Listed') },
      { id: 'O9999999', patch: nextSteps('Listed') },
    ]);
    const { job } = await call(gw, 'bulkUpdateOpportunities', { items });
    await untilJob(gw, job.id);
    const document = `query ($id: ID!, $after: String) { bulkJob(id: $id) {
      items(first: 5, after: $after, outcomes: [FAILED]) { nodes { index outcome } pageInfo { hasNextPage endCursor } } } }`;
    const found: number[] = [];
    for (let after: string | null = null, hasNextPage = true; hasNextPage; ) {
      const { data } = await gw.query(document, { id: job.id, after });
      const page: Data = data.bulkJob.items;
      expect(page.nodes.every(({ outcome }: Data) => outcome === 'FAILED')).toBe(true);
      found.push(...page.nodes.map(({ index }: Data) => index));
      ({ hasNextPage, endCursor: after } = page.pageInfo);
    }
    expect(found).toEqual(ids.map((_, place) => 2 * place + 1));
  });
});

describe('what a bulk job is refused for', () => {
  const cases: [string, object, string][] = [
    ['no items', { items: [] }, 'input.items: got no items, expected 1 to 10000'],
    ['an item without a target', { items: [{ patch: {} }] }, 'input.items[0]: got neither an id'],
    [
      'a long name',
      { name: 'x'.repeat(101), items: [{ id: 'O1', patch: {} }] },
      'input.name: got 101 characters',
    ],
    [
      'an empty token',
      { clientToken: '', items: [{ id: 'O1', patch: {} }] },
      'input.clientToken: got an empty string',
    ],
    [
      'a start in two years',
      { startAfter: new Date(Date.now() + 731 * 86_400_000).toISOString(), items: [{ id: 'O1', patch: {} }] },
      'input.startAfter: got',
    ],
  ];
  test.each(cases)('a bulk job with %s is refused', async (_, bulk, message) => {
    await using gw = await gateway();
    const { errors } = await gw.query(operation('bulkUpdateOpportunities'), { input: bulk });
    expect(errors?.[0]?.message).toContain(message);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('a job beyond a hundred unfinished ones of its caller is refused, unless it is one of them that is sent again', async () => {
    await using gw = await gateway();
    const item = { id: 'O5000002', patch: nextSteps('Later') };
    const startAfter = new Date(Date.now() + 86_400_000).toISOString();
    const inputOf = (n: number) => ({ startAfter, clientToken: `job ${n}`, items: [item] });
    const create = (from: number) => {
      const places = Array.from({ length: 50 }, (_, place) => from + place);
      const variables = Object.fromEntries(places.map((n) => [`i${n}`, inputOf(n)]));
      const declared = places.map((n) => `$i${n}: BulkUpdateOpportunitiesInput!`).join();
      const fields = places.map((n) => `m${n}: bulkUpdateOpportunities(input: $i${n}) { job { id } }`);
      return gw.query(`mutation (${declared}) { ${fields.join(' ')} }`, variables);
    };
    const created = { ...(await create(0)).data, ...(await create(50)).data };
    expect(new Set(Object.values(created).map((one) => (one as Data).job.id)).size).toBe(100);

    const refused = await gw.query(operation('bulkUpdateOpportunities'), { input: inputOf(100) });
    expect(refused.errors?.[0]).toMatchObject({
      message:
        'input.items: got another job beside 100 unfinished ones of this caller, expected at most 100 of them; cancel one, or wait until one has ended',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    const file = await fetch(`${gw.url}/bulk/update`, {
      method: 'POST',
      headers: { 'content-type': 'application/jsonl' },
      body: JSON.stringify(item),
    });
    expect([file.status, await file.text()]).toEqual([400, expect.stringContaining('cancel one')]);
    const again = await call(gw, 'bulkUpdateOpportunities', inputOf(99));
    expect(again.job.id).toBe(created.m99.job.id);
    await call(gw, 'cancelBulkJob', { id: created.m0.job.id });
    expect((await call(gw, 'bulkUpdateOpportunities', inputOf(100))).job.status).toBe('QUEUED');
  });

  test('an upsert without the index is refused as INDEX_OFF', async () => {
    await using gw = await gateway();
    const items = [{ partnerOpportunityIdentifier: 'crm-1', create: input }];
    const { errors } = await gw.query(operation('bulkUpsertOpportunities'), { input: { items } });
    expect(errors?.[0]?.extensions.code).toBe('INDEX_OFF');
  });

  test('a bulk create that submits needs the scope of submissions', async () => {
    const { env, bearer } = await tokens();
    await using gw = await gateway(env);
    const items = [{ ...input, submit: { involvementType: 'CO_SELL' } }];
    const headers = await bearer('jobs:write opportunities:write opportunities:read');
    const { status, errors } = await gw.query(
      operation('bulkCreateOpportunities'),
      { input: { items } },
      headers,
    );
    expect(status).toBe(403);
    expect(errors?.[0]?.message).toContain(
      '"submit" of bulkCreateOpportunities requires the scope "opportunities:submit"',
    );
  });
});
