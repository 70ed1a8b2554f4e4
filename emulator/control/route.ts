import type { Json, JsonObject } from '../json.ts';
import type { EmulatorState, PartnerState } from '../state.ts';

/** The input of a control surface handler, which calls `changed` after changing records. */
export type ControlCall = {
  readonly state: EmulatorState;
  /** The state of the account that the query names. Default: the default partner's. */
  readonly own: PartnerState;
  /** The value of the path's placeholder, such as an id. */
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
  changed(): void;
};

/** Handlers by method for one path, in which one segment may be a placeholder, `:name`. */
export type Route = { readonly path: string } & {
  readonly [Method in 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE']?: (call: ControlCall) => Json;
};

/** An error of the control surface; its message includes what was expected. */
export class ControlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const badRequest = (message: string): ControlError => new ControlError(400, message);

/** Throws on unknown members: a misspelled one would silently test nothing. */
export function onlyMembers(body: JsonObject, known: readonly string[]): void {
  const stray = Object.keys(body).filter((name) => !known.includes(name));
  if (stray.length > 0)
    throw badRequest(`Unknown member ${stray.join(', ')}; expected ${known.join(', ') || 'no members'}`);
}
