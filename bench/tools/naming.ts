/** AWS's members under the names of the graph, the way one writes it in an afternoon. */
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

/** The SDK reads timestamps as dates. */
export const isoText = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);
