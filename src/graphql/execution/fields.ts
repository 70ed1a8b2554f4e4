/** Compiles the fields of an object: those that read its members, and those with resolvers. */
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
  isNonNullType,
  Kind,
} from 'graphql';
import { isBareList, withoutNulls } from '../list-items.ts';
import type { UnknownEnumValue } from '../open-enums.ts';
import type { Text } from './answer.ts';
import { giveUp, isAbsent, isPromise } from './give-up.ts';
import { type PlannedField, plannedField } from './hand-over.ts';
import type { Place } from './leaves.ts';
import type { Compile, CompileOptions } from './position.ts';
import { type MaybePromise, type Run, whenSettled } from './run.ts';

/** A field of an object at a place, as `Position` is for its value. */
export type Part = {
  plan(source: unknown, within: Place, run: Run): MaybePromise<Text>;
  write?: ((source: unknown, within: Place, unknown: UnknownEnumValue[]) => string) | undefined;
};

type Field = GraphQLField<unknown, object>;
type Arguments = Record<string, unknown>;

/** Where a field is selected. */
type Selected = { type: GraphQLObjectType; key: string; nodes: readonly FieldNode[] };

const constant = (text: string): Part => ({ plan: () => text, write: () => text });

/** A member of an object, as graphql-js's default resolver reads it; those that are functions are left to it. */
function memberOf(source: unknown, name: string): unknown {
  if (typeof source === 'function') return giveUp('value');
  const value = typeof source === 'object' && source ? (source as Record<string, unknown>)[name] : undefined;
  return typeof value === 'function' ? giveUp('value') : value;
}

export function createFields(options: CompileOptions, compile: Compile) {
  const { schema, fragments, operation } = options;

  const nullText = ({ type }: Field): (() => string) =>
    isNonNullType(type) ? () => giveUp('null') : () => 'null';

  function memberPart(field: Field, { key, nodes }: Selected): Part {
    // It would be checked, although nothing uses it.
    if (field.args.length > 0) return giveUp('value');
    const { name } = field;
    const { plan, write } = compile(field.type, nodes);
    const nothing = nullText(field);
    const read = isBareList(field.type)
      ? (source: unknown) => withoutNulls(memberOf(source, name))
      : (source: unknown) => memberOf(source, name);
    return {
      plan(source, within, run) {
        const value = read(source);
        return isAbsent(value) ? nothing() : plan(value, within, key, run);
      },
      write:
        write &&
        ((source, within, unknown) => {
          const value = read(source);
          return isAbsent(value) ? nothing() : write(value, within, key, unknown);
        }),
    };
  }

  /** A field whose resolver sees the record and the schema only. */
  function recordPart(field: Field, { resolve }: PlannedField, { type, key, nodes }: Selected): Part {
    const { plan, write } = compile(field.type, nodes);
    const nothing = nullText(field);
    const info = {
      ...staticInfo(field, { type, key, nodes }),
      variableValues: {},
    } as unknown as GraphQLResolveInfo;
    function resolvedFrom(source: unknown): unknown {
      try {
        return resolve(source, {}, {}, info);
      } catch {
        return giveUp('error');
      }
    }
    return {
      plan(source, within, run) {
        const value = resolvedFrom(source);
        return isAbsent(value) ? nothing() : plan(value, within, key, run);
      },
      write:
        write &&
        ((source, within, unknown) => {
          const value = resolvedFrom(source);
          return isAbsent(value) ? nothing() : write(value, within, key, unknown);
        }),
    };
  }

  const staticInfo = (field: Field, { type, nodes }: Selected) => ({
    fieldName: field.name,
    fieldNodes: nodes,
    returnType: field.type,
    parentType: type,
    schema,
    fragments,
    rootValue: undefined,
    operation,
  });

  /** Computes the arguments of a field. Most operations have variables for all of them, which have been coerced. */
  function argumentsOf(field: Field, node: FieldNode): (variables: Run['variables']) => Arguments {
    const given = new Map(node.arguments?.map(({ name, value }) => [name.value, value]));
    const plain = field.args.map(({ name }) => {
      const value = given.get(name);
      return value?.kind === Kind.VARIABLE ? { name, variable: value.name.value } : undefined;
    });
    return (variables) => {
      const args: Arguments = {};
      for (const one of plain) {
        if (!one || isAbsent(variables[one.variable])) return computedArguments(field, node, variables);
        args[one.name] = variables[one.variable];
      }
      return args;
    };
  }

  function computedArguments(field: Field, node: FieldNode, variables: Run['variables']): Arguments {
    try {
      return getArgumentValues(field as GraphQLField<unknown, unknown>, node, variables);
    } catch {
      return giveUp('error');
    }
  }

  function resolvedPart(field: Field, { resolve }: PlannedField, selected: Selected): Part {
    const { type, key, nodes } = selected;
    const [node = giveUp('value')] = nodes;
    const { plan } = compile(field.type, nodes);
    const nothing = nullText(field);
    const info = staticInfo(field, selected);
    const computeArguments = argumentsOf(field, node);

    function resolved(source: unknown, path: GraphQLResolveInfo['path'], run: Run): unknown {
      if (run.isOver) return giveUp('error');
      const { context, variables: variableValues } = run;
      const args = computeArguments(variableValues);
      try {
        const value: unknown = resolve(source, args, context, {
          ...info,
          path,
          variableValues,
        } as GraphQLResolveInfo);
        run.resolved.push({ path, value });
        return value;
      } catch (thrown) {
        run.resolved.push({ path, thrown });
        return giveUp('error');
      }
    }
    return {
      plan(source, prev, run) {
        const value = resolved(source, { prev, key, typename: type.name }, run);
        const complete = (one: unknown) => (isAbsent(one) ? nothing() : plan(one, prev, key, run));
        return isPromise(value) ? whenSettled(value, run, complete) : complete(value);
      },
    };
  }

  /** @throws GiveUp for introspection, which has no fields of ours */
  return function compileField(selected: Selected): Part {
    const { type, nodes } = selected;
    const name = nodes[0]?.name.value ?? '';
    if (name === '__typename') return constant(JSON.stringify(type.name));
    const field = type.getFields()[name] ?? giveUp('value');
    const planned = plannedField(field);
    if (!planned) return memberPart(field, selected);
    const isPure = planned.dependsOnRecordOnly && field.args.length === 0;
    return (isPure ? recordPart : resolvedPart)(field, planned, selected);
  };
}
