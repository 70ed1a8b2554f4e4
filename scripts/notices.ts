/**
 * What the package contains of others: their licences, which have to be included in full, and a bill of materials. The
 * bundler lists the packages, so that neither lacks one or has one that is only installed.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package in a bundle, as Vite lists it. */
type Bundled = { name: string; version: string; identifier?: string; text?: string };

/** The licences that a package in a bundle may be under: none of them obliges users of the gateway to publish anything. */
export const allowedLicences: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'Python-2.0',
  '(MIT AND BSD-3-Clause)',
  '(MPL-2.0 OR Apache-2.0)',
];

/** The bundles; GraphiQL is built by `npm run build:graphiql`. */
const folders = ['server', 'emulator', 'graphiql'];

/** The packages in all bundles, each once, by name. */
export function bundledPackages(): Bundled[] {
  const lists = folders
    .map((folder) => `dist/${folder}/licences.json`)
    .filter((file) => existsSync(file))
    .flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as Bundled[]);
  const byName = new Map(lists.map((one) => [`${one.name}@${one.version}`, one]));
  return [...byName.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The text of a package's NOTICE file, which the Apache License requires to be passed on. */
function noticeOf({ name }: Bundled): string {
  const folder = join('node_modules', name);
  const file = existsSync(folder) && readdirSync(folder).find((one) => /^notice/i.test(one));
  return file ? readFileSync(join(folder, file), 'utf8').trim() : '';
}

/** Indented as code, so that nothing in it is Markdown. */
const quoted = (text: string): string => text.replaceAll(/^(?=.)/gm, '    ');

function noticesOf(packages: readonly Bundled[]): string {
  const sections = packages.map((one) =>
    [
      `## ${one.name} ${one.version}`,
      one.identifier,
      quoted([one.text, noticeOf(one)].filter(Boolean).join('\n\n')),
    ].join('\n\n'),
  );
  return `# Third-party notices\n\nThe files in \`dist\` contain code of these packages.\n\n${sections.join('\n\n')}\n`;
}

/** A bill of materials in the format of CycloneDX 1.6. */
function billOf(packages: readonly Bundled[]): object {
  const { name, version, license } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    string,
    string
  >;
  const componentOf = (one: Bundled) => ({
    type: 'library',
    name: one.name,
    version: one.version,
    purl: `pkg:npm/${one.name.replace('@', '%40')}@${one.version}`,
    licenses: [{ expression: one.identifier }],
  });
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name, version, licenses: [{ expression: license }] } },
    components: packages.map(componentOf),
  };
}

/**
 * Writes `dist/THIRD-PARTY-NOTICES.md` and `dist/sbom.cdx.json`.
 *
 * @throws Error that names every package under another licence
 */
export function writeNotices(): void {
  const packages = bundledPackages();
  const others = packages.filter(({ identifier = 'none' }) => !allowedLicences.includes(identifier));
  if (others.length > 0)
    throw new Error(
      `These packages are under licences that are not allowed:\n${others.map(({ name, identifier }) => `  ${name}: ${identifier}`).join('\n')}`,
    );
  writeFileSync('dist/THIRD-PARTY-NOTICES.md', noticesOf(packages));
  writeFileSync('dist/sbom.cdx.json', `${JSON.stringify(billOf(packages), null, 2)}\n`);
}
