import { describe, expect, test } from 'vitest';
import { type Data, gateway, type TestGateway } from './kit.ts';

const update = `mutation ($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) {
    changed
    opportunity { id lastModifiedDate lifeCycle { nextSteps } project { title additionalComments } }
    userErrors { path code message }
  }
}`;

const patchOf = (gw: TestGateway, id: string, patch: object, more: object = {}) =>
  gw.query(update, { input: { id, patch, ...more } });

/** What must not differ after a patch: everything but the lock and what the patch names. */
function rest(record: Data): Data {
  const {
    LastModifiedDate,
    LifeCycle: { NextSteps, NextStepsHistory, ...lifeCycle } = {} as Data,
    ...others
  } = record;
  return { ...others, LifeCycle: lifeCycle };
}

describe('updateOpportunity', () => {
  test('changes what the patch names and nothing else, for one write and two reads', async () => {
    await using gw = await gateway();
    const before = await gw.emulator.record('O5000002');
    const { data, errors, calls } = await patchOf(gw, 'O5000002', {
      lifeCycle: { nextSteps: 'Call on Monday' },
    });
    expect(errors).toBeUndefined();
    expect(calls).toEqual({ GetOpportunity: 2, UpdateOpportunity: 1 });
    const after = await gw.emulator.record('O5000002');
    expect(rest(after)).toEqual(rest(before));
    expect(data.updateOpportunity).toMatchObject({
      changed: true,
      userErrors: [],
      opportunity: {
        id: 'O5000002',
        lastModifiedDate: after.LastModifiedDate,
        lifeCycle: { nextSteps: 'Call on Monday' },
      },
    });
    expect(after.LastModifiedDate > before.LastModifiedDate).toBe(true);
  });

  test('keeps members, list items’ members and enum values that no SDK knows', async () => {
    await using gw = await gateway();
    const future = { Deep: [{ Er: null, '2nd': 'x' }], Flag: false, Digits: '1.10' };
    const { Project } = await gw.emulator.record('O5000001');
    await gw.emulator.plant('O5000001', {
      FutureTopLevel: future,
      futureInLowerCase: 'kept',
      Project: {
        FutureField: future,
        CompetitorName: 'Skynet',
        ExpectedCustomerSpend: Project.ExpectedCustomerSpend.map((item: Data) => ({
          ...item,
          FutureItemMember: future,
        })),
      },
      Customer: { Account: { Address: { Geohash: 'u33db' } } },
    });
    const before = await gw.emulator.record('O5000001');
    const { data } = await patchOf(gw, 'O5000001', { project: { title: 'A better title' } });
    expect(data.updateOpportunity).toMatchObject({ changed: true, userErrors: [] });
    const after = await gw.emulator.record('O5000001');
    expect(after).toEqual({
      ...before,
      LastModifiedDate: after.LastModifiedDate,
      Project: { ...before.Project, Title: 'A better title' },
    });
  });

  test('hands the lock back digit for digit', async () => {
    await using gw = await gateway();
    await gw.emulator.plant('O5000002', { LastModifiedDate: '2026-02-04T05:18:25.803123456Z' });
    const { data } = await patchOf(gw, 'O5000002', { lifeCycle: { nextSteps: 'Nanoseconds' } });
    expect(data.updateOpportunity).toMatchObject({ changed: true, userErrors: [] });
  });

  test('merges objects, replaces lists, clears with null', async () => {
    await using gw = await gateway();
    const before = await gw.emulator.record('O5000001');
    const contact = { email: 'new@customer.example', firstName: 'New', lastName: 'Contact' };
    const { data } = await patchOf(gw, 'O5000001', {
      customer: { account: { duns: '987654321', address: { streetAddress: null } }, contacts: [contact] },
      marketing: null,
      project: {
        additionalComments: null,
        expectedContractDuration: null,
        expectedCustomerSpend: [
          { amount: '900', currencyCode: 'USD', frequency: 'MONTHLY', targetCompany: 'AWS' },
        ],
      },
    });
    expect(data.updateOpportunity.userErrors).toEqual([]);
    const after = await gw.emulator.record('O5000001');
    const { StreetAddress, ...address } = before.Customer.Account.Address;
    expect(StreetAddress).toBeDefined();
    expect(after.Customer.Account).toEqual({
      ...before.Customer.Account,
      Duns: '987654321',
      Address: address,
    });
    expect(after.Customer.Contacts).toEqual([
      { Email: contact.email, FirstName: 'New', LastName: 'Contact' },
    ]);
    expect(after.Marketing).toBeUndefined();
    const { AdditionalComments, ExpectedContractDuration, ...project } = before.Project;
    expect(AdditionalComments).toBeDefined();
    const ExpectedCustomerSpend = [
      { Amount: '900', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' },
    ];
    expect(after.Project).toEqual({ ...project, ExpectedCustomerSpend });
  });

  test.each([
    ['an empty patch', {}],
    ['a value that is there already', { lifeCycle: { stage: 'QUALIFIED' }, customer: {} }],
    ['clearing what is empty', { lifeCycle: { closedLostReason: null } }],
  ])('spends no write on %s, and one read', async (_, patch) => {
    await using gw = await gateway();
    const { data, calls } = await patchOf(gw, 'O5000002', patch);
    expect(data.updateOpportunity).toMatchObject({
      changed: false,
      userErrors: [],
      opportunity: { id: 'O5000002' },
    });
    expect(calls).toEqual({ GetOpportunity: 1 });
  });

  test('refuses to clear what AWS will not be without, and spends no write', async () => {
    await using gw = await gateway();
    const { data, calls } = await patchOf(gw, 'O5000001', {
      lifeCycle: { stage: null, reviewStatus: null },
      customer: { account: { companyName: null } },
      project: null,
    });
    const { changed, userErrors } = data.updateOpportunity;
    expect(changed).toBe(false);
    expect(userErrors.map(({ path, code }: Data) => [path.join('.'), code])).toEqual([
      ['input.patch.customer.account.companyName', 'REQUIRED_FIELD_MISSING'],
      ['input.patch.lifeCycle.reviewStatus', 'REQUIRED_FIELD_MISSING'],
      ['input.patch.lifeCycle.stage', 'REQUIRED_FIELD_MISSING'],
      ['input.patch.project', 'REQUIRED_FIELD_MISSING'],
    ]);
    expect(userErrors[2].message).toBe('Stage cannot be cleared: AWS requires it.');
    expect(calls).toEqual({ GetOpportunity: 1 });
  });

  test('turns what AWS refuses into errors at the caller’s own paths', async () => {
    await using gw = await gateway();
    const before = await gw.emulator.record('O5000001');
    const { data, errors } = await patchOf(gw, 'O5000001', {
      project: { title: 'x'.repeat(256) },
      customer: { contacts: [{ email: 'ok@customer.example' }, { email: 'NOT OK' }] },
    });
    expect(errors).toBeUndefined();
    const { opportunity, changed, userErrors } = data.updateOpportunity;
    expect(changed).toBe(false);
    expect(opportunity.project.title).toBe(before.Project.Title);
    expect(userErrors.map(({ path, code }: Data) => [path.join('.'), code]).sort()).toEqual([
      ['input.patch.customer.contacts.1.email', 'INVALID_STRING_FORMAT'],
      ['input.patch.project.title', 'INVALID_STRING_FORMAT'],
    ]);
    expect(await gw.emulator.record('O5000001')).toEqual(before);
  });

  test('writes nothing on a record that is newer than the caller has seen', async () => {
    await using gw = await gateway();
    const { LastModifiedDate: seen } = await gw.emulator.record('O5000002');
    await gw.emulator.plant(
      'O5000002',
      { Project: { AdditionalComments: 'From somebody else' } },
      { touch: true },
    );
    const { data, calls } = await patchOf(
      gw,
      'O5000002',
      { lifeCycle: { nextSteps: 'Mine' } },
      { expectedLastModifiedDate: seen },
    );
    expect(data.updateOpportunity).toMatchObject({
      changed: false,
      opportunity: { project: { additionalComments: 'From somebody else' } },
      userErrors: [{ path: ['input', 'expectedLastModifiedDate'], code: 'CONFLICT' }],
    });
    expect(calls).toEqual({ GetOpportunity: 1 });
  });

  test('takes the expected date in any notation of the same instant', async () => {
    await using gw = await gateway();
    await gw.emulator.plant('O5000002', { LastModifiedDate: '2026-02-04T05:18:25.8Z' });
    const { data } = await patchOf(
      gw,
      'O5000002',
      { lifeCycle: { nextSteps: 'Mine' } },
      { expectedLastModifiedDate: '2026-02-04T06:18:25.800000+01:00' },
    );
    expect(data.updateOpportunity).toMatchObject({ changed: true, userErrors: [] });
  });

  test('says so when AWS knows no such opportunity', async () => {
    await using gw = await gateway();
    const { data, errors, calls } = await patchOf(gw, 'O404', { lifeCycle: { nextSteps: 'Mine' } });
    expect(errors).toBeUndefined();
    expect(data.updateOpportunity).toMatchObject({
      opportunity: null,
      changed: false,
      userErrors: [{ path: ['input', 'id'], code: 'NOT_FOUND' }],
    });
    expect(calls).toEqual({ GetOpportunity: 1 });
  });

  test('of one record twice in a request sees its own first change', async () => {
    await using gw = await gateway();
    const { data } = await gw.query(`mutation {
      one: updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "One" } } }) { changed opportunity { lifeCycle { nextSteps } } }
      two: updateOpportunity(input: { id: "O5000002", patch: { project: { additionalComments: "Two" } } }) {
        changed opportunity { lifeCycle { nextSteps } project { additionalComments } }
      }
    }`);
    expect(data.one).toEqual({ changed: true, opportunity: { lifeCycle: { nextSteps: 'One' } } });
    expect(data.two).toEqual({
      changed: true,
      opportunity: { lifeCycle: { nextSteps: 'One' }, project: { additionalComments: 'Two' } },
    });
  });

  test.each([
    ['an unknown field', { colour: 'blue' }, 'Field "colour" is not defined by type "OpportunityPatch"'],
    ['an unknown enum name', { lifeCycle: { stage: 'WON' } }, 'Value "WON" does not exist in "Stage" enum'],
    ['a text for an object', { lifeCycle: 'Prospect' }, 'Expected type "LifeCycleInput" to be an object'],
  ])('refuses %s without a call', async (_, patch, message) => {
    await using gw = await gateway();
    const { status, errors, calls } = await patchOf(gw, 'O5000001', patch);
    expect(status).toBe(400);
    expect(errors?.[0]?.message).toContain(message);
    expect(calls).toEqual({});
  });

  test('refuses an id that cannot be one, naming the field', async () => {
    await using gw = await gateway();
    const { errors, calls } = await patchOf(gw, 'nope', {});
    expect(errors?.[0]?.message).toBe('input.id: got "nope", expected an opportunity\'s id such as O1234567');
    expect(calls).toEqual({});
  });
});
