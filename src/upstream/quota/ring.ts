/** The order in which calls are served. */
import { type FirstPlaces, unlimited } from './first-places.ts';

/** `write` is a write, or a read that a write needs. They are served in this order, see `Ring`. */
export const priorities = ['write', 'interactive', 'background'] as const;
export type Priority = (typeof priorities)[number];

/** What decides when an entry is served. */
export type Entry = {
  caller: string;
  priority: Priority;
  /** A caller's entries take turns by kind, so that its lists need not wait until all of its records are read. */
  kind?: string;
  /** Entries with the same call wait for the same answer. */
  call?: object;
};

function moveToEnd<Value>(map: Map<string, Value>, key: string): void {
  const value = map.get(key);
  if (value !== undefined && map.delete(key)) map.set(key, value);
}

/** Entries of one priority: callers in turn, the kinds of each caller in turn, and of each kind first come, first served. */
class Turns<E extends Entry> {
  private readonly callers: Map<string, Map<string, E[]>>;

  constructor(callers = new Map<string, Map<string, E[]>>()) {
    this.callers = callers;
  }

  enter(entry: E): void {
    const { caller, kind = '' } = entry;
    const kinds = this.callers.get(caller) ?? new Map<string, E[]>();
    const queue = kinds.get(kind) ?? [];
    queue.push(entry);
    this.callers.set(caller, kinds.set(kind, queue));
  }

  /** Removes an entry, at no turn of its caller. */
  leave(entry: E): void {
    const { caller, kind = '' } = entry;
    const kinds = this.callers.get(caller);
    const queue = kinds?.get(kind);
    const index = queue?.indexOf(entry) ?? -1;
    if (!kinds || !queue || index < 0) return;
    queue.splice(index, 1);
    if (queue.length === 0) kinds.delete(kind);
    if (kinds.size === 0) this.callers.delete(caller);
  }

  /** The entry whose turn it is. */
  first(): E | undefined {
    for (const kinds of this.callers.values()) for (const [entry] of kinds.values()) return entry;
    return undefined;
  }

  /** Ends a turn: the caller goes to the end of the callers, and the kind to the end of the caller's kinds. */
  endTurn({ caller, kind = '' }: E): void {
    moveToEnd(this.callers.get(caller) ?? new Map(), kind);
    moveToEnd(this.callers, caller);
  }

  copy(): Turns<E> {
    const copyOf = (kinds: Map<string, E[]>) =>
      new Map([...kinds].map(([kind, queue]) => [kind, [...queue]]));
    return new Turns(new Map([...this.callers].map(([caller, kinds]) => [caller, copyOf(kinds)])));
  }
}

/** The entry to serve next, and until when that stays so if no entry comes or leaves. */
export type Next<E> = { entry: E; isFirst: boolean; until: number };

/**
 * Entries in the order of service. Those of the priority `write` go first while there is a first place for them, and
 * take their callers' turns among the interactive ones otherwise; after these come those of the background.
 *
 * Entries that wait for the same call are served together, at the first turn of any of them: a caller that joins a call brings
 * a turn, and one that leaves takes it away.
 */
export class Ring<E extends Entry> {
  private readonly firstPlaces: FirstPlaces;
  private readonly turns: Readonly<Record<Priority, Turns<E>>>;
  /** The entries by their call; one without a call is alone. */
  private readonly groups: Map<object, Set<E>>;

  constructor(firstPlaces = unlimited, { turns, groups } = emptyRing<E>()) {
    this.firstPlaces = firstPlaces;
    this.turns = turns;
    this.groups = groups;
  }

  /** The number of calls that wait, each counted once. */
  get size(): number {
    return this.groups.size;
  }

  *[Symbol.iterator](): Generator<E> {
    for (const group of this.groups.values()) yield* group;
  }

  /** Checks whether entries of a priority, or of a higher one, wait. */
  hasAtLeast(priority: Priority): boolean {
    return priorities.slice(0, priorities.indexOf(priority) + 1).some((each) => this.turns[each].first());
  }

  enter(entry: E): void {
    for (const turns of this.turnsOf(entry)) turns.enter(entry);
    const group = this.groups.get(entry.call ?? entry) ?? new Set();
    this.groups.set(entry.call ?? entry, group.add(entry));
  }

  /** Removes an entry. Others that wait for the same call stay. */
  leave(entry: E): void {
    for (const turns of this.turnsOf(entry)) turns.leave(entry);
    const group = this.groups.get(entry.call ?? entry);
    group?.delete(entry);
    if (group?.size === 0) this.groups.delete(entry.call ?? entry);
  }

  /** @param areTurnsBlocked whether no turn is possible today, so that every write goes first */
  next(now: number, areTurnsBlocked = false): Next<E> | undefined {
    const { write, interactive, background } = this.turns;
    const first = write.first();
    const firstAt = areTurnsBlocked ? now : this.firstPlaces.freeAt(now);
    const freeAt = first ? firstAt : Number.POSITIVE_INFINITY;
    if (first && freeAt <= now) return { entry: first, isFirst: true, until: Number.POSITIVE_INFINITY };
    const entry = interactive.first() ?? background.first();
    return entry && { entry, isFirst: false, until: freeAt };
  }

  /**
   * Removes the entry that `next` returned, which ends its caller's turn at every priority.
   *
   * @returns it and all that wait for the same call
   */
  serve({ entry, isFirst }: Next<E>, now: number): E[] {
    if (isFirst) this.firstPlaces.take(now);
    else this.firstPlaces.turn();
    const served = [...(this.groups.get(entry.call ?? entry) ?? [])];
    for (const each of served) this.leave(each);
    for (const priority of priorities) this.turns[priority].endTurn(entry);
    return served;
  }

  /** The same entries in the same order, for a simulation. */
  copy(): Ring<E> {
    const { write, interactive, background } = this.turns;
    const turns = {
      write: write.copy(),
      interactive: interactive.copy(),
      background: background.copy(),
    };
    const groups = new Map([...this.groups].map(([call, group]) => [call, new Set(group)]));
    return new Ring(this.firstPlaces.copy(), { turns, groups });
  }

  /** An entry that may go first has a turn as well. */
  private turnsOf({ priority }: E): Turns<E>[] {
    return priority === 'write' ? [this.turns.write, this.turns.interactive] : [this.turns[priority]];
  }
}

function emptyRing<E extends Entry>() {
  const turns = { write: new Turns<E>(), interactive: new Turns<E>(), background: new Turns<E>() };
  return { turns, groups: new Map<object, Set<E>>() };
}
