/**
 * Enum values that are not in the gateway's schema yet. They are null in the data, and `extensions.unknownEnumValues`
 * has AWS's own string for each. Apollo Client's hooks do not return extensions, so a link records the strings: by
 * record and version, because a version of a record never changes.
 */
type Version = { id: string; lastModifiedDate?: string | null };
type UnknownEnumValue = { path: (string | number)[]; value: string };
type Response = { data?: unknown; extensions?: Record<string, unknown> };

const versions = new Map<string, Map<string, string>>();
const keyOf = ({ id, lastModifiedDate }: Version): string => `${id} ${lastModifiedDate}`;
const isVersion = (part: unknown): part is Version =>
  typeof part === 'object' && part !== null && 'id' in part && typeof part.id === 'string';

/** Records the unknown values of a response. */
export function recordUnknownValues({ data, extensions }: Response): void {
  const unknown = (extensions?.unknownEnumValues ?? []) as UnknownEnumValue[];
  for (const { path, value } of unknown) {
    let part = data;
    for (const [index, name] of path.entries()) {
      part = (part as Record<string | number, unknown> | undefined)?.[name];
      if (!isVersion(part)) continue;
      const key = keyOf(part);
      const fields = versions.get(key) ?? new Map<string, string>();
      versions.set(key, fields.set(path.slice(index + 1).join('.'), value));
    }
  }
}

/** AWS's strings for the unknown values of a record, by dotted path. */
export const unknownValues = (record: Version | null | undefined): ReadonlyMap<string, string> =>
  (record && versions.get(keyOf(record))) ?? new Map();
