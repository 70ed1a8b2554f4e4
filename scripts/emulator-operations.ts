/** The page of the emulator's operations: what it serves is read from its registry, what AWS asks is written here. */
import * as sdk from '@aws-sdk/client-partnercentral-selling';
import { operations } from '../emulator/operations.ts';
import { quotaClassOf } from '../emulator/values/quotas.ts';

/** The operations of the API, by the commands of AWS's SDK. */
export const apiOperations: readonly string[] = Object.keys(sdk)
  .filter((name) => name.endsWith('Command') && !name.startsWith('$'))
  .map((name) => name.replace(/Command$/, ''))
  .sort();

type Facts = readonly [rules: string, test: string];

/** What an operation does that its shapes do not show, and the file under test/emulator/ that holds it. */
export const facts: Readonly<Record<string, Facts>> = {
  AcceptEngagementInvitation: [
    'a pending invitation, by its receiver; joins the engagement and makes no opportunity: the way for leads',
    'invitations.test.ts',
  ],
  AssignOpportunity: ['any review status; an owner must be a user of Partner Central', 'lifecycle.test.ts'],
  AssociateOpportunity: [
    'one entity a call, in any review status, up to the cap of its type; an offer excludes an offer set; moves the date',
    'associations.test.ts',
  ],
  CreateEngagement: ['the caller is its first member; at most five contexts', 'contexts.test.ts'],
  CreateEngagementContext: ['members only; the sixth context is over the quota', 'contexts.test.ts'],
  CreateEngagementInvitation: [
    'members only; not to oneself, nor to who is a member or invited; ten members at most',
    'invitations.test.ts',
  ],
  CreateOpportunity: [
    'Pending Submission at Prospect; once per client token; an AWS referral in the Sandbox becomes an invitation',
    'create-opportunity.test.ts',
  ],
  CreateResourceSnapshot: [
    'members only, of an opportunity of their own; each call is a new revision; the first adds a CustomerProject context',
    'snapshots.test.ts',
  ],
  CreateResourceSnapshotJob: [
    'starts Stopped; one per opportunity and engagement, another is a conflict',
    'snapshot-jobs.test.ts',
  ],
  DeleteResourceSnapshotJob: ['must be Stopped, otherwise a conflict', 'snapshot-jobs.test.ts'],
  DisassociateOpportunity: [
    'what is associated; not the last solution of a committed or launched deal',
    'associations.test.ts',
  ],
  GetAwsOpportunitySummary: ['AWS’s view, from the first submission on', 'lifecycle.test.ts'],
  GetEngagement: ['members only; ModifiedAt is the lock of its contexts', 'engagements.test.ts'],
  GetEngagementInvitation: [
    'sender and receiver; contacts are hidden before the acceptance',
    'invitations.test.ts',
  ],
  GetOpportunity: ['the whole record, unset members as null', 'get-opportunity.test.ts'],
  GetProspectingFromEngagementTask: ['finished once it has an end; no status of the whole', 'leads.test.ts'],
  GetResourceSnapshot: [
    'the latest revision, or a given one; AWS’s view for its owner only',
    'snapshots.test.ts',
  ],
  GetResourceSnapshotJob: [
    'the caller’s own; times of the last success and failure',
    'snapshot-jobs.test.ts',
  ],
  GetSellingSystemSettings: ['the role that snapshot jobs assume', 'settings-and-tags.test.ts'],
  ListEngagementByAcceptingInvitationTasks: [
    'the caller’s own tasks; filters must not be empty',
    'rooms.test.ts',
  ],
  ListEngagementFromOpportunityTasks: [
    'the caller’s own tasks; filters must not be empty',
    'submission.test.ts',
  ],
  ListEngagementInvitations: ['sent or received, never both', 'engagements.test.ts'],
  ListEngagementMembers: ['members only, ten to a page', 'engagements.test.ts'],
  ListEngagementResourceAssociations: [
    'all opportunities that are shared in the caller’s engagements; filters are single values',
    'engagements.test.ts',
  ],
  ListEngagements: ['the caller’s own; not by time of modification', 'engagements.test.ts'],
  ListOpportunities: ['twenty to a page; summaries have fewer members', 'list-opportunities.test.ts'],
  ListOpportunityFromEngagementTasks: ['the caller’s own tasks; filters must not be empty', 'leads.test.ts'],
  ListProspectingFromEngagementTasks: ['the caller’s own tasks, with counts', 'leads.test.ts'],
  ListResourceSnapshotJobs: ['the caller’s own, fifty to a page', 'snapshot-jobs.test.ts'],
  ListResourceSnapshots: ['all revisions, latest first', 'snapshots.test.ts'],
  ListSolutions: ['by descending ids, twenty to a page', 'solutions.test.ts'],
  ListTagsForResource: ['of an opportunity or a snapshot job', 'settings-and-tags.test.ts'],
  PutSellingSystemSettings: ['without a role it removes the role', 'settings-and-tags.test.ts'],
  RejectEngagementInvitation: ['a pending invitation, by its receiver; final', 'invitations.test.ts'],
  StartEngagementByAcceptingInvitationTask: [
    'a pending invitation to an opportunity; makes the partner’s own opportunity; can fail with status 200',
    'rooms.test.ts',
  ],
  StartEngagementFromOpportunityTask: [
    'Pending Submission or Action Required; can fail with status 200; the same token is the same task',
    'submission.test.ts',
  ],
  StartOpportunityFromEngagementTask: [
    'a lead that is not disqualified, once; makes a draft and a CustomerProject context',
    'leads.test.ts',
  ],
  StartProspectingFromEngagementTask: ['up to 100 engagements with leads, each for itself', 'leads.test.ts'],
  StartResourceSnapshotJob: [
    'runs at once, then with every change; again is not an error',
    'snapshot-jobs.test.ts',
  ],
  StopResourceSnapshotJob: ['once it has been started; again is not an error', 'snapshot-jobs.test.ts'],
  SubmitOpportunity: [
    'needs an engagement about a customer’s project; no client token',
    'submission.test.ts',
  ],
  TagResource: ['200 tags; does not move the date of the opportunity', 'settings-and-tags.test.ts'],
  UntagResource: ['an unknown key is not an error', 'settings-and-tags.test.ts'],
  UpdateEngagementContext: [
    'members only; the lock is the engagement’s, to the nanosecond',
    'contexts.test.ts',
  ],
  UpdateOpportunity: ['replaces the record, under its date as the lock', 'update-opportunity.test.ts'],
};

function row(operation: string): string {
  const served = operations.get(operation);
  const [rules = '', test = ''] = facts[operation] ?? [];
  const quota = quotaClassOf(operation) ?? `${served?.kind ?? 'unlisted'} (not listed by AWS)`;
  const tests = served ? `\`${test}\`` : '';
  return `| ${operation} | ${served ? 'yes' : 'no'} | ${rules} | ${quota} | ${tests} |`;
}

/** The page, as Markdown. */
export const operationsPage = (): string =>
  [
    '# The operations of the emulator',
    '',
    'Generated by `npm run generate` from `emulator/operations.ts` and `scripts/emulator-operations.ts`. Tests are under',
    '`test/emulator/`; the quota is the setting that a call counts towards.',
    '',
    '| Operation | Served | Rules beyond its shapes | Quota | Tests |',
    '|---|---|---|---|---|',
    ...apiOperations.map(row),
    '',
  ].join('\n');
