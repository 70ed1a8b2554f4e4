/** The page of docs/subscriptions.md in Chromium, while someone else works. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { expect, test } from 'vitest';
import { gateway } from './kit.ts';
import { until } from './until.ts';

const root = 'examples/live';
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const hasChromium = existsSync(executablePath);
if (!hasChromium)
  process.emitWarning(`The live example is not tested: there is no Chromium at ${executablePath}.`);

test('the documentation has the example as it is', () => {
  const [, example] = readFileSync(`${root}/live.ts`, 'utf8').split("from 'react';\n\n");
  expect(readFileSync('docs/subscriptions.md', 'utf8')).toContain(`\`\`\`tsx\n${example}\`\`\`\n`);
});

test.skipIf(!hasChromium)('a page changes by itself when another client patches', async () => {
  const outDir = mkdtempSync(join(tmpdir(), 'live-'));
  await build({ root, plugins: [react()], logLevel: 'silent', build: { outDir, emptyOutDir: true } });
  await using gw = await gateway({ INDEX: 'on', SYNC_INTERVAL_MS: '3600000' });
  await until(async () => !(await gw.query('{ opportunityChanges(first: 1) { cursor } }')).errors);
  const proxy = { '/graphql': { target: gw.url, ws: true } };
  const server = await preview({ root, logLevel: 'silent', build: { outDir }, preview: { port: 0, proxy } });
  const browser = await chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  await page.goto(server.resolvedUrls?.local[0]?.replace('localhost', '127.0.0.1') ?? '');
  const first = page.getByRole('listitem').first();
  await first.waitFor();
  await until(() => gw.logged.some((line) => line.includes('subscription opened')));
  const [id = ''] = (await first.innerText()).split(':');
  const patched = await gw.query(
    'mutation($id: ID!) { updateOpportunity(input: { id: $id, patch: { lifeCycle: { nextSteps: "Call Ada" } } }) { changed userErrors { message } } }',
    { id },
  );
  expect(patched.data.updateOpportunity.userErrors).toEqual([]);
  await page.getByText(`${id}: Call Ada`).waitFor();
  await browser.close();
  await server.close();
  rmSync(outDir, { recursive: true, force: true });
});
