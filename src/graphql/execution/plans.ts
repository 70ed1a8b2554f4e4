/** The plans of documents. */
import {
  type ArgumentNode,
  type DocumentNode,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { fragmentsOf } from '../selection.ts';
import { type Compiled, compile } from './compile.ts';
import { createLeaves } from './leaves.ts';

type Values = Record<string, unknown>;

/** The most plans of an operation: as many as three variables of `@skip` and `@include` make. */
const maxPlans = 8;

/** A plan that has given up so many times in a row is tried ever more rarely. */
const maxFailures = 3;
/** The most uses of an operation between two attempts. */
const maxPause = 1_024;

/** The plan of an operation, and whether it is worth trying: what is done until a plan gives up is in vain. */
export class Plan {
  readonly execute: Compiled;
  private failures = 0;
  private pause = 0;

  constructor(execute: Compiled) {
    this.execute = execute;
  }

  /** Whether to try it at this use of its operation. */
  isDue(): boolean {
    if (this.pause === 0) return true;
    this.pause -= 1;
    return false;
  }

  /** Notes the outcome of an attempt. AWS's answers can be what it gives up for, so it is never dropped for good. */
  note(isAnswered: boolean): void {
    this.failures = isAnswered ? 0 : this.failures + 1;
    const excess = this.failures - maxFailures;
    this.pause = excess < 0 ? 0 : Math.min(2 ** excess, maxPause);
  }
}

type Known = {
  uses: number;
  /** The variables that `@skip` and `@include` look at. */
  deciding: readonly string[];
  /** By the values of these variables; null if there can be none. */
  plans: Map<string, Plan | null>;
};

const conditions: readonly string[] = [GraphQLSkipDirective.name, GraphQLIncludeDirective.name];

function decidingVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  const note = ({ value }: ArgumentNode) => {
    if (value.kind === Kind.VARIABLE) names.add(value.name.value);
  };
  visit(document, {
    Directive({ name, arguments: args = [] }) {
      if (conditions.includes(name.value)) args.forEach(note);
    },
  });
  return [...names];
}

/** An operation that Apollo Server has parsed and validated; it keeps the documents that are used often. */
export type Planned = {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** Coerced. */
  variables: Values;
};

/**
 * The plans of operations, which live as long as their documents.
 *
 * @param fromUse the use of an operation from which it has a plan: compiling one that is sent once would be in vain
 */
export function createPlans(fromUse: number) {
  const known = new WeakMap<OperationDefinitionNode, Known>();
  const leafWriter = createLeaves();

  function knownOf({ document, operation }: Planned): Known {
    const before = known.get(operation);
    if (before) return before;
    const made = { uses: 0, deciding: decidingVariables(document), plans: new Map() };
    known.set(operation, made);
    return made;
  }

  function compiled({ schema, document, operation, variables }: Planned): Plan | null {
    const root = schema.getRootType(operation.operation);
    if (!root || operation.operation === 'mutation') return null;
    const fragments = Object.fromEntries(fragmentsOf(document));
    try {
      return new Plan(compile(root, { schema, fragments, operation, variables, leafWriter }));
    } catch {
      return null; // introspection, or a very large selection
    }
  }

  /** The plan for an operation with these variables; null if graphql-js has to execute it. */
  return function planOf(planned: Planned): Plan | null {
    const one = knownOf(planned);
    const key = JSON.stringify(one.deciding.map((name) => planned.variables[name]));
    const before = one.plans.get(key);
    if (before !== undefined) return before?.isDue() ? before : null;
    one.uses += 1;
    if (one.uses < fromUse || one.plans.size === maxPlans) return null;
    const plan = compiled(planned);
    one.plans.set(key, plan);
    return plan;
  };
}
