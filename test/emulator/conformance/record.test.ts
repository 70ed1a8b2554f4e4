import { randomUUID } from 'node:crypto';
import {
  ConflictException,
  CreateOpportunityCommand,
  GetOpportunityCommand,
  ListOpportunitiesCommand,
  ResourceNotFoundException,
  ValidationException,
} from '@aws-sdk/client-partnercentral-selling';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Catalog, connect, day, draft, eventually, paced, steps, type Target } from './target.ts';

let target: Target;
let step: ReturnType<typeof steps>;
beforeAll(async () => {
  target = await connect();
  step = steps(target);
});
afterAll(() => target.stop());

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );
const create = (more = {}) => paced(() => target.client.send(new CreateOpportunityCommand(draft(more))));
const minute = { timeout: 120_000 };

describe('records', minute, () => {
  test('fact: a create returns an id and the date that the next update needs', async () => {
    const { Id, LastModifiedDate } = await create();
    expect(Id).toMatch(/^O[0-9]{1,19}$/);
    expect(LastModifiedDate).toBeInstanceOf(Date);
  });

  test('fact: a new record is Pending Submission at Prospect, as new business without marketing', async () => {
    const record = await step.get(await step.create());
    expect(record).toMatchObject({
      Catalog,
      OpportunityType: 'Net New Business',
      NationalSecurity: 'No',
      LifeCycle: { Stage: 'Prospect', ReviewStatus: 'Pending Submission' },
      Marketing: { Source: 'None' },
    });
  });

  test('fact: the same create under the same token returns the same record, another is a conflict', async () => {
    const request = draft();
    const send = (more = {}) =>
      paced(() => target.client.send(new CreateOpportunityCommand({ ...request, ...more })));
    const first = await send();
    expect((await send()).Id).toBe(first.Id);
    expect(await refusal(send({ OpportunityType: 'Expansion' }))).toBeInstanceOf(ConflictException);
  });

  test('fact: an unknown id is a ResourceNotFoundException', async () => {
    const unknown = new GetOpportunityCommand({ Catalog, Identifier: 'O1' });
    expect(await refusal(target.client.send(unknown))).toBeInstanceOf(ResourceNotFoundException);
  });

  test('fact: a record sent back as it was read is accepted, and its date moves', async () => {
    const before = await step.get(await step.create());
    const { LastModifiedDate } = await step.update(before);
    expect(Number(LastModifiedDate)).toBeGreaterThan(Number(before.LastModifiedDate));
  });

  test('fact: an update replaces the record, so a member that it omits is cleared', async () => {
    const before = await step.get(await step.create());
    const { AdditionalComments: _gone, ...Project } = before.Project ?? {};
    await step.update(before, (body) => ({ ...body, Project }));
    const after = await eventually(
      () => step.get(String(before.Id)),
      (record) => !record.Project?.AdditionalComments,
    );
    expect(after.Project?.AdditionalComments ?? '').toBe('');
    expect(after.Project?.Title).toBe(before.Project?.Title);
  });

  test('fact: an update with any date but the latest is a conflict', async () => {
    const before = await step.get(await step.create());
    await step.update(before);
    expect(await refusal(step.update(before))).toBeInstanceOf(ConflictException);
  });

  test('fact: an update without a stage is refused at lifeCycle.stage', async () => {
    const record = await step.get(await step.create());
    const error = await refusal(
      step.update(record, (body) => ({ ...body, LifeCycle: { ...body.LifeCycle, Stage: undefined } })),
    );
    expect(error).toBeInstanceOf(ValidationException);
    expect((error as ValidationException).ErrorList?.map(({ FieldName }) => FieldName)).toContain(
      'lifeCycle.stage',
    );
  });

  test('fact: the stage cannot move before the first review', async () => {
    const record = await step.get(await step.create());
    const error = await refusal(
      step.update(record, (body) => ({
        ...body,
        LifeCycle: { ...body.LifeCycle, Stage: 'Technical Validation' },
      })),
    );
    expect((error as ValidationException).ErrorList?.[0]?.Code).toBe('ACTION_NOT_PERMITTED');
  });

  test.each([
    [
      'a close date in the past',
      { LifeCycle: { TargetCloseDate: '2020-01-01' } },
      'lifeCycle.targetCloseDate',
    ],
    [
      'a state abbreviation',
      {
        Customer: {
          Account: {
            ...draft().Customer?.Account,
            CompanyName: 'X',
            Address: { CountryCode: 'US', PostalCode: '98109', StateOrRegion: 'WA' },
          },
        },
      },
      'customer.account.address.stateOrRegion',
    ],
    [
      'an unlisted use case',
      { Project: { ...draft().Project, CustomerUseCase: 'Something else' } },
      'project.customerUseCase',
    ],
  ] as const)('fact: %s is refused, with the member in the list of errors', async (_what, more, field) => {
    const error = await refusal(create(more));
    expect(error).toBeInstanceOf(ValidationException);
    expect((error as ValidationException).ErrorList?.map(({ FieldName }) => FieldName)).toContain(field);
  });

  test('fact: a malformed request is refused with the reason REQUEST_VALIDATION_FAILED', async () => {
    const error = await refusal(create({ PartnerOpportunityIdentifier: 'x'.repeat(65) }));
    expect(error).toMatchObject({ name: 'ValidationException', Reason: 'REQUEST_VALIDATION_FAILED' });
  });

  test('fact: a list filters by id and by LastModifiedDate, and its last page has no token', async () => {
    const since = new Date(Date.now() - 60_000);
    const ids = [await step.create(), await step.create({ ClientToken: randomUUID() })];
    const list = (query = {}) =>
      target.client.send(new ListOpportunitiesCommand({ Catalog, Identifier: ids, ...query }));
    const all = await eventually(
      () => list(),
      (answer) => answer.OpportunitySummaries?.length === 2,
    );
    expect(all.OpportunitySummaries?.map(({ Id }) => Id).sort()).toEqual([...ids].sort());
    expect(all.NextToken ?? null).toBeNull();
    const changed = await list({ LastModifiedDate: { AfterLastModifiedDate: since } });
    expect(changed.OpportunitySummaries).toHaveLength(2);
    const first = await list({ MaxResults: 1 });
    const second = await list({ MaxResults: 1, NextToken: first.NextToken });
    expect([first, second].map((page) => page.OpportunitySummaries?.[0]?.Id).sort()).toEqual([...ids].sort());
  });

  test('fact: a list filters close dates by day, and its amounts are decimal', async () => {
    const id = await step.create({ LifeCycle: { TargetCloseDate: day(200) } });
    const query = {
      Identifier: [id],
      TargetCloseDate: { AfterTargetCloseDate: day(190), BeforeTargetCloseDate: day(210) },
    };
    const { OpportunitySummaries } = await eventually(
      () => target.client.send(new ListOpportunitiesCommand({ Catalog, ...query })),
      (answer) => answer.OpportunitySummaries?.length === 1,
    );
    expect(OpportunitySummaries?.[0]?.Project?.ExpectedCustomerSpend?.[0]?.Amount).toBe('531.0');
  });
});
