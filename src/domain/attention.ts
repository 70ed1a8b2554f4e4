/** What someone should look at: as the summaries of opportunities show it, and what is watched besides them. */
import type { AttentionKind } from '../generated/schema-types.ts';
import type { InvitationSummary, OpportunitySummary } from '../upstream/wire.ts';
import type { Order } from './filters.ts';
import { compareInstants, earlierKey, instantKey, instantOfKey } from './instants.ts';
import { daysLeft } from './invitations.ts';
import { isOverdue } from './pipeline.ts';

const dayMs = 86_400_000;
/** An invitation needs attention in its last days; AWS gives it fifteen. */
export const expiringDays = 3;
/** A lead needs attention when no one has qualified it for so many days. */
export const untouchedDays = 3;

/** An opportunity whose latest submission has failed. */
export type FailedSubmission = { id: string; startTime: string | null };
/** A lead without a qualification. */
export type UnqualifiedLead = { id: string; companyName: string | null; createdAt: string };

/** An edit that could not be made, and why. */
export type StuckEdit = { opportunityId: string; at: string; message: string };

/** What needs attention and is in no summary of an opportunity, by the list of AWS that has it. */
export type Watched = {
  /** Those that this account has received and that expire soon. */
  invitations: InvitationSummary[];
  submissions: FailedSubmission[];
  leads: UnqualifiedLead[];
};
export type WatchedPart = keyof Watched;
export const watchedParts = ['invitations', 'submissions', 'leads'] as const satisfies WatchedPart[];

/** The kinds that need more than summaries, and the scopes that they need besides that of opportunities. */
export const watchedKinds: { readonly [Kind in AttentionKind]?: { part: WatchedPart; scope?: string } } = {
  INVITATION_EXPIRING: { part: 'invitations', scope: 'engagements:read' },
  LEAD_UNTOUCHED: { part: 'leads', scope: 'leads:read' },
  SUBMISSION_FAILED: { part: 'submissions' },
};

export type AttentionSubject =
  | { type: 'Opportunity'; id: string; summary: OpportunitySummary }
  | { type: 'EngagementInvitation'; id: string; invitation: InvitationSummary }
  | { type: 'Lead'; id: string };

export type AttentionItem = {
  kind: AttentionKind;
  since: string | null;
  message: string;
  subject: AttentionSubject;
};

/** Everything that items are made of. What is not watched is left out. */
export type AttentionSources = {
  summaries: readonly OpportunitySummary[];
  watched: { readonly [Part in WatchedPart]?: Watched[Part] | undefined };
  /** The edits that could not be made once AWS had reviewed their opportunity, the first of each. */
  stuckEdits: readonly StuckEdit[];
  /** RFC 3339 */
  now: string;
};
type Rule = (sources: AttentionSources) => Omit<AttentionItem, 'kind'>[];

/** The start of a day in UTC. */
const startOf = (day: string | null | undefined) => day && `${day}T00:00:00Z`;
/** An instant some days before another. */
const daysBefore = (instant: string, days: number): string =>
  instantOfKey(earlierKey(instantKey(instant), days * dayMs));

const named = (id: string, name: string | null | undefined): string => (name ? `${id} (${name})` : id);

const itemOf = (
  summary: OpportunitySummary,
  since: string | null | undefined,
  messageOf: (name: string) => string,
): Omit<AttentionItem, 'kind'> => ({
  since: since ?? null,
  message: messageOf(named(summary.id, summary.customer?.account?.companyName)),
  subject: { type: 'Opportunity', id: summary.id, summary },
});

/** Not submitted, or returned by AWS. */
const isOpen = ({ lifeCycle }: OpportunitySummary): boolean =>
  lifeCycle?.stage !== 'Closed Lost' &&
  (lifeCycle?.reviewStatus === 'Pending Submission' || lifeCycle?.reviewStatus === 'Action Required');

