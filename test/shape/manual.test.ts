/** The documentation, checked against the project. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settings } from '../../src/settings.ts';

const root = join(import.meta.dirname, '../..');
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && !file.endsWith('manual.test.ts'))
  .map((file) => text(`test/${file}`))
  .join('\n');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

test('docs/settings.md has every setting with its default', () => {
  const rows = [...text('docs/settings.md').matchAll(/^\| `([A-Z_]+)` \| ([^|]*) \| \S/gm)].map(
    ([, name = '', value = '']) => [name, value.replaceAll('`', '')],
  );
  const defaults = settings.parse({}) as Record<string, unknown>;
  const expected = Object.keys(settings.shape).map((name) => {
    const value = [defaults[name] ?? []].flat();
    return [name, value.length === 0 ? '–' : value.join(', ')];
  });
  expect(rows.toSorted()).toEqual(expected.toSorted());
});

test('every row of the failure table names a test', () => {
  const [, section = ''] = text('docs/operations.md').split('## Failure modes');
  const [table = ''] = section.split('`npm run bench');
  const rows = table
    .split('\n')
    .filter((line) => /^\| (?!failure \||-)/.test(line) && !line.startsWith('|---'));
  expect(rows.length).toBeGreaterThan(10);
  for (const row of rows) {
    const title = row.split('|').at(-2)?.trim() ?? '';
    expect(tests.includes(title) && title.length > 3, `there is no test named ${title}`).toBe(true);
  }
});

test('every point of the security checklists names a test that exists', () => {
  const [, section = ''] = text('docs/security.md').split('## Checklists');
  const [tables = ''] = section.split('\n## ');
  const points = tables.split('\n').filter((line) => /^\| (?!check \||point \|)/.test(line));
  expect(points.length).toBeGreaterThan(30);
  for (const point of points) {
    const [, file = '', title = ''] = /`([\w/-]+\.test\.ts)`: (.+) \|$/.exec(point) ?? [];
    expect(file, point).not.toBe('');
    expect(text(`test/${file}`), `${file} has no test named ${title}`).toContain(`'${title}'`);
  }
});

test('the README is short enough to be read: details are in docs', () => {
  expect(text('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});

test.each(pages)('every link of %s leads to a file', (page) => {
  const links = [...text(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) =>
    join(page, '..', link),
  );
  for (const link of links) expect(() => readdirOrFile(link), `${page}: ${link}`).not.toThrow();
});

const readdirOrFile = (path: string): unknown => {
  try {
    return readdirSync(join(root, path));
  } catch {
    return text(path);
  }
};

test('every script that the documentation names exists', () => {
  const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
  const named = pages.flatMap((page) =>
    [...text(page).matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name),
  );
  expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
});
