import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Fastify, { type FastifyInstance } from 'fastify';
import { type Browser, chromium, type Page, type Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explorer } from '../src/http/explorer.ts';
import { gateway } from './kit.ts';
import { until } from './until.ts';

const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const absent = [
  existsSync(chromiumPath) ? [] : `no Chromium at ${chromiumPath}, set CHROMIUM_PATH`,
  existsSync(new URL('../dist/graphiql/index.html', import.meta.url))
    ? []
    : 'run `npm run build:graphiql` first',
].flat();
if (absent.length > 0) process.emitWarning(`GraphiQL is not tested: ${absent.join('; ')}.`);

describe.skipIf(absent.length > 0)('GraphiQL in Chromium', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: chromiumPath,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });

  afterAll(() => browser?.close());

  test('every example runs unchanged', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;
    expect(await page.title()).toBe('partner-central-graphql');
    expect(await page.getByRole('tab').allInnerTexts()).toEqual([
      'List',
      'Detail',
      'Create',
      'Patch',
      'Conflict',
      'SubmitDeal',
      'AwsView',
      'Inbox',
      'Live',
      'Quota',
    ]);

    const list = await run(page);
    expect(list).not.toHaveProperty('errors');
    expect(list.data.opportunities?.nodes).toHaveLength(10);

    const detail = await run(page, 'Detail');
    expect(detail).not.toHaveProperty('errors');
    expect(detail.data.opportunity).toMatchObject({
      id: 'O5000002',
      project: { title: expect.any(String) },
    });

    const create = await run(page, 'Create');
    expect(create).not.toHaveProperty('errors');
    expect(create.data.createOpportunity).toMatchObject({
      userErrors: [],
      opportunity: { id: expect.stringMatching(/^O\d+$/) },
    });

    const patch = await run(page, 'Patch');
    expect(patch).not.toHaveProperty('errors');
    expect(patch.data.updateOpportunity).toMatchObject({ userErrors: [], changed: true });

    const conflict = await run(page, 'Conflict');
    expect(conflict).not.toHaveProperty('errors');
    expect(conflict.data.updateOpportunity).toMatchObject({
      changed: false,
      userErrors: [{ code: 'CONFLICT' }],
      conflict: { overlappingFields: ['lifeCycle.nextSteps'] },
    });
    await result(page).filter({ hasText: '"CONFLICT"' }).waitFor();

    const submit = await run(page, 'SubmitDeal');
    expect(submit.data.submitOpportunity).toMatchObject({
      submitted: true,
      userErrors: [],
      opportunity: { id: 'O5000001', lifeCycle: { reviewStatus: 'SUBMITTED' } },
    });
    expect((await run(page)).data.submitOpportunity).toMatchObject({
      submitted: true,
      task: null,
    });

    const awsView = await run(page, 'AwsView');
    expect(awsView).not.toHaveProperty('errors');
    expect(awsView.data.opportunity).toMatchObject({
      awsSummary: { involvementType: expect.any(String) },
      solutions: [{ status: 'ACTIVE' }, { status: 'ACTIVE' }],
    });

    const inbox = await run(page, 'Inbox');
    expect(inbox).not.toHaveProperty('errors');
    const invitation = { daysLeft: expect.any(Number), payload: expect.anything() };
    expect(inbox.data.engagementInvitations).toMatchObject({
      nodes: expect.arrayContaining([expect.objectContaining(invitation)]),
    });

    const quota = await run(page, 'Quota');
    expect(quota.data.quota).toMatchObject({ read: { waiting: 0 }, write: { waiting: 0 } });
  });

  test('the tab "Live" shows a change that someone else makes', async () => {
    await using visit = await visitor(browser, { INDEX: 'on', SYNC_INTERVAL_MS: '100' });
    const { page } = visit;
    await page.getByRole('tab', { name: 'Live', exact: true }).click();
    const opened = page.waitForEvent('websocket');
    await page.getByRole('button', { name: /^Execute query/ }).click();
    const socket = await opened;
    expect(socket.url()).toBe(`${visit.url.replace('http', 'ws')}/graphql`);
    await until(() => visit.logged.some((line) => line.includes('"operationName":"Live"')));
    const patch =
      'mutation { updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "Call Ada" } } }) { changed } }';
    await fetch(`${visit.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: patch }),
    });
    await result(page).filter({ hasText: '"Call Ada"' }).waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test('the cost line reports what a response cost, or the estimate of a dry run', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;
    await run(page);
    await page
      .getByText(
        /^1 × ListOpportunities(, waited \d+ ms for quota)? · left \(24 h\): [\d,]+ reads, [\d,]+ writes$/,
      )
      .waitFor();
    await page.getByRole('button', { name: 'Headers', exact: true }).click();
    await page.getByRole('region', { name: 'Headers' }).locator('.monaco-editor:visible').click();
    await page.keyboard.insertText('{ "X-Upstream-Dry-Run": "1" }');
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await page.getByText('Estimate: 1 × ListOpportunities, at least 0 s').waitFor();
  });

  test('Re-fetch sends the headers from the headers editor', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;
    await page.getByRole('button', { name: 'Headers', exact: true }).click();
    await page.getByRole('region', { name: 'Headers' }).locator('.monaco-editor:visible').click();
    await page.keyboard.insertText('{ "authorization": "Bearer of-a-test" }');
    const asked = page.waitForRequest((request) => request.headers().authorization === 'Bearer of-a-test');
    await page.getByRole('button', { name: /^Re-fetch/ }).click();
    expect((await asked).postData()).toContain('__schema');
  });

  test('Ctrl+Enter runs the query, and an unreachable or foreign server results in a plain message', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;
    await page.locator('.graphiql-query-editor .monaco-editor:visible').click();
    await page.keyboard.press('Control+Enter');
    await result(page).filter({ hasText: '"opportunities"' }).waitFor();
    await page.route('**/graphql', (route) => route.abort());
    await page.keyboard.press('Control+Enter');
    await result(page).filter({ hasText: 'The gateway cannot be reached.' }).waitFor();
    expect(await result(page).innerText()).not.toContain('    at ');
    await page.unroute('**/graphql');
    await page.route('**/graphql', (route) => route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' }));
    await page.keyboard.press('Control+Enter');
    await result(page).filter({ hasText: 'it was not JSON' }).waitFor();
  });

  test('a tab cannot be clicked before the editors have loaded', async () => {
    const gw = await gateway();
    const page = await browser.newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(gw.url);
    // Playwright waits until the tab accepts clicks.
    await page.getByRole('tab', { name: 'Detail' }).click();
    await page.locator('.graphiql-query-editor').getByText('Detail', { exact: true }).first().waitFor();
    await page.close();
    await gw[Symbol.asyncDispose]();
  });

  test('the editor is above the response in a narrow window', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;
    await page.setViewportSize({ width: 480, height: 800 });
    const [editor, answer] = await Promise.all(
      ['.graphiql-editors', '.graphiql-response'].map((part) => page.locator(part).boundingBox()),
    );
    expect(answer?.y).toBeGreaterThan((editor?.y ?? 0) + (editor?.height ?? 0) - 20);
    expect(editor?.width).toBeGreaterThan(350);
  });

  test('the examples and their variables survive a reload', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;
    await run(page, 'Create');
    await page.waitForFunction(() => localStorage.getItem('graphiql:variables')?.includes('companyName'));
    await page.waitForFunction(() =>
      localStorage.getItem('graphiql:tabState')?.includes('"activeTabIndex":2'),
    );
    await page.reload();
    await editors(page);
    expect(await page.getByRole('tab').allInnerTexts()).toHaveLength(10);
    expect((await run(page)).data.createOpportunity).toMatchObject({ userErrors: [] });
  });

  test('queries are sent with the headers from the headers editor', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;
    await page.getByRole('button', { name: 'Headers', exact: true }).click();
    await page.getByRole('region', { name: 'Headers' }).locator('.monaco-editor:visible').click();
    await page.keyboard.insertText('{ "x-asked-by": "a test" }');
    const asked = page.waitForRequest((request) => request.headers()['x-asked-by'] === 'a test');
    await run(page);
    expect((await asked).url()).toBe(`${visit.url}/graphql`);
  });

  test('the documentation and the query builder work, and every request goes to the page’s own gateway', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;

    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).click();
    await page.locator('.graphiql-doc-explorer').getByText('The opportunity with this ID.').waitFor();

    await page.getByRole('button', { name: 'Show GraphiQL Explorer' }).click();
    await page.locator('.graphiql-explorer-root [data-field-name="arn"] span').first().click();
    await page.locator('.graphiql-query-editor').getByText('arn', { exact: true }).waitFor();

    await page.getByRole('button', { name: /^Prettify/ }).click();
    await run(page);
    expect(new Set(visit.asked.map((url) => new URL(url).origin))).toEqual(new Set([visit.url]));
    expect(visit.complaints).toEqual([]);
  });
});

describe('serving the page', () => {
  let bundle: URL;
  let app: FastifyInstance;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'graphiql-'));
    await mkdir(join(folder, 'graphiql'));
    await writeFile(join(folder, 'index.html'), '<title>the page</title>');
    await writeFile(join(folder, 'graphiql', 'main-1a2b3c.js'), 'void 0;');
    bundle = pathToFileURL(`${folder}/`);
    app = await served(bundle);
  });

  afterAll(async () => {
    await app.close();
    await rm(bundle, { recursive: true });
  });

  const browsers = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

  test.each(['/', '/graphql'])('a browser gets the page at %s, locked to its own origin', async (url) => {
    const page = await app.inject({ url, headers: { accept: browsers } });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('the page');
    expect(page.headers['cache-control']).toBe('no-cache');
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(page.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  });

  test.each([
    ['a program that accepts anything', 'GET', '/graphql', '*/*'],
    ['a GraphQL client', 'GET', '/graphql', 'application/graphql-response+json, application/json;q=0.9'],
    ['a client that prefers JSON', 'GET', '/graphql', 'text/html;q=0.5, application/json'],
    ['a browser with a query', 'GET', '/graphql?query=%7Bpicklists%7D', browsers],
    ['a form', 'POST', '/graphql', browsers],
  ] as const)('the API answers %s at /graphql', async (_who, method, url, accept) => {
    expect((await app.inject({ method, url, headers: { accept } })).body).toBe('the API');
  });

  test('assets may be cached for good, and nothing outside their folder is served', async () => {
    const file = await app.inject('/graphiql/main-1a2b3c.js');
    expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(file.headers['content-security-policy']).toContain("connect-src 'self'");
    expect((await app.inject('/graphiql/..%2findex.html')).statusCode).toBe(404);
  });

  test('a page that is not built is answered with the command that builds it', async () => {
    const bare = await served(new URL('nowhere/', bundle));
    const page = await bare.inject('/');
    expect(page.statusCode).toBe(404);
    expect(page.body).toContain('npm run build:graphiql');
    await bare.close();
  });
});

async function served(bundle: URL): Promise<FastifyInstance> {
  const app = Fastify();
  await explorer(app, bundle);
  app.route({ method: ['GET', 'POST'], url: '/graphql', handler: () => 'the API' });
  return app;
}

interface Visit extends AsyncDisposable {
  url: string;
  /** What the gateway has logged. */
  logged: string[];
  page: Page;
  /** Every URL that the page or its workers requested. */
  asked: string[];
  /** Errors of the page and the console, violations of the content security policy included. */
  complaints: string[];
}

/** A gateway of its own and a new browser profile, with both editors ready. */
async function visitor(browser: Browser, env: Record<string, string> = {}): Promise<Visit> {
  const gw = await gateway(env);
  const context = await browser.newContext();
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(gw.url);
  await editors(page);
  const leave = async (): Promise<void> => {
    await context.close();
    await gw[Symbol.asyncDispose]();
  };
  return { url: gw.url, logged: gw.logged, page, asked, complaints, [Symbol.asyncDispose]: leave };
}

/** GraphiQL ignores its run button until Monaco has rendered the query and the result. */
async function editors(page: Page): Promise<void> {
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  await result(page).locator('.view-line').first().waitFor({ state: 'attached' });
}

const result = (page: Page) => page.getByRole('region', { name: 'Result Window' });

type Answer = { data: Record<string, Record<string, unknown>>; errors?: unknown };

/** Runs the active tab, or the named one, and returns the response once it is rendered. */
async function run(page: Page, tab?: string): Promise<Answer> {
  if (tab) await page.getByRole('tab', { name: tab, exact: true }).click();
  const answer = page.waitForResponse(isAnswer);
  await page.getByRole('button', { name: /^Execute query/ }).click();
  const body: Answer = await (await answer).json();
  await result(page).filter({ hasText: '"data"' }).waitFor();
  return body;
}

function isAnswer(response: Response): boolean {
  const request = response.request();
  if (request.method() !== 'POST' || !request.url().endsWith('/graphql')) return false;
  return !request.postData()?.includes('IntrospectionQuery');
}
