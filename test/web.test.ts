/** The example page in Chromium: built, served, and used as an end user would. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gateway } from './kit.ts';

const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const hasChromium = existsSync(chromiumPath);
if (!hasChromium)
  process.emitWarning(`The web example is not tested: there is no Chromium at ${chromiumPath}.`);

describe.skipIf(!hasChromium)('the web example in Chromium', { timeout: 60_000 }, () => {
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
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(outDir, { recursive: true, force: true });
  });

  /** Opens the page, and collects problems that must not occur. */
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
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', ({ message }) => problems.push(message));
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol !== 'data:' && hostname !== '127.0.0.1') problems.push(`asked ${hostname}`);
    });
    await page.goto(server.resolvedUrls?.local[0]?.replace('localhost', '127.0.0.1') ?? '');
    return {
      gw,
      page,
      problems,
      async [Symbol.asyncDispose]() {
        await context.close();
        await server.close();
        await gw[Symbol.asyncDispose]();
      },
    };
  }

  const column = (page: Page, name: string) => page.getByRole('region', { name });
  /** Opens a record in the column of its stage, by its customer's name. */
  async function open(page: Page, stage: string, customer: string) {
    const card = column(page, stage).getByRole('button', { name: customer }).first();
    await card.waitFor();
    await card.click();
    await page.getByRole('heading', { name: customer }).waitFor();
  }
  /** The id and customer name of an approved deal on the first page of its column. */
  async function approved(gw: Awaited<ReturnType<typeof gateway>>) {
    const { data } = await gw.query(
      '{ opportunities(first: 1, filter: { stages: [QUALIFIED], reviewStatuses: [APPROVED] }) { nodes { id lifeCycle { nextSteps } customer { account { companyName } } } } }',
    );
    const [{ id, customer }] = data.opportunities.nodes;
    return { id: id as string, name: customer.account.companyName as string };
  }

  test('the page shows the pipeline by stage, with AWS’s own labels, and loads more on scrolling', async () => {
    await using visitor = await visit();
    const { page, gw } = visitor;
    const prospects = column(page, 'Prospect');
    await prospects.getByRole('button').first().waitFor();
    await page.getByRole('heading', { name: 'Technical Validation' }).waitFor();
    expect(await prospects.getByRole('button').count()).toBe(20);
    await prospects.getByRole('button').last().scrollIntoViewIfNeeded();
    await prospects.getByRole('button').nth(25).waitFor();
    expect(await gw.emulator.calls()).not.toHaveProperty('GetOpportunity');
    await page.getByText(/Last response: 1 × ListOpportunities/).waitFor();
    expect(visitor.problems).toEqual([]);
  });

  test('the form disables fields that cannot be changed, and shows the reason', async () => {
    await using visitor = await visit();
    const { page } = visitor;
    await column(page, 'Prospect').getByRole('button', { name: 'In review' }).first().click();
    await page.getByText('AWS is reviewing the opportunity').waitFor();
    for (const label of ['Customer', 'Project', 'Stage', 'Closes on', 'Next steps'])
      expect(await page.getByLabel(label, { exact: true }).isDisabled()).toBe(true);
    expect(visitor.problems).toEqual([]);
  });

  test('the form saves only what was changed, and the board is updated', async () => {
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
    expect(visitor.problems).toEqual([]);
  });

  test('the form shows a refused value’s error at its field, and keeps what was typed', async () => {
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

  test('the user resolves a conflict by choosing between both values, with the keyboard alone', async () => {
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
    const dialog = page.getByRole('dialog', { name: 'Someone else has changed this in the meantime' });
    await dialog.waitFor();
    await dialog.getByRole('group', { name: 'Next steps' }).getByText('Theirs Theirs').waitFor();
    await dialog.getByText('Yours Mine').waitFor();
    const date = dialog.getByRole('group', { name: 'Closes on' });
    await date.getByRole('radio', { name: 'Yours' }).focus();
    await page.keyboard.press('ArrowDown');
    await date.getByRole('radio', { name: 'Theirs', checked: true }).waitFor();
    await dialog.getByRole('button', { name: 'Save selection' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Saved.').waitFor();
    const { LifeCycle } = await gw.emulator.record(id);
    expect(LifeCycle).toMatchObject({ NextSteps: 'Mine', TargetCloseDate: '2032-01-02' });
    expect(visitor.problems).toEqual([]);
  });

  test('the form shows a value that is in no release of the schema yet, and leaves it unchanged', async () => {
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
  });

  test('the form explains in plain words that AWS refuses access, and can try again', async () => {
    await using visitor = await visit();
    const { page, gw } = visitor;
    const { name } = await approved(gw);
    await column(page, 'Qualified').getByRole('button', { name }).first().waitFor();
    await gw.emulator.injectFault({ kind: 'access-denied', times: 1 });
    await column(page, 'Qualified').getByRole('button', { name }).first().click();
    await page.getByText('AWS does not allow this account to do that.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('Next steps').waitFor();
  });

  test('the page fits a phone', async () => {
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
