import { describe, expect, test } from 'vitest';
import { inAYear, input } from './create-input.ts';
import { type Data, gateway } from './kit.ts';

const create = `mutation ($input: CreateOpportunityInput!) {
  createOpportunity(input: $input) {
    opportunity {
      id catalog createdDate lifeCycle { stage reviewStatus targetCloseDate } customer { account { companyName } }
      project { title competitorName deliveryModels } opportunityTeam { email }
    }
    userErrors { path code message }
  }
}`;

describe('createOpportunity', () => {
  test('a create sends AWS its own values, and returns the opportunity as AWS stored it', async () => {
    await using gw = await gateway();
    const { data, errors, calls } = await gw.query(create, { input });
    expect(errors).toBeUndefined();
    const { opportunity, userErrors } = data.createOpportunity;
    expect(userErrors).toEqual([]);
    expect(opportunity).toMatchObject({
      id: expect.stringMatching(/^O\d+$/),
      catalog: 'Sandbox',
      lifeCycle: { stage: 'PROSPECT', reviewStatus: 'PENDING_SUBMISSION', targetCloseDate: inAYear },
      customer: { account: { companyName: 'Northwind Tidal Energy' } },
      project: { competitorName: 'OTHER_COST_OPTIMIZATION', deliveryModels: ['SAAS_OR_PAAS'] },
      opportunityTeam: expect.arrayContaining([{ email: 'sam@partner.example' }]),
    });
    expect(calls).toEqual({ CreateOpportunity: 1, GetOpportunity: 1 });
    const [sent] = (await gw.emulator.log()).filter(({ operation }) => operation === 'CreateOpportunity');
    expect(sent.input).toMatchObject({
      Catalog: 'Sandbox',
      ClientToken: expect.stringMatching(/^[0-9a-f-]{36}$/),
      PrimaryNeedsFromAws: ['Co-Sell - Architectural Validation'],
      Customer: { Account: { Industry: 'Energy - Power and Utilities' } },
      Project: { CompetitorName: 'Other- Cost Optimization', ExpectedCustomerSpend: [{ Amount: '2500.50' }] },
    });
  });

  test('a create costs no read if the opportunity is not selected', async () => {
    await using gw = await gateway();
    const { calls } = await gw.query(
      'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { userErrors { code } } }',
      { input },
    );
    expect(calls).toEqual({ CreateOpportunity: 1 });
  });

  test('a create with the same token and input returns the same opportunity', async () => {
    await using gw = await gateway();
    const again = { input: { ...input, clientToken: 'crm-4711-v1' } };
    const [first, second] = [await gw.query(create, again), await gw.query(create, again)];
    expect(second.data.createOpportunity).toEqual(first.data.createOpportunity);
    const { data } = await gw.query(
      '{ opportunities(first: 100, filter: { customerCompanyNames: ["Northwind Tidal Energy"] }) { nodes { id } } }',
    );
    expect(data.opportunities.nodes).toHaveLength(1);
  });

  test('a create with the same token and another input is an error at the token', async () => {
    await using gw = await gateway();
    await gw.query(create, { input: { ...input, clientToken: 'crm-4711-v1' } });
    const { data, errors } = await gw.query(create, {
      input: { ...input, clientToken: 'crm-4711-v1', opportunityType: 'EXPANSION' },
    });
    expect(errors).toBeUndefined();
    expect(data.createOpportunity).toMatchObject({
      opportunity: null,
      userErrors: [{ path: ['input', 'clientToken'], code: 'IDEMPOTENCY_CONFLICT' }],
    });
  });

  test('a create whose response is lost is retried with the same token, and creates one opportunity', async () => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'CreateOpportunity' });
    const { data, errors } = await gw.query(create, { input });
    expect(errors).toBeUndefined();
    expect(data.createOpportunity.userErrors).toEqual([]);
    const { data: list } = await gw.query(
      '{ opportunities(first: 100, filter: { customerCompanyNames: ["Northwind Tidal Energy"] }) { nodes { id } } }',
    );
    expect(list.opportunities.nodes).toEqual([{ id: data.createOpportunity.opportunity.id }]);
  });

  test('a create reports every missing field at its path in the input', async () => {
    await using gw = await gateway();
    const { data, errors } = await gw.query(create, {
      input: { customer: { account: { companyName: 'Nothing else' } } },
    });
    expect(errors).toBeUndefined();
    const { opportunity, userErrors } = data.createOpportunity;
    expect(opportunity).toBeNull();
    const missing = userErrors
      .filter(({ code }: { code: string }) => code === 'REQUIRED_FIELD_MISSING')
      .map(({ path }: { path: string[] }) => path.join('.'));
    expect(missing).toContain('input.project.title');
    expect(missing).toContain('input.lifeCycle.targetCloseDate');
    expect(missing).toContain('input.customer.account.industry');
  });

  test('a create reports each string that is too long, too short or malformed, including those in list items', async () => {
    await using gw = await gateway();
    const { data } = await gw.query(create, {
      input: {
        ...input,
        customer: {
          account: { ...input.customer.account, duns: '12' },
          contacts: [...input.customer.contacts, { email: 'NOT AN ADDRESS' }],
        },
        project: { ...input.project, title: 'x'.repeat(256), customerBusinessProblem: 'short' },
      },
    });
    const codes = Object.fromEntries(
      data.createOpportunity.userErrors.map(({ path, code }: { path: string[]; code: string }) => [
        path.join('.'),
        code,
      ]),
    );
    expect(codes).toEqual({
      'input.customer.account.duns': 'INVALID_STRING_FORMAT',
      'input.customer.contacts.1.email': 'INVALID_STRING_FORMAT',
      'input.project.title': 'INVALID_STRING_FORMAT',
      'input.project.customerBusinessProblem': 'INVALID_STRING_FORMAT',
    });
  });

  test.each([
    [
      'an unknown field',
      { ...input, colour: 'blue' },
      'Field "colour" is not defined by type "CreateOpportunityInput"',
    ],
    [
      'an unknown enum name',
      { ...input, opportunityType: 'Net New Business' },
      'Value "Net New Business" does not exist in "OpportunityType" enum',
    ],
    [
      'a number for money',
      { ...input, softwareRevenue: { value: { amount: 12.5, currencyCode: 'USD' } } },
      'Decimal: got 12.5, expected a decimal number as a string',
    ],
    [
      'a date that does not exist',
      { ...input, lifeCycle: { targetCloseDate: '2031-02-29' } },
      'Date: got "2031-02-29", expected a day',
    ],
    [
      'null for a required value',
      { ...input, tags: [{ key: null, value: 'x' }] },
      'Expected non-nullable type "String!" not to be null',
    ],
  ])('a create with %s is rejected without a call', async (_, bad, message) => {
    await using gw = await gateway();
    const { status, errors, calls } = await gw.query(create, { input: bad });
    expect(status).toBe(400);
    expect(errors?.[0]?.message).toContain(message);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(calls).toEqual({});
  });

  test('reports everything that is certainly missing or wrong at once, before a write is spent', async () => {
    await using gw = await gateway();
    const empty = await gw.query(create, { input: {} });
    expect(empty.calls).toEqual({});
    expect(empty.data.createOpportunity.userErrors).toMatchObject(
      [
        ['customer', 'account', 'companyName'],
        ['customer', 'account', 'industry'],
        ['customer', 'account', 'address', 'countryCode'],
        ['customer', 'account', 'websiteUrl'],
        ['project', 'title'],
        ['project', 'customerBusinessProblem'],
        ['project', 'expectedCustomerSpend'],
        ['lifeCycle', 'targetCloseDate'],
      ].map((path) => ({ path: ['input', ...path], code: 'REQUIRED_FIELD_MISSING' })),
    );
    const wrong = { project: { title: 'x'.repeat(256) }, lifeCycle: { targetCloseDate: '2020-01-01' } };
    const { data, calls } = await gw.query(create, { input: wrong });
    expect(calls).toEqual({});
    const codes = data.createOpportunity.userErrors.map(
      ({ path, code }: Data) => `${path.slice(1).join('.')} ${code}`,
    );
    expect(codes).toEqual(
      expect.arrayContaining([
        'customer.account.companyName REQUIRED_FIELD_MISSING',
        'project.title INVALID_STRING_FORMAT',
        'lifeCycle.targetCloseDate INVALID_VALUE',
      ]),
    );
    expect(codes).toHaveLength(8);
  });

  test('a create reports a required field that is missing or empty once', async () => {
    await using gw = await gateway();
    const { companyName: _, ...others } = input.customer.account;
    for (const account of [others, { ...others, companyName: '' }]) {
      const { data, calls } = await gw.query(create, { input: { ...input, customer: { account } } });
      expect(data.createOpportunity.userErrors).toEqual([
        {
          path: ['input', 'customer', 'account', 'companyName'],
          code: 'REQUIRED_FIELD_MISSING',
          message: 'Company name is required.',
        },
      ]);
      expect(calls).toEqual({});
    }
  });

  test('asks for no website where the deal concerns national security', async () => {
    await using gw = await gateway();
    const { data } = await gw.query(create, { input: { nationalSecurity: 'YES' } });
    const paths = data.createOpportunity.userErrors.map(({ path }: Data) => path.join('.'));
    expect(paths).not.toContain('input.customer.account.websiteUrl');
    expect(paths).toContain('input.nationalSecurity'); // only with the industry Government
  });
});
