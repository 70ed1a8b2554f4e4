/** The layers of the code, checked by its imports. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** From the top down: a file may import from its own layer and those below it, types included. */
const layers: readonly (readonly string[])[] = [
  ['src/main.ts'],
  ['src/program/'],
  ['src/gateway.ts', 'src/gateway/'],
  ['src/http/'],
  ['src/resolvers/'],
  ['src/graphql/'],
  ['src/jobs/'],
  ['src/events/'],
  ['src/accounts/'],
  ['src/records/'],
  ['src/domain/'],
  ['src/upstream/'],
  ['src/generated/'],
  ['src/accounts-file.ts', 'src/config.ts', 'src/log.ts'],
  ['src/secret-files.ts', 'src/settings.ts'],
  ['src/settings/'],
  ['src/version.ts', 'src/fault.ts', 'src/clock.ts', 'src/telemetry.ts'],
];
const layerOf = (file: string): number =>
  layers.findIndex((layer) =>
    layer.some((prefix) => file === prefix || (prefix.endsWith('/') && file.startsWith(prefix))),
  );

/** The maximum length of a hand-written file: three screens. */
const maxLines = 250;

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}
const isGenerated = (file: string): boolean =>
  file.includes('.generated.') || file.startsWith('src/generated/');

/** The imports of a file, types included: files of the project as paths, packages by name. */
function importsOf(file: string): string[] {
  const statements = read(file).matchAll(
    /^(?:import|export)\s[^;'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|import\('([^']+)'\)/gm,
  );
  return [...statements]
    .map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '')
    .map((name) => (name.startsWith('.') ? relative(root, join(root, dirname(file), name)) : name));
}

const src = filesIn('src');
const emulator = filesIn('emulator');

/** The imports of some files that match a pattern. */
const importsMatching = (files: string[], forbidden: RegExp): string[] =>
  files.flatMap((file) =>
    importsOf(file)
      .filter((name) => forbidden.test(name))
      .map((name) => `${file} → ${name}`),
  );

/** A cycle of imports among some files, as its path; undefined if there is none. */
function findCycle(files: string[]): string[] | undefined {
  const isDone = new Set<string>();
  function search(file: string, path: string[]): string[] | undefined {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (isDone.has(file)) return undefined;
    for (const next of importsOf(file)) {
      const found = files.includes(next) ? search(next, [...path, file]) : undefined;
      if (found) return found;
    }
    isDone.add(file);
    return undefined;
  }
  for (const file of files) {
    const found = search(file, []);
    if (found) return found;
  }
  return undefined;
}

describe('the layers', () => {
  test('every file of src belongs to a layer', () => {
    expect(src.filter((file) => layerOf(file) < 0)).toEqual([]);
  });

  test('no file imports from a layer above its own, types included', () => {
    const upward = src.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith('src/') && layerOf(name) < layerOf(file))
        .map((name) => `${file} → ${name}`),
    );
    expect(upward).toEqual([]);
  });

  test('there is no cycle of imports, types included', () => {
    expect(findCycle(src.filter((file) => !isGenerated(file)))).toBeUndefined();
    expect(findCycle(src)).toBeUndefined();
    expect(findCycle(emulator)).toBeUndefined();
  });

  test('the bottom layer and generated files import nothing from src', () => {
    expect(importsMatching(layers.at(-1) as string[], /^src\//)).toEqual([]);
    expect(importsMatching(filesIn('src/generated'), /^src\//)).toEqual([]);
  });

  test('hand-written files fit on three screens', () => {
    const files = ['src', 'emulator', 'graphiql', 'telemetry', 'scripts'].flatMap(filesIn);
    const long = files.filter((file) => !isGenerated(file) && read(file).split('\n').length - 1 > maxLines);
    expect(long).toEqual([]);
  });

  test('gateway and emulator share no code, and only main.ts imports the emulator', () => {
    expect(importsMatching(emulator, /^src\//)).toEqual([]);
    expect(importsMatching(src, /^emulator\//)).toEqual(['src/main.ts → emulator/server.ts']);
  });

  test("src uses OpenTelemetry's API, and only main.ts imports its SDK", () => {
    const packages = src.flatMap(importsOf);
    expect(new Set(packages.filter((name) => name.startsWith('@opentelemetry/')))).toEqual(
      new Set(['@opentelemetry/api']),
    );
    expect(importsMatching(src, /^telemetry\//)).toEqual(['src/main.ts → telemetry/start.ts']);
    expect(importsMatching(filesIn('telemetry'), /^(src|emulator)\//)).toEqual([]);
  });

  test('only src/upstream imports the AWS SDK', () => {
    const above = src.filter((file) => !file.startsWith('src/upstream/'));
    expect(importsMatching(above, /^@(aws-sdk|smithy)\//)).toEqual([]);
    expect(importsMatching(emulator, /^@(aws-sdk|smithy)\//)).toEqual([]);
  });

  test('AWS’s PascalCase names are used only in src/upstream', () => {
    const pascal =
      /\.(Customer|LifeCycle|Project|Marketing|SoftwareRevenue|OpportunitySummaries|NextToken|LastModifiedDate)\b/;
    const above = src.filter((file) => !file.startsWith('src/upstream/') && !isGenerated(file));
    expect(above.filter((file) => pascal.test(read(file)))).toEqual([]);
  });

  test('the environment is read only in config.ts', () => {
    expect(src.filter((file) => /process\.env/.test(read(file)))).toEqual(['src/config.ts']);
  });

  test('clocks, timers and random numbers are used only in clock.ts', () => {
    const time =
      /\b(Date\.now|new Date\(\)|performance\.|setTimeout|setInterval|AbortSignal\.timeout|Math\.random)/;
    expect(src.filter((file) => time.test(read(file)))).toEqual(['src/clock.ts']);
  });

  // Each such literal has a shape of its own, and V8 keeps a shape, with all that its getter can reach, until it collects the
  // garbage of everything: requests that are over were copied twice each.
  test('getters are in classes, not in literals', () => {
    expect(src.filter((file) => /^ {4,}get \w+\(/m.test(read(file)))).toEqual([]);
  });

  test('the tests run on the Node version that package.json installs', () => {
    expect(Number(process.versions.node.split('.')[0])).toBeGreaterThanOrEqual(24);
  });
});
