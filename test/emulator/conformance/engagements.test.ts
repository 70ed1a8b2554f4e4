import { randomUUID } from 'node:crypto';
import {
  AcceptEngagementInvitationCommand,
  AssignOpportunityCommand,
  AssociateOpportunityCommand,
  CreateEngagementCommand,
  CreateEngagementContextCommand,
  CreateEngagementInvitationCommand,
  CreateResourceSnapshotCommand,
  CreateResourceSnapshotJobCommand,
  DeleteResourceSnapshotJobCommand,
  DisassociateOpportunityCommand,
  GetEngagementCommand,
  GetEngagementInvitationCommand,
  GetProspectingFromEngagementTaskCommand,
  GetResourceSnapshotCommand,
  GetResourceSnapshotJobCommand,
  GetSellingSystemSettingsCommand,
  ListEngagementByAcceptingInvitationTasksCommand,
  ListEngagementInvitationsCommand,
  ListEngagementMembersCommand,
  ListEngagementResourceAssociationsCommand,
  ListEngagementsCommand,
  ListOpportunityFromEngagementTasksCommand,
  ListProspectingFromEngagementTasksCommand,
  ListResourceSnapshotJobsCommand,
  ListResourceSnapshotsCommand,
  ListTagsForResourceCommand,
  PutSellingSystemSettingsCommand,
  RejectEngagementInvitationCommand,
  ResourceNotFoundException,
  StartEngagementByAcceptingInvitationTaskCommand,
  StartEngagementFromOpportunityTaskCommand,
  StartOpportunityFromEngagementTaskCommand,
  StartProspectingFromEngagementTaskCommand,
  StartResourceSnapshotJobCommand,
  StopResourceSnapshotJobCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEngagementContextCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Catalog, connect, eventually, paced, steps, type Target } from './target.ts';

let target: Target;
let step: ReturnType<typeof steps>;
beforeAll(async () => {
  target = await connect();
  step = steps(target);
});
afterAll(() => target.stop());

/** Sends on the client that `connect` returns later. */
const send = ((command: never) => target.client.send(command)) as Target['client']['send'];
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );
const template = 'OpportunitySummaryView';
const minute = { timeout: 120_000 };

/** A submitted opportunity with what its task has made. */
async function submitted() {
  const id = await step.create();
  const solution = { RelatedEntityType: 'Solutions', RelatedEntityIdentifier: 'S-1234567' } as const;
  await paced(() =>
    send(new AssociateOpportunityCommand({ Catalog, OpportunityIdentifier: id, ...solution })),
  );
  const task = await paced(() =>
    send(
      new StartEngagementFromOpportunityTaskCommand({
        Catalog,
        Identifier: id,
        ClientToken: randomUUID(),
        AwsSubmission: { InvolvementType: 'Co-Sell' },
      }),
    ),
  );
  const key = {
    Catalog,
    EngagementIdentifier: String(task.EngagementId),
    ResourceType: 'Opportunity' as const,
    ResourceIdentifier: id,
    ResourceSnapshotTemplateIdentifier: template,
  };
  return { id, task, key, engagement: String(task.EngagementId) };
}

