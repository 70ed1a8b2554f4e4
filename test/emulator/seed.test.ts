import { describe, expect, test } from 'vitest';
import { submissionViolations } from '../../emulator/engagements/submission.ts';
import { asString, getIn, withValue } from '../../emulator/json.ts';
import type { Opportunity } from '../../emulator/records/record.ts';
import { seedOpportunities } from '../../emulator/seed/seed.ts';
import { createState } from '../../emulator/state.ts';
import { enums } from '../../emulator/values/enums.ts';
import { picklists, states } from '../../emulator/values/picklists.ts';
import { noon, testEmulator } from './kit.ts';

const on = testEmulator({ seed: true });
const seeded = seedOpportunities(noon);

const at = (record: Opportunity, path: string) => asString(getIn(record, ...path.split('.')));
const values = (path: string) => new Set(seeded.map((record) => at(record, path)));
const where = (path: string, value: string) => seeded.filter((record) => at(record, path) === value);

describe('the seed', () => {
  test('seeds the same records every time, apart from their dates', () => {
    expect(seedOpportunities(noon)).toEqual(seeded);
    expect(seedOpportunities(noon + 3_600_000)).toEqual(seeded);
    const later = seedOpportunities(noon + 40 * 86_400_000);
    const undated = (records: Opportunity[]) =>
      JSON.stringify(records).replace(/\d{4}-\d\d-\d\d(T[\d:.]+Z)?/g, '');
    expect(undated(later)).toBe(undated(seeded));
    expect(later).not.toEqual(seeded);
  });

  test('seeds 250 consecutive ids, each with a date of its own', () => {
    expect(seeded.map(({ Id }) => Id)).toEqual(
      Array.from({ length: 250 }, (_, index) => `O${5_000_001 + index}`),
    );
    expect(new Set(seeded.map(({ LastModifiedDate }) => LastModifiedDate)).size).toBe(250);
  });

  test('seeds every stage, status and industry, and at least twenty countries', () => {
    expect(values('LifeCycle.Stage')).toEqual(new Set(enums.Stage));
    expect(values('LifeCycle.ReviewStatus')).toEqual(new Set(enums.ReviewStatus));
    expect(values('Customer.Account.Industry')).toEqual(new Set(enums.Industry));
    expect(values('Customer.Account.Address.CountryCode').size).toBeGreaterThanOrEqual(20);
  });

  test('seeds the six records that examples rely on', () => {
    const landmarks = seeded
      .slice(0, 6)
      .map((record) => [at(record, 'LifeCycle.ReviewStatus'), at(record, 'LifeCycle.Stage')]);
    expect(landmarks).toEqual([
      ['Pending Submission', 'Prospect'],
      ['Approved', 'Qualified'],
      ['Action Required', 'Prospect'],
      ['Submitted', 'Prospect'],
      ['Approved', 'Launched'],
      ['Approved', 'Closed Lost'],
    ]);
  });
});

