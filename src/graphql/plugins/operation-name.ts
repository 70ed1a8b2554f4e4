import type { Step } from './in-sequence.ts';

/** Ignores an empty `operationName`, which is equivalent to none in GraphQL over HTTP. */
export function optionalOperationName(): Step {
  return ({ request }) => {
    if (request.operationName === '') delete request.operationName;
    return undefined;
  };
}
