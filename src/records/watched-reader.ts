/** How what is watched besides opportunities is read: in a few calls, however much there is. */
import { type Clock, calendar } from '../clock.ts';
import {
  expiringDays,
  type FailedSubmission,
  type UnqualifiedLead,
  untouchedDays,
} from '../domain/attention.ts';
import { engagementInput } from '../domain/engagements.ts';
import { daysLeft, withPlainId } from '../domain/invitations.ts';
import { leadsIn } from '../domain/leads.ts';
import {
  type EngagementRecord,
  type EngagementSummary,
  engagementsOf,
  type InvitationPage,
} from '../upstream/wire.ts';
import { readEngagement } from './engagement-details.ts';
import type { RequestScope } from './in-flight.ts';
import type { RelatedCaches } from './related.ts';
import { taskLists } from './task-lists.ts';
import type { SeenPart } from './watched.ts';

/** AWS's largest page of invitations and of engagements. */
const maxResults = 100;
/** The most pages of a list that are looked at. */
const maxPages = 5;
/** The most leads that are read at a time; the others follow the next time. */
const maxLeads = 20;

/** The pages of a list, as many as are looked at. */
async function pagesOf<Page extends { nextToken?: string | null | undefined }>(
  call: (nextToken: string | undefined) => Promise<Page>,
): Promise<Page[]> {
  const pages: Page[] = [];
  do pages.push(await call(pages.at(-1)?.nextToken ?? undefined));
  while (pages.at(-1)?.nextToken && pages.length < maxPages);
  return pages;
}

const invitationsOn = ({ engagementInvitationSummaries }: InvitationPage) =>
  (engagementInvitationSummaries ?? []).flatMap((one) =>
    one?.id ? withPlainId({ ...one, id: one.id }) : [],
  );

const isConverted = ({ contextTypes }: EngagementSummary): boolean =>
  contextTypes?.includes('CustomerProject') ?? false;

/** AWS's guide lets a lead begin as `Unqualified`; AWS itself gives it no status (AWS: working with leads). */
const unqualifiedIn = (engagement: EngagementRecord, createdAt: string): UnqualifiedLead[] =>
  leadsIn(engagement)
    .filter(({ content: { qualificationStatus: status } }) => !status || status === 'Unqualified')
    .map(({ id, content }) => ({ id, companyName: content.customer?.companyName ?? null, createdAt }));

type ReaderTools = { clock: Clock; related: Pick<RelatedCaches, 'details' | 'engagements'> };
type Answer<Part extends SeenPart['part']> = Promise<Extract<SeenPart, { part: Part }> | undefined>;

export function createWatchedReader({ clock, related }: ReaderTools) {
  /** The leads of engagements without a qualification, by the version in which they were read. */
  let known = new Map<string, { modifiedAt: string; leads: UnqualifiedLead[] }>();

  return {
    /** One call for a hundred pending invitations, the oldest five hundred at most. @throws Fault */
    async invitations({ send }: RequestScope): Answer<'invitations'> {
      const asOf = calendar.instant();
      const pages = await pagesOf((nextToken) =>
        send('ListEngagementInvitations', {
          participantType: 'RECEIVER',
          status: ['PENDING'],
          sort: { sortBy: 'InvitationDate', sortOrder: 'ASCENDING' },
          maxResults,
          nextToken,
        }),
      );
      // A day more than needs attention now, until the next look.
      const isSoon = (left: number | null) => left !== null && left > 0 && left <= expiringDays + 1;
      const items = pages.flatMap(invitationsOn).filter((one) => isSoon(daysLeft(one, asOf)));
      return { part: 'invitations', asOf, items };
    },

    /** One call: the latest thousand submissions. @throws Fault */
    async submissions({ send }: RequestScope): Answer<'submissions'> {
      const asOf = calendar.instant();
      const { call, maxResults } = taskLists.EngagementFromOpportunityTask;
      const { tasks } = await call({ maxResults }, send);
      const latest = new Map<string, (typeof tasks)[number]>();
      for (const task of tasks)
        if (task.opportunityId && !latest.has(task.opportunityId)) latest.set(task.opportunityId, task);
      const items = [...latest]
        .filter(([, { status }]) => status === 'FAILED')
        .map(([id, { startTime }]): FailedSubmission => ({ id, startTime }));
      return { part: 'submissions', asOf, items };
    },

    /**
     * One call for a hundred engagements with leads, the newest five hundred at most, and one for each that is due and not
     * known in this version. Undefined if there are more of these than are read at a time. @throws Fault
     */
    async leads(scope: RequestScope): Answer<'leads'> {
      const asOf = calendar.instant();
      const input = engagementInput({ contextTypes: ['Lead'] });
      const pages = await pagesOf((nextToken) =>
        scope.send('ListEngagements', { ...input, maxResults, nextToken }),
      );
      // A day before they need attention, until the next look.
      const cameBefore = calendar.instant(-(untouchedDays - 1) * 86_400_000);
      const found = new Map<string, { modifiedAt: string; leads: UnqualifiedLead[] }>();
      let reads = 0;
      let isComplete = true;
      for (const one of pages.flatMap(engagementsOf)) {
        const { id, createdAt, modifiedAt } = one;
        if (!createdAt || !modifiedAt || isConverted(one) || Date.parse(createdAt) > Date.parse(cameBefore))
          continue;
        const before = known.get(id);
        if (before?.modifiedAt === modifiedAt) {
          found.set(id, before);
          continue;
        }
        const cached = related.details.getVersion(id, modifiedAt);
        if (!cached && reads === maxLeads) {
          isComplete = false;
          continue;
        }
        if (!cached) reads += 1;
        const engagement = cached ?? (await readEngagement(id, { scope, clock, ...related }));
        if (engagement) found.set(id, { modifiedAt, leads: unqualifiedIn(engagement, createdAt) });
      }
      known = found;
      if (!isComplete) return undefined;
      return { part: 'leads', asOf, items: [...found.values()].flatMap(({ leads }) => leads) };
    },
  };
}
