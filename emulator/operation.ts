import type { JsonObject } from './json.ts';
import type { Opportunity } from './records/record.ts';
import type { StructureShape } from './shapes/shape.ts';
import type { World } from './world.ts';

/** One operation of the API. By the time `run` is called, the input has kept every constraint of `request`. */
export type Operation = {
  readonly request: StructureShape;
  /** Whether it changes what is stored. */
  readonly writes: boolean;
  /** The record that the input speaks about, for values that are accepted because they are stored. */
  current?(input: JsonObject, world: World): Opportunity | undefined;
  /** The answer: an object, or its JSON text where an operation keeps that at hand. Throws an ApiError to refuse. */
  run(input: JsonObject, world: World): JsonObject | string;
};
