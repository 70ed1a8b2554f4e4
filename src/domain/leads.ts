/** Leads, each of which is a context of an engagement. */
import type { EngagementRecord, WireContext, WireLead } from '../upstream/wire.ts';
import { leadIdOf } from './ids.ts';

/** A lead in one version of its engagement. */
export type EngagementLead = {
  id: string;
  contextId: string;
  engagement: EngagementRecord;
  /** As AWS keeps it, members that are newer than the SDK included. */
  content: WireLead;
};

function leadIn(engagement: EngagementRecord, { id, payload }: WireContext): EngagementLead | undefined {
  const content = payload?.lead;
  // Contexts have had ids since leads came; without one it could not be changed.
  return id && content ? { id: leadIdOf(engagement.id, id), contextId: id, engagement, content } : undefined;
}

/** The leads of an engagement, in the order of its contexts. */
export const leadsIn = (engagement: EngagementRecord): EngagementLead[] =>
  (engagement.contexts ?? []).flatMap((context) => (context && leadIn(engagement, context)) ?? []);

/**
 * The tasks that have converted a lead or tried to, of all those of its engagement, latest first. A task names the lead,
 * or the context of the project that it has added: AWS's pages disagree.
 */
export function conversionsOf<Task extends { contextId: string | null }>(
  lead: EngagementLead,
  tasks: readonly Task[],
): Task[] {
  const others = leadsIn(lead.engagement).filter(({ id }) => id !== lead.id);
  return tasks.filter(({ contextId }) => !others.some((other) => other.contextId === contextId));
}
