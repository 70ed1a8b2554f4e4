/** The example page in Chromium: built, served, and used as a person would. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { build, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gateway } from './kit.ts';

const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const hasChromium = existsSync(chromiumPath);
if (!hasChromium)
  process.emitWarning(`The web example is not tested: there is no Chromium at ${chromiumPath}.`);

describe.skipIf(!hasChromium)('the web example in Chromium', () => {
  const outDir = mkdtempSync(join(tmpdir(), 'web-'));
  const root = 'examples/web';
  let browser: Browser;

  beforeAll(async () => {
    await build({ root, logLevel: 'silent', build: { outDir, emptyOutDir: true } });
    browser = await chromium.launch({
      executablePath: chromiumPath,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(outDir, { recursive: true, force: true });
  });

  /** Somebody before the page, and what must not happen to them. */
  async function visit(viewport = { width: 1400, height: 800 }) {
    const gw = await gateway();
    const proxy = { '/graphql': gw.url };
    const server = await preview({
      root,
      logLevel: 'silent',
      build: { outDir },
      preview: { port: 0, proxy },
    });
    const context = await browser.newContext({ viewport, locale: 'en-US' });
    context.setDefaultTimeout(120_000);
    const page = await context.newPage();
    const trouble: string[] = [];
    page.on('console', (said) => said.type() === 'error' && trouble.push(said.text()));
    page.on('pageerror', ({ message }) => trouble.push(message));
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol !== 'data:' && hostname !== '127.0.0.1') trouble.push(`asked ${hostname}`);
    });
    await page.goto(server.resolvedUrls?.local[0]?.replace('localhost', '127.0.0.1') ?? '');
    return {
      gw,
      page,
      trouble,
      async [Symbol.asyncDispose]() {
        await context.close();
        await server.close();
        await gw[Symbol.asyncDispose]();
      },
    };
  }

  const column = (page: Page, name: string) => page.getByRole('region', { name });
  /** Every column shows its first page, so that a fault injected now meets what the test does next. */
  const allLoaded = (page: Page) =>
    page.waitForFunction("document.querySelectorAll('.column:has(.card)').length === 7");
  /** The cards in a column: whole pages, more than one if the column was in view for a moment without its cards. */
  async function loadedCards(column: Locator): Promise<number> {
    const count = await column.locator('.card').count();
    expect([count > 0, count % 20]).toEqual([true, 0]);
    return count;
  }
  /** Opens a record that only the emulator can find: it is searched by its customer's name. */
  async function open(page: Page, stage: string, customer: string) {
    const card = column(page, stage).getByRole('button', { name: customer }).first();
    await card.waitFor();
    await card.click();
    await page.getByRole('heading', { name: customer }).waitFor();
  }
  /** An approved deal on the first page of its column, and its customer's name. */
  async function approved(gw: Awaited<ReturnType<typeof gateway>>) {
    const { data } = await gw.query(
      '{ opportunities(first: 1, filter: { stages: [QUALIFIED], reviewStatuses: [APPROVED] }) { nodes { id lifeCycle { nextSteps } customer { account { companyName } } } } }',
    );
    const [{ id, customer }] = data.opportunities.nodes;
    return { id: id as string, name: customer.account.companyName as string };
  }

  test('shows the pipeline by stage, with AWS’s own words, and goes on as one scrolls', async () => {
    await using visitor = await visit();
    const { page, gw } = visitor;
    const prospects = column(page, 'Prospect');
    await prospects.getByRole('button').first().waitFor();
    await page.getByRole('heading', { name: 'Technical Validation' }).waitFor();
    const loaded = await loadedCards(prospects);
    await prospects.getByRole('button').last().scrollIntoViewIfNeeded();
    await prospects
      .locator('.card')
      .nth(loaded + 5)
      .waitFor();
    expect(await gw.emulator.calls()).not.toHaveProperty('GetOpportunity');
    await page.getByText(/Last response: 1 × ListOpportunities/).waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  test('disables what cannot change, and shows why', async () => {
    await using visitor = await visit();
    const { page } = visitor;
    await column(page, 'Prospect').getByRole('button', { name: 'In review' }).first().click();
    await page.getByText('AWS is reviewing the opportunity').waitFor();
    for (const label of ['Customer', 'Project', 'Stage', 'Closes on', 'Next steps'])
      expect(await page.getByLabel(label, { exact: true }).isDisabled()).toBe(true);
    expect(visitor.trouble).toEqual([]);
  });

  test('saves what was changed and nothing else, and the board follows', async () => {
    await using visitor = await visit();
    const { page, gw } = visitor;
    const { id, name } = await approved(gw);
    await gw.emulator.patchRecord(id, { Project: { FutureField: 'kept' } });
    const before = await gw.emulator.record(id);
    await open(page, 'Qualified', name);
    await page.getByLabel('Closes on').fill('2031-05-06');
    await page.getByLabel('Next steps').fill('Call on Tuesday');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await column(page, 'Qualified').getByText('closes 2031-05-06').waitFor();
    const after = await gw.emulator.record(id);
    expect(after.LifeCycle).toMatchObject({ TargetCloseDate: '2031-05-06', NextSteps: 'Call on Tuesday' });
    expect(after.Project).toEqual(before.Project);
    expect(after.Customer).toEqual(before.Customer);
    expect(visitor.trouble).toEqual([]);
  });

  test('shows what AWS refuses at its field, and keeps what was typed', async () => {
    await using visitor = await visit();
    const { page, gw } = visitor;
    const { name } = await approved(gw);
    await open(page, 'Qualified', name);
    const steps = page.getByLabel('Next steps');
    await steps.fill('x'.repeat(256));
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('[id="lifeCycle.nextSteps-error"]').getByText('255').waitFor();
    expect(await steps.getAttribute('aria-invalid')).toBe('true');
    expect(await steps.inputValue()).toHaveLength(256);
  });

  test('has two people’s values chosen between, by the keyboard alone', async () => {
    await using visitor = await visit();
    const { page, gw } = visitor;
    const { id, name } = await approved(gw);
    await open(page, 'Qualified', name);
    await page.getByLabel('Next steps').fill('Mine');
    await page.getByLabel('Closes on').fill('2031-05-06');
    await gw.emulator.patchRecord(
      id,
      { LifeCycle: { NextSteps: 'Theirs', TargetCloseDate: '2032-01-02' } },
      { touch: true },
    );
    await page.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Someone else has changed this meanwhile' });
    await dialog.waitFor();
    await dialog.getByRole('group', { name: 'Next steps' }).getByText('Theirs Theirs').waitFor();
    await dialog.getByText('Yours Mine').waitFor();
    const date = dialog.getByRole('group', { name: 'Closes on' });
    await date.getByRole('radio', { name: 'Yours' }).focus();
    await page.keyboard.press('ArrowDown');
    await date.getByRole('radio', { name: 'Theirs', checked: true }).waitFor();
    await dialog.getByRole('button', { name: 'Save the choice' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Saved.').waitFor();
    const { LifeCycle } = await gw.emulator.record(id);
    expect(LifeCycle).toMatchObject({ NextSteps: 'Mine', TargetCloseDate: '2032-01-02' });
    expect(visitor.trouble).toEqual([]);
  });

  test('shows a value that no release has yet, and leaves it alone', async () => {
    await using visitor = await visit();
    const { page, gw } = visitor;
    const { id, name } = await approved(gw);
    await gw.emulator.patchRecord(id, { Customer: { Account: { Industry: 'Space Mining' } } });
    await open(page, 'Qualified', name);
    const industry = page.getByLabel('Industry');
    expect(await industry.locator('option:checked').innerText()).toBe('Space Mining');
    await page.getByLabel('Next steps').fill('Launch');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect((await gw.emulator.record(id)).Customer.Account.Industry).toBe('Space Mining');
    // The saved version has the value too, also when it comes from the browser's cache.
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await open(page, 'Qualified', name);
    expect(await industry.locator('option:checked').innerText()).toBe('Space Mining');
    expect(visitor.trouble).toEqual([]);
  });

  test('a list that AWS refuses shows that in its own column, and loads when tried again', async () => {
    await using visitor = await visit();
    const { page, gw } = visitor;
    await allLoaded(page);
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'ListOpportunities' });
    await page.reload();
    const refused = page.getByText('AWS does not allow this account to do that.');
    await refused.waitFor();
    await page.waitForFunction("document.querySelectorAll('.column:has(.card)').length === 6");
    expect(await refused.count()).toBe(1);
    await page.getByRole('button', { name: 'Try again' }).click();
    await allLoaded(page);
    expect(await refused.count()).toBe(0);
    expect(visitor.trouble).toEqual([]);
  });

  test('a page that AWS refuses keeps the pages before it, and loads when tried again', async () => {
    await using visitor = await visit();
    const { page, gw } = visitor;
    const prospects = column(page, 'Prospect');
    await allLoaded(page);
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'ListOpportunities' });
    await prospects.getByRole('button').last().scrollIntoViewIfNeeded();
    await prospects.getByText('AWS does not allow this account to do that.').waitFor();
    const kept = await loadedCards(prospects);
    await prospects.getByRole('button', { name: 'Try again' }).click();
    await prospects
      .locator('.card')
      .nth(kept + 5)
      .waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  test('an opportunity that is not there any more is shown as such', async () => {
    await using visitor = await visit();
    const { page, gw } = visitor;
    const { name } = await approved(gw);
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('query Detail')) return route.continue();
      return route.fulfill({ json: { data: { opportunity: null } } });
    });
    await column(page, 'Qualified').getByRole('button', { name }).first().click();
    await page.getByText('AWS does not know this opportunity.').waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  test('a write that AWS refuses is an error in the form, and keeps what was typed', async () => {
    await using visitor = await visit();
    const { page, gw } = visitor;
    const { id, name } = await approved(gw);
    await open(page, 'Qualified', name);
    await page.getByLabel('Next steps').fill('Call on Tuesday');
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'UpdateOpportunity' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('AWS does not allow this account to do that.').waitFor();
    expect(await page.getByLabel('Next steps').inputValue()).toBe('Call on Tuesday');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect((await gw.emulator.record(id)).LifeCycle.NextSteps).toBe('Call on Tuesday');
    expect(visitor.trouble).toEqual([]);
  });

  test('without picklists the page shows enum values, and keeps the one of a dropdown', async () => {
    await using visitor = await visit();
    const { page, gw } = visitor;
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('query Picklists')) return route.continue();
      const errors = [{ message: 'Refused.', path: ['picklists'], extensions: { code: 'FORBIDDEN' } }];
      return route.fulfill({ json: { data: { picklists: null }, errors } });
    });
    const { name } = await approved(gw);
    await page.reload();
    await open(page, 'QUALIFIED', name);
    expect(await page.getByLabel('Stage').inputValue()).toBe('QUALIFIED');
    expect(visitor.trouble).toEqual([]);
  });

  test('shows in plain words that AWS is away', async () => {
    await using visitor = await visit();
    const { page, gw } = visitor;
    const { name } = await approved(gw);
    await allLoaded(page);
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'GetOpportunity' });
    await column(page, 'Qualified').getByRole('button', { name }).first().click();
    await page.getByText('AWS does not allow this account to do that.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('Next steps').waitFor();
  });

  test('fits a telephone', async () => {
    await using visitor = await visit({ width: 390, height: 780 });
    const { page, gw } = visitor;
    const { name } = await approved(gw);
    await open(page, 'Qualified', name);
    const overflow = () => page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: 'Close' }).click();
    await column(page, 'Prospect').waitFor();
    expect(await overflow()).toBeLessThanOrEqual(0);
  });
});
