/**
 * Compiles the selections of an operation into functions that call the resolvers and write the response as JSON. There is no
 * generated code. Anything out of the ordinary makes a plan give up (`give-up.ts`).
 */
import {
  defaultTypeResolver,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getNamedType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { isRecord } from '../turns.ts';
import type { Text } from './answer.ts';
import { cachedPlan } from './cached.ts';
import { collectFields } from './collect.ts';
import { createFields, type Part } from './fields.ts';
import { checked, giveUp, isAbsent, isPromise } from './give-up.ts';
import { isVersion } from './hand-over.ts';
import type { Place, Write } from './leaves.ts';
import { type CompileOptions, type Plan, type Position, writtenBy } from './position.ts';
import { adding, type MaybePromise, type Run, whenSettled } from './run.ts';

/** The most fields of a plan: more than a person writes, and a bound for fragments that multiply. */
const maxFields = 5_000;

/** Executes an operation: the text of its data. @throws GiveUp, or rejects with it */
export type Compiled = (run: Run) => MaybePromise<Text>;

type Field = Part & { prefix: string };

/** Writes objects of which no field needs a resolver; undefined if one does. */
function writerOf(fields: readonly Field[]): Write | undefined {
  const writers: { prefix: string; write: NonNullable<Part['write']> }[] = [];
  for (const { prefix, write } of fields) if (write) writers.push({ prefix, write });
  if (writers.length < fields.length) return undefined;
  return (value, prev, key, unknown) => {
    const object = checked(value);
    const place = { prev, key, typename: undefined };
    let text = '';
    for (const { prefix, write } of writers) text += prefix + write(object, place, unknown);
    return `{${text}}`;
  };
}

function planFields(fields: readonly Field[], source: unknown, place: Place, run: Run): MaybePromise<Text> {
  const parts: MaybePromise<Text>[] = ['{'];
  return adding(parts, () => {
    for (const { prefix, plan } of fields) parts.push(prefix, plan(source, place, run));
    parts.push('}');
  });
}

/**
 * Compiles the selections of an operation's root type.
 *
 * @throws GiveUp for an operation that cannot be planned: one with introspection, or a very large one
 */
export function compile(root: GraphQLObjectType, options: CompileOptions): Compiled {
  const { schema, leafWriter } = options;
  const compileField = createFields(options, positionOf);
  let count = 0;
  const isTooLarge = () => count > maxFields;

  function positionOf(type: GraphQLOutputType, nodes: readonly FieldNode[]): Position {
    const bare = isNonNullType(type) ? type.ofType : type;
    if (isListType(bare)) return listPosition(bare.ofType, nodes);
    if (isLeafType(bare)) return writtenBy(leafWriter(bare, bare === type));
    return isAbstractType(bare) ? abstractPosition(bare, nodes) : objectPosition(bare, nodes);
  }

  function listPosition(type: GraphQLOutputType, nodes: readonly FieldNode[]): Position {
    const item = positionOf(type, nodes);
    const { write } = item;
    const nullItem = isNonNullType(type) ? () => giveUp('null') : () => 'null';
    const writeList: Write | undefined =
      write &&
      ((value, prev, key, unknown) => {
        if (!Array.isArray(value)) return giveUp('value');
        const place = { prev, key, typename: undefined };
        let text = '';
        for (let index = 0; index < value.length; index++) {
          const one: unknown = value[index];
          text += `${index > 0 ? ',' : ''}${isAbsent(one) ? nullItem() : write(one, place, index, unknown)}`;
        }
        return `[${text}]`;
      });
    if (writeList && !isRecord(getNamedType(type))) return writtenBy(writeList);

    const planItem: Plan = (value, place, index, run) =>
      isAbsent(value) ? nullItem() : item.plan(value, place, index, run);
    const plan: Plan = (value, prev, key, run) => {
      if (!Array.isArray(value)) return giveUp('value');
      const place = { prev, key, typename: undefined };
      const parts: MaybePromise<Text>[] = [];
      const addItems = () => {
        for (let index = 0; index < value.length; index++) {
          const one: unknown = value[index];
          const complete = (settled: unknown) => planItem(settled, place, index, run);
          parts.push(index > 0 ? ',' : '[', isPromise(one) ? whenSettled(one, run, complete) : complete(one));
        }
        parts.push(value.length > 0 ? ']' : '[]');
      };
      return adding(parts, addItems, value);
    };
    return { plan, write: writeList };
  }

  /** The types of an interface or a union are compiled when they occur, since there are many. */
  function abstractPosition(type: GraphQLAbstractType, nodes: readonly FieldNode[]): Position {
    const plans = new Map<string, Plan>();
    function planOf(name: unknown): Plan {
      if (typeof name !== 'string') return giveUp('value');
      const known = plans.get(name);
      if (known) return known;
      const found = schema.getType(name);
      if (!isObjectType(found) || !schema.isSubType(type, found)) return giveUp('value');
      const { plan } = objectPosition(found, nodes);
      plans.set(name, plan);
      return plan;
    }
    const resolveType = type.resolveType ?? defaultTypeResolver;
    return {
      plan(value, prev, key, run) {
        const name = resolveType(checked(value), run.context, { schema } as GraphQLResolveInfo, type);
        return planOf(name)(value, prev, key, run);
      },
    };
  }

  const objectPosition = (type: GraphQLObjectType, nodes: readonly FieldNode[]): Position =>
    objectOf(
      type,
      fieldsOf(
        type,
        nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
      ),
    );

  function fieldsOf(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Field[] {
    const selected = collectFields(options, type, sets);
    count += selected.size;
    if (isTooLarge()) return giveUp('size');
    return [...selected].map(([key, nodes], index) => ({
      prefix: `${index > 0 ? ',' : ''}${JSON.stringify(key)}:`,
      ...compileField({ type, key, nodes }),
    }));
  }

  function objectOf(type: GraphQLObjectType, fields: readonly Field[]): Position {
    if (type.isTypeOf) return giveUp('value');
    const isTaken = isRecord(type);
    const write = writerOf(fields);
    if (write) return isTaken && isVersion(type) ? { plan: cachedPlan(write), write } : writtenBy(write);
    return {
      plan(value, prev, key, run) {
        const object = checked(value);
        const place = { prev, key, typename: undefined };
        const turn = isTaken ? run.takeTurn() : undefined;
        const planned = () => planFields(fields, object, place, run);
        return turn ? whenSettled(turn, run, planned) : planned();
      },
    };
  }

  const fields = fieldsOf(root, [options.operation.selectionSet]);
  // What is compiled on occurrence can turn out to be too large.
  return (run) => (isTooLarge() ? giveUp('size') : planFields(fields, undefined, undefined, run));
}
