import type { JsonObject } from './json.ts';
import type { Opportunity } from './records/record.ts';
import type { StructureShape } from './shapes/shape.ts';
import type { PartnerState } from './state.ts';
import type { OperationKind } from './values/quotas.ts';

/** One operation of the API. When `run` is called, the input satisfies every constraint of `request`. */
export type Operation = {
  readonly request: StructureShape;
  /** Whether it changes records. */
  readonly kind: OperationKind;
  /** The stored record that the input refers to; values already stored in it are accepted. */
  current?(input: JsonObject, state: PartnerState): Opportunity | undefined;
  /** Returns the response as an object, or as JSON if the operation has that at hand. Throws ApiError. */
  run(input: JsonObject, state: PartnerState): JsonObject | string;
};

/** The response of an operation without output: no body at all. */
export const emptyAnswer = '';
