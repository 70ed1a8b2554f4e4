/**
 * Why a plan does not write a response: a resolver has thrown (`error`), a null is where none may be (`null`), a value has
 * another form than its type (`value`), or the selection is too large to be planned (`size`).
 */
export type Reason = 'error' | 'null' | 'value' | 'size';

/** Leaves a response to graphql-js. Errors are never imitated: it executes the operation, and reports them. */
export class GiveUp extends Error {
  readonly reason: Reason;
  constructor(reason: Reason) {
    super(reason);
    this.reason = reason;
  }
}

export function giveUp(reason: Reason): never {
  throw new GiveUp(reason);
}

export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function';

export const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

/** A value that is neither an error nor a promise. @throws GiveUp */
export const checked = (value: unknown): unknown =>
  value instanceof Error || isPromise(value) ? giveUp('error') : value;
