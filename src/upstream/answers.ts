/**
 * Checks an answer against its question. A connection that is mixed up, a proxy that answers for AWS, or a fault of AWS can
 * give another record, half of one, or nothing with status 200; a write that was made of such a record would put one
 * customer's data into another's.
 */
import type { NormalizedSchema } from '@smithy/core/schema';
import { swapFirstCase } from './naming.ts';
import { type Operation, operationFacts, schemasOf } from './operations.ts';
import { type Member, membersOf } from './sdk-schemas.ts';

type Json = Record<string, unknown>;

/**
 * Identifiers that an answer has under another name than by the rule, or not at all: `XIdentifier` of the request is `XId`
 * of the answer.
 */
const otherNames: { readonly [O in Operation]?: Readonly<Record<string, string | null>> } = {
  GetResourceSnapshotJob: { ResourceSnapshotJobIdentifier: 'Id' },
  StartEngagementByAcceptingInvitationTask: { Identifier: 'EngagementInvitationId' },
  StartEngagementFromOpportunityTask: { Identifier: 'OpportunityId' },
  // Its ContextId is that of the project which it has added (recorded by AWS, partner-crm-integration-samples).
  StartOpportunityFromEngagementTask: { Identifier: 'EngagementId', ContextIdentifier: null },
};

/** Members that an answer repeats from its request as they were. */
const echoed: ReadonlySet<string> = new Set(['Catalog', 'PartnerOpportunityIdentifier', 'Revision']);

/** Members that say what an answer is about. */
const identifying: ReadonlySet<string> = new Set(['Catalog', 'Id']);

/** The member of an answer that has to be the same object as a member of its request. */
function answerMember(operation: Operation, name: string): string | undefined {
  if (echoed.has(name)) return name;
  const other = otherNames[operation]?.[name];
  if (other !== undefined) return other ?? undefined;
  return name.endsWith('Identifier') ? name.slice(0, -'entifier'.length) : undefined;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);

/** Whether an answer's date is before that of the version which its request has replaced. AWS may cut dates to seconds. */
function isOlder(given: unknown, replaced: unknown): boolean {
  const secondsOf = (instant: string) => Math.floor(Date.parse(instant) / 1_000);
  return isInstant(given) && isInstant(replaced) && secondsOf(given) < secondsOf(replaced);
}

/** Whether two identifiers are of one object: AWS takes and gives ARNs in place of ids. */
function isSameObject(asked: unknown, given: unknown): boolean {
  const tail = (id: unknown): string => String(id).split('/').at(-1) ?? '';
  return asked === given || tail(asked) === tail(given);
}

const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value));

/** Whether a value is of the kind of JSON of its schema. Unions and documents can be any. */
function isOfKind(value: unknown, schema: NormalizedSchema): boolean {
  if (schema.isListSchema()) return Array.isArray(value);
  if (schema.isStructSchema() || schema.isMapSchema() || schema.isUnionSchema()) return isObject(value);
  if (schema.isTimestampSchema()) return isInstant(value);
  if (schema.isStringSchema()) return typeof value === 'string';
  if (schema.isBooleanSchema()) return typeof value === 'boolean';
  return !schema.isNumericSchema() || typeof value === 'number' || JSON.isRawJSON(value);
}

/**
 * Recordings of AWS have null for structures and lists that its model requires, and for the category of a solution, but
 * never for what identifies the object.
 */
const mayBeNull = ({ name, schema, isRequired }: Member): boolean =>
  !isRequired || schema.isStructSchema() || schema.isListSchema() || name === 'Category';

/** The first member of an answer that is missing or of another kind than in the schema. */
function malformed(members: readonly Member[], answer: Json): string | undefined {
  return members.find((member) => {
    const value = answer[member.name];
    if (value === undefined) return member.isRequired;
    if (value === null) return !mayBeNull(member);
    return !isOfKind(value, member.schema) || (value === '' && identifying.has(member.name));
  })?.name;
}

/** Items of a list that are not objects, lack a required member, have no id, are not of those that were asked for, or are there twice. */
function strayItem(
  operation: Operation,
  request: Json,
  items: readonly unknown[],
  item: NormalizedSchema,
): string | undefined {
  const members = membersOf(item);
  const hasId = members.some(({ name }) => name === 'Id');
  const asked = Object.entries(request).flatMap(([name, values]) => {
    const member = Array.isArray(values) && values.length > 0 ? answerMember(operation, name) : undefined;
    return member && members.some((one) => one.name === member)
      ? [{ member, values: values as unknown[] }]
      : [];
  });
  const seen = new Set<unknown>();
  for (const one of items) {
    if (one === null) continue; // dropped where lists are read
    if (!isObject(one)) return 'an item that is not an object';
    const bad = malformed(members, one) ?? (hasId && typeof one.Id !== 'string' ? 'Id' : undefined);
    if (bad) return `${bad} of an item`;
    if (typeof one.Catalog === 'string' && one.Catalog !== request.Catalog)
      return 'an item of another Catalog';
    for (const { member, values } of asked)
      if (!values.some((value) => isSameObject(value, one[member]))) return `an item with another ${member}`;
    if (asked.length > 0 && hasId) {
      if (seen.has(one.Id)) return 'an item twice';
      seen.add(one.Id);
    }
  }
  return undefined;
}

/**
 * The part of an answer that does not fit its request, as the name of a member; undefined if it can be the answer to that request. Checks the members
 * that must be there, the kinds of JSON, and that it is about the objects that were asked for.
 */
export function mismatch(operation: Operation, request: object, answer: unknown): string | undefined {
  const { request: taken, answer: members } = schemasOf(operation);
  if (members.length === 0) return undefined; // nothing to say: an empty answer is all there is
  if (!isObject(answer)) return 'an object';
  const bad = malformed(members, answer);
  if (bad) return bad;
  const asked = request as Json;
  for (const [name, value] of Object.entries(asked)) {
    const member = typeof value === 'object' ? undefined : answerMember(operation, name);
    const given = member && answer[member];
    if (given === undefined || given === null || member === undefined) continue;
    if (echoed.has(name) ? given !== value : !isSameObject(value, given)) return member;
  }
  // An identifier of the caller's own that the request does not have belongs to the answer of another.
  const own = 'PartnerOpportunityIdentifier';
  if (answer[own] && !asked[own] && taken.some(({ name }) => name === own)) return own;
  if (isOlder(answer.LastModifiedDate, asked.LastModifiedDate)) return 'LastModifiedDate';
  const { listMember } = operationFacts[operation];
  const list = members.find(({ name }) => listMember && name === swapFirstCase(listMember));
  if (!list) return undefined;
  const items = answer[list.name];
  if (!Array.isArray(items)) return list.name;
  return strayItem(operation, asked, items, list.schema.getValueSchema());
}

/** Thrown in place of an answer. Its message names members, never values; `problem` completes "AWS's answer to an operation …". */
export class MismatchedAnswer extends Error {
  override readonly name = 'MismatchedAnswer';
  readonly problem: string;

  constructor(message: string, problem = 'does not fit the request') {
    super(message);
    this.problem = problem;
  }
}

/** @throws MismatchedAnswer when an answer cannot be the one to that request: whether AWS did what it was asked is then unknown */
export function assertAnswer(operation: Operation, request: object, answer: unknown): void {
  const wrong = mismatch(operation, request, answer);
  if (wrong) throw new MismatchedAnswer(`The answer to ${operation} does not fit the request: ${wrong}`);
}
