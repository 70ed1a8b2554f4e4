/** Converting leads, and enriching them. */
import {
  CreateEngagementCommand,
  type EngagementContextDetails,
  GetEngagementCommand,
  GetOpportunityCommand,
  GetProspectingFromEngagementTaskCommand,
  ListEngagementResourceAssociationsCommand,
  ListOpportunityFromEngagementTasksCommand,
  type ListOpportunityFromEngagementTasksCommandInput,
  ListProspectingFromEngagementTasksCommand,
  type ListProspectingFromEngagementTasksCommandInput,
  ListTagsForResourceCommand,
  StartOpportunityFromEngagementTaskCommand,
  type StartOpportunityFromEngagementTaskCommandInput,
  StartProspectingFromEngagementTaskCommand,
  type StartProspectingFromEngagementTaskCommandInput,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Body, refusal, testEmulator, violations } from './kit.ts';
import { lead, project } from './payloads.ts';

const on = testEmulator();
const Catalog = 'Sandbox';
const partner = '123456789012';

const leadContext = (more: object = {}): EngagementContextDetails => ({
  Type: 'Lead',
  Payload: { Lead: { ...lead(), ...more } },
});
const projectContext: EngagementContextDetails = {
  Type: 'CustomerProject',
  Payload: { CustomerProject: project },
};
const createRoom = async (Contexts = [leadContext()], ClientToken = 'room') =>
  String(
    (
      await on.client.send(
        new CreateEngagementCommand({ Catalog, ClientToken, Title: 'Acme Robotics', Contexts }),
      )
    ).Id,
  );
const get = (Identifier: string) => on.client.send(new GetEngagementCommand({ Catalog, Identifier }));
const advance = (advanceMs: number) => on.control('POST', 'clock', { advanceMs });