describe('what a submission makes', minute, () => {
  test('fact: an engagement whose first member is the partner, with the opportunity in it', async () => {
    const { id, engagement } = await submitted();
    const room = await send(new GetEngagementCommand({ Catalog, Identifier: engagement }));
    expect(room.Contexts?.map(({ Type }) => Type)).toContain('CustomerProject');
    const listed = await send(new ListEngagementsCommand({ Catalog, EngagementIdentifier: [engagement] }));
    expect(listed.EngagementSummaryList?.[0]).toMatchObject({ Id: engagement, CreatedBy: room.CreatedBy });
    const members = await send(new ListEngagementMembersCommand({ Catalog, Identifier: engagement }));
    expect(members.EngagementMemberList?.map(({ AccountId }) => AccountId)).toContain(room.CreatedBy);
    const shared = await send(
      new ListEngagementResourceAssociationsCommand({ Catalog, ResourceIdentifier: id }),
    );
    expect(shared.EngagementResourceAssociationSummaries?.[0]).toMatchObject({ EngagementId: engagement });
  });

  test('fact: an invitation to AWS, which the partner has sent', async () => {
    const { engagement, task } = await submitted();
    const { EngagementInvitationSummaries } = await send(
      new ListEngagementInvitationsCommand({
        Catalog,
        ParticipantType: 'SENDER',
        EngagementIdentifier: [engagement],
      }),
    );
    expect(EngagementInvitationSummaries?.map(({ Id }) => Id)).toContain(task.EngagementInvitationId);
    const { PayloadType } = await send(
      new GetEngagementInvitationCommand({ Catalog, Identifier: String(task.EngagementInvitationId) }),
    );
    expect(PayloadType).toBe('OpportunityInvitation');
  });

  test('fact: a snapshot, of which another create makes the next revision', async () => {
    const { key, engagement } = await submitted();
    const first = await send(new GetResourceSnapshotCommand(key));
    expect(first.Payload?.OpportunitySummary?.Lifecycle?.Stage).toBeTruthy();
    const next = await paced(() =>
      send(new CreateResourceSnapshotCommand({ ...key, ClientToken: randomUUID() })),
    );
    expect(next.Revision).toBeGreaterThan(Number(first.Revision));
    const listed = await send(
      new ListResourceSnapshotsCommand({ Catalog, EngagementIdentifier: engagement }),
    );
    expect(listed.ResourceSnapshotSummaries?.map(({ Revision }) => Revision)).toContain(next.Revision);
  });

  test('fact: a running snapshot job, which can be stopped, started and, once stopped, deleted', async () => {
    const { key, task, engagement } = await submitted();
    const job = { Catalog, ResourceSnapshotJobIdentifier: String(task.ResourceSnapshotJobId) };
    const status = async () => (await send(new GetResourceSnapshotJobCommand(job))).Status;
    expect(await eventually(status, (one) => one === 'Running')).toBe('Running');
    await paced(() => send(new StopResourceSnapshotJobCommand(job)));
    expect(await eventually(status, (one) => one === 'Stopped')).toBe('Stopped');
    await paced(() => send(new StartResourceSnapshotJobCommand(job)));
    expect(await eventually(status, (one) => one === 'Running')).toBe('Running');
    const { ResourceSnapshotJobSummaries } = await send(
      new ListResourceSnapshotJobsCommand({ Catalog, EngagementIdentifier: engagement }),
    );
    expect(ResourceSnapshotJobSummaries?.map(({ Id }) => Id)).toEqual([task.ResourceSnapshotJobId]);
    await paced(() => send(new StopResourceSnapshotJobCommand(job)));
    await paced(() => send(new DeleteResourceSnapshotJobCommand(job)));
    expect(await refusal(status())).toBeInstanceOf(ResourceNotFoundException);
    const again = await paced(() =>
      send(new CreateResourceSnapshotJobCommand({ ...key, ClientToken: randomUUID() })),
    );
    const made = { Catalog, ResourceSnapshotJobIdentifier: String(again.Id) };
    expect((await send(new GetResourceSnapshotJobCommand(made))).Status).toBe('Stopped');
  });
});

