import { areDisjoint, type Outcome, type PendingPatch, type RecordStore, update } from '../domain/update.ts';
import { Fault } from '../fault.ts';

/** A patch that waits for its turn, with the store of its own request. */
type QueuedPatch = {
  pending: PendingPatch;
  store: RecordStore;
  /** True if it must be written alone: it is not a caller's, or a write with others failed through no fault of its own. */
  isAlone: boolean;
  resolve(outcome: Outcome): void;
  reject(reason: unknown): void;
};

/** Other work on an opportunity, such as associations, during which nothing else is written to it. */
type QueuedWork = { run(): Promise<void> };
type Queue = (QueuedPatch | QueuedWork)[];

const isPatch = (queued: QueuedPatch | QueuedWork): queued is QueuedPatch => 'pending' in queued;

/**
 * The writes of this process, one per opportunity at a time: those of one record wait instead of conflicting, and patches
 * that wait together and share no field are one write, since AWS allows one write per second.
 */
export function createWriteQueue() {
  const queues = new Map<string, Queue>();

  /** The patches after a first one that can be written with it without overtaking other work, or one that shares a field. */
  function followersOf(leader: QueuedPatch, queue: Queue): QueuedPatch[] {
    if (leader.isAlone) return [];
    const end = queue.findIndex((queued) => !isPatch(queued));
    const patches = (end < 0 ? queue : queue.slice(0, end)).filter(isPatch);
    return patches.filter(
      (next, index) =>
        !next.isAlone &&
        [leader, ...patches.slice(0, index)].every(({ pending }) => areDisjoint(pending, next.pending)),
    );
  }

  async function write(queue: Queue, leader: QueuedPatch): Promise<void> {
    const followers = followersOf(leader, queue);
    for (const taken of followers) queue.splice(queue.indexOf(taken), 1);
    const group = [leader, ...followers];
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

  async function drain(id: string, queue: Queue): Promise<void> {
    for (let next = queue.shift(); next; next = queue.shift())
      await (isPatch(next) ? write(queue, next) : next.run());
    queues.delete(id);
  }

  function add(id: string, queued: QueuedPatch | QueuedWork): void {
    const queue = queues.get(id);
    if (queue) {
      queue.push(queued);
      return;
    }
    const fresh = [queued];
    queues.set(id, fresh);
    void drain(id, fresh);
  }

  return {
    /** Applies a patch to an opportunity when its turn comes. @throws what `update` throws for it */
    enqueue(
      id: string,
      pending: PendingPatch,
      store: RecordStore,
      { isAlone = false } = {},
    ): Promise<Outcome> {
      return new Promise((resolve, reject) => add(id, { pending, store, isAlone, resolve, reject }));
    },

    /**
     * Does other work on an opportunity when its turn comes; other writes wait until it ends. The work must not wait for
     * a turn of the same opportunity itself.
     *
     * @throws what the work throws
     */
    run<T>(id: string, work: () => Promise<T>): Promise<T> {
      return new Promise((resolve, reject) => {
        const run = async () => {
          try {
            resolve(await work());
          } catch (error) {
            reject(error);
          }
        };
        add(id, { run });
      });
    },
  };
}

export type WriteQueue = ReturnType<typeof createWriteQueue>;
