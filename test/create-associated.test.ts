/** Creating an opportunity with its associations, and cloning one. */
import { describe, expect, test } from 'vitest';
import { inAYear, input } from './create-input.ts';
import { type Data, gateway, type TestGateway } from './kit.ts';
import { stopTime } from './time.ts';

const step = 'associationSteps { action type id outcome error { path code } }';
const create = `mutation ($input: CreateOpportunityInput!) {
  createOpportunity(input: $input) { id clientToken ${step} warnings { path message } userErrors { path code } }
}`;
const clone = `mutation ($input: CloneOpportunityInput!) {
  cloneOpportunity(input: $input) { id clientToken ${step} warnings { path message } userErrors { path code message sent } }
}`;
const short = (steps: Data[]) => steps.map(({ id, outcome }) => `${id} ${outcome}`);
const audited = (gw: TestGateway): Data =>
  gw.logged.map((line) => JSON.parse(line)).findLast(({ audit }) => audit);
const solutions = ['S-1234567', 'S-0051201'];

describe('creating an opportunity with associations', () => {
  test('costs a write, a read, and a write for each association', async () => {
    await using gw = await gateway();
    const associate = { solutions, awsProducts: ['AmazonEC2Linux'] };
    const { data, calls } = await gw.query(create, { input: { ...input, associate } });
    const { id, associationSteps, userErrors } = data.createOpportunity;
    expect(userErrors).toEqual([]);
    expect(short(associationSteps)).toEqual(['S-1234567 DONE', 'S-0051201 DONE', 'AmazonEC2Linux DONE']);
    expect(calls).toEqual({ CreateOpportunity: 1, GetOpportunity: 1, AssociateOpportunity: 3 });
    expect((await gw.emulator.record(id)).RelatedEntityIdentifiers).toMatchObject({
      Solutions: solutions,
      AwsProducts: ['AmazonEC2Linux'],
    });
    expect(audited(gw)).toMatchObject({
      mutation: 'createOpportunity',
      subject: id,
      outcome: 'written',
      steps: ['ASSOCIATE Solutions DONE', 'ASSOCIATE Solutions DONE', 'ASSOCIATE AwsProducts DONE'],
    });
    const dry = await gw.query(create, { input: { ...input, associate } }, { 'x-upstream-dry-run': '1' });
    expect(dry.extensions.upstream.dryRun.calls).toEqual(calls);
  });

  test('an association that cannot be made is reported before anything is created', async () => {
    await using gw = await gateway();
    const { data, calls } = await gw.query(create, {
      input: { ...input, lifeCycle: {}, associate: { solutions: ['S-1', 'Other'] } },
    });
    expect(data.createOpportunity).toMatchObject({
      id: null,
      associationSteps: [],
      userErrors: [
        { path: ['input', 'lifeCycle', 'targetCloseDate'], code: 'REQUIRED_FIELD_MISSING' },
        { path: ['input', 'associate', 'solutions', '1'], code: 'INVALID_STRING_FORMAT' },
      ],
    });
    expect(calls).toEqual({});
  });

  test('an association that AWS refuses leaves the opportunity created, with the error at its own path', async () => {
    await using gw = await gateway();
    const associate = { solutions: ['S-404', 'S-1234567'] };
    const { data } = await gw.query(create, { input: { ...input, associate } });
    expect(data.createOpportunity.id).toMatch(/^O\d+$/);
    expect(short(data.createOpportunity.associationSteps)).toEqual(['S-404 FAILED', 'S-1234567 DONE']);
    expect(data.createOpportunity.userErrors).toEqual([
      { path: ['input', 'associate', 'solutions', '0'], code: 'NOT_FOUND' },
    ]);
  });

  test.each(['clientToken', 'Idempotency-Key'])(
    'what there was no time for is done by the same input with the same %s',
    async (kind) => {
      using time = stopTime();
      await using gw = await gateway({ QUOTA_WRITES_PER_SECOND: '0.5', REQUEST_TIMEOUT_MS: '6000' });
      const associate = { solutions: [...solutions, 'S-0051202'] };
      const isKey = kind === 'Idempotency-Key';
      const variables = { input: { ...input, associate, ...(!isKey && { clientToken: 'once' }) } };
      const headers: Record<string, string> = isKey ? { 'idempotency-key': 'once' } : {};
      const first = await time.until(gw.query(create, variables, headers));
      const { id, associationSteps, userErrors } = first.data.createOpportunity;
      expect(userErrors).toEqual([]);
      expect(short(associationSteps)).toEqual(['S-1234567 DONE', 'S-0051201 DONE', 'S-0051202 PENDING']);
      expect(audited(gw)).toMatchObject({ subject: id, outcome: 'incomplete' });
      const second = await time.until(gw.query(create, variables, headers));
      expect(second.data.createOpportunity).toMatchObject({ id, userErrors: [] });
      expect(short(second.data.createOpportunity.associationSteps)).toEqual([
        'S-1234567 SKIPPED',
        'S-0051201 SKIPPED',
        'S-0051202 DONE',
      ]);
      expect((await gw.emulator.record(id)).RelatedEntityIdentifiers.Solutions).toEqual(associate.solutions);
    },
  );

  test('a lost answer to the create is repeated with the same token, and then associated', async () => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'CreateOpportunity' });
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'AssociateOpportunity' });
    const { data } = await gw.query(create, { input: { ...input, associate: { solutions } } });
    const { id, associationSteps } = data.createOpportunity;
    expect(short(associationSteps)).toEqual(['S-1234567 DONE', 'S-0051201 DONE']);
    expect((await gw.emulator.record(id)).RelatedEntityIdentifiers.Solutions).toEqual(solutions);
  });

  test('the description of another solution is warned about, since AWS drops it', async () => {
    await using gw = await gateway();
    const project = { ...input.project, otherSolutionDescription: 'Our own' };
    const { data } = await gw.query(create, { input: { ...input, project, associate: { solutions } } });
    expect(data.createOpportunity.warnings).toEqual([
      {
        path: ['input', 'project', 'otherSolutionDescription'],
        message: 'AWS drops the description of another solution as soon as a solution is associated.',
      },
    ]);
  });
});

