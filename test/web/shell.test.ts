/** What all screens of the workspace have in common. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { accessibilityProblems, answerInstead, hasChromium, overflow, workspace } from './kit.ts';

const focused = (page: Page) => page.evaluate('document.activeElement.textContent');

describe.skipIf(!hasChromium)('the shell of the workspace', () => {
  const web = workspace();

  test('every page has a URL, a title and one heading, which has the focus after a navigation', async () => {
    await using visitor = await web.visit('/pipeline');
    const { page } = visitor;
    await page.getByRole('heading', { level: 1, name: 'Pipeline' }).waitFor();
    for (const [link, title, path] of [
      ['Inbox', 'Inbox', '/inbox'],
      ['Changes', 'Changes', '/changes'],
      ['Bulk edit', 'Bulk edit', '/bulk'],
      ['New opportunity', 'New opportunity', '/opportunities/new'],
      ['Attention', 'Attention', '/'],
    ] as const) {
      await page.getByRole('banner').getByRole('link', { name: link }).click();
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      expect(await focused(page)).toBe(title);
      expect(await page.title()).toBe(`${title} · Co-sell workspace`);
      expect(new URL(page.url()).pathname).toBe(path);
      expect(await page.getByRole('main').count()).toBe(1);
    }
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'New opportunity' }).waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  test('a URL without a page leads to the pipeline', async () => {
    await using visitor = await web.visit('/nowhere');
    const { page } = visitor;
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
    await page.getByRole('link', { name: 'Go to the pipeline' }).click();
    await page.getByRole('heading', { level: 1, name: 'Pipeline' }).waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  test('while the gateway is away there is one banner and one probe, and then the page continues by itself', async () => {
    await using visitor = await web.visit('/nowhere');
    const { page } = visitor;
    let isAway = true;
    let requests = 0;
    await page.route('**/graphql', async (route) => {
      requests += 1;
      return isAway ? route.fulfill({ status: 502, body: '<h1>Bad Gateway</h1>' }) : route.continue();
    });
    await page.getByRole('link', { name: 'Go to the pipeline' }).click();
    const banner = page.getByText('The gateway cannot be reached.');
    await banner.waitFor();
    await page.waitForResponse('**/graphql'); // a probe, which has failed
    expect(await page.getByRole('alert').count()).toBe(1);
    // Seven columns, the totals and the picklists have asked once each; the rest are probes.
    expect(requests).toBeLessThan(15);
    isAway = false;
    await banner.waitFor({ state: 'detached' });
    await page.waitForFunction("document.querySelectorAll('.column:has(.card)').length === 7");
  });

  test('a query that AWS throttles is sent again when it may be', async () => {
    await using visitor = await web.visit('/nowhere');
    const { page } = visitor;
    const errors = [
      { message: 'x', path: ['opportunities'], extensions: { code: 'THROTTLED', retryAfterMs: 10 } },
    ];
    await answerInstead(page, 'Deals', { data: { opportunities: null }, errors }, 7);
    await page.getByRole('link', { name: 'Go to the pipeline' }).click();
    await page.waitForFunction("document.querySelectorAll('.column:has(.card)').length === 7");
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(visitor.trouble).toEqual([]);
  });

  test('without picklists the page shows values in words', async () => {
    await using visitor = await web.visit('/nowhere');
    const { page } = visitor;
    const errors = [{ message: 'Refused.', path: ['picklists'], extensions: { code: 'FORBIDDEN' } }];
    await answerInstead(page, 'Picklists', { data: { picklists: null }, errors });
    await page.getByRole('link', { name: 'Go to the pipeline' }).click();
    await page.getByRole('heading', { name: 'Technical validation' }).waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  test('a page that is not found is accessible and fits a telephone', async () => {
    await using visitor = await web.visit('/nowhere', { width: 390, height: 780 });
    await visitor.page.getByRole('heading', { name: 'Page not found' }).waitFor();
    expect(await accessibilityProblems(visitor.page)).toEqual([]);
    expect(await overflow(visitor.page)).toBeLessThanOrEqual(0);
  });
});
