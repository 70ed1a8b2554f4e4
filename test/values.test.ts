import { describe, expect, test } from 'vitest';
import { gateway } from './kit.ts';

const list = 'query ($filter: OpportunityFilter) { opportunities(filter: $filter) { nodes { id } } }';
const create =
  'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { userErrors { code } } }';

describe('a time in a filter', () => {
  test.each([
    ['an offset', '2026-02-04T06:18:25.803+01:00', '2026-02-04T05:18:25.803Z'],
    ['lower-case letters', '2026-02-04t05:18:25z', '2026-02-04T05:18:25Z'],
    ['nanoseconds', '2026-02-04T05:18:25.803123456Z', '2026-02-04T05:18:25.803123456Z'],
  ])('a time with %s reaches AWS in UTC', async (_, after, sent) => {
    await using gw = await gateway();
    for (const name of ['lastModifiedDate', 'createdDate']) {
      const { errors } = await gw.query(list, { filter: { [name]: { after } } });
      expect(errors).toBeUndefined();
      const [call] = await gw.emulator.log();
      const member = name === 'createdDate' ? 'CreatedDate' : 'LastModifiedDate';
      expect(call.input[member][`After${member}`]).toBe(sent);
    }
  });

  test.each([
    ['hour 24', '2026-02-04T24:00:00Z'],
    ['more decimals than AWS has', '2026-02-04T05:18:25.8031234567890Z'],
    ['a leap second', '2026-12-31T23:59:60Z'],
    ['no offset', '2026-02-04T05:18:25'],
    ['a year that UTC does not have', '9999-12-31T23:59:59-01:00'],
  ])('a time with %s is refused without a call', async (_, after) => {
    await using gw = await gateway();
    const { errors, calls } = await gw.query(list, { filter: { createdDate: { after } } });
    expect(errors?.[0]?.message).toContain(`got "${after}", expected an RFC 3339 instant`);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(calls).toEqual({});
  });
});

describe('a range in a filter', () => {
  test.each([
    ['createdDate', '2026-02-04T00:00:00Z', '2026-02-03T23:59:59.999Z'],
    ['lastModifiedDate', '2026-02-04T00:00:00.2Z', '2026-02-04T00:00:00.1Z'],
    ['targetCloseDate', '2026-02-05', '2026-02-04'],
  ])('a reversed range of %s is refused, and named', async (name, after, before) => {
    await using gw = await gateway();
    const { data, errors, calls } = await gw.query(list, { filter: { [name]: { after, before } } });
    expect(data).toEqual({ opportunities: null });
    expect(errors).toMatchObject([
      {
        message: `filter.${name}: got after ${after} and before ${before}, expected an after that is not later than before`,
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    expect(calls).toEqual({});
  });

  test('a range may begin and end at the same instant, and may have one bound only', async () => {
    await using gw = await gateway();
    const createdDate = { after: '2026-02-04T01:00:00+01:00', before: '2026-02-04T00:00:00Z' };
    for (const filter of [{ createdDate }, { createdDate: { before: createdDate.before, after: null } }])
      expect((await gw.query(list, { filter })).errors).toBeUndefined();
  });

  test('a day that AWS does not take is refused, and named', async () => {
    await using gw = await gateway();
    const { errors, calls } = await gw.query(list, { filter: { targetCloseDate: { after: '0999-12-31' } } });
    expect(errors?.[0]?.message).toBe(
      'filter.targetCloseDate.after: got 0999-12-31, expected a year from 1000 to 9999',
    );
    expect(calls).toEqual({});
  });
});

describe('a wrong value in a document', () => {
  test.each([
    [
      '{ opportunities(first: 1, filter: { stages: [PROSPECT], targetCloseDate: { before: "2026-01-01" after: "x" } }) { nodes { id } } }',
      'filter.targetCloseDate.after: got "x", expected a day',
    ],
    [
      `{ opportunities(filter: { createdDate: { # from
        after: # a comment
          5 } }) { nodes { id } } }`,
      'filter.createdDate.after: got "5", expected an RFC 3339 instant',
    ],
    [
      'mutation { updateOpportunity(input: { id: "O1", patch: { project: { expectedCustomerSpend: [{ amount: "x" }] } } }) { changed } }',
      'input.patch.project.expectedCustomerSpend.amount: got "x", expected a decimal number',
    ],
    [
      'query ($day: Date = "x") { opportunities(filter: { targetCloseDate: { after: $day } }) { nodes { id } } }',
      'Date: got "x", expected a day',
    ],
    [
      'mutation { updateOpportunity(input: { id: "O1", patch: { customer: { account: { address: { countryCode: UK } } } } }) { changed } }',
      'input.patch.customer.account.address.countryCode: got "UK", expected GB',
    ],
  ])('a wrong value is reported with the field that it stands in', async (document, message) => {
    await using gw = await gateway();
    const { errors, calls } = await gw.query(document);
    expect(errors?.map(({ message }) => message)).toContainEqual(expect.stringContaining(message));
    expect(calls).toEqual({});
  });
});

describe('a code that AWS does not have', () => {
  test.each([
    ['UK', 'expected GB'],
    ['el', 'expected GR'],
    ['de', 'expected DE'],
    ['XX', 'expected a two-letter ISO 3166 code such as GB'],
  ])(
    'the country %s is refused with the code that is meant, if there is one',
    async (countryCode, expected) => {
      await using gw = await gateway();
      const input = { customer: { account: { address: { countryCode } } } };
      const { errors } = await gw.query(create, { input });
      expect(errors?.[0]?.message).toContain(
        `at "input.customer.account.address.countryCode"; CountryCode: got "${countryCode}", ${expected}`,
      );
      expect(errors?.[0]?.message).not.toContain('Did you mean');
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    },
  );

  test('a currency in lower case is refused with the code in upper case', async () => {
    await using gw = await gateway();
    const input = { softwareRevenue: { value: { amount: '1', currencyCode: 'eur' } } };
    const { errors } = await gw.query(create, { input });
    expect(errors?.[0]?.message).toContain('CurrencyCode: got "eur", expected EUR');
  });
});
