/** What an account does with an event: what it makes stale is dropped at once, and reported as soon as AWS has been asked. */

import type { Account } from '../accounts/account.ts';
import { backgroundScope } from '../accounts/background.ts';
import { calendar } from '../clock.ts';
import { secondsBetween } from '../domain/instants.ts';
import type { PartnerEvent } from '../domain/partner-event.ts';
import { errorForLog, Fault } from '../fault.ts';
import { boundedMap } from '../records/bounded.ts';
import { lagMs } from '../records/sightings.ts';
import type { Outcome } from './consumer.ts';
import { dropRelated, expireOpportunity, opportunitiesOf } from './effects.ts';
import type { EventMetrics } from './metrics.ts';
import { createNotices } from './notices.ts';
import { type EventFilter, parseEvent } from './parse.ts';
import { createProofs, type Seen } from './proofs.ts';

/** Events whose ids are remembered: more than come within the hours for which a queue repeats one. */
const maxRemembered = 20_000;
/** How long a proof may wait for the quota. With the window before it, this is less than a message is hidden. */
const proofMs = 40_000;

export type IntakeOptions = {
  filter: EventFilter;
  metrics: EventMetrics;
  log: {
    warn(details: object, message: string): void;
    error(details: object, message: string): void;
  };
  /** Reports to the other replicas an event that this one has taken. */
  publish(event: PartnerEvent): void;
};

/** A message with an event: its body, and how often it has been received. */
type Message = { id: string; body: string; receiveCount: number };

export function createIntake(account: Account, { filter, log, metrics, publish }: IntakeOptions) {
  const { cache, clock, coalescer } = account;
  const stopping = new AbortController();
  /** By the id of an event: settles when it has been proven. */
  const taken = boundedMap<Promise<void>>(maxRemembered);
  const applied = boundedMap<true>(maxRemembered);
  const notices = createNotices(clock, account.changes);
  const repeats = new Set<() => void>();

  const proofs = createProofs({
    clock,
    async lookUp(ids) {
      const scope = backgroundScope(account, proofMs, stopping.signal);
      return Promise.all(ids.map((id) => coalescer.lookUp(id, scope).catch((error: Error) => error)));
    },
    onSeen,
  });

  function onSeen(seen: readonly Seen[]): void {
    // A record that no list has as changed yet has to be read again, even if a list has it.
    for (const { id, isBehind } of seen) if (isBehind) cache.merge({ id, isCurrent: false });
    const summaries = seen.flatMap(({ summary }) => summary ?? []);
    account.sightings.note(summaries, { asked: seen.map(({ id }) => id), isAnnounced: true });
    for (const { id, isPending } of seen) if (isPending) cache.expire(id);
  }

  /** What an event does at once, in every replica and once. */
  function apply(event: PartnerEvent): void {
    if (applied.has(event.id)) return;
    applied.set(event.id, true);
    const { opportunityId, engagementId, invitationId } = event;
    expireOpportunity(account, event);
    dropRelated(account, event);
    // What is read before AWS shows the change is not kept.
    const cancel = clock.setTimer(() => {
      repeats.delete(cancel);
      dropRelated(account, event);
    }, lagMs);
    repeats.add(cancel);
    if (engagementId) account.timeline.note(engagementId, event);
    account.taskPoller.hint([opportunityId, engagementId, invitationId].filter((id) => id !== undefined));
    notices.note(event);
  }

  async function prove(ids: readonly string[], { time }: PartnerEvent): Promise<void> {
    await Promise.all(ids.map((id) => proofs.prove(id, time)));
  }

  async function takeEvent(event: PartnerEvent): Promise<Outcome> {
    const known = taken.get(event.id);
    const ids = known ? [] : opportunitiesOf(account, event);
    if (known) metrics.count('duplicate');
    else {
      apply(event);
      publish(event);
    }
    const handling = known ?? prove(ids, event);
    taken.set(event.id, handling);
    try {
      await handling;
      if (!known) metrics.handled(secondsBetween(event.time, calendar.instant()));
      return 'done';
    } catch (error) {
      // The queue brings it again, and then it is not a duplicate.
      if (taken.get(event.id) === handling) taken.delete(event.id);
      if (!known) metrics.count('later');
      if (!(error instanceof Fault)) log.error(errorForLog(error), 'event not handled');
      return 'later';
    }
  }

  return {
    /** Takes a message of the queue; never throws. */
    async take({ id, body, receiveCount }: Message): Promise<Outcome> {
      const parsed = parseEvent(body, filter);
      if ('event' in parsed) return takeEvent(parsed.event);
      if ('skipped' in parsed) {
        metrics.count(parsed.skipped);
        return 'done';
      }
      metrics.count('malformed');
      const { problem } = parsed;
      if (receiveCount === 1) log.warn({ messageId: id, problem }, 'malformed event');
      return 'unusable';
    },
    /** Takes note of an event that another replica has received, and will prove. */
    hear: apply,
    /** Lets those who wait for a proof go, so that their messages come again. */
    stop(): void {
      const reason = new Fault('UPSTREAM_UNAVAILABLE', 'The gateway is stopping.');
      stopping.abort(reason);
      proofs.stop(reason);
      notices.stop();
      for (const cancel of repeats) cancel();
    },
  };
}

export type Intake = ReturnType<typeof createIntake>;
