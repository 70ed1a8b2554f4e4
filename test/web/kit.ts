/** The workspace in Chromium: built and served once for a file, on one gateway and one browser. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium, type Page, type Route } from 'playwright-core';
import { build, preview } from 'vite';
import { afterAll, beforeAll } from 'vitest';
import type { EmulatorOptions } from '../../emulator/server.ts';
import { gateway, type TestGateway } from '../kit.ts';

const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
export const hasChromium = existsSync(chromiumPath);
if (!hasChromium)
  process.emitWarning(`The workspace is not tested: there is no Chromium at ${chromiumPath}.`);

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
];
const root = 'examples/web';

/** Serves the workspace for the tests of a file. */
export function workspace(env: Record<string, string> = {}, options: EmulatorOptions = {}) {
  const outDir = mkdtempSync(join(tmpdir(), 'web-'));
  const started: { browser?: Browser; gw?: TestGateway; url?: string; close?: () => Promise<void> } = {};
  function ready<Name extends keyof typeof started>(name: Name): NonNullable<(typeof started)[Name]> {
    const value = started[name];
    if (value === undefined) throw new Error('The workspace is not served yet.');
    return value;
  }

  beforeAll(async () => {
    await build({ root, logLevel: 'silent', build: { outDir, emptyOutDir: true } });
    started.browser = await chromium.launch({ executablePath: chromiumPath, args });
    started.gw = await gateway(env, options);
    const proxy = { '/graphql': { target: started.gw.url, ws: true } };
    const served = { port: 0, strictPort: false, proxy };
    const server = await preview({ root, logLevel: 'silent', build: { outDir }, preview: served });
    started.url = server.resolvedUrls?.local[0]?.replace('localhost', '127.0.0.1').replace(/\/$/, '') ?? '';
    started.close = () => server.close();
  });
  afterAll(async () => {
    await started.browser?.close();
    await started.close?.();
    await started.gw?.[Symbol.asyncDispose]();
    rmSync(outDir, { recursive: true, force: true });
  });

  return {
    get gw(): TestGateway {
      return ready('gw');
    },
    /** Opens a page in a browser of its own. `trouble` has its errors, and requests to other hosts. */
    async visit(path: string, viewport = { width: 1280, height: 800 }) {
      const context = await ready('browser').newContext({ viewport, locale: 'en-US' });
      context.setDefaultTimeout(120_000);
      const page = await context.newPage();
      const trouble: string[] = [];
      page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
      page.on('pageerror', ({ message }) => trouble.push(message));
      page.on('request', (request) => {
        const { hostname, protocol } = new URL(request.url());
        if (protocol !== 'data:' && hostname !== '127.0.0.1') trouble.push(`asked ${hostname}`);
      });
      await page.goto(`${ready('url')}${path}`);
      return { page, trouble, [Symbol.asyncDispose]: () => context.close() };
    },
  };
}

/** What axe finds wrong with the accessibility of a page: the rule, and the element. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

/** How many pixels a page is wider than its window. */
export const overflow = async (page: Page): Promise<number> =>
  Number(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'));

/** Approved deals in a stage, in the order of the board. */
export async function dealsIn(gw: TestGateway, stage: string, count: number) {
  const { data } = await gw.query(
    `query ($stages: [Stage!], $first: Int!) {
      opportunities(first: $first, filter: { stages: $stages, reviewStatuses: [APPROVED] }) {
        nodes { id customer { account { companyName } } }
      } }`,
    { stages: [stage], first: count },
  );
  const nodes = data.opportunities.nodes as { id: string; customer: { account: { companyName: string } } }[];
  return nodes.map(({ id, customer }) => ({ id, name: customer.account.companyName }));
}

/**
 * Handles an operation of the page, so many times, in place of the gateway. Other requests pass: a page sends some by itself,
 * such as probes while the gateway is away.
 */
export async function intercept(
  page: Page,
  operation: string,
  handle: (route: Route) => Promise<void>,
  times = 1,
): Promise<void> {
  let left = times;
  await page.route('**/graphql', async (route) => {
    const isAsked = route.request().postData()?.includes(`"operationName":"${operation}"`);
    return isAsked && left-- > 0 ? handle(route) : route.fallback();
  });
}

/** Answers an operation of the page, so many times, with something else than the gateway would. */
export const answerInstead = (
  page: Page,
  operation: string,
  json: object,
  times = Number.POSITIVE_INFINITY,
): Promise<void> => intercept(page, operation, (route) => route.fulfill({ json }), times);

/** Has the page lose the answer to its next request for an operation, which the gateway executes. */
export const loseAnswer = (page: Page, operation: string): Promise<void> =>
  intercept(page, operation, async (route) => {
    await route.fetch();
    await route.abort();
  });
