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

/** Something that happens by itself when its time comes. */
export type Due = { at: number; what: 'task' | 'review'; catalog: string; id: string };

/** What the service knows of opportunities beside the records themselves. */
export type Ledger = {
  readonly involvements: Map<string, Involvement>;
  readonly tasks: Map<string, Task>;
  readonly referrals: Map<string, Referral>;
  /** In order of time. */
  due: Due[];
  /** Counts everything that needs an id. */
  count: number;
};

export const createLedger = (): Ledger => ({
  involvements: new Map(),
  tasks: new Map(),
  referrals: new Map(),
  due: [],
  count: 0,
});

export const involvementKey = (catalog: string, id: string): string => `${catalog}/${id}`;

/** The next id with a prefix: what follows it looks random on the service, and counts here. */
export function nextLedgerId(ledger: Ledger, prefix: string, length = 13): string {
  ledger.count += 1;
  return `${prefix}${ledger.count.toString(36).padStart(length, '0')}`;
}

export const ledgerState = ({ involvements, tasks, referrals, due, count }: Ledger) => ({
  involvements: [...involvements],
  tasks: [...tasks],
  referrals: [...referrals],
  due,
  count,
});

/** Makes a ledger what another one was; without one, empty. */
export function restoreLedger(ledger: Ledger, state: Partial<ReturnType<typeof ledgerState>> = {}): void {
  for (const name of ['involvements', 'tasks', 'referrals'] as const) {
    const map: Map<string, unknown> = ledger[name];
    map.clear();
    for (const [key, value] of state[name] ?? []) map.set(key, value);
  }
  ledger.due = state.due ?? [];
  ledger.count = state.count ?? 0;
}
