/** Answers to requests that are not sent, for a dry run: the most that AWS could answer, made of the answer's schema. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { swapFirstCase } from './naming.ts';
import { type Operation, operationFacts, schemasOf } from './operations.ts';
import { membersOf } from './sdk-schemas.ts';
import type { SdkSend } from './send.ts';

type WireValue = string | number | boolean | WireValue[] | { [name: string]: WireValue };
/** What a request can say about its answer. */
type Request = { Identifier?: string | string[]; MaxResults?: number };

/** How many items AWS answers where a request does not say. */
const defaultPageSize = 20;

/** A value of a schema: of a structure the members that it must have, of a list nothing. */
function sample(schema: NormalizedSchema): WireValue {
  if (schema.isListSchema()) return [];
  if (schema.isStructSchema())
    return Object.fromEntries(
      membersOf(schema)
        .filter(({ isRequired }) => isRequired)
        .map(({ name, schema }) => [name, sample(schema)]),
    );
  if (schema.isTimestampSchema()) return '9999-01-01T00:00:00Z'; // later than anything that is known
  if (schema.isNumericSchema()) return 0;
  return schema.isBooleanSchema() ? false : '';
}

/**
 * A `SdkSend` that sends nothing. It answers with the object that a request names, and a list with a full page of objects
 * that have not been seen before, so that reading them is counted too.
 */
export function dryRunSend(): SdkSend {
  let invented = 0;
  const invent = () => `O${'0'.repeat(9)}${invented++}`;

  function item(schema: NormalizedSchema, Id: string): WireValue {
    const type = schema.getValueSchema();
    const value = sample(type);
    const hasId = membersOf(type).some(({ name }) => name === 'Id');
    return hasId ? { ...(value as object), Id } : value;
  }

  return async (operation: Operation, request) => {
    const { Identifier, MaxResults = defaultPageSize } = request as Request;
    const listed = Array.isArray(Identifier) ? Identifier : Array.from({ length: MaxResults }, invent);
    const id = typeof Identifier === 'string' ? Identifier : 'O0';
    return Object.fromEntries(
      schemasOf(operation).answer.flatMap(({ name, schema, isRequired }) => {
        if (swapFirstCase(name) === operationFacts[operation].listMember)
          return [[name, listed.map((each) => item(schema, each))]];
        if (name === 'Id') return [[name, id]];
        return isRequired ? [[name, sample(schema)]] : [];
      }),
    );
  };
}
