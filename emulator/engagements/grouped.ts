/**
 * A map whose values can also be found by a second key that several of them share, without a look at all the others:
 * the jobs of an opportunity, for example.
 */
export class GroupedMap<Value> extends Map<string, Value> {
  readonly #groupOf: (value: Value) => string;
  readonly #groups = new Map<string, Map<string, Value>>();

  constructor(groupOf: (value: Value) => string) {
    super();
    this.#groupOf = groupOf;
  }

  /** The values of a group, in the order in which their keys were first set. */
  inGroup(group: string): Value[] {
    return [...(this.#groups.get(group)?.values() ?? [])];
  }

  override set(key: string, value: Value): this {
    const group = this.#groupOf(value);
    const before = this.get(key);
    if (before !== undefined && this.#groupOf(before) !== group) this.#leave(before, key);
    const members = this.#groups.get(group) ?? new Map<string, Value>();
    this.#groups.set(group, members.set(key, value));
    return super.set(key, value);
  }

  override delete(key: string): boolean {
    const value = this.get(key);
    if (value !== undefined) this.#leave(value, key);
    return super.delete(key);
  }

  override clear(): void {
    this.#groups.clear();
    super.clear();
  }

  #leave(value: Value, key: string): void {
    const group = this.#groupOf(value);
    const members = this.#groups.get(group);
    members?.delete(key);
    if (members?.size === 0) this.#groups.delete(group);
  }
}