/** A lead of the partner's own: an engagement with one context. */
async function createLead(): Promise<{ engagement: string; context: string }> {
  const { Id } = await paced(() =>
    send(
      new CreateEngagementCommand({
        Catalog,
        ClientToken: randomUUID(),
        Title: 'Conformance test',
        Description: 'Written by a test.',
      }),
    ),
  );
  const engagement = String(Id);
  const { ContextId } = await paced(() =>
    send(
      new CreateEngagementContextCommand({
        Catalog,
        EngagementIdentifier: engagement,
        ClientToken: randomUUID(),
        Type: 'Lead',
        Payload: {
          Lead: {
            Customer: {
              CompanyName: 'Conformance Test Company',
              Industry: 'Manufacturing',
              WebsiteUrl: 'www.conformance-test.example',
              Address: { CountryCode: 'US' },
            },
            Interactions: [
              {
                BusinessProblem: 'This lead was written by a test of the interface and can be ignored.',
                Contact: { BusinessTitle: 'CIO', Email: 'cio@example.com', FirstName: 'A', LastName: 'B' },
              },
            ],
          },
        },
      }),
    ),
  );
  return { engagement, context: String(ContextId) };
}

describe('leads', minute, () => {
  test('fact: a lead becomes an opportunity by a task, and its engagement one about a project', async () => {
    const { engagement, context } = await createLead();
    await paced(() =>
      send(
        new StartOpportunityFromEngagementTaskCommand({
          Catalog,
          ClientToken: randomUUID(),
          Identifier: engagement,
          ContextIdentifier: context,
        }),
      ),
    );
    const tasks = new ListOpportunityFromEngagementTasksCommand({
      Catalog,
      EngagementIdentifier: [engagement],
    });
    const { TaskSummaries } = await eventually(
      () => send(tasks),
      (answer) => answer.TaskSummaries?.[0]?.TaskStatus === 'COMPLETE',
    );
    const record = await step.get(String(TaskSummaries?.[0]?.OpportunityId));
    expect(record).toMatchObject({
      Customer: { Account: { CompanyName: 'Conformance Test Company' } },
      LifeCycle: { ReviewStatus: 'Pending Submission', Stage: 'Prospect' },
    });
    const room = await send(new GetEngagementCommand({ Catalog, Identifier: engagement }));
    expect(room.Contexts?.map(({ Type }) => Type).sort()).toEqual(['CustomerProject', 'Lead']);
  });

  test('fact: a lead can be enriched by a task that lists its engagement', async () => {
    const { engagement } = await createLead();
    const { TaskId } = await paced(() =>
      send(
        new StartProspectingFromEngagementTaskCommand({
          Catalog,
          ClientToken: randomUUID(),
          Identifiers: [engagement],
          TaskName: 'Conformance test',
        }),
      ),
    );
    const found = await send(
      new GetProspectingFromEngagementTaskCommand({ Catalog, TaskIdentifier: String(TaskId) }),
    );
    expect(found.Engagements?.map((one) => one.EngagementIdentifier)).toEqual([engagement]);
    const { TaskSummaries } = await send(
      new ListProspectingFromEngagementTasksCommand({ Catalog, TaskIdentifier: [String(TaskId)] }),
    );
    expect(TaskSummaries?.[0]?.TotalEngagementCount).toBe(1);
  });
});

