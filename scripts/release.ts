/**
 * Prepares a release: `npm run release -- 0.3.0`. It refuses a version that does not fit the changes of the schema since the last
 * release, and writes it wherever it is written: package.json, the lock file, the images, the manifests, the changelog and the
 * released schema. Commit the result and tag it `v0.3.0`; the workflow publishes it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { type Change, changesSinceRelease, mayBreak } from './breaking.ts';

/** Why a version cannot follow another one; undefined if it can. */
export function problemWith(from: string, to: string, changes: readonly Change[]): string | undefined {
  const parts = (version: string) => /^(\d+)\.(\d+)\.(\d+)$/.exec(version)?.slice(1).map(Number);
  const [before, after] = [parts(from), parts(to)];
  if (!after) return `${JSON.stringify(to)} is not a version; expected one such as 0.3.0`;
  const first = before?.findIndex((part, index) => part !== after[index]) ?? 0;
  if (before && (first < 0 || Number(after[first]) < Number(before[first])))
    return `${to} does not come after ${from}`;
  const breaking = changes.filter(({ level }) => level === 'BREAKING');
  if (breaking.length === 0 || mayBreak(from, to)) return undefined;
  return [
    `${to} may not break clients of ${from}, but the schema does: docs/schema-policy.md`,
    ...breaking.map(({ message }) => `  ${message}`),
  ].join('\n');
}

/** Where the version is written, and what is around it. */
const places: readonly [file: string, pattern: RegExp][] = [
  ['package.json', /(?<=^ {2}"version": ")[^"]+/m],
  ['package-lock.json', /(?<=^ {2,6}"name": "partner-central-graphql",\n *"version": ")[^"]+/gm],
  ['Dockerfile', /(?<=image\.version=")[^"]+/g],
  ['deploy/kubernetes/base/kustomization.yaml', /(?<=name: partner-central-\w+\n {4}newTag: ).+/g],
  ['deploy/kubernetes/trial/kustomization.yaml', /(?<=name: partner-central-\w+\n {4}newTag: ).+/g],
];

/** The content of a file with another version. @throws Error if the pattern has no version in it */
function replaced(text: string, pattern: RegExp, version: string, file: string): string {
  if (text.search(pattern) < 0) throw new Error(`${file}: there is no version to replace`);
  return text.replace(pattern, version);
}

async function main([version = '']: string[]): Promise<void> {
  const { released, from, changes } = await changesSinceRelease();
  const problem = problemWith(from, version, changes);
  if (problem) {
    console.error(problem);
    process.exitCode = 1;
    return;
  }
  for (const [file, pattern] of places)
    writeFileSync(file, replaced(readFileSync(file, 'utf8'), pattern, version, file));
  const today = new Date().toISOString().slice(0, 10);
  const changelog = readFileSync('CHANGELOG.md', 'utf8');
  if (!changelog.includes(`\n## [${version}]`))
    writeFileSync(
      'CHANGELOG.md',
      replaced(
        changelog,
        /^## \[Unreleased\]\n/m,
        `## [Unreleased]\n\n## [${version}] - ${today}\n`,
        'CHANGELOG.md',
      ),
    );
  writeFileSync(released, `# Released as ${version}\n${readFileSync('schema.graphql', 'utf8')}`);
  console.log(`${from} → ${version}: review the changes, commit them, and tag v${version}.`);
}

if (import.meta.main) await main(process.argv.slice(2));
