/** What is computed of an operation and depends on few of its variables, or on none. */
import type { OperationDefinitionNode } from 'graphql';

type Values = Readonly<Record<string, unknown>>;

/** A result, and the variables that were looked at for it. */
type Known<Result> = { result: Result; read: ReadonlyMap<string, unknown> };

/** The most results of an operation, such as those for different sizes of pages. */
const maxResults = 8;

/** Longer strings are not remembered. */
const maxLength = 100;

const absent = Symbol('absent');
const given = (variables: Values, name: string): unknown =>
  Object.hasOwn(variables, name) ? variables[name] : absent;

const isPlain = (value: unknown): boolean =>
  value === null || (typeof value === 'string' ? value.length <= maxLength : typeof value !== 'object');

/** The variables, which are noted in `read` when they are looked at. */
function observed(variables: Values, read: Map<string, unknown>): Record<string, unknown> {
  function note(name: string | symbol): void {
    if (typeof name === 'string') read.set(name, given(variables, name));
  }
  return new Proxy(variables, {
    get(target, name) {
      note(name);
      return Reflect.get(target, name);
    },
    has(target, name) {
      note(name);
      return Reflect.has(target, name);
    },
    getOwnPropertyDescriptor(target, name) {
      note(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
  });
}

/** Remembers results as long as the documents of their operations exist. Those that depend on lists or objects are not. */
export function createMemo<Result>() {
  const known = new WeakMap<OperationDefinitionNode, Known<Result>[]>();

  /**
   * @param variables coerced
   * @param compute is given the variables, and may not list their names
   */
  return (
    operation: OperationDefinitionNode,
    variables: Values,
    compute: (variables: Record<string, unknown>) => Result,
  ): Result => {
    const results = known.get(operation) ?? [];
    const before = results.find(({ read }) =>
      read.entries().every(([name, value]) => given(variables, name) === value),
    );
    if (before) return before.result;
    const read = new Map<string, unknown>();
    const result = compute(observed(variables, read));
    if (results.length < maxResults && read.values().every(isPlain)) {
      results.push({ result, read });
      known.set(operation, results);
    }
    return result;
  };
}
