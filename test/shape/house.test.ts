/** The one-way flow, held by the imports themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.includes('.generated.'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** What a file imports of the project and of packages; types count only where `types` asks for them. */
function importsOf(file: string, { types = false } = {}): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const statements = text.matchAll(
    /^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|import\('([^']+)'\)/gm,
  );
  return [...statements]
    .filter(([, type]) => types || !type)
    .map(([, , from, dynamic]) => from ?? dynamic ?? '')
    .map((name) => (name.startsWith('.') ? relative(root, join(root, dirname(file), name)) : name));
}

const src = filesIn('src');
const reaching = (files: string[], forbidden: RegExp, options = {}) =>
  files.flatMap((file) =>
    importsOf(file, options)
      .filter((name) => forbidden.test(name))
      .map((name) => `${file} → ${name}`),
  );

describe('the house', () => {
  test('keeps the two programs apart but for one line of main.ts', () => {
    expect(reaching(filesIn('emulator'), /^src\//, { types: true })).toEqual([]);
    expect(reaching(src, /^emulator\//, { types: true })).toEqual(['src/main.ts → emulator/server.ts']);
  });

  test('knows of OpenTelemetry its API alone, and of its SDK one line of main.ts', () => {
    const packages = src.flatMap((file) => importsOf(file, { types: true }));
    expect(new Set(packages.filter((name) => name.startsWith('@opentelemetry/')))).toEqual(
      new Set(['@opentelemetry/api']),
    );
    expect(reaching(src, /^telemetry\//, { types: true })).toEqual(['src/main.ts → telemetry/start.ts']);
    expect(reaching(filesIn('telemetry'), /^(src|emulator)\//, { types: true })).toEqual([]);
  });

  test('lets nothing but the port see the SDK', () => {
    expect(
      reaching(
        src.filter((file) => !file.startsWith('src/upstream/')),
        /^@(aws-sdk|smithy)\//,
        { types: true },
      ),
    ).toEqual([]);
    expect(reaching(filesIn('emulator'), /^@(aws-sdk|smithy)\//, { types: true })).toEqual([]);
  });

  test('flows one way: resolvers → domain → nothing above', () => {
    const domain = src.filter((file) => file.startsWith('src/domain/'));
    const upstream = src.filter((file) => file.startsWith('src/upstream/'));
    expect(reaching(domain, /^src\/(resolvers|upstream|server|context|loaders|schema)/)).toEqual([]);
    expect(
      reaching(upstream, /^src\/(domain|resolvers|server|context|loaders|schema)/, { types: true }),
    ).toEqual([]);
    expect(
      reaching(
        src.filter((file) => file.startsWith('src/resolvers/')),
        /^src\/(server|main|config|plugins)/,
      ),
    ).toEqual([]);
    expect(importsOf('src/fault.ts', { types: true })).toEqual([]);
  });

  test('reads the environment in config.ts only', () => {
    const readers = src.filter((file) => /process\.env/.test(readFileSync(join(root, file), 'utf8')));
    expect(readers).toEqual(['src/config.ts']);
  });

  test('keeps AWS’s PascalCase inside the port', () => {
    const outside = src.filter((file) => !file.startsWith('src/upstream/'));
    const pascal =
      /\.(Customer|LifeCycle|Project|Marketing|SoftwareRevenue|OpportunitySummaries|NextToken|LastModifiedDate)\b/;
    expect(outside.filter((file) => pascal.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });

  test('runs on the Node that package.json brings along', () => {
    expect(Number(process.versions.node.split('.')[0])).toBeGreaterThanOrEqual(24);
  });
});
