/** Which process carries out which piece of work, one process at a time. */

export type JobQueue = {
  /** Has a piece of work carried out soon, once. One that is waiting already is left as it is. */
  add(id: string): Promise<void>;
  /**
   * Carries out what is added, here or by another process, until the queue is closed. What a dead process was at is carried
   * out again by another one, and so is what throws, after a pause.
   *
   * @param carryOut is told by `signal` that the queue is being closed, or that another process may have taken over
   */
  start(carryOut: (id: string, signal: AbortSignal) => Promise<void>): void;
  /** Starts nothing new, aborts the signals of what is under way, and waits for it. */
  close(): Promise<void>;
};
