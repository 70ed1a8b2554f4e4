/** What someone should look at, as far as the summaries of opportunities show it. */
import type { AttentionKind } from '../generated/schema-types.ts';
import type { OpportunitySummary } from '../upstream/wire.ts';
import type { Order } from './filters.ts';
import { compareInstants } from './instants.ts';
import { isOverdue } from './pipeline.ts';

export type AttentionItem = {
  kind: AttentionKind;
  since: string | null;
  message: string;
  subject: OpportunitySummary;
};

type Rule = {
  kind: AttentionKind;
  applies(summary: OpportunitySummary, today: string): boolean;
  since(summary: OpportunitySummary): string | null | undefined;
  message(name: string): string;
};

/** The start of a day in UTC. */
const startOf = (day: string | null | undefined) => day && `${day}T00:00:00Z`;

/** In the order of the schema. */
const rules: readonly Rule[] = [
  {
    kind: 'ACTION_REQUIRED',
    applies: ({ lifeCycle }) => lifeCycle?.reviewStatus === 'Action Required',
    since: ({ lastModifiedDate }) => lastModifiedDate,
    message: (name) => `AWS asks for changes to ${name}. Make them and submit it again.`,
  },
  {
    kind: 'CLOSE_DATE_PASSED',
    applies: isOverdue,
    since: ({ lifeCycle }) => startOf(lifeCycle?.targetCloseDate),
    message: (name) => `The target close date of ${name} has passed. Move it, or close the opportunity.`,
  },
  {
    kind: 'NOT_SUBMITTED',
    applies: ({ lifeCycle }) =>
      lifeCycle?.reviewStatus === 'Pending Submission' && lifeCycle.stage !== 'Closed Lost',
    since: ({ createdDate }) => createdDate,
    message: (name) => `${name} has not been submitted to AWS.`,
  },
];

const nameOf = ({ id, customer }: OpportunitySummary): string =>
  customer?.account?.companyName ? `${id} (${customer.account.companyName})` : id;

/** What needs attention, in no particular order. @param today in UTC, `YYYY-MM-DD` */
export function attentionOf(
  summaries: readonly OpportunitySummary[],
  kinds: readonly AttentionKind[] | null | undefined,
  today: string,
): AttentionItem[] {
  return rules
    .filter(({ kind }) => !kinds?.length || kinds.includes(kind))
    .flatMap(({ kind, applies, since, message }) =>
      summaries
        .filter((summary) => applies(summary, today))
        .map((subject) => ({
          kind,
          since: since(subject) ?? null,
          message: message(nameOf(subject)),
          subject,
        })),
    );
}

const separator = ' ';

/** By kind, then oldest first. */
export const attentionOrder: Order<AttentionItem> = {
  placeOf: ({ kind, since, subject }) => ({
    key: `${rules.findIndex((rule) => rule.kind === kind)}${separator}${since ?? ''}`,
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
