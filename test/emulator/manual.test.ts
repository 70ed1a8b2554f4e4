/** The manual of the emulator, checked against its code. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { routes } from '../../emulator/control/serve.ts';
import { operations } from '../../emulator/operations.ts';
import { numbers, switches } from '../../emulator/settings.ts';
import { apiOperations, facts, operationsPage } from '../../scripts/emulator-operations.ts';

const root = join(import.meta.dirname, '../..');
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const manual = text('docs/emulator.md');
const section = (title: string): string => manual.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

describe('docs/emulator.md', () => {
  test('has every switch with its values, the default first, and no other', () => {
    const rows = [...section('Switches').matchAll(/^\| `(\w+)` \| ([^|]*) \| \S/gm)]
      .map(([, name = '', values = '']) => [name, [...values.matchAll(/`([^`]+)`/g)].map(([, one]) => one)])
      .filter(([name]) => name !== 'enumValues' && name !== 'estimates');
    expect(Object.fromEntries(rows)).toEqual(switches);
    expect(rows).toHaveLength(Object.keys(switches).length);
  });

  test('has every number with its default, and no other', () => {
    const [, paragraph = ''] = section('Switches').split('\nNumbers: ');
    const listed = [...paragraph.matchAll(/`(\w+)`(?: and `(\w+)`)?\s\((\d+)/g)].flatMap(
      ([, name = '', other, value]) => [name, ...(other ? [other] : [])].map((one) => [one, Number(value)]),
    );
    expect(Object.fromEntries(listed)).toEqual(numbers);
  });

  test('has every call of the control surface, and no other', () => {
    const shapeOf = (path: string) => path.replace(/:\w+|[a-zO]+-?…/g, '*').replace(/\?.*$/, '');
    const listed = [
      ...section('The control surface').matchAll(/`(GET|POST|PUT|PATCH|DELETE) ([^`\s]+)`/g),
    ].map(([, method = '', path = '']) => `${method} ${shapeOf(path)}`);
    const served = routes.flatMap(({ path, ...methods }) =>
      Object.keys(methods).map((method) => `${method} ${shapeOf(path)}`),
    );
    expect([...new Set(listed)].sort()).toEqual(served.sort());
  });
});

describe('docs/emulator-operations.md', () => {
  test('is what npm run generate writes', () => {
    expect(text('docs/emulator-operations.md')).toBe(operationsPage());
  });

  test('lists every operation of the SDK, and the emulator serves no other', () => {
    expect(Object.keys(facts).sort()).toEqual(apiOperations);
    expect([...operations.keys()].filter((name) => !apiOperations.includes(name))).toEqual([]);
  });

  test.each([...operations.keys()])('names for %s a file of tests that calls it', (operation) => {
    const file = `test/emulator/${facts[operation]?.[1]}`;
    expect(existsSync(join(root, file)), `${file} does not exist`).toBe(true);
    expect(text(file)).toMatch(new RegExp(`\\b${operation}(Command)?\\b`));
  });
});

test('the conformance tests call every operation that is served', () => {
  const folder = 'test/emulator/conformance';
  const code = readdirSync(join(root, folder))
    .map((file) => text(`${folder}/${file}`))
    .join('\n');
  expect([...operations.keys()].filter((name) => !code.includes(`new ${name}Command(`))).toEqual([]);
});
