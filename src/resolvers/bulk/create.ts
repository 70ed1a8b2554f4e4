import type { GraphQLResolveInfo } from 'graphql';
import { calendar } from '../../clock.ts';
import { badInput } from '../../domain/bad-input.ts';
import type { PlainObject } from '../../domain/paths.ts';
import type { BulkJobKind } from '../../generated/schema-types.ts';
import type { Context } from '../../graphql/context.ts';
import { clientTokenOf } from '../../graphql/idempotency.ts';
import type { NewItem } from '../../jobs/bulk/model.ts';
import { requireJobs } from '../../jobs/open.ts';
import type { Resolvers } from '../types.generated.ts';
import type { BulkJobPayloadModel } from './models.ts';
import { writesOf } from './mutations.ts';
import { mutationOf } from './performer.ts';

/** The longest name, and the longest token, in characters. */
const maxLength = { name: 100, clientToken: 255 };

/** How far ahead a job may start, in milliseconds. */
const maxAheadMs = 366 * 86_400_000;

type Header = {
  name?: string | null | undefined;
  clientToken?: string | null | undefined;
  startAfter?: string | null | undefined;
};

/** @throws Fault BAD_USER_INPUT for a header that no job can have */
export function assertHeader({ name, clientToken, startAfter }: Header, field = 'input'): void {
  for (const [member, value] of Object.entries({ name, clientToken })) {
    const limit = maxLength[member as keyof typeof maxLength];
    if (value && value.length > limit)
      throw badInput(`${field}.${member}`, `${value.length} characters`, `at most ${limit}`);
  }
  if (clientToken === '') throw badInput(`${field}.clientToken`, 'an empty string', 'a token');
  if (startAfter && calendar.until(Date.parse(startAfter)) > maxAheadMs)
    throw badInput(`${field}.startAfter`, startAfter, 'an instant at most a year ahead');
}

/** An update names its opportunity in one of two ways. @throws Fault BAD_USER_INPUT */
function assertTarget({ id, partnerOpportunityIdentifier }: PlainObject, index: number): void {
  if (
    (id === undefined || id === null) !==
    (partnerOpportunityIdentifier === undefined || partnerOpportunityIdentifier === null)
  )
    return;
  const got = id
    ? 'both an id and a partnerOpportunityIdentifier'
    : 'neither an id nor a partnerOpportunityIdentifier';
  throw badInput(`input.items[${index}]`, got, 'one of them');
}

/** The items of a job, as its input has them. */
export function* itemsOf(
  kind: BulkJobKind,
  inputs: readonly PlainObject[],
  info: GraphQLResolveInfo,
): Generator<NewItem> {
  const mutation = mutationOf[kind];
  if (!mutation) throw new Error(`${kind} is not a kind of job`);
  for (const [index, input] of inputs.entries()) {
    if (kind === 'UPDATE') assertTarget(input, index);
    yield { input, writes: writesOf(info.schema, mutation, input) };
  }
}

async function create(
  kind: BulkJobKind,
  { items, ...header }: Header & { items: readonly object[] },
  context: Context,
  info: GraphQLResolveInfo,
): Promise<BulkJobPayloadModel> {
  const { request, account } = context;
  requireJobs(account.jobs);
  assertHeader(header);
  if (kind === 'UPSERT') context.index();
  const unchanged = { id: null, changed: false, userErrors: [], warnings: [] };
  if (request.isDryRun) return unchanged;
  const { name = null, startAfter = null, clientToken } = header;
  const { job, isNew } = await account.bulk.create({
    kind,
    name,
    startAfter,
    caller: request.caller,
    scopes: [...request.scopes],
    clientToken: clientToken ?? clientTokenOf(context, info) ?? null,
    items: itemsOf(kind, items as readonly PlainObject[], info),
    field: 'input.items',
  });
  return { ...unchanged, id: job.id, changed: isNew };
}

export const resolvers: Resolvers = {
  Mutation: {
    bulkUpdateOpportunities: (_root, { input }, context, info) => create('UPDATE', input, context, info),
    bulkCreateOpportunities: (_root, { input }, context, info) => create('CREATE', input, context, info),
    bulkSubmitOpportunities: (_root, { input }, context, info) => create('SUBMIT', input, context, info),
    bulkUpsertOpportunities: (_root, { input }, context, info) => create('UPSERT', input, context, info),
  },
  BulkJobPayload: {
    job: ({ id }, _args, { account }) => (id ? account.bulk.read(id).then((job) => job ?? null) : null),
  },
};
