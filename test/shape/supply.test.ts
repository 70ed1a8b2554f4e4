/** The installed packages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const manifest = JSON.parse(text('package.json')) as {
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
};
const { dependencies } = JSON.parse(text('src/package.json')) as { dependencies: Record<string, string> };
const direct = { ...dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
const { packages } = JSON.parse(text('package-lock.json')) as {
  packages: Record<string, { integrity?: string; hasInstallScript?: boolean; link?: boolean }>;
};
/** All but the link to the workspace. */
const installed = Object.entries(packages).filter(
  ([path, { link }]) => path.startsWith('node_modules/') && !link,
);

test('docs/decisions.md gives a reason for every dependency, and lists no others', () => {
  const [, tables = ''] = text('docs/decisions.md').split('## Dependencies');
  const named = [...tables.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''),
  );
  expect(named.toSorted()).toEqual(Object.keys(direct).toSorted());
});

test('every version is exact, and every package has a checksum', () => {
  expect(Object.entries(direct).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  expect(installed.filter(([, { integrity }]) => !integrity).map(([path]) => path)).toEqual([]);
});

test('what the sources and the tests both use has one version', () => {
  const differing = Object.entries(manifest.devDependencies).filter(
    ([name, version]) => (dependencies[name] ?? version) !== version,
  );
  expect(differing).toEqual([]);
});

test('the workspace has no packages of its own, so that `telemetry/` finds the same ones', () => {
  expect(Object.keys(packages).filter((path) => path.startsWith('src/node_modules/'))).toEqual([]);
});

test('no package may run a script when it is installed', () => {
  const scripted = installed
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  expect(Object.keys(manifest.allowScripts).toSorted()).toEqual([...new Set(scripted)].toSorted());
  expect(Object.values(manifest.allowScripts)).not.toContain(true);
  expect(text('.npmrc')).toContain('strict-allow-scripts=true');
});
