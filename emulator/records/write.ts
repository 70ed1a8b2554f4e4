import { asObject, type Json, type JsonObject, prune } from '../json.ts';
import { formatTimestamp } from './dates.ts';
import type { Opportunity } from './record.ts';

/**
 * Top-level members of a request that are not part of the record: the envelope, what only a create accepts, and what
 * the service owns. Callers who send a Get response back include some of these, which the service accepts. Every other
 * member is stored, known or not: a newer service would know it.
 */
const notWritten = new Set([
  'Catalog',
  'Identifier',
  'Id',
  'Arn',
  'CreatedDate',
  'LastModifiedDate',
  'OpportunityTeam',
  'RelatedEntityIdentifiers',
  'ClientToken',
  'Origin',
  'Tags',
  '$metadata',
  'ResponseMetadata',
]);

/** The members that a request writes, ready to be stored. */
export function writtenMembers(input: JsonObject): JsonObject {
  const written = Object.entries(input).filter(([name]) => !notWritten.has(name));
  return asObject(prune(Object.fromEntries(written)));
}

/** The members of the stored record that an update does not change. */
export function keptMembers(stored: Opportunity): Opportunity {
  const { Id, Catalog, Arn, CreatedDate, LastModifiedDate, OpportunityTeam, RelatedEntityIdentifiers } =
    stored;
  return {
    Id,
    Catalog,
    Arn,
    CreatedDate,
    LastModifiedDate,
    ...(OpportunityTeam !== undefined && { OpportunityTeam }),
    ...(RelatedEntityIdentifiers !== undefined && { RelatedEntityIdentifiers }),
  };
}

const historyLength = 50;

/** The life cycle with the service's history of next steps; the history in a request is ignored. */
export function withHistory(lifeCycle: JsonObject, before: Json | undefined, now: number): JsonObject {
  const { NextStepsHistory: _sent, ...rest } = lifeCycle;
  const earlier = asObject(before);
  const known = Array.isArray(earlier.NextStepsHistory) ? earlier.NextStepsHistory : [];
  const isNew = Boolean(rest.NextSteps) && rest.NextSteps !== earlier.NextSteps;
  const step = { Value: rest.NextSteps ?? null, Time: formatTimestamp(now) };
  const history = isNew ? [...known, step].slice(-historyLength) : known;
  return history.length === 0 ? rest : { ...rest, NextStepsHistory: history };
}
