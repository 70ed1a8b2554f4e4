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

/** The members that a patch to the next steps must not change: all but the lock, the next steps and their history. */
function rest(record: Data): Data {
  const {
    LastModifiedDate,
    LifeCycle: { NextSteps, NextStepsHistory, ...lifeCycle } = {} as Data,
    ...others
  } = record;
  return { ...others, LifeCycle: lifeCycle };
}

describe('updateOpportunity', () => {
  test('an update changes the fields of its patch and no others, for one write and two reads', async () => {
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

  test('an update keeps members, members of list items and enum values that no SDK has', async () => {
    await using gw = await gateway();
    const future = { Deep: [{ Er: null, '2nd': 'x' }], Flag: false, Digits: '1.10' };
    const { Project } = await gw.emulator.record('O5000001');
    await gw.emulator.patchRecord('O5000001', {
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

  test('an update sends the lock back digit for digit', async () => {
    await using gw = await gateway();
    await gw.emulator.patchRecord('O5000002', { LastModifiedDate: '2026-02-04T05:18:25.803123456Z' });
    const { data } = await patchOf(gw, 'O5000002', { lifeCycle: { nextSteps: 'Nanoseconds' } });
    expect(data.updateOpportunity).toMatchObject({ changed: true, userErrors: [] });
  });

  test('an update merges objects, replaces lists, and clears fields with null', async () => {
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
    ['a value that is already stored', { lifeCycle: { stage: 'QUALIFIED' }, customer: {} }],
    ['null for an empty field', { lifeCycle: { closedLostReason: null } }],
  ])('an update with %s costs one read and no write', async (_, patch) => {
    await using gw = await gateway();
    const { data, calls } = await patchOf(gw, 'O5000002', patch);
    expect(data.updateOpportunity).toMatchObject({
      changed: false,
      userErrors: [],
      opportunity: { id: 'O5000002' },
    });
    expect(calls).toEqual({ GetOpportunity: 1 });
  });

  test('an update refuses to clear fields that AWS requires, without a write', async () => {
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

  test('an update reports values that AWS refuses at their paths in the input', async () => {
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

  test('an update does not change a record that is newer than the expected version', async () => {
    await using gw = await gateway();
    const { LastModifiedDate: seen } = await gw.emulator.record('O5000002');
    await gw.emulator.patchRecord(
      'O5000002',
      { Project: { AdditionalComments: 'From someone else' } },
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
      opportunity: { project: { additionalComments: 'From someone else' } },
      userErrors: [{ path: ['input', 'expectedLastModifiedDate'], code: 'CONFLICT' }],
    });
    expect(calls).toEqual({ GetOpportunity: 1 });
  });

  test('an update accepts the expected date in any notation of the same instant', async () => {
    await using gw = await gateway();
    await gw.emulator.patchRecord('O5000002', { LastModifiedDate: '2026-02-04T05:18:25.8Z' });
    const { data } = await patchOf(
      gw,
      'O5000002',
      { lifeCycle: { nextSteps: 'Mine' } },
      { expectedLastModifiedDate: '2026-02-04T06:18:25.800000+01:00' },
    );
    expect(data.updateOpportunity).toMatchObject({ changed: true, userErrors: [] });
  });

  test('an update of an opportunity that AWS does not have is a NOT_FOUND error at the id', async () => {
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

  test('a second update of a record in a request builds on the first', async () => {
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
    ['a string for an object', { lifeCycle: 'Prospect' }, 'Expected type "LifeCycleInput" to be an object'],
  ])('an update with %s is rejected without a call', async (_, patch, message) => {
    await using gw = await gateway();
    const { status, errors, calls } = await patchOf(gw, 'O5000001', patch);
    expect(status).toBe(400);
    expect(errors?.[0]?.message).toContain(message);
    expect(calls).toEqual({});
  });

  test('an update with a malformed id is refused without a call', async () => {
    await using gw = await gateway();
    const { errors, calls } = await patchOf(gw, 'nope', {});
    expect(errors?.[0]?.message).toBe('input.id: got "nope", expected an opportunity\'s id such as O1234567');
    expect(calls).toEqual({});
  });
});
