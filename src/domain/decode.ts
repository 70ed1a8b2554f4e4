/**
 * Picklist values that AWS has been observed to return HTML-encoded: `Security &amp; Compliance`, once even encoded twice.
 * Sent back like that, AWS refuses its own value. A string that becomes a known value of its member when it is decoded is
 * decoded; every other string is free text and stays.
 */
import { decodeHTML } from 'entities';
import { enumMembers, enums } from '../generated/enums.ts';
import { isPlainObject } from './paths.ts';
import { picklistFields } from './picklists.ts';

/** The known values of each member that holds a picklist value, whatever structure it is in. */
const knownValues: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const values = new Map<string, Set<string>>();
  const add = (member: string, more: readonly string[]): void => {
    const sofar = values.get(member) ?? new Set();
    values.set(member, new Set([...sofar, ...more]));
  };
  for (const [member, names] of Object.entries(enumMembers))
    for (const name of names) add(member, Object.values(enums[name]));
  for (const [path, { values }] of picklistFields) add(path.split('.').at(-1) ?? path, values);
  return values;
})();

function decodeText(text: string, values: ReadonlySet<string>): string {
  for (let [times, decoded] = [0, text]; times < 3 && decoded.includes('&'); times++) {
    decoded = decodeHTML(decoded);
    if (values.has(decoded)) return decoded;
  }
  return text;
}

function decode(value: unknown, values: ReadonlySet<string> | undefined): unknown {
  if (typeof value === 'string')
    return values && value.includes('&') && !values.has(value) ? decodeText(value, values) : value;
  if (Array.isArray(value)) {
    const items = value.map((item) => decode(item, values));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).map(
    ([name, inner]) => [name, decode(inner, knownValues.get(name))] as const,
  );
  return entries.some(([name, inner]) => inner !== value[name]) ? Object.fromEntries(entries) : value;
}

/** An answer of AWS with its picklist values as AWS's own lists write them. Returns its input where there is nothing to decode. */
export function decodePicklists<T>(answer: T): T {
  return decode(answer, undefined) as T;
}
