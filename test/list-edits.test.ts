import { afterAll, describe, expect, test } from 'vitest';
import { type Data, gateway, gatewayOn, type TestGateway } from './kit.ts';

const update = `mutation ($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) {
    changed changedFields
    conflict { changedFields overlappingFields current { customer { contacts { email } } } }
    warnings { path message }
    userErrors { path code message field sent }
  }
}`;
const id = 'O5000002';
const send = async (gw: TestGateway, patch: object, more: object = {}) => {
  const { data, errors, calls } = await gw.query(update, { input: { id, patch, ...more } });
  expect(errors).toBeUndefined();
  return { ...data.updateOpportunity, calls };
};

const ada = {
  Email: 'ada@customer.example',
  FirstName: 'Ada',
  Phone: '+14155550100',
  FutureMember: [{ x: true }],
};
const bob = { Email: 'bob@customer.example', FirstName: 'Bob', FutureMember: { Digits: '1.10' } };
const eve = { Email: 'eve@customer.example', FirstName: 'Eve' };
const grace = { email: 'grace@customer.example', firstName: 'Grace' };
const add = { contactEdits: [{ add: grace }] };
const setContacts = (gw: TestGateway, Contacts: object[], options = {}) =>
  gw.emulator.patchRecord(id, { Customer: { Contacts } }, options);
const contactsOf = async (gw: TestGateway): Promise<Data[]> =>
  (await gw.emulator.record(id)).Customer.Contacts;

/** Sends a patch, and has another user change the record between the gateway's read and its write. */
async function race(gw: TestGateway, patch: object, members: object): Promise<Data> {
  await gw.emulator.hold('UpdateOpportunity', 1);
  const answer = send(gw, patch);
  await gw.emulator.untilHeld();
  await gw.emulator.patchRecord(id, members, { touch: true });
  await gw.emulator.release();
  return answer;
}

