/**
 * Converts member names: `LifeCycle` in AWS is `lifeCycle` in the graph. Swapping the case of the first letter is its
 * own inverse, so every member, including those unknown to the SDK, goes back to AWS under exactly the name it arrived
 * with.
 */

/** Members that are maps: their keys are data, such as a product category, not names. */
const maps: ReadonlySet<string> = new Set(['TotalAmountByCategory', 'Attributes']);

/**
 * The structure with a member `AWS`, whose name would become `aWS`. The names that it displaces there trade places with
 * it, so that the conversion stays its own inverse; everywhere else `Aws` is `aws`, as in a ProspectingResult.
 */
const spendBySource: ReadonlySet<string> = new Set([
  'AwsProductsSpendInsightsBySource',
  'awsProductsSpendInsightsBySource',
]);
const exceptions: ReadonlyMap<string, string> = new Map([
  ['AWS', 'aws'],
  ['aws', 'AWS'],
  ['aWS', 'Aws'],
  ['Aws', 'aWS'],
]);

/** `LifeCycle` ⇄ `lifeCycle`. Names that start with anything but an ASCII letter stay as they are. */
export function swapFirstCase(name: string): string {
  const code = name.charCodeAt(0);
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isLetter ? String.fromCharCode(code ^ 32) + name.slice(1) : name;
}

/** A member's name in the graph, or in AWS's API. @param within the member that the structure with it is the value of */
export const convertName = (name: string, within: string): string =>
  (spendBySource.has(within) ? exceptions.get(name) : undefined) ?? swapFirstCase(name);

/**
 * The same JSON value with every member's name converted, at every depth. Returns a copy; strings, numbers and nulls
 * are unchanged.
 *
 * `__type`, which AWS's serialiser leaves in some nested objects, is dropped: it is a marker, not a member.
 */
export function convertNames(value: unknown, within = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => convertNames(item, within));
  if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) return value;
  // fromEntries defines members instead of assigning them, so that one called `__proto__` survives.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== '__type')
      .map(([name, member]) => {
        const isMap = maps.has(name) || maps.has(swapFirstCase(name));
        return [convertName(name, within), isMap ? member : convertNames(member, name)];
      }),
  );
}
