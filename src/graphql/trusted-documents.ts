/** The documents of a manifest, by id and by content. */
import { createHash } from 'node:crypto';

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** An id without the prefix that GraphQL over HTTP has for hashes: a manifest and its clients may differ in it. */
const withoutPrefix = (id: string): string => id.replace(/^sha256:/, '');

/** Every document is found by the id that the manifest gives it, and by its hash. */
function index(manifest: ReadonlyMap<string, string>) {
  const trusted = new Set(manifest.values());
  const byId = new Map([
    ...[...trusted].map((document) => [hashOf(document), document] as const),
    ...[...manifest].map(([id, document]) => [withoutPrefix(id), document] as const),
  ]);
  return {
    find: (id: string): string | undefined => byId.get(withoutPrefix(id)),
    has: (document: string): boolean => trusted.has(document),
  };
}

/** The trusted documents. Another manifest can replace them; a request keeps to those that it started with. */
export function createTrustedDocuments(manifest: ReadonlyMap<string, string>) {
  let current = index(manifest);
  return {
    current: () => current,
    replace: (other: ReadonlyMap<string, string>): void => {
      current = index(other);
    },
  };
}

export type TrustedDocuments = ReturnType<typeof createTrustedDocuments>;
