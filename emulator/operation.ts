import type { JsonObject } from './json.ts';
import type { Opportunity } from './records/record.ts';
import type { StructureShape } from './shapes/shape.ts';
import type { EmulatorState } from './state.ts';

/** One operation of the API. By the time `run` is called, the input has kept every constraint of `request`. */
export type Operation = {
  readonly request: StructureShape;
  /** Whether it changes what is stored, and with it the quota that it counts against. */
  readonly kind: 'read' | 'write';
  /** The record that the input speaks about, for values that are accepted because they are stored. */
  current?(input: JsonObject, state: EmulatorState): Opportunity | undefined;
  /** The answer: an object, or its text where an operation has that at hand. Throws an ApiError to refuse. */
  run(input: JsonObject, state: EmulatorState): JsonObject | string;
};

/** The answer of an operation that has nothing to say: no body at all. */
export const emptyAnswer = '';