describe('edits of contacts', () => {
  test('an added contact leaves all others as AWS returned them, for one read and one write', async () => {
    await using gw = await gateway();
    await setContacts(gw, [ada, bob]);
    const before = await gw.emulator.record(id);
    expect(await send(gw, add)).toMatchObject({
      changed: true,
      changedFields: ['customer.contacts'],
      userErrors: [],
      warnings: [],
      calls: { GetOpportunity: 1, UpdateOpportunity: 1 },
    });
    const after = await gw.emulator.record(id);
    const Contacts = [ada, bob, { Email: grace.email, FirstName: 'Grace' }];
    expect(after).toEqual({
      ...before,
      LastModifiedDate: after.LastModifiedDate,
      Customer: { ...before.Customer, Contacts },
    });
    expect(await send(gw, add)).toMatchObject({ changed: false, calls: { GetOpportunity: 1 } });
  });

  test('a contact is changed and another removed, by email or by index, and the rest is kept', async () => {
    await using gw = await gateway();
    await setContacts(gw, [ada, bob, eve]);
    const contactEdits = [
      { update: { match: { email: ada.Email }, set: { phone: null, businessTitle: 'CTO' } } },
      { remove: { index: 2, expect: { email: eve.Email, firstName: 'Eve' } } },
    ];
    expect(await send(gw, { contactEdits })).toMatchObject({ changed: true, userErrors: [] });
    const { Phone, ...rest } = ada;
    expect(await contactsOf(gw)).toEqual([{ ...rest, BusinessTitle: 'CTO' }, bob]);
  });

  test('two people who add a contact each both have it, and none is lost', async () => {
    await using gw = await gateway();
    await setContacts(gw, [ada]);
    const payload = await race(gw, add, { Customer: { Contacts: [ada, bob] } });
    expect(payload).toMatchObject({ changed: true, userErrors: [], conflict: null });
    const emails = (await contactsOf(gw)).map(({ Email }) => Email);
    expect(emails).toEqual([ada.Email, bob.Email, grace.email]);
  });

  test('a change and a removal of different contacts at the same time are both applied', async () => {
    await using gw = await gateway();
    await setContacts(gw, [ada, bob, eve]);
    const expected = { email: eve.Email, firstName: 'Eve' };
    const contactEdits = [
      { update: { match: { index: 2, expect: expected }, set: { lastName: 'Moneypenny' } } },
    ];
    const payload = await race(gw, { contactEdits }, { Customer: { Contacts: [bob, eve] } });
    expect(payload).toMatchObject({ changed: true, userErrors: [] });
    expect(await contactsOf(gw)).toEqual([bob, { ...eve, LastName: 'Moneypenny' }]);
  });

  test.each([
    ['update', { match: { email: ada.Email }, set: { phone: '+14155550199' } }],
    ['remove', { email: ada.Email }],
  ])(
    '%s of a contact that someone else has removed is a conflict at the edit, and nothing is saved',
    async (verb, edit) => {
      await using gw = await gateway();
      await setContacts(gw, [ada, bob]);
      const contactEdits = [{ add: grace }, { [verb]: edit }];
      const payload = await race(gw, { contactEdits }, { Customer: { Contacts: [bob] } });
      expect(payload).toMatchObject({
        changed: false,
        conflict: {
          changedFields: ['customer.contacts'],
          overlappingFields: ['customer.contacts'],
          current: { customer: { contacts: [{ email: bob.Email }] } },
        },
        userErrors: [
          {
            path: ['input', 'patch', 'contactEdits', '1', verb],
            code: 'CONFLICT',
            message: 'Nothing was saved: no contact has this email address.',
            field: 'customer.contacts',
            sent: true,
          },
        ],
      });
      expect(await contactsOf(gw)).toEqual([bob]);
    },
  );

  test('a conflict of another field of the patch is reported beside that of an edit', async () => {
    await using gw = await gateway();
    await setContacts(gw, [ada]);
    const contactEdits = [{ update: { match: { email: ada.Email }, set: { firstName: 'Augusta' } } }];
    const { userErrors, conflict } = await race(
      gw,
      { contactEdits, lifeCycle: { nextSteps: 'Mine' } },
      { Customer: { Contacts: [{ ...ada, FirstName: 'Lady Ada' }] }, LifeCycle: { NextSteps: 'Theirs' } },
    );
    expect(userErrors.map(({ path, message }: Data) => [path.join('.'), message])).toEqual([
      ['input.patch', 'Nothing was saved: someone else changed next steps in the meantime.'],
      [
        'input.patch.contactEdits.0.update',
        'Nothing was saved: someone else changed first name in the meantime.',
      ],
    ]);
    expect(conflict.overlappingFields).toEqual(['lifeCycle.nextSteps', 'customer.contacts']);
  });

  test('any change by someone else is a conflict of an edit too with onConflict: FAIL', async () => {
    await using gw = await gateway();
    const { LastModifiedDate: expectedLastModifiedDate } = await gw.emulator.record(id);
    const strict = { expectedLastModifiedDate, onConflict: 'FAIL' };
    await gw.emulator.patchRecord(id, { Project: { AdditionalComments: 'Theirs' } }, { touch: true });
    const payload = await send(gw, add, strict);
    expect(payload).toMatchObject({ changed: false, userErrors: [{ code: 'CONFLICT' }] });
  });

  test('contacts added at the same time through two gateways are all stored', async () => {
    await using gw = await gateway();
    await using second = await gatewayOn(gw.emulator.url);
    await setContacts(gw, [ada]);
    const emails = Array.from({ length: 6 }, (_, n) => `person${n}@customer.example`);
    const adding = emails.map((email, n) =>
      send(n % 2 === 0 ? gw : second, { contactEdits: [{ add: { email } }] }),
    );
    for (const payload of await Promise.all(adding))
      expect(payload).toMatchObject({ changed: true, userErrors: [] });
    const stored = (await contactsOf(gw)).map(({ Email }) => Email);
    expect(stored.toSorted()).toEqual([ada.Email, ...emails].toSorted());
  });

  test('wrong values are reported at their paths in the edits, without a write', async () => {
    await using gw = await gateway();
    await setContacts(gw, [ada, { ...ada, FirstName: 'Augusta' }]);
    const contactEdits = [
      { add: grace },
      { add: { email: 'NOT OK' } },
      { update: { match: { email: ada.Email }, set: { phone: '0170' } } },
    ];
    const { userErrors, calls } = await send(gw, { contactEdits });
    expect(userErrors.map(({ path, code, field }: Data) => [path.slice(2).join('.'), code, field])).toEqual([
      ['contactEdits.1.add.email', 'INVALID_STRING_FORMAT', 'customer.contacts.email'],
      ['contactEdits.2.update.set.phone', 'INVALID_STRING_FORMAT', 'customer.contacts.phone'],
      ['contactEdits.2.update', 'INVALID_VALUE', 'customer.contacts'],
    ]);
    expect(userErrors[0].message).toMatch(/^Email must be an email address/);
    expect(calls).toEqual({ GetOpportunity: 1 });
  });
});

