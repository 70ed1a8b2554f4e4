import { areDisjoint, type Outcome, type PendingPatch, type RecordStore, update } from '../domain/update.ts';
import { Fault } from '../fault.ts';

/** A patch that waits for its turn, with the store of its own request. */
type QueuedPatch = {
  pending: PendingPatch;
  store: RecordStore;
  /** True if it must be written alone, because a write with others failed through no fault of its own. */
  isAlone: boolean;
  resolve(outcome: Outcome): void;
  reject(reason: unknown): void;
};

/**
 * The patches of this process, one write per opportunity at a time: patches of one record wait instead of conflicting,
 * and those that wait together and share no field are one write, since AWS allows one write per second.
 */
export function createWriteQueue() {
  const queues = new Map<string, QueuedPatch[]>();

  /** The first patch, and all that can be written with it without overtaking one that shares a field. */
  function nextBatch(queue: QueuedPatch[]): QueuedPatch[] {
    const [leader] = queue;
    if (!leader) return [];
    const group = [leader];
    if (!leader.isAlone)
      for (const [index, next] of queue.entries())
        if (
          index > 0 &&
          !next.isAlone &&
          queue.slice(0, index).every(({ pending }) => areDisjoint(pending, next.pending))
        )
          group.push(next);
    for (const taken of group) queue.splice(queue.indexOf(taken), 1);
    return group;
  }

  async function write(queue: QueuedPatch[], group: QueuedPatch[]): Promise<void> {
    const [leader, ...followers] = group;
    if (!leader) return;
    // The leader may run out of time; the others are then written alone, each within its own deadline.
    const alone = (): void =>
      void queue.unshift(...followers.map((follower) => ({ ...follower, isAlone: true })));
    try {
      const outcomes = await update(
        leader.store,
        group.map(({ pending }) => pending),
      );
      // An unknown outcome applies to every patch: sending one again could undo what someone else has written since.
      for (const [index, outcome] of outcomes.entries()) group[index]?.resolve(outcome);
    } catch (error) {
      // AWS rejected the values of one of them; they are written one by one to find out which.
      const isMixed = followers.length > 0 && error instanceof Fault && error.code === 'VALIDATION';
      if (isMixed) queue.unshift(...group.map((each) => ({ ...each, isAlone: true })));
      else {
        leader.reject(error);
        alone();
      }
    }
  }

  async function drain(id: string, queue: QueuedPatch[]): Promise<void> {
    while (queue.length > 0) await write(queue, nextBatch(queue));
    queues.delete(id);
  }

  return {
    /** Applies a patch to an opportunity when its turn comes. @throws what `update` throws for it */
    enqueue(id: string, pending: PendingPatch, store: RecordStore): Promise<Outcome> {
      return new Promise((resolve, reject) => {
        const waiting: QueuedPatch = { pending, store, isAlone: false, resolve, reject };
        const queue = queues.get(id);
        if (queue) {
          queue.push(waiting);
          return;
        }
        const fresh = [waiting];
        queues.set(id, fresh);
        void drain(id, fresh);
      });
    },
  };
}

export type WriteQueue = ReturnType<typeof createWriteQueue>;
