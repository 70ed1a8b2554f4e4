/** Which process carries out which piece of work, one process at a time. */

export type CarryOut = (id: string, signal: AbortSignal) => Promise<void>;

export type QueueOptions = {
  /** How many pieces of work this process carries out at a time; 4 by default. */
  concurrency?: number;
};

export const defaultConcurrency = 4;

export type JobQueue = {
  /**
   * Has a piece of work carried out soon, once. One that is waiting already is left as it is; one that is being carried out
   * is carried out once more afterwards.
   *
   * A queue of one process forgets its work when the process ends. So the owner of the work, which keeps it in the store, adds
   * all that is unfinished when it starts; that does no harm in a queue that remembers.
   *
   * @throws StoreUnavailable
   */
  add(id: string): Promise<void>;
  /**
   * Carries out what is added, here or by another process, until the queue is closed. What a dead process was at is carried
   * out again by another one, and so is what throws, after a pause.
   *
   * @param carryOut learns from `signal` that the queue is being closed, or that another process may have taken over
   */
  start(carryOut: CarryOut, options?: QueueOptions): void;
  /** Starts nothing new, aborts the signals of work in progress, and waits for it. */
  close(): Promise<void>;
};
