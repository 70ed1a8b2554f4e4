import type { JsonObject } from '../json.ts';
import type { Opportunity } from '../records/record.ts';

/** How AWS takes part in an opportunity, since its first submission. */
export type Involvement = {
  InvolvementType: string;
  Visibility: string;
  /** Who brought it; the partner unless said. */
  Origin?: 'AWS Referral';
  engagement?: Engagement;
};
export type Engagement = { EngagementId: string; EngagementInvitationId: string };

/** A submission under way or done, and what it was asked for. `answer` is what the service says of it. */
export type Task = {
  catalog: string;
  involvement: Involvement;
  answer: JsonObject & { TaskId: string; TaskStatus: string; StartTime: string; OpportunityId: string };
};

/** An opportunity of AWS that waits for the partner to take it. */
export type Referral = {
  catalog: string;
  invitation: JsonObject & { Id: string; Status: string };
  record: Opportunity;
};

/** Something that happens by itself at a given time. */
export type DueTask = { at: number; what: 'task' | 'review'; catalog: string; id: string };

/** What the service stores about opportunities besides the records themselves. */
export type Engagements = {
  readonly involvements: Map<string, Involvement>;
  readonly tasks: Map<string, Task>;
  readonly referrals: Map<string, Referral>;
  /** In order of time. */
  due: DueTask[];
  /** Counts everything that needs an id. */
  count: number;
};

export const createEngagements = (): Engagements => ({
  involvements: new Map(),
  tasks: new Map(),
  referrals: new Map(),
  due: [],
  count: 0,
});

export const involvementKey = (catalog: string, id: string): string => `${catalog}/${id}`;

/** The next id with a prefix: what follows it looks random on the service, and counts here. */
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
