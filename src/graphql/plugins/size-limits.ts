/** Bounds the work of one operation before it is executed. */
import type { GraphQLError } from 'graphql';
import type { Config } from '../../config.ts';
import { createMemo } from '../by-variables.ts';
import { refuse, requestError } from '../refusal.ts';
import { sizeOfOperation } from '../size.ts';
import { variablesOf } from '../variables.ts';
import type { Step } from './in-sequence.ts';

type Limits = Config['limits'];

/** The most tokens of a document with what is between them; the position of each error is counted from its start. */
const maxDocumentLength = 100_000;

/** Refuses long documents before they are parsed. */
export function documentLength(): Step {
  return ({ request }) => {
    const got = request.query?.length ?? 0;
    if (got <= maxDocumentLength) return undefined;
    const message = `The document has ${got} characters, expected at most ${maxDocumentLength}. Send values as variables.`;
    return refuse(request, requestError('LIMIT_EXCEEDED', message, { limit: maxDocumentLength, got }));
  };
}

function assertWithin(what: string, got: number, setting: string, limit: number): void {
  if (got <= limit) return;
  const message = `This operation ${what}: got ${got}, expected at most ${limit} (${setting}). Split it into several.`;
  throw requestError('LIMIT_EXCEEDED', message, { limit, setting, got });
}

/**
 * Refuses an operation with invalid variables, too many fields at the root, or too many records, before anything is done
 * for it: its variables are then coerced by others as well, and its records priced and planned.
 */
export function operationSize({ maxRootFields, maxRecords }: Limits): Step {
  const remembered = createMemo<ReturnType<typeof sizeOfOperation>>();
  return {
    didResolveOperation({ schema, document, operation, request, contextValue }) {
      if (!operation) return;
      const { coerced = {}, errors } = variablesOf({ schema, operation, request, contextValue });
      if (errors) {
        const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } };
        for (const error of errors) Object.assign(error, { extensions });
        throw errors[0];
      }
      const { rootFields, records } = remembered(operation, coerced, (variables) =>
        sizeOfOperation(schema, document, operation, variables),
      );
      assertWithin('has too many fields at its root', rootFields, 'MAX_ROOT_FIELDS', maxRootFields);
      assertWithin('can return too many records', records, 'MAX_RECORDS', maxRecords);
      contextValue.request.records = records;
    },
    // Apollo Server reports the first error that is thrown; all of them help the caller.
    didEncounterErrors({ errors, contextValue }) {
      const invalid = contextValue.request.variables?.errors ?? [];
      if (errors[0] === invalid[0]) (errors as GraphQLError[]).splice(0, errors.length, ...invalid);
    },
  };
}
