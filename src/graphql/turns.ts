/** Room for others in the event loop while a long answer is made: records are completed a few per turn. */
import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';

/** About five milliseconds of completing whole records. */
const recordsPerTurn = 25;

/** The records that may be completed now; the others wait, each caller's in order and callers in turn. */
export function createTurns(perTurn = recordsPerTurn) {
  const waiting = new Map<string, (() => void)[]>();
  let taken = 0;
  let isScheduled = false;

  function schedule(): void {
    if (!isScheduled) setImmediate(begin);
    isScheduled = true;
  }

  function begin(): void {
    isScheduled = false;
    taken = 0;
    // An entry that is set again comes up again, after those of the others.
    for (const [caller, records] of waiting) {
      if (taken === perTurn) break;
      taken += 1;
      waiting.delete(caller);
      records.shift()?.();
      if (records.length > 0) waiting.set(caller, records);
    }
    if (taken > 0) schedule();
  }

  return {
    /** Undefined if one more record fits into this turn of the event loop; else resolves when it fits. */
    take(caller: string): Promise<void> | undefined {
      schedule();
      if (taken < perTurn && waiting.size === 0) {
        taken += 1;
        return undefined;
      }
      return new Promise((resolve) => {
        const records = waiting.get(caller);
        if (records) records.push(resolve);
        else waiting.set(caller, [resolve]);
      });
    },
  };
}

type Turns = ReturnType<typeof createTurns>;

/** The turns of the records of all responses, whether graphql-js or a plan writes them. */
export const recordTurns: Turns = createTurns();

/** The part of a context that names the caller. */
type TurnContext = { request: { caller: string } };

const questions = createTurns(1);

/**
 * Waits for a turn in which no other question about all opportunities is answered: one takes some ten milliseconds for
 * every 10,000 of them, costs no call, and can be asked many times in an operation.
 */
export const turnForIndex = ({ request }: TurnContext): Promise<void> | undefined =>
  questions.take(request.caller);

/** Whether a type's values are records: it is a `Node`, or one of several. */
export function isRecord(type: GraphQLNamedType): boolean {
  if (isUnionType(type)) return type.getTypes().some(isRecord);
  if (!isInterfaceType(type) && !isObjectType(type)) return false;
  return type.name === 'Node' || type.getInterfaces().some(({ name }) => name === 'Node');
}

/** Makes every field that returns records wait for its turn with each of them. */
export function completeInTurns(schema: GraphQLSchema, turns: Turns = recordTurns): void {
  function inTurn(record: unknown, caller: string): unknown {
    if (record instanceof Promise) return record.then((settled) => inTurn(settled, caller));
    if (record === null || record === undefined) return record;
    const turn = turns.take(caller);
    return turn ? turn.then(() => record) : record;
  }
  const eachInTurn = (value: unknown, caller: string): unknown =>
    Array.isArray(value) ? value.map((record) => inTurn(record, caller)) : inTurn(value, caller);

  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field;
      if (!resolve || !isRecord(getNamedType(field.type))) continue;
      field.resolve = (source, args, context: TurnContext, info) => {
        const value: unknown = resolve(source, args, context, info);
        const { caller } = context.request;
        return value instanceof Promise
          ? value.then((settled) => eachInTurn(settled, caller))
          : eachInTurn(value, caller);
      };
    }
  }
}
