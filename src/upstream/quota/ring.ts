/** The order in which calls are served. */

/** `write` is a write, or a read that a write needs. They are served in this order. */
export const priorities = ['write', 'interactive', 'background'] as const;
export type Priority = (typeof priorities)[number];

/**
 * Entries in queues: served by priority, within a priority each queue in turn, within a queue first come, first served.
 * An entry may be in several queues of its priority, and is served once, at the first turn of any of them.
 */
export class Ring<Entry extends { priority: Priority }> {
  /** The queues of each priority by name, in the order of their turns. */
  private readonly queues: Record<Priority, Map<string, Entry[]>> = {
    write: new Map(),
    interactive: new Map(),
    background: new Map(),
  };
  /** The names of the queues that each entry is in. */
  private readonly entries = new Map<Entry, Set<string>>();

  get size(): number {
    return this.entries.size;
  }

  [Symbol.iterator](): Iterator<Entry> {
    return this.entries.keys();
  }

  /** Adds an entry to the end of a queue, unless it is in that queue already. */
  enter(entry: Entry, name: string): void {
    const names = this.entries.get(entry) ?? new Set();
    if (names.has(name)) return;
    this.entries.set(entry, names.add(name));
    const queues = this.queues[entry.priority];
    const queue = queues.get(name);
    if (queue) queue.push(entry);
    else queues.set(name, [entry]);
  }

  /** Removes an entry from all of its queues, none of which loses its turn. */
  leave(entry: Entry): void {
    const queues = this.queues[entry.priority];
    for (const name of this.entries.get(entry) ?? []) {
      const queue = queues.get(name) ?? [];
      queue.splice(queue.indexOf(entry), 1);
      if (queue.length === 0) queues.delete(name);
    }
    this.entries.delete(entry);
  }

  /** The entry to serve next. */
  next(): Entry | undefined {
    for (const priority of priorities) for (const [first] of this.queues[priority].values()) return first;
    return undefined;
  }

  /** Removes the entry that `next` returned. The queue whose turn it was goes to the end. */
  serve(next: Entry): void {
    const queues = this.queues[next.priority];
    const [name = ''] = queues.keys();
    const queue = queues.get(name) ?? [];
    this.leave(next);
    if (queues.delete(name)) queues.set(name, queue);
  }

  /**
   * Asks `isServed` about each entry of a priority once, in the order of service as it will be if no entry comes or
   * leaves. An entry that is not served does not use up its queue's turn: the next in the same queue is asked.
   */
  simulate(priority: Priority, isServed: (entry: Entry) => boolean): void {
    const asked = new Set<Entry>();
    const takesTurn = (entry: Entry) => {
      if (asked.has(entry)) return false; // an earlier turn, of another queue, was its own
      asked.add(entry);
      return isServed(entry);
    };
    // One turn of each queue per round; `some` leaves a queue's iterator where its turn ended.
    let round = [...this.queues[priority].values()].map((queue) => queue.values());
    while (round.length > 0) round = round.filter((queue) => queue.some(takesTurn));
  }
}
