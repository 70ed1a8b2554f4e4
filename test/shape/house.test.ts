/** The layout, held by the imports themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** From the top floor down: what is on a floor may import its own floor and those below it, types included. */
const floors: readonly (readonly string[])[] = [
  ['src/main.ts'],
  ['src/gateway.ts'],
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
  ['src/config.ts', 'src/fault.ts', 'src/clock.ts', 'src/telemetry.ts'],
];
const floorOf = (file: string): number =>
  floors.findIndex((floor) =>
    floor.some((place) => file === place || (place.endsWith('/') && file.startsWith(place))),
  );

/** A file fits on three screens. */
const maxLines = 250;

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}
const isGenerated = (file: string): boolean =>
  file.includes('.generated.') || file.startsWith('src/generated/');

/** What a file imports of the project, as paths, and of packages, as names; types count. */
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

/** Imports of some files that lead where they must not. */
const reaching = (files: string[], forbidden: RegExp): string[] =>
  files.flatMap((file) =>
    importsOf(file)
      .filter((name) => forbidden.test(name))
      .map((name) => `${file} → ${name}`),
  );

/** A circle of imports among some files, as the way around it; undefined where there is none. */
function circleIn(files: string[]): string[] | undefined {
  const isDone = new Set<string>();
  function search(file: string, way: string[]): string[] | undefined {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (isDone.has(file)) return undefined;
    for (const next of importsOf(file)) {
      const found = files.includes(next) ? search(next, [...way, file]) : undefined;
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

describe('the layout', () => {
  test('gives every file of src a floor', () => {
    expect(src.filter((file) => floorOf(file) < 0)).toEqual([]);
  });

  test('has no import that leads to a floor above, types included', () => {
    const upward = src.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith('src/') && floorOf(name) < floorOf(file))
        .map((name) => `${file} → ${name}`),
    );
    expect(upward).toEqual([]);
  });

  test('has no circle of imports, types included', () => {
    expect(circleIn(src.filter((file) => !isGenerated(file)))).toBeUndefined();
    expect(circleIn(src)).toBeUndefined();
    expect(circleIn(emulator)).toBeUndefined();
  });

  test('lets the ground import nothing of src', () => {
    expect(reaching(floors.at(-1) as string[], /^src\//)).toEqual([]);
    expect(reaching(filesIn('src/generated'), /^src\//)).toEqual([]);
  });

  test('keeps hand-written files within three screens', () => {
    const files = ['src', 'emulator', 'graphiql', 'telemetry', 'scripts'].flatMap(filesIn);
    const long = files.filter((file) => !isGenerated(file) && read(file).split('\n').length - 1 > maxLines);
    expect(long).toEqual([]);
  });

  test('keeps the two programs apart but for one line of main.ts', () => {
    expect(reaching(emulator, /^src\//)).toEqual([]);
    expect(reaching(src, /^emulator\//)).toEqual(['src/main.ts → emulator/server.ts']);
  });

  test("uses OpenTelemetry's API alone, and its SDK in one line of main.ts", () => {
    const packages = src.flatMap(importsOf);
    expect(new Set(packages.filter((name) => name.startsWith('@opentelemetry/')))).toEqual(
      new Set(['@opentelemetry/api']),
    );
    expect(reaching(src, /^telemetry\//)).toEqual(['src/main.ts → telemetry/start.ts']);
    expect(reaching(filesIn('telemetry'), /^(src|emulator)\//)).toEqual([]);
  });

  test('lets nothing but src/upstream see the SDK', () => {
    const above = src.filter((file) => !file.startsWith('src/upstream/'));
    expect(reaching(above, /^@(aws-sdk|smithy)\//)).toEqual([]);
    expect(reaching(emulator, /^@(aws-sdk|smithy)\//)).toEqual([]);
  });

  test('keeps AWS’s PascalCase inside src/upstream', () => {
    const pascal =
      /\.(Customer|LifeCycle|Project|Marketing|SoftwareRevenue|OpportunitySummaries|NextToken|LastModifiedDate)\b/;
    const above = src.filter((file) => !file.startsWith('src/upstream/') && !isGenerated(file));
    expect(above.filter((file) => pascal.test(read(file)))).toEqual([]);
  });

  test('reads the environment in config.ts only', () => {
    expect(src.filter((file) => /process\.env/.test(read(file)))).toEqual(['src/config.ts']);
  });

  test('reads clocks, sets timers and rolls dice in clock.ts only', () => {
    const time =
      /\b(Date\.now|new Date\(\)|performance\.|setTimeout|setInterval|AbortSignal\.timeout|Math\.random)/;
    expect(src.filter((file) => time.test(read(file)))).toEqual(['src/clock.ts']);
  });

  test('runs on the Node that package.json brings along', () => {
    expect(Number(process.versions.node.split('.')[0])).toBeGreaterThanOrEqual(24);
  });
});