describe('edits of the expected spend', () => {
  const aws = { Amount: '900', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' };
  const self = {
    Amount: '12000',
    CurrencyCode: 'USD',
    Frequency: 'None',
    TargetCompany: 'Self',
    FutureMember: 1,
  };
  const contract = { ExpectedContractDuration: { Term: 'Months', Value: '12' } };
  const setSpend = (gw: TestGateway, ExpectedCustomerSpend: object[], more: object = {}) =>
    gw.emulator.patchRecord(id, { Project: { ExpectedCustomerSpend, ...more } });
  const spendOf = async (gw: TestGateway) => (await gw.emulator.record(id)).Project.ExpectedCustomerSpend;
  const amount = (text: string) => ({ amount: text, currencyCode: 'USD' });

  test('the spend on AWS is set without touching the line for Self', async () => {
    await using gw = await gateway();
    await setSpend(gw, [aws, self], contract);
    const payload = await send(gw, { spendEdits: [{ setAws: amount('1000.5') }] });
    expect(payload).toMatchObject({ changed: true, userErrors: [], warnings: [] });
    expect(await spendOf(gw)).toEqual([{ ...aws, Amount: '1000.5' }, self]);
  });

  test('two people who set one line each both have it', async () => {
    await using gw = await gateway();
    await setSpend(gw, [aws, self], contract);
    const theirs = { Project: { ExpectedCustomerSpend: [aws, { ...self, Amount: '24000' }] } };
    const payload = await race(gw, { spendEdits: [{ setAws: amount('1000') }] }, theirs);
    expect(payload).toMatchObject({ changed: true, userErrors: [] });
    expect(await spendOf(gw)).toEqual([
      { ...aws, Amount: '1000' },
      { ...self, Amount: '24000' },
    ]);
  });

  test('an estimate replaces the amount, which AWS computes from it', async () => {
    await using gw = await gateway();
    await setSpend(gw, [aws]);
    const estimate = 'b'.repeat(32);
    await gw.emulator.control('POST', 'settings', { estimates: { [estimate]: '4200.50' } });
    const setEstimationUrl = `https://calculator.aws/#/estimate?id=${estimate}`;
    const payload = await send(gw, { spendEdits: [{ setEstimationUrl }] });
    expect(payload).toMatchObject({ changed: true, userErrors: [] });
    expect(await spendOf(gw)).toEqual([{ ...aws, Amount: '4200.50', EstimationUrl: setEstimationUrl }]);
  });

  test('what only AWS finds wrong with the list is reported at the edits', async () => {
    await using gw = await gateway();
    const setEstimationUrl = `https://calculator.aws/#/estimate?id=${'0'.repeat(40)}`;
    const { userErrors } = await send(gw, { spendEdits: [{ setEstimationUrl }] });
    const field = 'project.expectedCustomerSpend.estimationUrl';
    expect(userErrors).toMatchObject([{ path: ['input', 'patch', 'spendEdits'], field, sent: true }]);
  });

  test('wrong values and broken rules are reported at the edits', async () => {
    await using gw = await gateway();
    await setSpend(gw, [aws], { ExpectedContractDuration: null });
    const spendEdits = [
      { setEstimationUrl: 'https://example.com' },
      { setSelf: { amount: '1', currencyCode: 'EUR' } },
    ];
    const { userErrors } = await send(gw, { spendEdits });
    expect(userErrors.map(({ path, field, sent }: Data) => [path.slice(2).join('.'), field, sent])).toEqual([
      ['spendEdits.0.setEstimationUrl', 'project.expectedCustomerSpend.estimationUrl', true],
      ['project.expectedContractDuration', 'project.expectedContractDuration', false],
      ['spendEdits', 'project.expectedCustomerSpend.currencyCode', true],
    ]);
  });

  test('a line that AWS keeps is a warning at the edits', async () => {
    await using gw = await gateway();
    await setSpend(gw, [aws, self], contract);
    const { warnings } = await send(gw, { spendEdits: [{ removeSelf: true }] });
    expect(warnings.map(({ path }: Data) => path)).toEqual([['input', 'patch', 'spendEdits']]);
  });
});

describe('edits of values', () => {
  test('values are added and removed, and those that no SDK has are kept', async () => {
    await using gw = await gateway();
    await gw.emulator.patchRecord(id, {
      PrimaryNeedsFromAws: ['Skynet', 'Co-Sell - Deal Support'],
      Project: { DeliveryModels: ['Resell', 'Teleport'], SalesActivities: null, ApnPrograms: ['Windows'] },
      Marketing: { UseCases: ['Analytics'], Channels: ['Print'] },
    });
    const payload = await send(gw, {
      primaryNeedEdits: { add: ['CO_SELL_TECHNICAL_CONSULTATION'] },
      deliveryModelEdits: { add: ['SAAS_OR_PAAS'], remove: ['RESELL', 'OTHER'] },
      salesActivityEdits: { add: ['SOW_SIGNED'] },
      apnProgramEdits: { add: ['P3'] },
      useCaseEdits: { add: ['Security'], remove: ['Analytics'] },
      channelEdits: { add: ['PRINT', 'TELEMARKETING'] },
    });
    expect(payload).toMatchObject({ changed: true, userErrors: [], warnings: [] });
    expect(await gw.emulator.record(id)).toMatchObject({
      PrimaryNeedsFromAws: ['Skynet', 'Co-Sell - Deal Support', 'Co-Sell - Technical Consultation'],
      Project: {
        DeliveryModels: ['Teleport', 'SaaS or PaaS'],
        SalesActivities: ['SOW Signed'],
        ApnPrograms: ['Windows', 'P3'],
      },
      Marketing: { UseCases: ['Security'], Channels: ['Print', 'Telemarketing'] },
    });
  });

  test('values added by two people at the same time are both stored', async () => {
    await using gw = await gateway();
    await gw.emulator.patchRecord(id, { Project: { SalesActivities: ['SOW Signed'] } });
    const theirs = { Project: { SalesActivities: ['SOW Signed', 'In evaluation / planning stage'] } };
    const edits = { salesActivityEdits: { add: ['COMPLETED_ACTION_PLAN'], remove: ['SOW_SIGNED'] } };
    expect(await race(gw, edits, theirs)).toMatchObject({ changed: true, userErrors: [] });
    expect((await gw.emulator.record(id)).Project.SalesActivities).toEqual([
      'In evaluation / planning stage',
      'Completed Action Plan',
    ]);
  });

  test('a string that AWS may not accept is a warning at the edit', async () => {
    await using gw = await gateway();
    const { warnings } = await send(gw, { useCaseEdits: { add: ['Time Travel'] } });
    expect(warnings[0].path).toEqual(['input', 'patch', 'useCaseEdits', 'add']);
    expect(warnings[0].message).toContain('"Time Travel"');
  });
});

describe('a patch with edits', async () => {
  const gw = await gateway();
  afterAll(() => gw[Symbol.asyncDispose]());

  test.each([
    ['replaces the list too', { ...add, customer: { contacts: [] } }, 'contactEdits'],
    ['identifies no contact', { contactEdits: [{ remove: {} }] }, 'contactEdits.0.remove'],
    ['contradicts itself', { channelEdits: { add: ['PRINT'], remove: ['PRINT'] } }, 'channelEdits.remove.0'],
  ])('that %s is refused at its path without a call', async (_, patch, path) => {
    const { userErrors, calls } = await send(gw, patch);
    expect(userErrors).toMatchObject([
      { path: ['input', 'patch', ...path.split('.')], code: 'INVALID_VALUE' },
    ]);
    expect(calls).toEqual({});
  });

  test.each([
    [
      'submitOpportunity',
      'submitOpportunity(input: { id: $id, involvementType: CO_SELL, patch: $patch })',
      'patch',
    ],
    ['cloneOpportunity', 'cloneOpportunity(input: { id: $id, overrides: $patch })', 'overrides'],
  ])('that replaces the list too is refused by %s as well', async (name, mutation, member) => {
    const { data, calls } = await gw.query(
      `mutation ($id: ID!, $patch: OpportunityPatch) { ${mutation} { userErrors { path code } } }`,
      { id, patch: { ...add, customer: { contacts: [] } } },
    );
    expect(data[name].userErrors).toEqual([
      { path: ['input', member, 'contactEdits'], code: 'INVALID_VALUE' },
    ]);
    expect(calls).toEqual({});
  });

  test('that gives an edit two meanings is rejected without a call', async () => {
    const contactEdits = [{ add: grace, remove: { email: grace.email } }];
    const { status, errors, calls } = await gw.query(update, { input: { id, patch: { contactEdits } } });
    expect(status).toBe(400);
    expect(errors?.[0]?.message).toContain('Exactly one key must be specified for OneOf type "ContactEdit"');
    expect(calls).toEqual({});
  });

  test('is refused at its edits if the list is locked', async () => {
    const locked = { id: 'O5000003', patch: add };
    await gw.emulator.patchRecord('O5000003', { LifeCycle: { ReviewStatus: 'Submitted' } });
    const { data } = await gw.query(update, { input: locked });
    expect(data.updateOpportunity.userErrors).toMatchObject([
      { path: ['input', 'patch', 'contactEdits'], code: 'NOT_EDITABLE', field: 'customer.contacts' },
    ]);
  });

  test.each([
    ['adds', add],
    ['removes', { contactEdits: [{ remove: { email: ada.Email } }] }],
    ['sets', { spendEdits: [{ setAws: { amount: '777', currencyCode: 'USD' } }] }],
    ['removes a value', { channelEdits: { remove: ['PRINT'] } }],
  ])('that %s costs what a dry run estimates', async (_, patch) => {
    await setContacts(gw, [ada, bob]);
    await gw.emulator.patchRecord(id, { Marketing: { Channels: ['Print'] } });
    const input = { id, patch };
    const { extensions, calls: none } = await gw.query(update, { input }, { 'x-upstream-dry-run': '1' });
    const { calls } = await send(gw, patch);
    expect(none).toEqual({});
    expect(calls).toEqual({ GetOpportunity: 1, UpdateOpportunity: 1 });
    expect(extensions.upstream.dryRun.calls).toEqual(calls);
  });

  test('is not among the fields of editability, where the list is one field', async () => {
    const fields = 'lockedFields editableFields uncertainFields';
    const { data } = await gw.query(`{ opportunity(id: "${id}") { editability { ${fields} } } }`);
    const all = Object.values<string[]>(data.opportunity.editability).flat();
    expect(all).toContain('customer.contacts');
    expect(all.filter((field) => field.includes('Edits'))).toEqual([]);
  });
});