describe('the seed satisfies the service’s rules', () => {
  test('accepts an unchanged update of every seeded record', async () => {
    for (const { Id } of seeded) {
      const { body } = await on.wire('GetOpportunity', { Catalog: 'Sandbox', Identifier: Id });
      const answer = await on.wire('UpdateOpportunity', { ...body, Identifier: Id });
      expect(answer.body, Id).toMatchObject({ Id });
      const after = await on.wire('GetOpportunity', { Catalog: 'Sandbox', Identifier: Id });
      expect(after.body).toEqual({ ...body, LastModifiedDate: answer.body.LastModifiedDate });
    }
  });

  test('accepts a create of every open seeded record', async () => {
    for (const record of seeded.filter((one) => !/Launched|Closed/.test(at(one, 'LifeCycle.Stage') ?? ''))) {
      // Identifiers are unique and the service sets the owner; the rest could be any create.
      const anew = { ...record, PartnerOpportunityIdentifier: null, OpportunityTeam: null };
      const { status, body } = await on.wire('CreateOpportunity', { ...anew, ClientToken: record.Id });
      expect(status, JSON.stringify(body.ErrorList)).toBe(200);
    }
  });

  test('seeds as submitted only records that would pass a submission', () => {
    const state = createState(() => noon).accounts.of('123456789012');
    for (const record of seeded) state.store.put(record);
    for (const record of seeded.filter((one) => at(one, 'LifeCycle.ReviewStatus') !== 'Pending Submission')) {
      const closed = /Launched|Closed/.test(at(record, 'LifeCycle.Stage') ?? '');
      const then = withValue(record, ['LifeCycle', 'ReviewStatus'], 'Pending Submission') as Opportunity;
      const found = submissionViolations(state, then, { InvolvementType: 'Co-Sell', Visibility: 'Full' });
      const stale = closed ? ['lifeCycle.targetCloseDate', 'lifeCycle.closedLostReason'] : [];
      expect(
        found.filter(({ field }) => !stale.includes(field)),
        record.Id,
      ).toEqual([]);
    }
  });

  test('seeds later stages on approved records only, and future close dates on open deals only', () => {
    for (const record of seeded) {
      const stage = at(record, 'LifeCycle.Stage') ?? '';
      if (stage !== 'Prospect') expect(at(record, 'LifeCycle.ReviewStatus'), record.Id).toBe('Approved');
      const future = (at(record, 'LifeCycle.TargetCloseDate') ?? '') > '2031-05-14';
      expect(future, record.Id).toBe(stage !== 'Launched' && stage !== 'Closed Lost');
      expect(record.LastModifiedDate < new Date(noon).toISOString()).toBe(true);
    }
  });

  test('seeds reasons on lost deals only, and review comments on reviewed records only', () => {
    for (const record of seeded) {
      const lost = at(record, 'LifeCycle.Stage') === 'Closed Lost';
      expect(at(record, 'LifeCycle.ClosedLostReason') !== undefined, record.Id).toBe(lost);
      const reviewed = /Action Required|Rejected/.test(at(record, 'LifeCycle.ReviewStatus') ?? '');
      expect(at(record, 'LifeCycle.ReviewComments') !== undefined, record.Id).toBe(reviewed);
    }
  });

  test('seeds picklist values and states as published', () => {
    const published: readonly string[] = picklists.CustomerUseCase;
    for (const useCase of values('Project.CustomerUseCase')) expect(published).toContain(useCase);
    for (const record of where('Customer.Account.Address.CountryCode', 'US'))
      expect(states).toContain(at(record, 'Customer.Account.Address.StateOrRegion'));
  });

  test('seeds websites that match the published pattern, on hosts under .example', () => {
    const published = /^((http|https):\/\/)??(www[.])??([a-zA-Z0-9]|-)+?([.][a-zA-Z0-9(-|/|=|?)??]+?)+?$/;
    for (const record of seeded) {
      expect(at(record, 'Customer.Account.WebsiteUrl')).toMatch(published);
      expect(at(record, 'Customer.Account.WebsiteUrl')).toMatch(/\.example$/);
    }
  });

  test('seeds a solution and an AWS account for committed and launched deals', () => {
    for (const record of [
      ...where('LifeCycle.Stage', 'Committed'),
      ...where('LifeCycle.Stage', 'Launched'),
    ]) {
      expect(getIn(record, 'RelatedEntityIdentifiers', 'Solutions'), record.Id).toBeTruthy();
      expect(at(record, 'Customer.Account.AwsAccountId')).toMatch(/^\d{12}$/);
    }
  });
});

