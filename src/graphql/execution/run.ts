/** One execution of a plan. */
import type { ResponsePath } from 'graphql';
import type { UnknownEnumValue } from '../open-enums.ts';
import type { Text } from './answer.ts';
import { giveUp, isPromise } from './give-up.ts';
import type { Resolved } from './hand-over.ts';
import type { JsonCache } from './json-cache.ts';

/** What an execution needs, and what it leaves to graphql-js if the plan gives up. */
export type Run = {
  context: object;
  /** Coerced. */
  variables: Record<string, unknown>;
  cache: JsonCache;
  /** Waits until one more record may be written; undefined if it may at once. */
  takeTurn(): Promise<void> | undefined;
  /** What resolvers have returned. */
  resolved: Resolved[];
  /** Values that the schema does not have. */
  unknown: UnknownEnumValue[];
  /** Set when the plan has given up: what is still awaited then must call no resolver any more. */
  isOver: boolean;
};

export type MaybePromise<T> = T | Promise<T>;

/** Continues when a promise is settled. @throws GiveUp, also if the plan has given up in the meantime */
export const whenSettled = <T>(
  promise: PromiseLike<T>,
  run: Run,
  next: (value: T) => MaybePromise<Text>,
): Promise<Text> =>
  Promise.resolve(promise).then(
    (value) => (run.isOver ? giveUp('error') : next(value)),
    () => giveUp('error'),
  );

const ignore = (): void => {};

/** Joins parts, each of which may be a promise. */
export function together(parts: MaybePromise<Text>[]): MaybePromise<Text> {
  if (!parts.some((part) => part instanceof Promise)) return parts as Text[];
  const pending = parts.filter((part) => part instanceof Promise);
  return Promise.all(pending).then((settled) => {
    let next = 0;
    return parts.map((part) => (part instanceof Promise ? (settled[next++] as Text) : part));
  });
}

/**
 * Calls `fn`, which adds to the parts. If it throws, no one awaits the promises among them, nor those among the values that
 * they are made of: these may be rejected.
 */
export function adding(
  parts: MaybePromise<Text>[],
  fn: () => void,
  values: readonly unknown[] = [],
): MaybePromise<Text> {
  try {
    fn();
  } catch (error) {
    for (const one of [...parts, ...values]) if (isPromise(one)) one.then(undefined, ignore);
    throw error;
  }
  return together(parts);
}

/** The keys of a path, from the root. */
export const keysOf = (path: ResponsePath | undefined): (string | number)[] =>
  path ? [...keysOf(path.prev), path.key] : [];
