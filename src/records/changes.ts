/** What has changed in an account, for all who follow it: caches, the index, subscriptions, those who wait for tasks. */
import type { Task } from '../domain/tasks.ts';
import type { OpportunitySummary } from '../upstream/wire.ts';

/** A change of an opportunity. `LOST` means that it is not visible any more, as after a rejected invitation. */
export type OpportunityChange = {
  type: 'Opportunity';
  kind: 'CREATED' | 'UPDATED' | 'LOST';
  id: string;
  /** Of the version that it has become; of the last one that was known if it is lost. */
  lastModifiedDate: string;
  /** Its place in the feed of changes, see `domain/feed.ts`. */
  position: string;
  /** As AWS lists it; the last version if it is lost. */
  summary: OpportunitySummary;
  /** The fields that differ from the version before, if that was known. */
  changedFields?: readonly string[] | undefined;
};

export type Change =
  | OpportunityChange
  | { type: 'Engagement'; id: string }
  | { type: 'EngagementInvitation'; id: string }
  | { type: 'Task'; task: Task };

export type Changes = {
  /** Calls every listener, in the order of the calls. */
  publish(change: Change): void;
  /** Returns a function that ends it. A listener is called within `publish`, so it must be quick and must not throw. */
  listen(listener: (change: Change) => void): () => void;
};

export function createChanges(): Changes {
  const listeners = new Set<(change: Change) => void>();
  return {
    publish(change) {
      for (const listener of listeners) listener(change);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
