/**
 * Names at the port: AWS writes `LifeCycle`, the graph writes `lifeCycle`. Swapping the case of the first letter is its
 * own inverse, so whatever a record holds, members that no SDK knows included, goes back to AWS under the very name it
 * came with.
 */

/** Members that hold maps: their keys are data, such as a product category, and no names. */
const maps: ReadonlySet<string> = new Set(['TotalAmountByCategory', 'Attributes']);

/** `LifeCycle` ⇄ `lifeCycle`. Names that start with anything but an ASCII letter stay as they are. */
export function swapFirstCase(name: string): string {
  const code = name.charCodeAt(0);
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isLetter ? String.fromCharCode(code ^ 32) + name.slice(1) : name;
}

/**
 * The same JSON value with every member's name flipped, at every depth. Copies what it changes and never its input;
 * texts, numbers and nulls stay as they are.
 *
 * `__type`, which AWS's serialiser leaves behind in some nested objects, is dropped: it is a marker and no member.
 */
export function convertNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convertNames);
  if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) return value;
  // fromEntries defines members instead of assigning them, so that one called `__proto__` survives.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== '__type')
      .map(([name, member]) => {
        const isMap = maps.has(name) || maps.has(swapFirstCase(name));
        return [swapFirstCase(name), isMap ? member : convertNames(member)];
      }),
  );
}
