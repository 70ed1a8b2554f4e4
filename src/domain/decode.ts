/**
 * Picklist values that AWS has been observed to return HTML-encoded: `Security &amp; Compliance`, once even encoded
 * twice. AWS rejects its own value if it is sent back like that. A string is decoded if that makes it a value of its
 * member's picklist; any other string is free text and is kept.
 */
import { decodeHTML } from 'entities';
import { enumMembers, enums } from '../generated/enums.ts';
import { isPlainObject } from './paths.ts';
import { picklistFields } from './picklists.ts';

/** The picklist of each member that has one, in any structure. */
const picklistValues: ReadonlyMap<string, ReadonlySet<string>> = (() => {
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
    ([name, inner]) => [name, decode(inner, picklistValues.get(name))] as const,
  );
  return entries.some(([name, inner]) => inner !== value[name]) ? Object.fromEntries(entries) : value;
}

/** AWS's answer with its picklist values decoded. Returns its input if there is nothing to decode. */
export function decodePicklists<T>(answer: T): T {
  return decode(answer, undefined) as T;
}
