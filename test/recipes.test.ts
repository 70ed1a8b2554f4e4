/** The recipes of docs/recipes.md: each runs as it stands, at the cost that the page names. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { type Operation, operationFacts } from '../src/upstream/operations.ts';
import { type Data, gateway, gatewayOn, type TestGateway, untilIndexed } from './kit.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/recipes.md'), 'utf8');

interface Recipe {
  title: string;
  cost: string;
  needsIndex: boolean;
  document: string;
}

const recipes: Recipe[] = page.split(/^### /m).flatMap((section) => {
  const [title = ''] = section.split('\n');
  const operations = /^\*Cost: (.+?)\.( Needs the index\.)?\*\n\n```graphql\n([^`]*)```$/gm;
  return [...section.matchAll(operations)].map(([, cost = '', index, document = '']) => ({
    title,
    cost,
    needsIndex: index !== undefined,
    document,
  }));
});

/** The least time that AWS's quota takes for some calls, when all of it is free. */
function secondsOf(calls: Record<string, number>): number {
  const { readsPerSecond, writesPerSecond } = readConfig({}).quota;
  const perSecond = { read: readsPerSecond, write: writesPerSecond };
  const counts = { read: 0, write: 0 };
  for (const [operation, count] of Object.entries(calls)) {
    const { callClass } = operationFacts[operation as Operation];
    if (callClass === 'read' || callClass === 'write') counts[callClass] += count;
  }
  return Math.max(
    ...(['read', 'write'] as const).map((name) => Math.ceil(counts[name] / perSecond[name]) - 1),
    0,
  );
}

function costOf(calls: Record<string, number>): string {
  const listed = Object.entries(calls).map(([operation, count]) => `${count} × ${operation}`);
  return `${listed.join(', ') || 'none'}; ${secondsOf(calls)} s`;
}

/** Every `userErrors` of an answer, but for conflicts: one recipe is about them. */
function refusals(data: Data): unknown[] {
  const payloads = Object.values(data) as ({ userErrors?: { code: string }[] } | null)[];
  return payloads.flatMap((payload) => payload?.userErrors ?? []).filter(({ code }) => code !== 'CONFLICT');
}

let plain: TestGateway;
let indexed: TestGateway;

beforeAll(async () => {
  plain = await gateway();
  // The index does not look for changes during the test, so that the calls are those of the recipes.
  indexed = await gatewayOn(plain.emulator.url, { INDEX: 'on', SYNC_INTERVAL_MS: '600000' });
  await untilIndexed(indexed);
});

afterAll(async () => {
  await indexed?.[Symbol.asyncDispose]();
  await plain?.[Symbol.asyncDispose]();
});

test('there are twenty-five recipes, and every operation of the page is one', () => {
  expect([...page.matchAll(/^### (\d+)\. /gm)].map(([, number]) => Number(number))).toEqual(
    Array.from({ length: 25 }, (_, index) => index + 1),
  );
  expect(new Set(recipes.map(({ title }) => title)).size).toBe(25);
  expect(recipes.length).toBe([...page.matchAll(/^```graphql$/gm)].length);
});

test.each(recipes)('recipe $title costs $cost', async ({ document, needsIndex, cost }) => {
  const { data, errors, extensions, calls } = await (needsIndex ? indexed : plain).query(document);
  expect(errors).toBeUndefined();
  expect(Object.values(data)).not.toContain(null);
  expect(refusals(data)).toEqual([]);
  expect(costOf(extensions.upstream.calls)).toBe(cost);
  // The emulator has seen these calls, and perhaps some of a job that a recipe has started.
  expect(calls).toMatchObject(extensions.upstream.calls);
});

test('the command for a terminal runs a query from a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recipes-'));
  await writeFile(join(folder, 'deal.graphql'), 'query Deal($id: ID!) { opportunity(id: $id) { id } }');
  const [, command = ''] = /```sh\n([^`]*)```/.exec(page) ?? [];
  const here = command.replace('http://127.0.0.1:4000', plain.url);
  const { stdout } = await promisify(execFile)('sh', ['-c', here], { cwd: folder });
  await rm(folder, { recursive: true });
  expect(JSON.parse(stdout).data).toEqual({ opportunity: { id: 'O5000002' } });
});
