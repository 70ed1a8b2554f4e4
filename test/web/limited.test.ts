/** A gateway without an index of opportunities, and without a place for jobs. */
import { describe, expect, test } from 'vitest';
import { accessibilityProblems, hasChromium, workspace } from './kit.ts';

describe.skipIf(!hasChromium)('the workspace on a gateway without an index and a place for jobs', () => {
  const web = workspace({ UPSTREAM: 'aws', CATALOG: 'Sandbox' });

  test('the start page explains that attention needs the index, and who can turn it on', async () => {
    await using visitor = await web.visit('/');
    const { page } = visitor;
    await page.getByText('can turn it on with INDEX=on').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('main').getByRole('link', { name: 'go to the pipeline' }).click();
    await page.getByRole('heading', { level: 1, name: 'Pipeline' }).waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  test('changes are listed although they are not live, and read again on request', async () => {
    await using visitor = await web.visit('/changes');
    const { page } = visitor;
    await page.getByText('This list is not live.').waitFor();
    await page.getByRole('listitem').first().waitFor();
    const { data } = await web.gw.query(
      '{ opportunities(first: 1, filter: { stages: [QUALIFIED], reviewStatuses: [APPROVED] }) { nodes { id customer { account { companyName } } } } }',
    );
    const [{ id, customer }] = data.opportunities.nodes;
    await web.gw.emulator.patchRecord(id, { LifeCycle: { TargetCloseDate: '2031-05-06' } }, { touch: true });
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByRole('listitem').first().getByText(customer.account.companyName).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(visitor.trouble).toEqual([]);
  });

  test('a bulk edit that the gateway cannot keep is explained, and the text stays', async () => {
    await using visitor = await web.visit('/bulk');
    const { page } = visitor;
    await page.getByRole('row').nth(1).getByRole('checkbox').check();
    const text = page.getByLabel('Next steps', { exact: true }).last();
    await text.fill('Call them');
    await page.getByRole('button', { name: 'Change 1 opportunity' }).click();
    await page.getByRole('alert').getByText('JOBS_FILE or REDIS_URL').waitFor();
    expect(await text.inputValue()).toBe('Call them');
  });
});
