/** The IAM policies in `deploy/aws`, from the operations that each feature of the gateway calls. Written by `npm run generate`. */
import type { Operation } from '../src/upstream/operations.ts';

/** A feature that a role may have or not, and what the gateway calls for it. Only `read` is needed by all others. */
export type Feature = { title: string; operations: readonly Operation[] };

export const features = {
  read: {
    title: 'opportunities with what belongs to them, solutions, the index',
    operations: [
      'GetAwsOpportunitySummary',
      'GetOpportunity',
      'ListEngagementFromOpportunityTasks',
      'ListEngagementResourceAssociations',
      'ListEngagements',
      'ListOpportunities',
      'ListSolutions',
      'ListTagsForResource',
    ],
  },
  write: {
    title: 'to create, change, associate, assign and tag opportunities',
    operations: [
      'AssignOpportunity',
      'AssociateOpportunity',
      'CreateOpportunity',
      'DisassociateOpportunity',
      'TagResource',
      'UntagResource',
      'UpdateOpportunity',
    ],
  },
  submit: {
    title: 'to submit opportunities to AWS',
    operations: ['StartEngagementFromOpportunityTask'],
  },
  inbox: {
    title: 'invitations: to read, accept and reject them',
    operations: [
      'AcceptEngagementInvitation',
      'GetEngagement',
      'GetEngagementInvitation',
      'ListEngagementByAcceptingInvitationTasks',
      'ListEngagementInvitations',
      'RejectEngagementInvitation',
      'StartEngagementByAcceptingInvitationTask',
    ],
  },
  leads: {
    title: 'leads: to read, create, change, enrich and convert them',
    operations: [
      'CreateEngagement',
      'GetEngagement',
      'GetProspectingFromEngagementTask',
      'ListOpportunityFromEngagementTasks',
      'ListProspectingFromEngagementTasks',
      'StartOpportunityFromEngagementTask',
      'StartProspectingFromEngagementTask',
      'UpdateEngagementContext',
    ],
  },
  rooms: {
    title: 'engagements with their members and snapshots; to invite partners and to share',
    operations: [
      'CreateEngagementInvitation',
      'CreateResourceSnapshotJob',
      'GetEngagement',
      'GetResourceSnapshot',
      'GetResourceSnapshotJob',
      'GetSellingSystemSettings',
      'ListEngagementInvitations',
      'ListEngagementMembers',
      'ListResourceSnapshotJobs',
      'ListResourceSnapshots',
      'PutSellingSystemSettings',
      'StartResourceSnapshotJob',
    ],
  },
} as const satisfies Record<string, Feature>;

/** What AWS does as part of an operation, with the caller's role (Service Authorization Reference, AWS Partner Central). */
const parts: { readonly [O in Operation]?: readonly string[] } = {
  StartEngagementByAcceptingInvitationTask: [
    'AcceptEngagementInvitation',
    'CreateOpportunity',
    'CreateResourceSnapshotJob',
    'GetEngagementInvitation',
    'StartResourceSnapshotJob',
    'SubmitOpportunity',
  ],
  StartEngagementFromOpportunityTask: [
    'CreateEngagement',
    'CreateEngagementInvitation',
    'CreateResourceSnapshot',
    'CreateResourceSnapshotJob',
    'GetOpportunity',
    'StartResourceSnapshotJob',
    'SubmitOpportunity',
  ],
  StartOpportunityFromEngagementTask: [
    'GetEngagement',
    'CreateOpportunity',
    'CreateResourceSnapshot',
    'CreateResourceSnapshotJob',
    'StartResourceSnapshotJob',
    'CreateEngagementContext',
  ],
};

/** The actions that a role with some features needs, with those that AWS takes in its place. */
export function actionsOf(names: readonly (keyof typeof features)[]): string[] {
  const operations = names.flatMap((name): readonly Operation[] => features[name].operations);
  const all = operations.flatMap((operation) => [operation, ...(parts[operation] ?? [])]);
  return [...new Set(all)].toSorted().map((operation) => `partnercentral:${operation}`);
}

/** The policy of a feature in one catalog: every action supports the condition key, but not every one a resource. */
function statementOf(name: keyof typeof features, catalog: string) {
  return {
    Sid: `${name[0]?.toUpperCase()}${name.slice(1)}`,
    Effect: 'Allow',
    Action: actionsOf([name]),
    Resource: '*',
    Condition: { StringEquals: { 'partnercentral:Catalog': catalog } },
  };
}

/** For `EVENTS_QUEUE_URL`: to receive events. The queue and its key are named in an account of one's own. */
const liveStatements = [
  {
    Sid: 'Live',
    Effect: 'Allow',
    Action: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'],
    Resource: 'arn:aws:sqs:us-east-1:123456789012:partner-central-events',
  },
  {
    Sid: 'LiveKey',
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: 'arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000',
  },
];

const policy = (statements: readonly object[]): string =>
  `${JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)}\n`;

/** The policies by their files: one per feature, least first, and one of all features that need no queue. */
export function policies(catalog = 'Sandbox'): Record<string, string> {
  const names = Object.keys(features) as (keyof typeof features)[];
  const each = names.map((name, index) => [
    `deploy/aws/policies/${index + 1}-${name}.json`,
    policy([statementOf(name, catalog)]),
  ]);
  return {
    ...Object.fromEntries(each),
    [`deploy/aws/policies/${names.length + 1}-live.json`]: policy(liveStatements),
    'deploy/aws/policy.json': policy(names.map((name) => statementOf(name, catalog))),
  };
}

/** The table of docs/security.md. */
export function featureTable(): string {
  const rows = Object.entries(features).map(
    ([name, { title }], index) =>
      `| [\`${name}\`](../deploy/aws/policies/${index + 1}-${name}.json) | ${title} |`,
  );
  const live = Object.keys(features).length + 1;
  return [
    '| policy | for |',
    '|---|---|',
    ...rows,
    `| [\`live\`](../deploy/aws/policies/${live}-live.json) | events out of a queue (\`EVENTS_QUEUE_URL\`); put in your queue and key |`,
  ].join('\n');
}
