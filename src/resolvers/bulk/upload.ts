/** The items of an uploaded file, each checked by itself: one that is wrong is an item that has failed, and costs no other. */
import {
  coerceInputValue,
  type GraphQLInputObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
} from 'graphql';
import { shortened } from '../../domain/bad-input.ts';
import { fieldOf, isPlainObject, type PlainObject } from '../../domain/paths.ts';
import type { BulkJobKind, UserError } from '../../generated/schema-types.ts';
import { assertScopes } from '../../graphql/access.ts';
import { scopedMembers } from '../../graphql/required-scopes.ts';
import { withoutSuggestion } from '../../graphql/suggestions.ts';
import type { NewItem } from '../../jobs/bulk/model.ts';
import { typeAt } from '../../jobs/files/columns.ts';
import type { FileItem } from '../../jobs/files/json-lines.ts';
import { wholeError } from '../user-errors.ts';
import { writesOf } from './mutations.ts';
import { mutationOf } from './performer.ts';

/** The bulk mutation for a kind of job, whose scopes and items are those of a file. */
export const bulkMutationOf = {
  UPDATE: 'bulkUpdateOpportunities',
  CREATE: 'bulkCreateOpportunities',
  SUBMIT: 'bulkSubmitOpportunities',
  UPSERT: 'bulkUpsertOpportunities',
} as const satisfies Partial<Record<BulkJobKind, string>>;

/** A kind of job whose items can be uploaded. */
export type UploadKind = keyof typeof bulkMutationOf;

/** The input type of an item of a kind of job. */
export function itemTypeOf(schema: GraphQLSchema, kind: UploadKind): GraphQLInputObjectType {
  const field = schema.getMutationType()?.getFields()[bulkMutationOf[kind]];
  const input = getNamedType(field?.args[0]?.type);
  const item = isInputObjectType(input) ? getNamedType(input.getFields().items?.type) : undefined;
  if (!isInputObjectType(item)) throw new Error(`The schema has no items for ${kind}`);
  return item;
}

/** The most user errors of an item. */
const maxErrors = 20;

/** The user error for a value that its type does not take. */
function errorAt(
  path: readonly (string | number)[],
  message: string,
  item: GraphQLInputObjectType,
): UserError {
  const type = typeAt(item, path);
  const named = type && getNamedType(getNullableType(type));
  const isMissing = isInputObjectType(named) && message.endsWith('was not provided.');
  const steps = path.map(String);
  const [wrapper = ''] = steps;
  return {
    ...wholeError(
      isMissing ? 'REQUIRED_FIELD_MISSING' : isEnumType(named) ? 'INVALID_ENUM_VALUE' : 'INVALID_VALUE',
      shortened(withoutSuggestion(message)),
      steps,
    ),
    field: fieldOf(['patch', 'create'].includes(wrapper) ? steps.slice(1) : steps) || null,
    sent: !isMissing,
    allowedValues: isEnumType(named) ? named.getValues().map(({ name }) => name) : null,
  };
}

/** An input as resolvers get it, or what is wrong with it. */
function coerced(
  input: PlainObject,
  item: GraphQLInputObjectType,
): { value: PlainObject } | { errors: UserError[] } {
  const errors: UserError[] = [];
  const value: unknown = coerceInputValue(input, item, (path, _value, { message }) => {
    if (errors.length < maxErrors) errors.push(errorAt(path, message, item));
  });
  return errors.length > 0 ? { errors } : { value: value as PlainObject };
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** An update names its opportunity in one of two ways. */
function targetErrors(
  kind: UploadKind,
  { id, partnerOpportunityIdentifier: identifier }: PlainObject,
): UserError[] {
  if (kind !== 'UPDATE' || isGiven(id) !== isGiven(identifier)) return [];
  const message = `Either id or partnerOpportunityIdentifier is expected, got ${isGiven(id) ? 'both' : 'neither'}.`;
  return [wholeError(isGiven(id) ? 'INVALID_VALUE' : 'REQUIRED_FIELD_MISSING', message, [])];
}

/** An update without changes, such as an unedited row, changes nothing; it is not an error. */
const withPatch = (kind: UploadKind, input: PlainObject): PlainObject =>
  kind === 'UPDATE' && input.patch === undefined ? { ...input, patch: {} } : input;

/**
 * The items of a job, as a file has them.
 *
 * @param granted the caller's scopes
 * @throws GraphQLError FORBIDDEN (403) for an item with a member that requires a scope which the caller does not have
 */
export async function* itemsOfFile(
  fileItems: AsyncIterable<FileItem>,
  { kind, schema, granted }: { kind: UploadKind; schema: GraphQLSchema; granted: ReadonlySet<string> },
): AsyncGenerator<NewItem> {
  const item = itemTypeOf(schema, kind);
  const mutation = mutationOf[kind];
  if (!mutation) throw new Error(`${kind} is not a kind of job`);
  for await (const { line, input, problems } of fileItems) {
    const given = input && withPatch(kind, input);
    const unread = problems.map((problem) => wholeError('INVALID_VALUE', `Line ${line}: ${problem}`, []));
    const result = given ? coerced(given, item) : { errors: [] };
    const errors = [...unread, ...('errors' in result ? result.errors : targetErrors(kind, result.value))];
    if (errors.length > 0 || 'errors' in result) {
      yield { input: null, writes: 0, userErrors: errors, source: { line, input: given } };
      continue;
    }
    const { value } = result;
    const required = scopedMembers(item, [value]);
    assertScopes(
      required.map(([member, scope]) => ({ what: `"${member}" in line ${line}`, scopes: [scope] })),
      granted,
    );
    yield { input: value, writes: writesOf(schema, mutation, value) };
  }
}

/** What a file had for an item that cannot be carried out. */
export function sourceOf(source: unknown): PlainObject {
  const { input } = isPlainObject(source) ? source : {};
  return isPlainObject(input) ? input : {};
}
