import type { JsonObject } from '../json.ts';
import type { Opportunity } from '../records/record.ts';

/** AWS's involvement in an opportunity, from its first submission on. */
export type Involvement = {
  InvolvementType: string;
  Visibility: string;
  /** Default: the partner. */
  Origin?: 'AWS Referral';
  engagement?: Engagement;
};
export type Engagement = { EngagementId: string; EngagementInvitationId: string };

/** A submission in progress or finished, with the involvement requested. `answer` is the task as the API returns it. */
export type Task = {
  account: string;
  catalog: string;
  involvement: Involvement;
  answer: JsonObject & { TaskId: string; TaskStatus: string; StartTime: string; OpportunityId: string };
};

/** An opportunity from AWS that awaits the partner's acceptance. */
export type Referral = {
  account: string;
  catalog: string;
  invitation: JsonObject & { Id: string; Status: string };
  record: Opportunity;
};

/** A task to run at a given time. */
export type DueTask = { at: number; what: 'task' | 'review'; account: string; catalog: string; id: string };

/** What the service stores about opportunities besides the records themselves. */
export type Engagements = {
  readonly involvements: Map<string, Involvement>;
  readonly tasks: Map<string, Task>;
  readonly referrals: Map<string, Referral>;
  /** Ordered by time. */
  due: DueTask[];
  /** The number of ids issued. */
  count: number;
};

export const createEngagements = (): Engagements => ({
  involvements: new Map(),
  tasks: new Map(),
  referrals: new Map(),
  due: [],
  count: 0,
});

export const involvementKey = (account: string, catalog: string, id: string): string =>
  `${account}/${catalog}/${id}`;

/** The next id with a prefix; the rest looks random on the service, and is a counter here. */
export function nextId(engagements: Engagements, prefix: string, length = 13): string {
  engagements.count += 1;
  return `${prefix}${engagements.count.toString(36).padStart(length, '0')}`;
}

export const engagementsContent = ({ involvements, tasks, referrals, due, count }: Engagements) => ({
  involvements: [...involvements],
  tasks: [...tasks],
  referrals: [...referrals],
  due,
  count,
});

/** Restores what `engagementsContent` saved; empties everything if there is nothing to restore. */
export function restoreEngagements(
  engagements: Engagements,
  content: Partial<ReturnType<typeof engagementsContent>> = {},
): void {
  for (const name of ['involvements', 'tasks', 'referrals'] as const) {
    const map: Map<string, unknown> = engagements[name];
    map.clear();
    for (const [key, value] of content[name] ?? []) map.set(key, value);
  }
  engagements.due = content.due ?? [];
  engagements.count = content.count ?? 0;
}