describe('the seeded life cycle', () => {
  const wire = async (operation: string, body: object) =>
    (await on.wire(operation, { Catalog: 'Sandbox', ...body })).body;
  type Rows = Record<string, unknown>[];

  /** All pages of a list. */
  async function all(operation: string, member: string, query: object = {}): Promise<Rows> {
    const rows: Rows = [];
    let NextToken: unknown;
    do {
      const page = await wire(operation, { MaxResults: 100, ...query, ...(NextToken ? { NextToken } : {}) });
      rows.push(...(page[member] as Rows));
      NextToken = page.NextToken;
    } while (NextToken);
    return rows;
  }

  test('shares every opportunity that was ever submitted in an engagement, and no other', async () => {
    const shared = await all('ListEngagementResourceAssociations', 'EngagementResourceAssociationSummaries', {
      CreatedBy: '123456789012',
    });
    const submitted = seeded.filter((one) => at(one, 'LifeCycle.ReviewStatus') !== 'Pending Submission');
    expect(new Set(shared.map(({ ResourceId }) => ResourceId))).toEqual(
      new Set(submitted.map(({ Id }) => Id)),
    );
    const projects = { ContextTypes: ['CustomerProject'] };
    expect(await all('ListEngagements', 'EngagementSummaryList', projects)).toHaveLength(submitted.length);
  });

  test('has AWS’s answer to each invitation that fits the review', async () => {
    const expected: Record<string, [status: string, members: number]> = {
      Submitted: ['PENDING', 1],
      'In review': ['PENDING', 1],
      'Action Required': ['PENDING', 1],
      Approved: ['ACCEPTED', 2],
      Rejected: ['REJECTED', 1],
    };
    const invitations = await all('ListEngagementInvitations', 'EngagementInvitationSummaries', {
      ParticipantType: 'SENDER',
    });
    const engagements = await all('ListEngagements', 'EngagementSummaryList');
    const shared = await all('ListEngagementResourceAssociations', 'EngagementResourceAssociationSummaries', {
      CreatedBy: '123456789012',
    });
    for (const { ResourceId, EngagementId } of shared) {
      const record = seeded.find(({ Id }) => Id === ResourceId);
      const room = engagements.find(({ Id }) => Id === EngagementId);
      const answer = invitations.find(
        (one) =>
          one.EngagementId === EngagementId &&
          getIn(one as Opportunity, 'Receiver', 'Account', 'AwsAccountId') === 'aws',
      );
      // Another partner helps with this one.
      const guests = ResourceId === 'O5000002' ? 1 : 0;
      expect([answer?.Status, Number(room?.MemberCount) - guests], String(ResourceId)).toEqual(
        expected[String(record && at(record, 'LifeCycle.ReviewStatus'))],
      );
      expect(String(room?.CreatedAt) < new Date(noon).toISOString()).toBe(true);
    }
  });

  test('has a snapshot of each shared opportunity, a running job with a role, and AWS’s view of the reviewed', async () => {
    const [{ EngagementId }] = (await all(
      'ListEngagementResourceAssociations',
      'EngagementResourceAssociationSummaries',
      { ResourceIdentifier: 'O5000002' },
    )) as [Record<string, unknown>];
    const snapshots = await all('ListResourceSnapshots', 'ResourceSnapshotSummaries', {
      EngagementIdentifier: EngagementId,
      ResourceIdentifier: 'O5000002',
    });
    expect(
      snapshots.map((one) => [one.ResourceSnapshotTemplateName, one.Revision, one.CreatedBy]).sort(),
    ).toEqual([
      ['AwsOpportunitySummaryFullView', 1, 'aws'],
      ['OpportunitySummaryView', 1, '123456789012'],
    ]);
    const jobs = await all('ListResourceSnapshotJobs', 'ResourceSnapshotJobSummaries', { Status: 'Running' });
    expect(jobs).toHaveLength(205);
    const job = await wire('GetResourceSnapshotJob', { ResourceSnapshotJobIdentifier: jobs[0]?.Id });
    expect(job).toMatchObject({ LastSuccessfulExecutionDate: job.CreatedAt, LastFailure: null });
    expect((await wire('GetSellingSystemSettings', {})).ResourceSnapshotJobRoleArn).toContain(':role/');
  });

  test('has tags, and summaries of all that was submitted', async () => {
    const { Arn } = await wire('GetOpportunity', { Identifier: 'O5000005' });
    const { body } = await on.wire('ListTagsForResource', { ResourceArn: Arn });
    expect(body.Tags).toHaveLength(2);
    for (const id of ['O5000002', 'O5000003', 'O5000004', 'O5000005', 'O5000006'])
      expect(await wire('GetAwsOpportunitySummary', { RelatedOpportunityIdentifier: id })).toMatchObject({
        InvolvementType: 'Co-Sell',
      });
  });

  test('is made without events, and leaves nothing that is due', async () => {
    const events = on.events();
    await on.control('POST', 'reset', {});
    await wire('GetOpportunity', { Identifier: 'O5000001' });
    expect(events).toEqual([]);
  });
});
