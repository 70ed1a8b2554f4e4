import { isObject, type Json, type JsonObject } from '../json.ts';
import { SqsError } from './errors.ts';

const wrongType = (name: string, expected: string): SqsError =>
  new SqsError('SerializationException', `Parameter ${name} must be ${expected}`);

export const invalidParameter = (name: string, value: Json, reason: string): SqsError =>
  new SqsError(
    'InvalidParameterValue',
    `Value ${JSON.stringify(value)} for parameter ${name} is invalid. Reason: ${reason}`,
  );

/** A required string that is not empty. */
export function requiredString(input: JsonObject, name: string): string {
  const value = input[name] ?? '';
  if (typeof value !== 'string') throw wrongType(name, 'a string');
  if (value === '') throw new SqsError('MissingParameter', `The request must contain the parameter ${name}.`);
  return value;
}

/** An integer in a range; `otherwise` if there is none. */
export function integerBetween(
  input: JsonObject,
  name: string,
  min: number,
  max: number,
  otherwise: number,
): number {
  const value = input[name] ?? otherwise;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(name, 'an integer');
  if (value < min || value > max)
    throw invalidParameter(name, value, `Must be between ${min} and ${max}, if provided.`);
  return value;
}

/** A list of strings; none if there is none. */
export function stringList(input: JsonObject, name: string): string[] {
  const value = input[name] ?? [];
  const isString = (item: Json) => typeof item === 'string';
  if (!Array.isArray(value) || !value.every(isString)) throw wrongType(name, 'a list of strings');
  return value;
}

/** The attributes that a caller has asked for, by name or all, of those that there are. */
export function chosenAttributes(
  available: Readonly<Record<string, string>>,
  names: readonly string[],
  known: readonly string[],
): JsonObject | undefined {
  const unknown = names.find((name) => name !== 'All' && !known.includes(name));
  if (unknown !== undefined) throw new SqsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  const chosen = Object.entries(available).filter(([name]) => names.includes('All') || names.includes(name));
  return chosen.length === 0 ? undefined : Object.fromEntries(chosen);
}

/**
 * Runs a batch of up to ten entries, each on its own: an entry that fails does not fail the others.
 * @throws SqsError if the batch itself is wrong
 */
export function runBatch(input: JsonObject, run: (entry: JsonObject) => void): JsonObject {
  const entries = input.Entries ?? [];
  if (!Array.isArray(entries) || !entries.every(isObject)) throw wrongType('Entries', 'a list of structures');
  if (entries.length === 0)
    throw new SqsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > 10)
    throw new SqsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  const ids = entries.map((entry) => requiredString(entry, 'Id'));
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id)))
    throw new SqsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain letters, digits, hyphens and underscores, at most 80.',
    );
  if (new Set(ids).size < ids.length)
    throw new SqsError('BatchEntryIdsNotDistinct', 'Two entries of the batch have the same Id.');
  const [Successful, Failed]: [JsonObject[], JsonObject[]] = [[], []];
  for (const [index, entry] of entries.entries()) {
    const Id = ids[index] ?? '';
    try {
      run(entry);
      Successful.push({ Id });
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      Failed.push({ Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful, Failed };
}
