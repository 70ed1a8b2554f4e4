/** The page of an opportunity: reading it, changing it, and what may go wrong meanwhile. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems, dealsIn, hasChromium, intercept, overflow, workspace } from './kit.ts';

describe.skipIf(!hasChromium)('the page of an opportunity', () => {
  const web = workspace();
  type Deal = { id: string; name: string };
  let deals: Deal[];
  /** An approved deal that no other test changes. */
  function another(): Deal {
    const deal = deals.pop();
    if (!deal) throw new Error('There are more tests than deals.');
    return deal;
  }
  beforeAll(async () => {
    deals = await dealsIn(web.gw, 'QUALIFIED', 20);
  });

  async function open(deal: Deal, viewport?: { width: number; height: number }) {
    const visitor = await web.visit(`/opportunities/${deal.id}`, viewport);
    await visitor.page.getByRole('heading', { level: 1, name: deal.name }).waitFor();
    return visitor;
  }
  const save = (page: Page) => page.getByRole('button', { name: 'Save' }).click();

  test('shows what cannot be changed, and why, in fields that can be focused', async () => {
    const { data } = await web.gw.query(
      '{ opportunities(first: 1, filter: { reviewStatuses: [IN_REVIEW] }) { nodes { id customer { account { companyName } } } } }',
    );
    const [{ id, customer }] = data.opportunities.nodes;
    await using visitor = await open({ id, name: customer.account.companyName });
    const { page } = visitor;
    for (const label of ['Stage', 'Target close date', 'Next steps']) {
      const field = page.getByLabel(label, { exact: true });
      expect(await field.isEditable()).toBe(false);
      await field.focus();
      await field.and(page.locator(':focus')).waitFor();
      const described = (await field.getAttribute('aria-describedby')) ?? '';
      expect(await page.locator(`[id="${described}"]`).innerText()).toContain(
        'AWS is reviewing the opportunity',
      );
    }
    expect(visitor.trouble).toEqual([]);
  });

  test('saves what was changed and nothing else', async () => {
    const deal = another();
    await web.gw.emulator.patchRecord(deal.id, { Project: { FutureField: 'kept' } });
    const before = await web.gw.emulator.record(deal.id);
    await using visitor = await open(deal);
    const { page } = visitor;
    await page.getByLabel('Target close date').fill('2031-05-06');
    await page.getByLabel('Next steps').fill('Call on Tuesday');
    await save(page);
    await page.getByText('Saved.').waitFor();
    const after = await web.gw.emulator.record(deal.id);
    expect(after.LifeCycle).toMatchObject({ TargetCloseDate: '2031-05-06', NextSteps: 'Call on Tuesday' });
    expect(after.Project).toEqual(before.Project);
    expect(after.Customer).toEqual(before.Customer);
    expect(visitor.trouble).toEqual([]);
  });

  test('keeps what is typed while a save runs', async () => {
    const deal = another();
    await using visitor = await open(deal);
    const { page } = visitor;
    const steps = page.getByLabel('Next steps');
    await steps.fill('Call on Tuesday');
    await page.getByLabel('Target close date').fill('2031-05-06');
    await web.gw.emulator.hold('UpdateOpportunity');
    await save(page);
    await web.gw.emulator.untilHeld();
    await steps.fill('Call on Wednesday');
    await web.gw.emulator.release();
    await page.getByText('Saved.').waitFor();
    expect(await steps.inputValue()).toBe('Call on Wednesday');
    await save(page);
    await page.getByRole('button', { name: 'Save', disabled: true }).waitFor();
    const { LifeCycle } = await web.gw.emulator.record(deal.id);
    expect(LifeCycle).toMatchObject({ TargetCloseDate: '2031-05-06', NextSteps: 'Call on Wednesday' });
    expect(visitor.trouble).toEqual([]);
  });

  test('shows what AWS refuses at its field, and keeps what was typed', async () => {
    await using visitor = await open(another());
    const { page } = visitor;
    const steps = page.getByLabel('Next steps');
    await steps.fill('x'.repeat(256));
    await save(page);
    await page.getByRole('alert').getByText('255').waitFor();
    expect(await steps.getAttribute('aria-invalid')).toBe('true');
    expect(await steps.inputValue()).toHaveLength(256);
  });

  test('a save that fails says so and keeps what was typed, whatever the failure', async () => {
    const deal = another();
    await using visitor = await open(deal);
    const { page } = visitor;
    const steps = page.getByLabel('Next steps');
    await steps.fill('Call on Tuesday');
    await web.gw.emulator.injectFault({ kind: 'access-denied', operation: 'UpdateOpportunity' });
    await save(page);
    await page.getByText('Nothing was saved. AWS does not allow this account to do that.').waitFor();
    const answers = [
      {
        status: 503,
        json: { errors: [{ message: 'Shutting down.', extensions: { code: 'SHUTTING_DOWN' } }] },
      },
      { status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' },
      undefined,
    ];
    for (const answer of answers) {
      await intercept(page, 'Save', (route) => (answer ? route.fulfill(answer) : route.abort()));
      await save(page);
      await page
        .getByText(/not certain that this was saved/)
        .and(page.locator(':focus'))
        .waitFor();
      expect(await steps.inputValue()).toBe('Call on Tuesday');
    }
    await save(page);
    await page.getByText('Saved.').waitFor();
    expect((await web.gw.emulator.record(deal.id)).LifeCycle.NextSteps).toBe('Call on Tuesday');
  });

  test('has two people’s values chosen between, by the keyboard alone', async () => {
    const deal = another();
    await using visitor = await open(deal);
    const { page } = visitor;
    await page.getByLabel('Next steps').fill('Mine');
    await page.getByLabel('Target close date').fill('2031-05-06');
    await web.gw.emulator.patchRecord(
      deal.id,
      { LifeCycle: { NextSteps: 'Theirs', TargetCloseDate: '2032-01-02' } },
      { touch: true },
    );
    await page.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Someone else has changed this opportunity' });
    await dialog.waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('group', { name: 'Next steps' }).getByText('Theirs Theirs').waitFor();
    await dialog.getByText('Yours Mine').waitFor();
    const date = dialog.getByRole('group', { name: 'Target close date' });
    await date.getByRole('radio', { name: 'Yours' }).focus();
    await page.keyboard.press('ArrowDown');
    await date.getByRole('radio', { name: 'Theirs', checked: true }).waitFor();
    await dialog.getByRole('button', { name: 'Save the choice' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Saved.').waitFor();
    const { LifeCycle } = await web.gw.emulator.record(deal.id);
    expect(LifeCycle).toMatchObject({ NextSteps: 'Mine', TargetCloseDate: '2032-01-02' });
    expect(visitor.trouble).toEqual([]);
  });

  test('shows a value that no release has yet, and leaves it alone', async () => {
    const deal = another();
    await web.gw.emulator.patchRecord(deal.id, { Customer: { Account: { Industry: 'Space Mining' } } });
    await using visitor = await open(deal);
    const { page } = visitor;
    const industry = page.getByLabel('Industry');
    expect(await industry.locator('option:checked').innerText()).toBe('Space Mining');
    await page.getByLabel('Next steps').fill('Launch');
    await save(page);
    await page.getByText('Saved.').waitFor();
    expect(await industry.locator('option:checked').innerText()).toBe('Space Mining');
    expect((await web.gw.emulator.record(deal.id)).Customer.Account.Industry).toBe('Space Mining');
    expect(visitor.trouble).toEqual([]);
  });

  test('text that is not saved is not lost without a question: by a link, by Back, by closing the tab', async () => {
    const deal = another();
    await using visitor = await web.visit('/nowhere');
    const { page } = visitor;
    await page.getByRole('link', { name: 'Go to the pipeline' }).click();
    await page.getByRole('link', { name: deal.name }).first().click();
    await page.reload();
    const steps = page.getByLabel('Next steps');
    await steps.fill('Unsaved');
    const questions: string[] = [];
    let answer = false;
    page.on('dialog', async (dialog) => {
      questions.push(dialog.type());
      await (answer ? dialog.accept() : dialog.dismiss());
    });
    await page.getByRole('link', { name: 'Inbox' }).click();
    expect(await steps.inputValue()).toBe('Unsaved');
    await page.evaluate('history.back()');
    await expect.poll(() => questions).toEqual(['confirm', 'confirm']);
    await page.waitForURL('**/opportunities/*');
    expect(await steps.inputValue()).toBe('Unsaved');
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => questions).toEqual(['confirm', 'confirm', 'beforeunload']);
    answer = true;
    await page.evaluate('history.back()');
    await page.getByRole('heading', { level: 1, name: 'Pipeline' }).waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  test('edits one contact at a time, so that nobody’s contact is lost', async () => {
    const deal = another();
    const Contacts = [
      { Email: 'ada@customer.example', FirstName: 'Ada', LastName: 'Alder' },
      { Email: 'bo@customer.example', FirstName: 'Bo', LastName: 'Birch' },
    ];
    await web.gw.emulator.patchRecord(deal.id, { Customer: { Contacts } });
    await using visitor = await open(deal);
    const { page } = visitor;
    await page.getByRole('button', { name: 'Edit Ada Alder' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Email').fill('not an address');
    await dialog.getByRole('button', { name: 'Save contact' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    // Someone else adds a contact meanwhile.
    const third = { Email: 'cy@customer.example', FirstName: 'Cy', LastName: 'Cedar' };
    await web.gw.emulator.patchRecord(
      deal.id,
      { Customer: { Contacts: [...Contacts, third] } },
      { touch: true },
    );
    await dialog.getByLabel('Email').fill('ada.alder@customer.example');
    await dialog.getByRole('button', { name: 'Save contact' }).click();
    await page.getByText('ada.alder@customer.example').waitFor();
    await page.getByText('cy@customer.example').waitFor();
    page.once('dialog', (question) => void question.accept());
    await page.getByRole('button', { name: 'Remove Bo Birch' }).click();
    await page.getByText('bo@customer.example').waitFor({ state: 'detached' });
    const names = (await web.gw.emulator.record(deal.id)).Customer.Contacts.map(
      ({ FirstName }: { FirstName: string }) => FirstName,
    );
    expect(names).toEqual(['Ada', 'Cy']);
    expect(visitor.trouble).toEqual([]);
  });

  test('Escape asks before it closes a dialog with text that is not saved', async () => {
    await using visitor = await open(another());
    const { page } = visitor;
    await page.getByRole('button', { name: 'Add a contact' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a contact' });
    await dialog.getByLabel('First name').fill('Ada');
    page.once('dialog', (question) => void question.dismiss());
    await page.keyboard.press('Escape');
    expect(await dialog.getByLabel('First name').inputValue()).toBe('Ada');
    page.once('dialog', (question) => void question.accept());
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Add a contact');
    expect(visitor.trouble).toEqual([]);
  });

  test('edits the expected spend, and single items of a list that has an unknown one', async () => {
    const deal = another();
    const aws = { Amount: '100', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' };
    await web.gw.emulator.patchRecord(deal.id, {
      Project: { ExpectedCustomerSpend: [aws], DeliveryModels: ['Resell', 'Teleport'] },
    });
    await using visitor = await open(deal);
    const { page } = visitor;
    const amount = page.getByLabel('Expected monthly spend');
    await amount.fill('a lot');
    await save(page);
    await page.getByText('Enter an amount such as').waitFor();
    await amount.and(page.locator(':focus')).waitFor();
    await amount.fill('');
    await page.getByLabel('Currency').selectOption('');
    await save(page);
    await page.getByText('Choose a currency.').waitFor();
    await page.getByText('Enter an amount such as').waitFor();
    await page.getByLabel('Currency').selectOption('USD');
    await amount.fill('4200.5');
    await page.getByRole('checkbox', { name: 'Resell' }).uncheck();
    await page.getByRole('checkbox', { name: 'Managed Services' }).check();
    await save(page);
    await page.getByText('Saved.').waitFor();
    const { Project } = await web.gw.emulator.record(deal.id);
    expect(Project.ExpectedCustomerSpend).toMatchObject([{ ...aws, Amount: '4200.5' }]);
    expect(Project.DeliveryModels).toEqual(['Teleport', 'Managed Services']);
    expect(visitor.trouble).toEqual([]);
  });

  test('shows AWS’s view, where it differs, and the history', async () => {
    const [deal] = await dealsIn(web.gw, 'LAUNCHED', 1);
    if (!deal) throw new Error('There is no launched deal.');
    await web.gw.emulator.control('PATCH', `summaries/${deal.id}`, {
      LifeCycle: { TargetCloseDate: '2033-03-03' },
    });
    await using visitor = await open(deal);
    const { page } = visitor;
    const row = page.getByRole('row', { name: /Target close date/ });
    await row.getByText('2033-03-03').waitFor();
    await page.getByText('Engagement score').waitFor();
    await page.getByRole('heading', { name: 'History' }).click();
    await page
      .getByRole('heading', { name: /^Your view/ })
      .first()
      .waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(visitor.trouble).toEqual([]);
  });

  test('what AWS’s reviewer asks for is in plain sight', async () => {
    const { data } = await web.gw.query(
      '{ opportunities(first: 1, filter: { reviewStatuses: [ACTION_REQUIRED] }) { nodes { id lifeCycle { reviewComments } customer { account { companyName } } } } }',
    );
    const [{ id, lifeCycle, customer }] = data.opportunities.nodes;
    await using visitor = await open({ id, name: customer.account.companyName });
    const { page } = visitor;
    await page
      .getByRole('region', { name: /AWS asks for changes/ })
      .getByText(lifeCycle.reviewComments)
      .waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  test('an opportunity that AWS does not have is shown as such', async () => {
    await using visitor = await web.visit('/opportunities/O999999999');
    await visitor.page.getByText('AWS has no opportunity O999999999').waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  test('an opportunity that AWS refuses is shown as such, and loads when tried again', async () => {
    const deal = another();
    await web.gw.emulator.injectFault({ kind: 'access-denied', operation: 'GetOpportunity' });
    await using visitor = await web.visit(`/opportunities/${deal.id}`);
    const { page } = visitor;
    await page.getByText('AWS does not allow this account to do that.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('Next steps').waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  test('is accessible, and fits a telephone', async () => {
    await using visitor = await open(another(), { width: 390, height: 780 });
    const { page } = visitor;
    await page.getByLabel('Next steps').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });
});
