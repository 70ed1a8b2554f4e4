import { badInput, quoted } from '../../domain/bad-input.ts';
import type { PlainObject } from '../../domain/paths.ts';
import { uuidOf } from '../../domain/uuid.ts';
import type { UpsertOpportunityInput } from '../../generated/schema-types.ts';
import type { Context } from '../../graphql/context.ts';
import type { CreatePayload, UpsertPayload } from '../models.ts';
import { warningsOf } from '../stored.ts';
import type { Resolvers } from '../types.generated.ts';
import { wholeError } from '../user-errors.ts';
import { createOpportunity } from './create.ts';
import { updateOpportunity } from './update.ts';

/** AWS's longest identifier (API reference, CreateOpportunity). */
const maxLength = 64;

/** @throws Fault BAD_USER_INPUT for what no upsert can have */
function assertInput({ partnerOpportunityIdentifier: identifier, create }: UpsertOpportunityInput): void {
  if (identifier.length === 0 || identifier.length > maxLength)
    throw badInput(
      'input.partnerOpportunityIdentifier',
      `${identifier.length} characters`,
      `1 to ${maxLength}`,
    );
  const own = create?.partnerOpportunityIdentifier;
  if (own && own !== identifier)
    throw badInput(
      'input.create.partnerOpportunityIdentifier',
      quoted(own),
      `${quoted(identifier)}, or nothing`,
    );
  if (create?.clientToken)
    throw badInput('input.create.clientToken', 'a token', 'none: it is made from the identifier');
  // It needs a scope that is not checked here.
  if (create?.submit) throw badInput('input.create.submit', 'an object', 'nothing: use submitOpportunity');
}

const tokenUsed = (identifier: string) =>
  wholeError(
    'IDEMPOTENCY_CONFLICT',
    `AWS has been sent another opportunity with the identifier ${quoted(identifier)} before, and lists none yet. Try again ` +
      'in a minute. If there is none then, that attempt failed for good: use createOpportunity, which takes a token of yours.',
    ['input', 'partnerOpportunityIdentifier'],
  );

/** The payload of the create that an upsert has come to. */
function payloadOfCreate({ userErrors, ...payload }: CreatePayload, identifier: string): UpsertPayload {
  return {
    ...payload,
    created: payload.id !== null,
    changedFields: [],
    userErrors: userErrors.map((error) =>
      error.code === 'IDEMPOTENCY_CONFLICT' ? tokenUsed(identifier) : error,
    ),
  };
}

/** AWS's token for the create of an upsert: the same for each attempt with an identifier. */
export const upsertToken = (
  { name, catalog }: Pick<Context['account'], 'name' | 'catalog'>,
  identifier: string,
): string => uuidOf('upsert', name, catalog, identifier);

export const resolvers: Resolvers = {
  Mutation: {
    async upsertOpportunity(_root, { input }, context, info): Promise<UpsertPayload> {
      assertInput(input);
      const { partnerOpportunityIdentifier: identifier, create, patch } = input;
      const unchanged = { created: false, changedFields: [], warnings: [], userErrors: [] };
      const found = await context.findByIdentifier(identifier);
      if (found) {
        const { id } = found;
        if (!patch) return { ...unchanged, id };
        const path = ['input', 'patch'];
        const updated = await updateOpportunity({ id, patch: patch as PlainObject, path }, context, info);
        return { ...updated, created: false };
      }
      if (!create) {
        const message = `There is no opportunity with the identifier ${quoted(identifier)}.`;
        const error = wholeError('NOT_FOUND', message, ['input', 'partnerOpportunityIdentifier']);
        return { ...unchanged, id: null, userErrors: [error] };
      }
      const { account, request } = context;
      const { index } = account;
      const clientToken = upsertToken(account, identifier);
      const created = await createOpportunity(
        { ...create, partnerOpportunityIdentifier: identifier },
        ['input', 'create'],
        { clientToken, isFromKey: false },
        context,
        info,
      );
      if (created.id && !request.isDryRun) index?.noteCreated(created.id, identifier);
      return payloadOfCreate(created, identifier);
    },
  },

  UpsertOpportunityPayload: {
    warnings: (payload, _args, context) => warningsOf(payload, context),
    opportunity: ({ id }, _args, { loaders }) => (id ? loaders.opportunity.load(id) : null),
  },
};