describe('engagements, settings and tags', minute, () => {
  test('fact: an update of a context under an old lock of its engagement is a conflict', async () => {
    const { engagement, context } = await createLead();
    const stale = new UpdateEngagementContextCommand({
      Catalog,
      EngagementIdentifier: engagement,
      ContextIdentifier: context,
      EngagementLastModifiedAt: new Date(0),
      Type: 'Lead',
      Payload: {
        Lead: { QualificationStatus: 'Qualified', Customer: { CompanyName: 'Conformance Test Company' } },
      },
    });
    expect(await refusal(paced(() => send(stale)))).toMatchObject({ name: 'ConflictException' });
  });

  test('fact: the settings return the role that was put, which a put without one removes', async () => {
    const before = await send(new GetSellingSystemSettingsCommand({ Catalog }));
    const put = (role?: string) =>
      paced(() =>
        send(new PutSellingSystemSettingsCommand({ Catalog, ResourceSnapshotJobRoleIdentifier: role })),
      );
    expect((await put()).ResourceSnapshotJobRoleArn).toBeUndefined();
    await put(before.ResourceSnapshotJobRoleArn);
    const after = await send(new GetSellingSystemSettingsCommand({ Catalog }));
    expect(after.ResourceSnapshotJobRoleArn).toBe(before.ResourceSnapshotJobRoleArn);
  });

  test('fact: an opportunity can be tagged, which does not move its date', async () => {
    const record = await step.get(await step.create());
    const ResourceArn = String(record.Arn);
    const tags = async () => (await send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;
    const Tags = [{ Key: 'test', Value: 'conformance' }];
    await paced(() => send(new TagResourceCommand({ ResourceArn, Tags })));
    expect(await eventually(tags, (list) => list?.length === 1)).toEqual(Tags);
    await paced(() => send(new UntagResourceCommand({ ResourceArn, TagKeys: ['test', 'unknown'] })));
    expect(await eventually(tags, (list) => list?.length === 0)).toEqual([]);
    expect((await step.get(String(record.Id))).LastModifiedDate).toEqual(record.LastModifiedDate);
  });

  test('fact: what is associated can be removed again, and an assigned manager is in the team', async () => {
    const id = await step.create();
    const product = { RelatedEntityType: 'AwsProducts', RelatedEntityIdentifier: 'AmazonS3' } as const;
    const association = { Catalog, OpportunityIdentifier: id, ...product };
    await paced(() => send(new AssociateOpportunityCommand(association)));
    await paced(() => send(new DisassociateOpportunityCommand(association)));
    const Assignee = {
      Email: 'conformance@example.com',
      FirstName: 'Con',
      LastName: 'Formance',
      BusinessTitle: 'PartnerAccountManager',
    };
    await paced(() => send(new AssignOpportunityCommand({ Catalog, Identifier: id, Assignee })));
    const record = await eventually(
      () => step.get(id),
      ({ OpportunityTeam }) => OpportunityTeam?.some(({ FirstName }) => FirstName === 'Con') ?? false,
    );
    expect(record.RelatedEntityIdentifiers?.AwsProducts ?? []).toEqual([]);
    expect(record.OpportunityTeam).toContainEqual(expect.objectContaining(Assignee));
  });
});

/** What takes two partners is tested in rooms.test.ts; a single one can ask for what is not there. */
describe('unknown identifiers', minute, () => {
  const Identifier = 'engi-0000000000404';
  const EngagementIdentifier = 'eng-00000000000404';

  test.each<[string, () => Promise<unknown>]>([
    ['an invitation to accept', () => send(new AcceptEngagementInvitationCommand({ Catalog, Identifier }))],
    [
      'an invitation to reject',
      () => send(new RejectEngagementInvitationCommand({ Catalog, Identifier, RejectionReason: 'Other' })),
    ],
    [
      'an invitation to accept by a task',
      () =>
        send(
          new StartEngagementByAcceptingInvitationTaskCommand({
            Catalog,
            Identifier,
            ClientToken: randomUUID(),
          }),
        ),
    ],
    [
      'an engagement to invite to',
      () =>
        send(
          new CreateEngagementInvitationCommand({
            Catalog,
            ClientToken: randomUUID(),
            EngagementIdentifier,
            Invitation: {
              Message: 'Join us',
              Receiver: { Account: { AwsAccountId: '210987654321' } },
              Payload: {
                LeadInvitation: {
                  Customer: { CompanyName: 'Conformance Test Company' },
                  Interaction: { ContactBusinessTitle: 'CIO' },
                },
              },
            },
          }),
        ),
    ],
  ])('fact: %s that is unknown is a ResourceNotFoundException', async (_what, ask) => {
    expect(await refusal(paced(ask))).toBeInstanceOf(ResourceNotFoundException);
  });

  test('fact: the tasks of an unknown invitation are an empty list', async () => {
    const { TaskSummaries } = await send(
      new ListEngagementByAcceptingInvitationTasksCommand({
        Catalog,
        EngagementInvitationIdentifier: [Identifier],
      }),
    );
    expect(TaskSummaries).toEqual([]);
  });
});
