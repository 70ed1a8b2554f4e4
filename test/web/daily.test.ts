/** What a sales team does every day: what needs attention, the inbox, what has changed, and many deals at once. */
import type { Page, WebSocketRoute } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { referLead, referOpportunity } from '../invitation-kit.ts';
import { untilIndexed } from '../kit.ts';
import { until } from '../until.ts';
import {
  accessibilityProblems,
  answerInstead,
  dealsIn,
  hasChromium,
  loseAnswer,
  overflow,
  workspace,
} from './kit.ts';

const phone = { width: 390, height: 780 };

/** The connection of a page's subscriptions, so that a test can cut it, and repeat what the gateway has sent. */
async function connectionOf(page: Page) {
  const messages: string[] = [];
  let open: WebSocketRoute | undefined;
  let isDown = false;
  await page.routeWebSocket('**/graphql', (socket) => {
    if (isDown) return void socket.close();
    open = socket;
    const server = socket.connectToServer();
    server.onMessage((message) => {
      messages.push(String(message));
      socket.send(message);
    });
  });
  return {
    messages,
    async cut() {
      isDown = true;
      await open?.close();
    },
    restore() {
      isDown = false;
    },
    repeat: (message: string) => open?.send(message),
  };
}

describe.skipIf(!hasChromium)('the daily work in the workspace', () => {
  const web = workspace({ INDEX: 'on', SYNC_INTERVAL_MS: '300' });
  beforeAll(() => untilIndexed(web.gw));

  /** Someone else sets the target close date of a deal. */
  const reschedule = (id: string, date: string) =>
    web.gw.emulator.patchRecord(id, { LifeCycle: { TargetCloseDate: date } }, { touch: true });

  test('the start page lists what has to be done, each a link to its deal', async () => {
    await using visitor = await web.visit('/');
    const { page } = visitor;
    const group = page.getByRole('region', { name: 'AWS asks for changes' });
    await group.getByText('submit it again').waitFor();
    expect(await group.getByRole('listitem').count()).toBe(5);
    await group.getByRole('button', { name: 'show all' }).click();
    const { data } = await web.gw.query('{ attention(kinds: [ACTION_REQUIRED]) { totalCount } }');
    await group
      .getByRole('listitem')
      .nth(data.attention.totalCount - 1)
      .waitFor();
    await page
      .getByRole('region', { name: 'Invitation expires soon' })
      .getByText('from Amazon Web Services')
      .first()
      .waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    const link = group.getByRole('link').first();
    const name = await link.innerText();
    await link.click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  test('the start page says what went wrong, and loads when tried again', async () => {
    await using visitor = await web.visit('/changes', phone);
    const { page } = visitor;
    const errors = [{ message: 'Refused.', extensions: { code: 'FORBIDDEN' } }];
    await answerInstead(page, 'Attention', { data: null, errors }, 1);
    await page.getByRole('link', { name: 'Attention' }).click();
    await page.getByRole('alert').getByText('AWS does not allow').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('region', { name: 'Not submitted to AWS' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });

  test('an invitation is shown in plain words, and accepting it leads to the new opportunity', async () => {
    await web.gw.emulator.control('POST', 'settings', { submissionTask: 'in-progress', taskMs: 60_000 });
    await referOpportunity(web.gw);
    await using visitor = await web.visit('/inbox');
    const { page } = visitor;
    const pending = page.getByRole('region', { name: 'To answer' });
    const invitation = pending.getByRole('article', { name: 'Fleet telemetry for harbour cranes' });
    await invitation.getByText('Eastmole Terminals, www.eastmole-terminals.example').waitFor();
    await invitation.getByText('Professional Services, Germany').waitFor();
    await invitation.getByText('$4,200 Monthly').waitFor();
    await invitation.getByText(/Expires .+ days left/).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await invitation.getByRole('button', { name: 'Accept' }).click();
    await invitation.getByText('AWS is working on it.').waitFor();
    await web.gw.emulator.control('POST', 'clock', { advanceMs: 60_000 });
    const outcome = page.getByText('Accepted: Fleet telemetry for harbour cranes.');
    await outcome.waitFor();
    await page
      .getByRole('region', { name: 'Answered and expired' })
      .getByText('Fleet telemetry for harbour cranes')
      .first()
      .waitFor();
    expect(await invitation.count()).toBe(0);
    await page.getByRole('link', { name: 'Open the opportunity', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Eastmole Terminals' }).waitFor();
    await web.gw.emulator.control('POST', 'settings', { submissionTask: 'complete' });
    expect(visitor.trouble).toEqual([]);
  });

  test('a rejection asks for its reason, reports what fails, and cannot happen by mistake', async () => {
    await using visitor = await web.visit('/inbox', phone);
    const { page } = visitor;
    const name = 'Warehouse robots in three countries';
    const button = page.getByRole('button', { name: `Reject ${name}` });
    await button.click();
    const dialog = page.getByRole('dialog', { name: `Reject “${name}”` });
    await dialog.getByRole('button', { name: 'Reject the invitation' }).click();
    await dialog.getByRole('alert').getByText('Choose why').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await button.evaluate('document.activeElement.textContent')).toBe('Reject…');
    await button.click();
    await dialog.getByLabel('Reason').selectOption({ label: 'Other' });
    await dialog.getByLabel('In your own words').fill('No capacity until May');
    await web.gw.emulator.injectFault({ kind: 'access-denied', operation: 'RejectEngagementInvitation' });
    await dialog.getByRole('button', { name: 'Reject the invitation' }).click();
    await dialog.getByText('AWS does not allow this account to do that.').waitFor();
    expect(await dialog.getByLabel('In your own words').inputValue()).toBe('No capacity until May');
    await dialog.getByRole('button', { name: 'Reject the invitation' }).click();
    await page.getByText(`Rejected: ${name}.`).waitFor();
    await button.waitFor({ state: 'detached' });
    expect(visitor.trouble).toEqual([]);
  });

  test('an invitation that was answered elsewhere in the meantime is explained', async () => {
    const { Id } = await referLead(web.gw);
    await using visitor = await web.visit('/inbox');
    const { page } = visitor;
    const invitation = page.locator(`article[aria-labelledby="${Id}"]`);
    await invitation.waitFor();
    const errors = [{ code: 'INVITATION_EXPIRED', message: 'The invitation has expired.' }];
    const payload = {
      accepted: false,
      opportunity: null,
      userErrors: errors.map((error) => ({ __typename: 'UserError', ...error })),
    };
    await answerInstead(
      page,
      'Accept',
      {
        data: { acceptEngagementInvitation: { __typename: 'AcceptEngagementInvitationPayload', ...payload } },
      },
      1,
    );
    await invitation.getByRole('button', { name: 'Accept' }).click();
    await invitation.getByRole('alert').getByText('The invitation has expired.').waitFor();
    await invitation.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('it is in Partner Central').waitFor();
    await invitation.waitFor({ state: 'detached' });
    expect(visitor.trouble).toEqual([]);
  });

  test('what others change is listed as it happens, and what was missed during an interruption is added', async () => {
    const [deal, other] = await dealsIn(web.gw, 'QUALIFIED', 2);
    await using visitor = await web.visit('/nowhere');
    const { page } = visitor;
    const connection = await connectionOf(page);
    await page.goto(page.url().replace('/nowhere', '/changes'));
    const state = page.getByRole('status');
    await state.getByText('Live').waitFor();
    await reschedule(deal?.id ?? '', '2031-05-06');
    const first = page.getByRole('listitem').first();
    await first.getByText('Target close date: May 6, 2031').waitFor();
    await first.getByRole('link', { name: deal?.name ?? '' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await connection.cut();
    await state.getByText('Connecting.').waitFor();
    await reschedule(other?.id ?? '', '2032-06-07');
    connection.restore();
    await first.getByText('Target close date: Jun 7, 2032').waitFor();
    await state.getByText('Live').waitFor();
    await page.setViewportSize(phone);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });

  test('a record changes on every page, and a late event never undoes what was saved since', async () => {
    const [other, , deal] = await dealsIn(web.gw, 'QUALIFIED', 3);
    const id = deal?.id ?? '';
    await using visitor = await web.visit('/nowhere');
    const { page } = visitor;
    const connection = await connectionOf(page);
    await page.goto(page.url().replace('/nowhere', '/pipeline'));
    await page.locator(`#${id}`).click();
    const date = page.getByLabel('Target close date');
    const steps = page.getByLabel('Next steps');
    const hasDate = (value: string) =>
      page.waitForFunction(`document.querySelector('input[type=date]')?.value === '${value}'`);
    await steps.fill('What I am typing');
    await reschedule(id, '2031-07-08');
    await hasDate('2031-07-08');
    expect(await steps.inputValue()).toBe('What I am typing');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    const late = connection.messages.findLast((message) => message.includes('2031-07-08')) ?? '';
    await date.fill('2031-09-10');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForFunction("document.querySelector('form [role=status]')?.textContent === 'Saved.'");
    await until(() => connection.messages.some((message) => message.includes('2031-09-10')));
    await page.getByRole('link', { name: 'Changes', exact: true }).click();
    connection.repeat(late);
    await reschedule(other?.id ?? '', '2033-04-05');
    await page.getByRole('listitem').getByText('Apr 5, 2033').first().waitFor();
    await page.getByRole('link', { name: 'Pipeline', exact: true }).click();
    await page.locator(`#${id}`).getByText('Closes Sep 10, 2031').waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  test('a contact that is being edited stays the same one when another is removed', async () => {
    const [, , , deal] = await dealsIn(web.gw, 'QUALIFIED', 4);
    const id = deal?.id ?? '';
    const [ada, bo, cy] = ['Ada', 'Bo', 'Cy'].map((name) => ({
      FirstName: name,
      Email: `${name.toLowerCase()}@customer.example`,
    }));
    const setContacts = (Contacts: unknown[]) =>
      web.gw.emulator.patchRecord(id, { Customer: { Contacts } }, { touch: true });
    await setContacts([ada, bo, cy]);
    await using visitor = await web.visit(`/opportunities/${id}`);
    const { page } = visitor;
    await page.getByRole('button', { name: 'Edit Bo' }).click();
    await setContacts([bo, cy]);
    await page.getByText('ada@customer.example').waitFor({ state: 'detached' });
    await page.getByLabel('Phone').fill('+14155550123');
    await page.getByRole('button', { name: 'Save contact' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const { Customer } = await web.gw.emulator.record(id);
    expect(Customer.Contacts).toEqual([{ ...bo, Phone: '+14155550123' }, cy]);
    expect(visitor.trouble).toEqual([]);
  });

  test('a field of many deals is set by a job, whose progress and refusals are reported', async () => {
    const deals = await dealsIn(web.gw, 'TECHNICAL_VALIDATION', 2);
    await using visitor = await web.visit('/bulk?stage=TECHNICAL_VALIDATION');
    const { page } = visitor;
    for (const { id } of deals) await page.getByRole('checkbox', { name: id }).check();
    await page.getByRole('combobox', { name: 'Stage' }).selectOption({ label: 'Prospect' });
    await page.getByLabel('Review status').selectOption({ label: 'Submitted' });
    await page.getByRole('row').nth(1).getByText('Submitted').waitFor();
    await page.getByRole('row').nth(1).getByRole('checkbox').check();
    const refused = (await page.getByRole('row').nth(1).locator('label').innerText()).replace(/ O\d+$/, '');
    await page.getByText(/Takes less than a minute and up to 3 of the/).waitFor();
    await page.getByRole('button', { name: 'Change 3 opportunities' }).click();
    await page.getByRole('alert').getByText('Enter the new value.').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel('Next steps', { exact: true }).last().fill('Call them all');
    await page.getByRole('button', { name: 'Change 3 opportunities' }).click();
    await page.getByText('Done · 3 of 3: 2 changed, 1 failed').waitFor();
    const failure = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: refused }) });
    await failure.getByText('Next steps cannot be changed while the review status is Submitted.').waitFor();
    for (const { id } of deals)
      expect((await web.gw.emulator.record(id)).LifeCycle.NextSteps).toBe('Call them all');
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(visitor.trouble).toEqual([]);
  });

  test('a job that is started again after a lost answer is the same job, and can be paused, resumed and canceled', async () => {
    const { emulator } = web.gw;
    await using visitor = await web.visit('/bulk?stage=BUSINESS_VALIDATION&status=APPROVED', phone);
    const { page } = visitor;
    const before = (await web.gw.query('{ bulkJobs { nodes { id } } }')).data.bulkJobs.nodes.length;
    await loseAnswer(page, 'Start');
    for (const row of [1, 2]) await page.getByRole('row').nth(row).getByRole('checkbox').check();
    await page.getByRole('radio', { name: 'Target close date' }).check();
    await page.locator('input[type=date]').fill('2033-01-02');
    await emulator.hold('UpdateOpportunity');
    await page.getByRole('button', { name: 'Change 2 opportunities' }).click();
    await page.getByRole('alert').getByText('The gateway cannot be reached.').last().waitFor();
    await page.getByRole('button', { name: 'Change 2 opportunities' }).click();
    const userErrors = [{ __typename: 'UserError', message: 'The job cannot be paused.' }];
    const refused = { __typename: 'PauseBulkJobPayload', job: null, userErrors };
    await answerInstead(page, 'Pause', { data: { pauseBulkJob: refused } }, 1);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('alert').getByText('The job cannot be paused.').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused ·').waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Running ·').waitFor();
    page.once('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Cancel the job' }).click();
    await page.getByText('Canceled ·').waitFor();
    await emulator.release();
    const { nodes } = (await web.gw.query('{ bulkJobs { nodes { id } } }')).data.bulkJobs;
    expect(nodes).toHaveLength(before + 1);
    await page.getByRole('link', { name: 'Start another bulk edit' }).click();
    await page.getByText('Choose opportunities first.').waitFor();
    await page.getByRole('link', { name: 'Target close date of 2 opportunities' }).waitFor();
  });

  test('the corner has the account, and what is left of the quota', async () => {
    await using visitor = await web.visit('/nowhere');
    const { page } = visitor;
    await page.getByText('Sandbox, account main').waitFor();
    await page.getByText('AWS quota').click();
    await page.getByRole('row', { name: /^Writes [\d,]+ 100000 0$/ }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(visitor.trouble).toEqual([]);
  });
});
