/** A deal from a new opportunity to AWS's review. */
import { describe, expect, test } from 'vitest';
import { accessibilityProblems, answerInstead, hasChromium, loseAnswer, overflow, workspace } from './kit.ts';

describe.skipIf(!hasChromium)('a new deal', () => {
  const web = workspace();

  test('all that AWS would refuse of a new opportunity is shown at once, at its fields', async () => {
    await using visitor = await web.visit('/opportunities/new', { width: 390, height: 780 });
    const { page } = visitor;
    await page.getByLabel('Company name').fill('Saltmarsh Minerals');
    await page.getByLabel('Customer business problem').fill('Too short');
    await web.gw.emulator.clearCalls();
    await page.getByRole('button', { name: 'Create opportunity' }).click();
    await page.getByRole('alert').first().waitFor();
    const invalid = page.locator('[aria-invalid="true"]');
    const labels = [
      'Company website',
      'Industry',
      'Country',
      'Title',
      'Customer business problem',
      'Target close date',
      'Expected monthly spend',
    ];
    for (const label of labels) await page.getByLabel(label).and(invalid).waitFor();
    expect(await invalid.count()).toBe(labels.length);
    await page.getByLabel('Company website').and(page.locator(':focus')).waitFor();
    expect(await web.gw.emulator.calls()).not.toHaveProperty('CreateOpportunity');
    expect(await page.getByLabel('Company name').inputValue()).toBe('Saltmarsh Minerals');
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(visitor.trouble).toEqual([]);
  });

  test('is created once although the first answer is lost, and submitted step by step', async () => {
    await using visitor = await web.visit('/opportunities/new');
    const { page } = visitor;
    for (const [label, text] of [
      ['Company name', 'Driftwood Ceramics'],
      ['Company website', 'driftwood.example'],
      ['State or region', 'Washington'],
      ['Postal code', '98109'],
      ['Title', 'Kiln telemetry'],
      [
        'Customer business problem',
        'Kiln temperatures are read by hand twice a day, and whole batches are lost.',
      ],
      ['Target close date', '2031-05-06'],
      ['Expected monthly spend', '1234.50'],
    ] as const)
      await page.getByLabel(label).fill(text);
    for (const [label, value] of [
      ['Industry', 'Manufacturing'],
      ['Country', 'United States'],
      ['Use case', 'Storage & Backup'],
    ] as const)
      await page.getByLabel(label, { exact: true }).selectOption({ label: value });
    for (const label of ['Managed Services', 'Co-Sell - Deal Support', 'Conducted POC / Demo'])
      await page.getByRole('checkbox', { name: label }).check();

    await loseAnswer(page, 'CreateDeal');
    await page.getByRole('button', { name: 'Create opportunity' }).click();
    await page.getByText(/not certain that this was saved/).waitFor();
    await page.getByRole('button', { name: 'Create opportunity' }).click();
    await page.getByRole('heading', { level: 1, name: 'Driftwood Ceramics' }).waitFor();
    const { data } = await web.gw.query(
      '{ opportunities(filter: { customerCompanyNames: ["Driftwood Ceramics"] }) { nodes { id } } }',
    );
    expect(data.opportunities.nodes).toHaveLength(1);

    await page.getByRole('heading', { name: 'Not ready yet' }).waitFor();
    await page
      .getByRole('listitem')
      .getByText(/solution/)
      .first()
      .waitFor();
    const [{ id }] = data.opportunities.nodes;
    const { solutions } = (await web.gw.query('{ solutions(first: 1) { nodes { id name } } }')).data;
    const [first] = solutions.nodes;
    await web.gw.query(
      `mutation ($input: AssociateOpportunityInput!) { associateOpportunity(input: $input) { userErrors { message } } }`,
      { input: { id, relatedEntityType: 'SOLUTIONS', relatedEntityIdentifier: first.id } },
    );
    await page.reload();
    await page.getByText(`Associated: ${first.name}`).waitFor();
    await page.getByLabel('Associate a solution').selectOption({ index: 1 });
    const waiting = {
      __typename: 'SubmitOpportunityPayload',
      submitted: false,
      steps: [],
      opportunity: null,
      warnings: [{ __typename: 'Warning', message: 'AWS may ask for more.' }],
      userErrors: [],
    };
    await answerInstead(page, 'Submit', { data: { submitOpportunity: waiting } }, 10);
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('alert').getByText('AWS has not taken the opportunity yet.').waitFor();
    await page.getByText('AWS may ask for more.').waitFor();
    await web.gw.emulator.hold('StartEngagementFromOpportunityTask');
    await page.getByRole('button', { name: 'Submit' }).click();
    await web.gw.emulator.untilHeld();
    await page.getByRole('button', { name: 'Submitting…' }).waitFor();
    await web.gw.emulator.release();
    const progress = page.getByRole('list', { name: 'Progress' });
    await progress.getByText('AWS takes the opportunity').waitFor();
    await page.getByRole('main').getByText('Submitted', { exact: true }).waitFor();
    await page.getByText('AWS is reviewing the opportunity').first().waitFor();
    const record = await web.gw.emulator.record(id);
    expect(record.LifeCycle.ReviewStatus).toBe('Submitted');
    expect(record.RelatedEntityIdentifiers.Solutions).toHaveLength(2);
    expect(record.RelatedEntityIdentifiers.Solutions).toContain(first.id);
  });
});
