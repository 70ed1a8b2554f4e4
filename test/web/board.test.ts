/** The pipeline board, as a seller uses it. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { untilIndexed } from '../kit.ts';
import { accessibilityProblems, dealsIn, hasChromium, overflow, workspace } from './kit.ts';

const column = (page: Page, name: string) => page.getByRole('region', { name });
const cards = (column: Locator) => column.locator('.card');
/** Every column shows its first page, so that a fault injected now meets what the test does next. */
const allLoaded = (page: Page) =>
  page.waitForFunction("document.querySelectorAll('.column:has(.card)').length === 7");

describe.skipIf(!hasChromium)('the pipeline board', () => {
  const web = workspace({ INDEX: 'on' });

  test('shows a column for each stage in AWS’s words, with the count and the sum of all its deals', async () => {
    await untilIndexed(web.gw);
    await using visitor = await web.visit('/pipeline');
    const { page } = visitor;
    await allLoaded(page);
    const { data } = await web.gw.query(
      '{ pipeline(filter: { stages: [TECHNICAL_VALIDATION] }, groupBy: [STAGE]) { count expectedMonthlySpend { amount } } }',
    );
    const heading = column(page, 'Technical Validation').getByRole('heading');
    await heading.getByText(String(data.pipeline[0].count)).waitFor();
    await column(page, 'Technical Validation')
      .getByText(/^\$[\d.]+[KM].* monthly$/)
      .waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  test('loads more deals as a column is scrolled', async () => {
    await using visitor = await web.visit('/pipeline');
    const { page } = visitor;
    const prospects = column(page, 'Prospect');
    await allLoaded(page);
    const loaded = await cards(prospects).count();
    await cards(prospects).last().scrollIntoViewIfNeeded();
    await cards(prospects)
      .nth(loaded + 5)
      .waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  test('a deal is a link that names company, amount, close date and review status', async () => {
    const [deal] = await dealsIn(web.gw, 'COMMITTED', 1);
    await using visitor = await web.visit('/pipeline');
    const { page } = visitor;
    const link = column(page, 'Committed')
      .getByRole('link', { name: deal?.name ?? '' })
      .first();
    await link.waitFor();
    expect(await link.innerText()).toMatch(/\$[\d,]+[\s\S]*Closes[\s\S]*\d{4}[\s\S]*Approved/);
    await link.click();
    await page.getByRole('heading', { level: 1, name: deal?.name ?? '' }).waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  test('a deal that is dragged to another stage is there at once, and is saved', async () => {
    const [deal] = await dealsIn(web.gw, 'QUALIFIED', 1);
    await using visitor = await web.visit('/pipeline');
    const { page } = visitor;
    await allLoaded(page);
    await web.gw.emulator.hold('UpdateOpportunity');
    await page
      .locator(`.card:has([id="${deal?.id}"])`)
      .dragTo(column(page, 'Committed').getByRole('heading'));
    await column(page, 'Committed').locator(`[id="${deal?.id}"]`).waitFor();
    await web.gw.emulator.release();
    await page.getByText(`${deal?.name} is now in Committed.`).waitFor();
    await expect
      .poll(async () => (await web.gw.emulator.record(deal?.id ?? '')).LifeCycle.Stage)
      .toBe('Committed');
    expect(await column(page, 'Qualified').locator(`[id="${deal?.id}"]`).count()).toBe(0);
    expect(visitor.trouble).toEqual([]);
  });

  test('a deal that AWS refuses to move comes back with the reason', async () => {
    const [deal] = await dealsIn(web.gw, 'QUALIFIED', 1);
    await using visitor = await web.visit('/pipeline');
    const { page } = visitor;
    await allLoaded(page);
    await web.gw.emulator.injectFault({ kind: 'access-denied', operation: 'UpdateOpportunity' });
    await page
      .locator(`.card:has([id="${deal?.id}"])`)
      .dragTo(column(page, 'Committed').getByRole('heading'));
    await page.getByRole('alert').getByText(`${deal?.name} stays in Qualified.`).waitFor();
    await column(page, 'Qualified').locator(`[id="${deal?.id}"]`).waitFor();
    expect(await column(page, 'Committed').locator(`[id="${deal?.id}"]`).count()).toBe(0);
    expect(visitor.trouble).toEqual([]);
  });

  test('a deal is moved by the keyboard alone, and Closed Lost asks for the reason', async () => {
    const [deal] = await dealsIn(web.gw, 'QUALIFIED', 1);
    await using visitor = await web.visit('/pipeline');
    const { page } = visitor;
    await allLoaded(page);
    const opener = page.locator(`.card:has([id="${deal?.id}"])`).getByRole('button');
    await opener.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: `Move ${deal?.name}` });
    await dialog.waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await opener.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByRole('radio', { name: 'Closed Lost' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('Closed lost reason').focus();
    await page.keyboard.type('Price');
    await dialog.getByRole('button', { name: 'Move' }).focus();
    await page.keyboard.press('Enter');
    await column(page, 'Closed Lost').locator(`[id="${deal?.id}"]:focus`).waitFor();
    await expect
      .poll(async () => (await web.gw.emulator.record(deal?.id ?? '')).LifeCycle)
      .toMatchObject({ Stage: 'Closed Lost', ClosedLostReason: 'Price' });
    expect(visitor.trouble).toEqual([]);
  });

  test('a search is part of the URL, and Back leaves it', async () => {
    const [deal] = await dealsIn(web.gw, 'COMMITTED', 1);
    const part = deal?.name.slice(1, -1) ?? '';
    await using visitor = await web.visit('/pipeline');
    const { page } = visitor;
    await allLoaded(page);
    await page.getByRole('searchbox').fill(part);
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      `[...document.querySelectorAll('.card strong')].every((name) => name.textContent.includes(${JSON.stringify(part)}))`,
    );
    expect(new URL(page.url()).searchParams.get('search')).toBe(part);
    await page.goBack();
    await allLoaded(page);
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
    expect(visitor.trouble).toEqual([]);
  });

  test('is accessible, and fits a telephone', async () => {
    await using visitor = await web.visit('/pipeline', { width: 390, height: 780 });
    await allLoaded(visitor.page);
    expect(await accessibilityProblems(visitor.page)).toEqual([]);
    expect(await overflow(visitor.page)).toBeLessThanOrEqual(0);
  });
});

describe.skipIf(!hasChromium)('the pipeline board without an index', () => {
  const web = workspace();

  test('shows the deals without counts and sums, and why', async () => {
    await using visitor = await web.visit('/pipeline');
    const { page } = visitor;
    await allLoaded(page);
    await page.getByText('Counts, sums and search by part of a name need the gateway’s index').waitFor();
    await page
      .getByText(/^\d+\+$/)
      .first()
      .waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(visitor.trouble).toEqual([]);
  });

  test('finds deals by the whole name of the company', async () => {
    const [deal] = await dealsIn(web.gw, 'COMMITTED', 1);
    await using visitor = await web.visit(`/pipeline?search=${encodeURIComponent(deal?.name ?? '')}`);
    await column(visitor.page, 'Committed').locator(`[id="${deal?.id}"]`).waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  test('a page that AWS refuses shows that in its own column, and loads when tried again', async () => {
    await using visitor = await web.visit('/nowhere');
    const { page } = visitor;
    await web.gw.emulator.injectFault({ kind: 'access-denied', operation: 'ListOpportunities' });
    await page.getByRole('link', { name: 'Go to the pipeline' }).click();
    const refused = page.getByText('AWS does not allow this account to do that.');
    await refused.waitFor();
    await page.waitForFunction("document.querySelectorAll('.column:has(.card)').length === 6");
    expect(await refused.count()).toBe(1);
    await page.getByRole('button', { name: 'Try again' }).click();
    await allLoaded(page);
    await web.gw.emulator.injectFault({ kind: 'access-denied', operation: 'ListOpportunities' });
    const prospects = column(page, 'Prospect');
    await cards(prospects).last().scrollIntoViewIfNeeded();
    await refused.waitFor();
    const kept = await cards(prospects).count();
    expect(kept).toBeGreaterThanOrEqual(20);
    await prospects.getByRole('button', { name: 'Try again' }).click();
    await cards(prospects)
      .nth(kept + 5)
      .waitFor();
    expect(visitor.trouble).toEqual([]);
  });
});
