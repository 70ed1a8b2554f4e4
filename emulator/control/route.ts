import type { Json, JsonObject } from '../json.ts';
import type { EmulatorState } from '../state.ts';

/** What a handler of the control surface gets. `changed` is called when records changed. */
export type ControlCall = {
  readonly state: EmulatorState;
  /** What the path's placeholder stands for, an id for instance. */
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
  changed(): void;
};

/** Handlers by method for one path; one step of a path may be a placeholder, `:name`. */
export type Route = { readonly path: string } & {
  readonly [Method in 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE']?: (call: ControlCall) => Json;
};

/** A refusal of the control surface; its message says what was wrong and what would be right. */
export class ControlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const badRequest = (message: string): ControlError => new ControlError(400, message);

/** Refuses members that nothing would read: a misspelled one would be a test that tests nothing. */
export function onlyMembers(body: JsonObject, known: readonly string[]): void {
  const stray = Object.keys(body).filter((name) => !known.includes(name));
  if (stray.length > 0)
    throw badRequest(
      `Unknown member ${stray.join(', ')}; this call takes ${known.join(', ') || 'no members'}`,
    );
}