const rules: { readonly [Kind in AttentionKind]: Rule } = {
  ACTION_REQUIRED: ({ summaries }) =>
    summaries
      .filter(({ lifeCycle }) => lifeCycle?.reviewStatus === 'Action Required')
      .map((one) =>
        itemOf(
          one,
          one.lastModifiedDate,
          (name) => `AWS asks for changes to ${name}. Make them and submit it again.`,
        ),
      ),
  INVITATION_EXPIRING: ({ watched: { invitations = [] }, now }) =>
    invitations.flatMap((invitation) => {
      const left = daysLeft(invitation, now) ?? 0;
      if (left === 0 || left > expiringDays) return [];
      const { id, senderCompanyName, expirationDate } = invitation;
      const days = left === 1 ? 'within a day' : `in ${left} days`;
      return {
        since: expirationDate ? daysBefore(expirationDate, expiringDays) : null,
        message: `The invitation ${named(id, senderCompanyName)} expires ${days}. Accept or reject it.`,
        subject: { type: 'EngagementInvitation', id, invitation },
      };
    }),
  LEAD_UNTOUCHED: ({ watched: { leads = [] }, now }) =>
    leads
      .filter(({ createdAt }) => compareInstants(createdAt, daysBefore(now, untouchedDays)) <= 0)
      .map(({ id, companyName, createdAt }) => ({
        since: createdAt,
        message: `The lead ${named(id, companyName)} has not been qualified.`,
        subject: { type: 'Lead', id },
      })),
  CLOSE_DATE_PASSED: ({ summaries, now }) =>
    summaries
      .filter((one) => isOverdue(one, now.slice(0, 'YYYY-MM-DD'.length)))
      .map((one) =>
        itemOf(
          one,
          startOf(one.lifeCycle?.targetCloseDate),
          (name) => `The target close date of ${name} has passed. Move it, or close the opportunity.`,
        ),
      ),
  SUBMISSION_FAILED({ summaries, watched: { submissions = [] } }) {
    const failed = new Map(submissions.map(({ id, startTime }) => [id, startTime]));
    return summaries
      .filter((one) => failed.has(one.id) && isOpen(one))
      .map((one) =>
        itemOf(
          one,
          failed.get(one.id),
          (name) => `The submission of ${name} has failed. Correct it and submit it again.`,
        ),
      );
  },
  NOT_SUBMITTED: ({ summaries }) =>
    summaries
      .filter((one) => isOpen(one) && one.lifeCycle?.reviewStatus === 'Pending Submission')
      .map((one) => itemOf(one, one.createdDate, (name) => `${name} has not been submitted to AWS.`)),
  DEFERRED_EDIT_STUCK({ summaries, stuckEdits }) {
    const stuck = new Map(stuckEdits.map((edit) => [edit.opportunityId, edit]));
    return summaries.flatMap((one) => {
      const edit = stuck.get(one.id);
      return edit
        ? [
            itemOf(
              one,
              edit.at,
              (name) => `A change of ${name} that waited for AWS's review was not made: ${edit.message}`,
            ),
          ]
        : [];
    });
  },
};

/** In the order of the schema. */
export const attentionKinds = Object.keys(rules) as AttentionKind[];

/** What needs attention, in no particular order. */
export const attentionOf = (kinds: readonly AttentionKind[], sources: AttentionSources): AttentionItem[] =>
  kinds.flatMap((kind) => rules[kind](sources).map((item) => ({ kind, ...item })));

const separator = ' ';

/** By kind, then oldest first. */
export const attentionOrder: Order<AttentionItem> = {
  placeOf: ({ kind, since, subject }) => ({
    key: `${attentionKinds.indexOf(kind)}${separator}${since ?? ''}`,
    id: subject.id,
  }),
  compare(a, b) {
    const [[kindA = '', sinceA = ''], [kindB = '', sinceB = '']] = [a, b].map(({ key }) =>
      key.split(separator),
    ) as [string[], string[]];
    if (kindA !== kindB) return kindA < kindB ? -1 : 1;
    return compareInstants(sinceA, sinceB) || (a.id < b.id ? -1 : Number(a.id > b.id));
  },
};