describe('StartOpportunityFromEngagementTask', () => {
  const start = (
    Identifier: string,
    more: Partial<StartOpportunityFromEngagementTaskCommandInput> = {},
    client = on.client,
  ) =>
    client.send(
      new StartOpportunityFromEngagementTaskCommand({
        Catalog,
        ClientToken: 'task',
        Identifier,
        ContextIdentifier: '1',
        ...more,
      }),
    );

  test('makes a draft of the lead, a context of its project, and a snapshot in the engagement', async () => {
    const room = await createRoom();
    const events = on.events();
    const task = await start(room);
    expect(task).toMatchObject({
      TaskStatus: 'COMPLETE',
      TaskArn: `arn:aws:partnercentral:us-east-1::catalog/Sandbox/opportunity-from-engagement-task/${task.TaskId}`,
      EngagementId: room,
      ContextId: '2',
      ResourceSnapshotJobId: expect.stringMatching(/^job-/),
    });
    const Identifier = String(task.OpportunityId);
    const { Customer } = lead();
    expect(await on.client.send(new GetOpportunityCommand({ Catalog, Identifier }))).toMatchObject({
      LifeCycle: { Stage: 'Prospect', ReviewStatus: 'Pending Submission', TargetCloseDate: '2031-08-12' },
      OpportunityType: 'Net New Business',
      Marketing: { Source: 'None' },
      Customer: {
        Account: {
          CompanyName: Customer.CompanyName,
          Industry: Customer.Industry,
          WebsiteUrl: Customer.WebsiteUrl,
          Address: Customer.Address,
        },
      },
      Project: {
        Title: 'Acme Robotics',
        CustomerBusinessProblem: 'The controllers of two lines are out of support.',
        ExpectedCustomerSpend: [],
      },
    });
    const { Contexts } = await get(room);
    expect(Contexts).toMatchObject([
      { Id: '1', Type: 'Lead' },
      { Id: '2', Type: 'CustomerProject', Payload: { CustomerProject: { Customer: { CountryCode: 'US' } } } },
    ]);
    const { EngagementResourceAssociationSummaries: links } = await on.client.send(
      new ListEngagementResourceAssociationsCommand({ Catalog }),
    );
    expect(links).toMatchObject([{ EngagementId: room, ResourceId: Identifier, CreatedBy: partner }]);
    expect(events.map(({ detailType }) => detailType)).toEqual([
      'Opportunity Created',
      'Engagement Updated',
      'Engagement Resource Snapshot Created',
    ]);
  });

  test('answers with the lead’s context if so configured', async () => {
    await on.control('POST', 'settings', { convertedContext: 'lead' });
    expect((await start(await createRoom())).ContextId).toBe('1');
  });

  test('takes over values that an opportunity itself refuses', async () => {
    const Customer = {
      CompanyName: 'Acme',
      Industry: 'Robots',
      WebsiteUrl: 'none',
      Address: { CountryCode: 'USA' },
    };
    const { OpportunityId } = await start(await createRoom([leadContext({ Customer })]));
    expect((await on.read(OpportunityId)).Customer).toMatchObject({ Account: Customer });
    expect((await on.change(OpportunityId, {})).status).toBe(200);
  });

  test('submits the draft in the same engagement', async () => {
    const room = await createRoom();
    const { OpportunityId, ResourceSnapshotJobId } = await start(room);
    await on.change(OpportunityId, {
      PrimaryNeedsFromAws: ['Co-Sell - Deal Support'],
      'Customer.Account.Address': { CountryCode: 'US', PostalCode: '98109', StateOrRegion: 'Washington' },
      'Project.DeliveryModels': ['SaaS or PaaS'],
      'Project.CustomerUseCase': 'Database',
      'Project.SalesActivities': ['SOW Signed'],
      'Project.OtherSolutionDescription': 'Our own advice',
      'Project.ExpectedCustomerSpend': [
        { Amount: '531', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' },
      ],
    });
    const { body } = await on.wire('StartEngagementFromOpportunityTask', {
      Catalog,
      ClientToken: 'submission',
      Identifier: OpportunityId,
      AwsSubmission: { InvolvementType: 'Co-Sell' },
    });
    expect(body).toMatchObject({ TaskStatus: 'COMPLETE', EngagementId: room, ResourceSnapshotJobId });
  });

  test('tags the opportunity', async () => {
    const Tags = [{ Key: 'team', Value: 'north' }];
    const { OpportunityId } = await start(await createRoom(), { Tags });
    const ResourceArn = `arn:aws:partnercentral:us-east-1:${partner}:catalog/Sandbox/opportunity/${OpportunityId}`;
    expect((await on.client.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).toEqual(Tags);
  });

  test.each<[string, EngagementContextDetails[], string, string]>([
    ['an unknown context', [leadContext()], '2', 'ContextNotFound'],
    ['a customer’s project', [projectContext], '1', 'CustomerProjectContextNotPermitted'],
    [
      'a result of prospecting',
      [{ Type: 'ProspectingResult', Payload: { ProspectingResult: { Aws: { TaskName: 'May' } } } }],
      '1',
      'EngagementValidationFailed',
    ],
    [
      'a disqualified lead',
      [leadContext({ QualificationStatus: 'Disqualified' })],
      '1',
      'DisqualifiedLeadNotPermitted',
    ],
    ['a lead among five contexts', Array(5).fill(leadContext()), '1', 'ServiceQuotaExceeded'],
  ])('fails, with success, for %s', async (_what, contexts, ContextIdentifier, ReasonCode) => {
    const room = await createRoom(contexts);
    const failed = await start(room, { ContextIdentifier });
    expect(failed).toMatchObject({ TaskStatus: 'FAILED', ReasonCode, Message: expect.any(String) });
    expect(failed.OpportunityId).toBeUndefined();
    expect((await get(room)).Contexts).toHaveLength(contexts.length);
  });

  test('converts a lead once: the same token gets the same task, another one a conflict', async () => {
    const room = await createRoom();
    const task = await start(room);
    expect(await start(room)).toMatchObject({ TaskId: task.TaskId, OpportunityId: task.OpportunityId });
    expect(await refusal(start(room, { ContextIdentifier: '2' }))).toMatchObject({
      name: 'ConflictException',
    });
    expect(await start(room, { ClientToken: 'b' })).toMatchObject({
      TaskStatus: 'FAILED',
      ReasonCode: 'EngagementConflict',
    });
  });

  test('converts leads that are not qualified, unless the switch demands it', async () => {
    await on.control('POST', 'settings', { leadConversion: 'qualified' });
    const raw = await start(await createRoom());
    expect(raw).toMatchObject({ TaskStatus: 'FAILED', ReasonCode: 'EngagementValidationFailed' });
    const room = await createRoom([leadContext({ QualificationStatus: 'Qualified' })], 'qualified');
    expect((await start(room, { ClientToken: 'b' })).TaskStatus).toBe('COMPLETE');
  });

  test('distinguishes an unknown engagement from one of others', async () => {
    const client = await on.partner('SECOND');
    const room = await createRoom();
    expect(await refusal(start(room, {}, client))).toMatchObject({ name: 'AccessDeniedException' });
    expect(await refusal(start('eng-00000000000404'))).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('refuses an identifier that cannot be of a lead', async () => {
    const { body } = await on.wire('StartOpportunityFromEngagementTask', {
      Catalog,
      ClientToken: 'task',
      Identifier: 'eng-00000000000001',
      ContextIdentifier: 'ctx-1',
    });
    expect(violations(body)).toEqual([['INVALID_STRING_FORMAT', 'contextIdentifier']]);
  });

  test('is listed, with filters by engagement and context', async () => {
    const room = await createRoom();
    const { $metadata: _a, ...complete } = await start(room);
    const { $metadata: _b, ...failed } = await start(room, { ClientToken: 'b' });
    const list = async (query: Partial<ListOpportunityFromEngagementTasksCommandInput> = {}) =>
      (await on.client.send(new ListOpportunityFromEngagementTasksCommand({ Catalog, ...query })))
        .TaskSummaries;
    expect(await list()).toEqual([failed, complete]);
    expect(await list({ EngagementIdentifier: [room], ContextIdentifier: ['2'] })).toEqual([complete]);
    expect(await list({ TaskStatus: ['FAILED'] })).toEqual([failed]);
    expect(await list({ OpportunityIdentifier: ['O404'] })).toEqual([]);
  });
});

describe('prospecting', () => {
  const start = (
    Identifiers: string[],
    more: Partial<StartProspectingFromEngagementTaskCommandInput> = {},
    client = on.client,
  ) =>
    client.send(
      new StartProspectingFromEngagementTaskCommand({
        Catalog,
        ClientToken: 'task',
        TaskName: 'May',
        Identifiers,
        ...more,
      }),
    );
  const read = (TaskIdentifier: unknown, client = on.client) =>
    client.send(
      new GetProspectingFromEngagementTaskCommand({ Catalog, TaskIdentifier: String(TaskIdentifier) }),
    );

  test('is pending at first, and adds AWS’s data about the company when it is done', async () => {
    const room = await createRoom();
    const task = await start([room]);
    expect(task).toMatchObject({
      TaskStatus: 'PENDING',
      TaskName: 'May',
      Identifiers: [room],
      TaskId: expect.stringMatching(/^task-[0-9a-z]{14}$/),
    });
    const running = await read(task.TaskId);
    expect(running).toMatchObject({
      TaskArn: task.TaskArn,
      Engagements: [{ EngagementIdentifier: room, Status: 'IN_PROGRESS' }],
    });
    expect(running.EndTime).toBeUndefined();
    const events = on.events();
    await advance(3000);
    expect(await read(task.TaskId)).toMatchObject({
      EndTime: expect.any(Date),
      Engagements: [
        {
          EngagementIdentifier: room,
          Status: 'COMPLETED',
          EngagementContextId: expect.stringMatching(/^ctx-[0-9a-z]{14}$/),
        },
      ],
    });
    const { Contexts, ModifiedBy } = await get(room);
    expect(ModifiedBy).toBe('aws');
    expect(Contexts?.[1]).toMatchObject({
      Id: '2',
      Type: 'ProspectingResult',
      Payload: {
        ProspectingResult: {
          Aws: {
            Customer: { AccountName: 'Acme Robotics', Geo: 'AMER', Country: 'US', Industry: 'Manufacturing' },
            Insights: { SolutionScore: expect.stringMatching(/^(Low|Medium|High)$/) },
            TaskId: task.TaskId,
            TaskArn: task.TaskArn,
            TaskName: 'May',
            EndTime: expect.any(Date),
          },
        },
      },
    });
    expect(events).toMatchObject([
      {
        detailType: 'Engagement Updated',
        account: partner,
        detail: { engagement: { ContextTypes: ['Lead', 'ProspectingResult'], LastModifiedBy: 'aws' } },
      },
    ]);
    expect((await start([room])).TaskStatus).toBe('COMPLETED');
  });

  test('ends in the call if so configured', async () => {
    await on.control('POST', 'settings', { prospectingTask: 'complete' });
    expect((await start([await createRoom()])).TaskStatus).toBe('COMPLETED');
  });

  test.each([
    ['replaces the earlier result', 'replace', 2],
    ['adds another one if so configured', 'add', 3],
  ])('again %s', async (_what, repeatedProspecting, count) => {
    await on.control('POST', 'settings', { prospectingTask: 'complete', repeatedProspecting });
    const room = await createRoom();
    await start([room]);
    await start([room], { ClientToken: 'b', TaskName: 'June' });
    const { Contexts } = await get(room);
    expect(Contexts).toHaveLength(count);
    expect(Contexts?.at(-1)?.Payload?.ProspectingResult?.Aws?.TaskName).toBe('June');
  });

  test('lets each engagement succeed or fail by itself', async () => {
    const client = await on.partner('SECOND');
    const good = await createRoom();
    const noLead = await createRoom([projectContext], 'b');
    const full = await createRoom(Array(5).fill(leadContext()), 'c');
    const { Id: foreign = '' } = await client.send(
      new CreateEngagementCommand({ Catalog, ClientToken: 'd' }),
    );
    const unknown = 'eng-00000000000404';
    const { TaskId } = await start([good, noLead, full, foreign, unknown]);
    await advance(3000);
    const { Engagements } = await read(TaskId);
    expect(
      Engagements?.map(({ EngagementIdentifier, Status, ReasonCode }) => [
        EngagementIdentifier,
        Status,
        ReasonCode,
      ]),
    ).toEqual([
      [good, 'COMPLETED', undefined],
      [noLead, 'FAILED', 'EngagementValidationFailed'],
      [full, 'FAILED', 'ServiceQuotaExceeded'],
      [foreign, 'FAILED', 'EngagementAccessDenied'],
      [unknown, 'FAILED', 'EngagementAccessDenied'],
    ]);
    const { TaskSummaries } = await on.client.send(
      new ListProspectingFromEngagementTasksCommand({ Catalog }),
    );
    expect(TaskSummaries).toMatchObject([
      { TaskId, TotalEngagementCount: 5, CompletedEngagementCount: 1, FailedEngagementCount: 4 },
    ]);
  });

  test('fails as a whole if every engagement does', async () => {
    await on.control('POST', 'settings', { prospectingTask: 'complete' });
    expect((await start([await createRoom([projectContext])])).TaskStatus).toBe('FAILED');
  });

  test('needs one engagement of the caller, and takes a hundred', async () => {
    const client = await on.partner('SECOND');
    const room = await createRoom();
    expect(await refusal(start([room], {}, client))).toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await refusal(start([]))).toMatchObject({
      ErrorList: [{ Code: 'NOT_ENOUGH_VALUES', FieldName: 'identifiers' }],
    });
    expect(await refusal(start(Array(101).fill(room)))).toMatchObject({
      ErrorList: [{ Code: 'TOO_MANY_VALUES', FieldName: 'identifiers' }],
    });
    expect((await start(Array(100).fill(room))).Identifiers).toEqual([room]);
  });

  test('refuses another request under a spent token', async () => {
    const room = await createRoom();
    await start([room]);
    expect(await refusal(start([room], { TaskName: 'June' }))).toMatchObject({ name: 'ConflictException' });
  });

  test('distinguishes tasks of others from its own', async () => {
    const client = await on.partner('SECOND');
    const { TaskId } = await start([await createRoom()]);
    expect(await refusal(read(TaskId, client))).toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await refusal(read('task-00000000000404'))).toMatchObject({ name: 'ResourceNotFoundException' });
    const { TaskSummaries } = await client.send(new ListProspectingFromEngagementTasksCommand({ Catalog }));
    expect(TaskSummaries).toEqual([]);
  });

  test.each<[Body, string, string]>([
    [{ TaskName: '' }, 'INVALID_STRING_FORMAT', 'taskName'],
    [{ TaskName: undefined }, 'REQUIRED_FIELD_MISSING', 'taskName'],
    [{ Identifiers: ['eng-1'] }, 'INVALID_STRING_FORMAT', 'identifiers'],
  ])('refuses %j', async (more, code, field) => {
    const { body } = await on.wire('StartProspectingFromEngagementTask', {
      Catalog,
      ClientToken: 'task',
      TaskName: 'May',
      Identifiers: ['eng-00000000000001'],
      ...more,
    });
    expect(violations(body)).toEqual([[code, field]]);
  });

  describe('tasks', () => {
    /** Three tasks a second apart; the second one fails. */
    const three = async () => {
      await on.control('POST', 'settings', { prospectingTask: 'complete' });
      const room = await createRoom();
      const noLead = await createRoom([projectContext], 'b');
      for (const [name, id] of [
        ['c', room],
        ['b', noLead],
        ['a', room],
      ] as const) {
        await start([id], { ClientToken: name, TaskName: name });
        await advance(1000);
      }
    };
    const names = async (query: Partial<ListProspectingFromEngagementTasksCommandInput> = {}) =>
      (
        await on.client.send(new ListProspectingFromEngagementTasksCommand({ Catalog, ...query }))
      ).TaskSummaries?.map(({ TaskName }) => TaskName);
    const at = (second: number) => new Date(Date.parse('2031-05-14T12:00:00Z') + second * 1000);

    test.each<[string, Partial<ListProspectingFromEngagementTasksCommandInput>, string[]]>([
      ['latest first', {}, ['a', 'b', 'c']],
      ['by start', { Sort: { SortBy: 'StartTime', SortOrder: 'ASCENDING' } }, ['c', 'b', 'a']],
      ['by name', { Sort: { SortBy: 'TaskName', SortOrder: 'ASCENDING' } }, ['a', 'b', 'c']],
      [
        'by failures',
        { Sort: { SortBy: 'FailedEngagementCount', SortOrder: 'DESCENDING' } },
        ['b', 'a', 'c'],
      ],
      ['of a name', { TaskName: ['b', 'x'] }, ['b']],
      ['from a time on', { StartAfter: at(1) }, ['a', 'b']],
      ['before a time', { StartBefore: at(1) }, ['c']],
      ['within a window', { StartAfter: at(1), StartBefore: at(2) }, ['b']],
      ['of no name', { TaskName: [] }, ['a', 'b', 'c']],
      ['of an unknown id', { TaskIdentifier: ['task-00000000000404'] }, []],
    ])('are listed %s', async (_what, query, expected) => {
      await three();
      expect(await names(query)).toEqual(expected);
    });

    test('are listed exactly once over all pages', async () => {
      await three();
      const page = (NextToken?: string) =>
        on.client.send(new ListProspectingFromEngagementTasksCommand({ Catalog, MaxResults: 2, NextToken }));
      const first = await page();
      const second = await page(first.NextToken);
      const seen = [first, second].flatMap(({ TaskSummaries }) => TaskSummaries ?? []);
      expect(seen.map(({ TaskName }) => TaskName)).toEqual(['a', 'b', 'c']);
      expect(second.NextToken).toBeUndefined();
    });
  });
});