describe('cloning an opportunity', () => {
  const id = 'O5000002';
  const overrides = { lifeCycle: { targetCloseDate: inAYear }, project: { title: 'The second phase' } };

  test('costs a read and a write, and copies the content without identifier, life cycle and associations', async () => {
    await using gw = await gateway();
    await gw.emulator.patchRecord(id, {
      PartnerOpportunityIdentifier: 'crm-1',
      Project: { AdditionalComments: 'Copied' },
      LifeCycle: { NextSteps: 'Theirs' },
      RelatedEntityIdentifiers: { Solutions: solutions },
    });
    const { data, calls } = await gw.query(clone, { input: { id, overrides } });
    const payload = data.cloneOpportunity;
    expect(payload).toMatchObject({ associationSteps: [], userErrors: [] });
    expect(calls).toEqual({ GetOpportunity: 1, CreateOpportunity: 1 });
    const [from, to] = [await gw.emulator.record(id), await gw.emulator.record(payload.id)];
    expect(to.Project).toEqual({ ...from.Project, Title: 'The second phase' });
    expect(to.Customer).toEqual(from.Customer);
    expect(to.PartnerOpportunityIdentifier ?? null).toBeNull();
    expect(to.LifeCycle).toMatchObject({ ReviewStatus: 'Pending Submission', TargetCloseDate: inAYear });
    expect(to.LifeCycle.NextSteps ?? null).toBeNull();
    expect(to.RelatedEntityIdentifiers?.Solutions ?? []).toEqual([]);
    expect(audited(gw)).toMatchObject({
      mutation: 'cloneOpportunity',
      subject: payload.id,
      outcome: 'written',
    });
  });

  test('copies solutions and products if asked to, and no offer', async () => {
    await using gw = await gateway();
    const offer = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Offer/offer-1';
    await gw.emulator.patchRecord(id, {
      RelatedEntityIdentifiers: { Solutions: [...solutions, 'S-404'], AwsMarketplaceOffers: [offer] },
    });
    const { data, calls } = await gw.query(clone, { input: { id, overrides, associations: true } });
    const payload = data.cloneOpportunity;
    expect(short(payload.associationSteps).slice(0, 3)).toEqual([
      'S-1234567 DONE',
      'S-0051201 DONE',
      'S-404 FAILED',
    ]);
    expect(payload.userErrors).toMatchObject([{ path: ['input', 'associations'], code: 'NOT_FOUND' }]);
    expect(calls.CreateOpportunity).toBe(1);
    const { RelatedEntityIdentifiers } = await gw.emulator.record(payload.id);
    expect(RelatedEntityIdentifiers.Solutions).toEqual(solutions);
    expect(RelatedEntityIdentifiers.AwsMarketplaceOffers ?? []).toEqual([]);
  });

  test('what the copy lacks is reported at the overrides, and nothing is created', async () => {
    await using gw = await gateway();
    const { data, calls } = await gw.query(clone, {
      input: { id, overrides: { project: { title: null, customerBusinessProblem: 'Short' } } },
    });
    expect(data.cloneOpportunity).toMatchObject({
      id: null,
      userErrors: [
        { path: ['input', 'overrides', 'project', 'title'], code: 'REQUIRED_FIELD_MISSING', sent: true },
        {
          path: ['input', 'overrides', 'lifeCycle', 'targetCloseDate'],
          code: 'REQUIRED_FIELD_MISSING',
          sent: false,
        },
        { path: ['input', 'overrides', 'project', 'customerBusinessProblem'], code: 'INVALID_STRING_FORMAT' },
      ],
    });
    expect(calls).toEqual({ GetOpportunity: 1 });
    const missing = await gw.query(clone, { input: { id: 'O404', overrides } });
    expect(missing.data.cloneOpportunity).toMatchObject({
      id: null,
      userErrors: [{ path: ['input', 'id'], code: 'NOT_FOUND' }],
    });
  });

  test('is made once, however often it is sent with the same token', async () => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'CreateOpportunity' });
    const sent = { input: { id, overrides, clientToken: 'phase-2' } };
    const [first, second] = [await gw.query(clone, sent), await gw.query(clone, sent)];
    expect(first.data.cloneOpportunity.userErrors).toEqual([]);
    expect(second.data.cloneOpportunity.id).toBe(first.data.cloneOpportunity.id);
    const other = await gw.query(clone, { input: { ...sent.input, id: 'O5000003' } });
    expect(other.data.cloneOpportunity.userErrors).toMatchObject([
      { path: ['input', 'clientToken'], code: 'IDEMPOTENCY_CONFLICT' },
    ]);
  });

  test('a dry run counts the read and the write', async () => {
    await using gw = await gateway();
    const { extensions, calls } = await gw.query(
      clone,
      { input: { id, overrides } },
      { 'x-upstream-dry-run': '1' },
    );
    expect(extensions.upstream.dryRun.calls).toEqual({ GetOpportunity: 1, CreateOpportunity: 1 });
    expect(calls).toEqual({});
  });
});
