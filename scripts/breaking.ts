/**
 * Compares the schema with the last released one (`schema.released.graphql`), and fails if the changes could break a
 * client or a supergraph, unless the version of the package allows it: `npm run check:breaking`.
 * `npm run release` makes the schema the released one.
 */
import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { parse } from 'graphql';

export type Change = { level: string; message: string };

/** The changes between two subgraphs, breaking ones first. Changed descriptions are ignored. */
export async function changesBetween(released: string, current: string): Promise<Change[]> {
  const build = (sdl: string) => buildSubgraphSchema([{ typeDefs: parse(sdl) }]);
  const changes = await diff(build(released), build(current));
  return (
    changes
      .map(({ criticality, message, type }) => ({ level: criticality.level, message, type }))
      // Directives that `@link` does not import have a prefix: only the composer uses them.
      .filter(({ type, message }) => !type.includes('DESCRIPTION') && !message.includes('federation__'))
      .toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level))
      .map(({ level, message }) => ({ level, message }))
  );
}
const order: readonly string[] = [
  CriticalityLevel.Breaking,
  CriticalityLevel.Dangerous,
  CriticalityLevel.NonBreaking,
];

/** Whether a version may break clients of an earlier one: it has a new major version, or a new minor one below 1.0. */
export function mayBreak(from: string, to: string): boolean {
  const [major = 0, minor = 0] = from.split('.').map(Number);
  const [nextMajor = 0, nextMinor = 0] = to.split('.').map(Number);
  return nextMajor > major || (major === 0 && nextMajor === 0 && nextMinor > minor);
}

const released = 'schema.released.graphql';
const heading = /^# Released as (\S+)\n/;

/** What has changed since the last release: its file, its version, and the changes. */
export async function changesSinceRelease(): Promise<{ released: string; from: string; changes: Change[] }> {
  const text = readFileSync(released, 'utf8');
  const changes = await changesBetween(text, readFileSync('schema.graphql', 'utf8'));
  return { released, from: heading.exec(text)?.[1] ?? '', changes };
}

async function main(): Promise<void> {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const { from, changes } = await changesSinceRelease();
  for (const { level, message } of changes) console.log(`${level.padEnd(12)} ${message}`);
  if (changes.some(({ level }) => level === CriticalityLevel.Breaking) && !mayBreak(from, version)) {
    console.error(
      `These changes break clients of ${from}. Deprecate first, or bump the version: docs/schema-policy.md`,
    );
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
