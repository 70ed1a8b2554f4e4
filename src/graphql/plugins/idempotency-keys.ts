/** Claims a request with an `Idempotency-Key` before it is executed, and keeps its answer for those who ask again. */
import { type GraphQLRequestContextDidResolveOperation, HeaderMap } from '@apollo/server';
import { type FragmentDefinitionNode, getVariableValues, Kind, OperationTypeNode } from 'graphql';
import { Fault } from '../../fault.ts';
import type { Claim, KeptAnswer } from '../../jobs/claim.ts';
import type { Context } from '../context.ts';
import { argumentsOf, attachClaim, hashOf, keyOf, mutationsOf } from '../idempotency.ts';
import { requestError } from '../refusal.ts';
import { auditUnexecuted } from './audit.ts';
import type { Step } from './in-sequence.ts';

/** Errors that another attempt may not have: an answer with one of them is not kept. */
const transient: ReadonlySet<unknown> = new Set([
  'THROTTLED',
  'QUOTA_EXHAUSTED',
  'UPSTREAM_UNAVAILABLE',
  'OUTCOME_UNKNOWN',
  'JOBS_UNAVAILABLE',
  'INDEX_BUILDING',
  'INTERNAL_SERVER_ERROR',
]);

/** The status of a refusal; the draft RFC on the header names the first two. */
const statuses: Readonly<Record<string, number>> = {
  IDEMPOTENCY_IN_PROGRESS: 409,
  IDEMPOTENCY_CONFLICT: 422,
  JOBS_UNAVAILABLE: 503,
};

type Operation = GraphQLRequestContextDidResolveOperation<Context>;

/** The mutations of a request, with their arguments; undefined if its variables are invalid, which the execution reports. */
function mutationsIn({ schema, document, operation, request }: Operation) {
  const type = schema.getMutationType();
  const { coerced } = getVariableValues(
    schema,
    operation?.variableDefinitions ?? [],
    request.variables ?? {},
  );
  if (!type || !coerced || !operation) return undefined;
  const isFragment = (node: { kind: Kind }): node is FragmentDefinitionNode =>
    node.kind === Kind.FRAGMENT_DEFINITION;
  const fragments = Object.fromEntries(
    document.definitions.filter(isFragment).map((fragment) => [fragment.name.value, fragment]),
  );
  const fields = mutationsOf({ operation, fragments, variableValues: coerced });
  const mutations = [...fields].map(([responseName, node]) => ({
    responseName,
    name: node.name.value,
    input: argumentsOf(node, type, coerced)?.input as Record<string, unknown> | undefined,
  }));
  return { mutations, variables: coerced };
}

type Mutations = NonNullable<ReturnType<typeof mutationsIn>>['mutations'];

/** A line of the audit log for each mutation that is not executed. */
function audit(context: Context, mutations: Mutations, outcome: string, { data }: KeptAnswer = {}): void {
  for (const { responseName, name, input } of mutations) {
    const id = (data?.[responseName] as { id?: unknown } | null | undefined)?.id;
    auditUnexecuted(context, name, input ?? {}, outcome, typeof id === 'string' ? id : undefined);
  }
}

/** Whether the answer is for those who ask again: all mutations are final, and nothing in it may be better next time. */
function isFinal({ errors = [] }: KeptAnswer, claim: Claim, count: number): boolean {
  const codes = errors.map((error) => (error as { extensions?: { code?: unknown } }).extensions?.code);
  const places = Array.from({ length: count }, (_, place) => claim.payloadAt(place));
  return places.every((payload) => payload !== undefined) && !codes.some((code) => transient.has(code));
}

/**
 * It comes after all that refuse an operation. A request whose answer is kept is not executed. One that is being carried out is waited for. Of one that had errors, those
 * mutations are executed that have no payload yet. Without its store a request is refused before anything is written.
 */
export function idempotencyKeys(): Step {
  return ({ contextValue: context }) => {
    const { request, jobs } = context;
    if (!request.idempotencyKey || request.isDryRun || request.streamed) return undefined;
    let claim: Claim | undefined;
    let answer: KeptAnswer | undefined;
    let count = 0;

    async function begin(operation: Operation): Promise<void> {
      const found = mutationsIn(operation);
      if (!found) return;
      const { mutations, variables } = found;
      count = mutations.length;
      const fingerprint = hashOf([operation.source, operation.operationName, variables]);
      try {
        const result = await jobs.keyed.begin(keyOf(context), fingerprint, request.abandoned);
        if ('claim' in result) {
          claim = result.claim;
          attachClaim(context, claim);
        } else {
          answer = result.answer;
          audit(context, mutations, 'replayed', answer);
        }
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        audit(context, mutations, error.code);
        const { code: _, ...details } = error.extensions;
        throw requestError(error.code, error.message, details, statuses[error.code]);
      }
    }

    return {
      async didResolveOperation(operation) {
        if (operation.operation?.operation !== OperationTypeNode.MUTATION) return;
        await begin(operation);
      },
      responseForOperation() {
        if (!answer) return null;
        return {
          http: { headers: new HeaderMap() },
          body: { kind: 'single', singleResult: answer as object },
        };
      },
      async willSendResponse({ response: { body } }) {
        const { data, errors } = body.kind === 'single' ? body.singleResult : {};
        if (!claim) return;
        const given = { ...(data !== undefined && { data }), ...(errors && { errors }) } as KeptAnswer;
        await claim.end(isFinal(given, claim, count) ? given : undefined);
      },
    };
  };
}
