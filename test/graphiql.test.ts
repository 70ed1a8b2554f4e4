import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Fastify, { type FastifyInstance } from 'fastify';
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Page,
  type Response,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { explorer } from '../src/http/explorer.ts';
import { gatewayOfAccounts } from './accounts-kit.ts';
import { gateway, type TestGateway } from './kit.ts';
import { tokens } from './tokens.ts';
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
  let gw: TestGateway;
  let visit: Visit;
  let page: Page;

  beforeAll(async () => {
    gw = await gateway({ INDEX: 'on', SYNC_INTERVAL_MS: '100' });
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
    visit = await visitor(browser, gw.url);
    page = visit.page;
  });

  afterAll(async () => {
    await browser?.close();
    await gw?.[Symbol.asyncDispose]();
  });

  // A test that fails leaves the others the page as they expect it.
  afterEach(async () => {
    await page.unrouteAll();
    await page.setViewportSize(defaultViewport);
    const open = page.getByRole('button', { name: /^Hide (Documentation|History|GraphiQL)/ });
    if (await open.count()) await open.click();
    const dryRun = page.getByRole('button', { name: /^Dry run/, pressed: true });
    if (await dryRun.count()) await dryRun.click();
  });

  test('the examples are a deal from its lead to its launch, and each runs unchanged', async () => {
    expect(await page.title()).toBe('partner-central-graphql');
    const titles = await tabs(page).locator('.graphiql-tab-button').allInnerTexts();
    expect(titles).toEqual(Object.keys(examples));
    for (const [title, expected] of Object.entries(examples)) {
      if (title === 'Live') continue;
      const answer = await run(page, title);
      expect(answer, title).not.toHaveProperty('errors');
      expect(answer.data, title).toMatchObject(expected);
    }
    expect((await run(page, 'Submit')).data.submitOpportunity).toMatchObject({ submitted: true, task: null });
    expect((await run(page, 'Associate')).data.setOpportunityAssociations).toMatchObject({ steps: [] });
  });

  test('the tab "Live" shows a change that someone else makes', async () => {
    await show(page, 'Live');
    const opened = page.waitForEvent('websocket');
    await page.getByRole('button', { name: /^Execute query/ }).click();
    const socket = await opened;
    expect(socket.url()).toBe(`${gw.url.replace('http', 'ws')}/graphql`);
    await until(() => gw.logged.some((line) => line.includes('"operationName":"Live"')));
    await gw.query(
      'mutation { updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "Call Ada" } } }) { changed } }',
    );
    await result(page).filter({ hasText: '"Call Ada"' }).waitFor();
    await page.getByRole('button', { name: /^Stop query/ }).click();
  });

  test('the cost is that of the last run, not of what the page itself asks for', async () => {
    await run(page, 'List');
    const line = page.locator('.outcome');
    const spent =
      /^1 × ListOpportunities(, waited \d+ ms for quota)? · left \(24 h\): [\d,]+ reads, [\d,]+ writes$/;
    await line.getByText(spent).waitFor();
    const fetched = page.waitForResponse(isIntrospection);
    await page.getByRole('button', { name: /^Re-fetch/ }).click();
    await (await fetched).finished();
    expect(await line.innerText()).toMatch(spent);
  });

  test('the price is beside the run button, which only estimates after the switch "Dry run"', async () => {
    await show(page, 'Create');
    await page.locator('.price').getByText('≤ 2 calls').waitFor();
    const dryRun = page.getByRole('button', { name: /^Dry run/ });
    await dryRun.click();
    expect(await dryRun.getAttribute('aria-pressed')).toBe('true');
    const before = await gw.emulator.log();
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await page.getByText('Estimate: 1 × CreateOpportunity, 1 × GetOpportunity, at least 0 s').waitFor();
    const made = (await gw.emulator.log()).slice(before.length).map(({ operation }) => operation);
    expect(made).not.toContain('CreateOpportunity');
  });

  test('what is wrong with a response is below it, in sentences', async () => {
    await run(page, 'Conflict');
    await page
      .locator('.problem')
      .getByText(/^CONFLICT Nothing was saved: it was last modified at /)
      .waitFor();
    await page.route('**/graphql', (route) => route.abort());
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await page.locator('.problem').getByText('The gateway cannot be reached.').waitFor();
    expect(await result(page).innerText()).not.toContain('    at ');
    await page.unroute('**/graphql');
    await page.route('**/graphql', (route) => route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' }));
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await page.locator('.problem').getByText('it was not JSON').waitFor();
    await page.unroute('**/graphql');
    await run(page, 'List');
    expect(await page.locator('.problem').count()).toBe(0);
  });

  test('the page needs no mouse: Ctrl+Enter runs, Escape leaves an editor, and a link skips the tabs', async () => {
    await show(page, 'Quota');
    await page.locator('.graphiql-query-editor .graphiql-editor').focus();
    await page.keyboard.press('Enter');
    const answer = page.waitForResponse(isAnswer);
    await page.keyboard.press('Control+Enter');
    expect((await (await answer).json()).data.quota).toBeTruthy();
    await page.keyboard.press('Escape');
    const focused = () => page.evaluate(() => document.activeElement?.className);
    expect(await focused()).toContain('graphiql-editor');
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('graphiql-execute-button');
    const skip = page.getByRole('link', { name: 'Skip to the operation' });
    await skip.focus();
    expect(await skip.evaluate((link) => getComputedStyle(link).position)).toBe('static');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('graphiql-editor');
  });

  test('the documentation opens on a page about the API, without what is there for routers', async () => {
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    const docs = page.locator('.graphiql-doc-explorer');
    await docs.getByText('First queries.').waitFor();
    const types = await docs.locator('.graphiql-doc-explorer-type-name').allInnerTexts();
    expect(types).toContain('Opportunity');
    expect(types.filter((name) => /^_[A-Z]|__/.test(name))).toEqual([]);
    await docs.getByText('Query', { exact: true }).click();
    await docs.getByText('The opportunity with this ID.').waitFor();
    expect(await docs.getByText(/^_(entities|service)$/).count()).toBe(0);
  });

  test('the query builder adds a field, and every request goes to the page’s own gateway', async () => {
    await show(page, 'List');
    await page.getByRole('button', { name: 'Show GraphiQL Explorer' }).click();
    await page.locator('.graphiql-explorer-root [data-field-name="arn"] span').first().click();
    await page.locator('.graphiql-query-editor').getByText('arn', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Hide GraphiQL Explorer' }).click();
    await page.getByRole('button', { name: /^Prettify/ }).click();
    await run(page);
    expect(new Set(visit.asked.map((url) => new URL(url).origin))).toEqual(new Set([gw.url]));
  });

  test.each([
    { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
    { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
    { colorScheme: 'light', viewport: { width: 390, height: 844 } },
  ] as const)('axe finds no violation: $colorScheme, $viewport.width px', async (options) => {
    const { page } = await visitor(browser, gw.url, options);
    await run(page, 'Conflict');
    expect(await violations(page)).toEqual([]);
    for (const plugin of ['Documentation Explorer', 'History', 'GraphiQL Explorer']) {
      await page.getByRole('button', { name: `Show ${plugin}` }).click();
      expect(await violations(page), plugin).toEqual([]);
    }
    await page.context().close();
  });

  test('a narrow window has the editor above the response, and the documentation instead of both', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const [editor, answer] = await Promise.all(
      ['.graphiql-editors', '.graphiql-response'].map((part) => page.locator(part).boundingBox()),
    );
    expect(answer?.y).toBeGreaterThan((editor?.y ?? 0) + (editor?.height ?? 0) - 20);
    expect(editor?.width).toBeGreaterThan(280);
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.locator('.graphiql-editors').waitFor({ state: 'hidden' });
    expect((await page.locator('.graphiql-plugin').boundingBox())?.width).toBeGreaterThan(280);
    await page.getByRole('button', { name: 'Hide Documentation Explorer' }).click();
    await page.locator('.graphiql-editors').waitFor();
  });

  test('a notice says where a token and an account go, which then count in every tab, and are not stored', async () => {
    const { env, bearer } = await tokens();
    const callers = { callers: { claim: 'org', values: ['north'] } };
    await using closed = await gatewayOfAccounts({ emea: callers, apac: callers }, env);
    const { page } = await visitor(browser, closed.url);
    const notice = page.getByRole('alert');
    const headers = page.getByRole('region', { name: 'Headers' }).locator('.monaco-editor:visible');
    const refetchWith = async (content: object) => {
      await headers.click();
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Delete');
      await page.keyboard.insertText(JSON.stringify(content));
      await page.getByRole('button', { name: /^Re-fetch/ }).click();
    };
    await notice.getByText('"authorization": "Bearer <token>"').waitFor();
    await page.getByRole('button', { name: 'Headers', exact: true }).click();
    const token = await bearer('opportunities:read opportunities:write', { org: 'north' });
    await refetchWith(token);
    await notice.getByText('"x-account": "<name of the account>"').waitFor();
    await refetchWith({ ...token, 'x-account': 'apac' });
    await page.locator('.session').getByText('apac · Sandbox').waitFor();
    await page.locator('.notice p').waitFor({ state: 'detached' });
    expect(await run(page, 'List')).not.toHaveProperty('errors');

    await show(page, 'Create');
    await page.waitForFunction(() => localStorage.getItem('graphiql:variables')?.includes('companyName'));
    await page.waitForFunction(() =>
      localStorage.getItem('graphiql:tabState')?.includes('"activeTabIndex":4'),
    );
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('Bearer ey');
    // A tab can be clicked while the page loads: Playwright waits until it accepts clicks, which is with the editors.
    await page.reload();
    await show(page, 'Detail');
    await page.locator('.graphiql-query-editor').getByText('Detail', { exact: true }).first().waitFor();
    expect(await tabs(page).locator('.graphiql-tab-button').count()).toBe(Object.keys(examples).length);
    await page.context().close();
  });

  test('the page caused no error and no violation of its policy', () => {
    // Those that a test provokes.
    const foreign = /ERR_FAILED|502/;
    expect(visit.complaints.filter((text) => !foreign.test(text))).toEqual([]);
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

const defaultViewport = { width: 1280, height: 800 };

interface Visit {
  page: Page;
  /** Every URL that the page or its workers requested. */
  asked: string[];
  /** Errors of the page and the console, violations of the content security policy included. */
  complaints: string[];
}

/** A new browser profile on a gateway's page, with both editors ready. */
async function visitor(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: defaultViewport, ...options });
  context.setDefaultTimeout(Number(process.env.HANG_MS ?? 120_000));
  const page = await context.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  // GraphiQL ignores its run button until Monaco has rendered the query and the result.
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  await result(page).locator('.view-line').first().waitFor({ state: 'attached' });
  return { page, asked, complaints };
}

const result = (page: Page) => page.getByRole('region', { name: 'Result Window' });
const tabs = (page: Page) => page.getByRole('list', { name: 'Select active operation' });
const show = (page: Page, tab: string) => tabs(page).getByRole('button', { name: tab, exact: true }).click();

type Answer = { data: Record<string, Record<string, unknown>>; errors?: unknown };

/** Runs the active tab, or the named one, and returns the response once it is rendered. */
async function run(page: Page, tab?: string): Promise<Answer> {
  if (tab) await show(page, tab);
  const answer = page.waitForResponse(isAnswer);
  await page.getByRole('button', { name: /^Execute query/ }).click();
  const body: Answer = await (await answer).json();
  await result(page).filter({ hasText: '"data"' }).waitFor();
  return body;
}

/** Whether a visitor has caused it: it is not one that the page sends of its own accord. */
function isAnswer(response: Response): boolean {
  const request = response.request();
  if (request.method() !== 'POST' || !request.url().endsWith('/graphql')) return false;
  const isEstimate = request.headers()['x-upstream-dry-run'] !== undefined;
  return !isEstimate && !isIntrospection(response) && !request.postData()?.startsWith('{"query":"{ session');
}

function isIntrospection(response: Response): boolean {
  return response.request().postData()?.includes('IntrospectionQuery') ?? false;
}

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** What axe finds wrong with the page as it is. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found: { id: string; nodes: { html: string }[] }[] = await page.evaluate(
    'axe.run().then(({ violations }) => violations)',
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** What each example returns, in the order of the tabs. */
const examples: Record<string, object> = {
  Leads: { leads: { nodes: Array(5).fill({ customer: { companyName: expect.any(String) } }) } },
  Inbox: {
    engagementInvitations: {
      nodes: expect.arrayContaining([
        expect.objectContaining({ daysLeft: expect.any(Number), payload: expect.anything() }),
      ]),
    },
  },
  List: { opportunities: { nodes: Array(10).fill({ id: expect.any(String) }) } },
  Detail: { opportunity: { id: 'O5000002', project: { title: expect.any(String) } } },
  Create: {
    createOpportunity: {
      userErrors: [],
      opportunity: {
        id: expect.stringMatching(/^O\d+$/),
        submissionReadiness: { blockers: [{ message: expect.stringContaining('solution') }] },
      },
    },
  },
  Patch: { updateOpportunity: { userErrors: [], changed: true } },
  Conflict: {
    updateOpportunity: {
      changed: false,
      userErrors: [{ code: 'CONFLICT' }],
      conflict: { overlappingFields: ['lifeCycle.nextSteps'] },
    },
  },
  Associate: {
    setOpportunityAssociations: {
      complete: true,
      userErrors: [],
      steps: [{ outcome: 'DONE' }, { outcome: 'DONE' }],
    },
  },
  Submit: {
    submitOpportunity: {
      submitted: true,
      userErrors: [],
      opportunity: { id: 'O5000001', lifeCycle: { reviewStatus: 'SUBMITTED' } },
    },
  },
  AwsView: {
    opportunity: {
      awsSummary: { involvementType: expect.any(String) },
      solutions: [{ status: 'ACTIVE' }, { status: 'ACTIVE' }],
    },
  },
  Live: {},
  Bulk: { bulkUpdateOpportunities: { userErrors: [], job: { total: 3 } } },
  Jobs: { bulkJobs: { nodes: [{ name: 'Next steps' }] } },
  Launch: {
    won: { userErrors: [], changedFields: expect.arrayContaining(['lifeCycle.stage']) },
    lost: { userErrors: [], changedFields: expect.arrayContaining(['lifeCycle.closedLostReason']) },
  },
  Quota: { session: { account: 'main' }, quota: { read: { waiting: 0 }, write: { waiting: 0 } } },
};
