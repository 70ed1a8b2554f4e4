/** Converts AWS's member names to those of the graph, in the simplest way. */
export function camelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCase);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      camelCase(member),
    ]),
  );
}

/** The SDK parses timestamps as dates. */
export const isoText = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);
