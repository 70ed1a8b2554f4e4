import { CreateOpportunityCommand, ValidationException } from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Body, edited, refusal, testEmulator, validCreate } from './kit.ts';

const on = testEmulator();

const createWith = (path: string, value: unknown): Body => edited(validCreate(), { [path]: value });
const long = (length: number) => 'é'.repeat(length);
const spend = (more: Body) => [
  { Amount: '1', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS', ...more },
];
const contact = (more: Body) => [{ FirstName: 'Lena', ...more }];
const hex = (length: number) => 'a1'.repeat(length / 2);

describe('values within the constraints of the request model', () => {
  test.each([
    ['PartnerOpportunityIdentifier', long(64)],
    ['PartnerOpportunityIdentifier', ''],
    ['PartnerOpportunityIdentifier', null],
    ['Customer.Account.CompanyName', 'two\nlines'],
    ['Customer.Account.AwsAccountId', '000012345678'],
    ['Customer.Account.Duns', '123456789'],
    ['Customer.Contacts', contact({ Email: "o'neil+sales@acme-robotics.example" })],
    ['Customer.Contacts', contact({ Phone: '+12025550100' })],
    ['Customer.Contacts', contact({ Phone: null })],
    ['Customer.Contacts', []],
    ['Project.CustomerBusinessProblem', long(20)],
    ['Project.CustomerBusinessProblem', '𝄞'.repeat(2000)],
    ['Project.ExpectedCustomerSpend', spend({ Amount: '0.5' })],
    ['Project.ExpectedCustomerSpend', spend({ CurrencyCode: 'EUR' })],
    [
      'Project.ExpectedCustomerSpend',
      spend({ EstimationUrl: `https://calculator.aws/#/estimate?id=${hex(40)}` }),
    ],
    ['Project.CompetitorName', 'Other- Cost Optimization'],
    ['Project.CompetitorName', 'No Competition'],
    ['Project.SalesActivities', ['Finalized Deployment Need']],
    ['Marketing.Channels', ['Out Of Home (OOH)']],
    ['SoftwareRevenue', { Value: { Amount: '10.00', CurrencyCode: 'EUR' }, EffectiveDate: '2031-06-01' }],
    ['LifeCycle.NextSteps', long(255)],
    ['Tags', [{ Key: 'cost center', Value: '' }]],
    ['ClientToken', 'x'.repeat(255)],
  ])('accepts %s: %j', async (path, value) => {
    const { status, body } = await on.wire('CreateOpportunity', createWith(path, value));
    expect(body.ErrorList).toBeUndefined();
    expect(status).toBe(200);
  });
});

describe('values outside the constraints of the request model', () => {
  test.each([
    ['PartnerOpportunityIdentifier', long(65), 'INVALID_STRING_FORMAT'],
    ['Customer.Account.CompanyName', null, 'REQUIRED_FIELD_MISSING'],
    ['Customer.Account.WebsiteUrl', 'w.x', 'INVALID_STRING_FORMAT'],
    ['Customer.Account.WebsiteUrl', '', 'INVALID_STRING_FORMAT'],
    ['Customer.Account.AwsAccountId', '', 'INVALID_STRING_FORMAT'],
    ['Customer.Account.AwsAccountId', '1234567890123', 'INVALID_STRING_FORMAT'],
    ['Customer.Account.Duns', '12345678', 'INVALID_STRING_FORMAT'],
    ['Customer.Account.Duns', '123456789\n', 'INVALID_STRING_FORMAT'],
    ['Customer.Account.Industry', 'manufacturing', 'INVALID_ENUM_VALUE'],
    ['Customer.Account.Address.CountryCode', 'XK', 'INVALID_ENUM_VALUE'],
    ['Customer.Account.Address.PostalCode', long(21), 'INVALID_STRING_FORMAT'],
    ['Project.CustomerBusinessProblem', long(19), 'INVALID_STRING_FORMAT'],
    ['Project.CustomerBusinessProblem', long(2001), 'INVALID_STRING_FORMAT'],
    ['Project.AdditionalComments', '', 'INVALID_STRING_FORMAT'],
    ['Project.RelatedOpportunityIdentifier', 'arn:O1', 'INVALID_STRING_FORMAT'],
    ['Project.CompetitorName', 'Other', 'INVALID_ENUM_VALUE'],
    ['Project.ExpectedCustomerSpend', Array.from({ length: 11 }, () => spend({})[0]), 'TOO_MANY_VALUES'],
    ['LifeCycle.TargetCloseDate', '2031-13-01', 'INVALID_STRING_FORMAT'],
    ['LifeCycle.Stage', 'Closed Won', 'INVALID_ENUM_VALUE'],
    ['ClientToken', '', 'INVALID_STRING_FORMAT'],
    ['ClientToken', null, 'REQUIRED_FIELD_MISSING'],
    ['Tags', [], 'NOT_ENOUGH_VALUES'],
  ])('refuses %s: %j', async (path, value, code) => {
    const { status, body } = await on.wire('CreateOpportunity', createWith(path, value));
    expect(status).toBe(400);
    expect(body.Reason).toBe('REQUEST_VALIDATION_FAILED');
    const field = path.replace(/(^|\.)([A-Z])/g, (_all, dot, first) => dot + first.toLowerCase());
    expect(body.ErrorList).toEqual([expect.objectContaining({ Code: code, FieldName: field })]);
  });

  test.each([
    ['Customer.Contacts', contact({ Email: 'Lena@acme-robotics.example' }), 'customer.contacts.email'],
    ['Customer.Contacts', contact({ Email: `${'a'.repeat(70)}@acme.example` }), 'customer.contacts.email'],
    ['Customer.Contacts', contact({ Phone: '202 555 0100' }), 'customer.contacts.phone'],
    ['Project.ExpectedCustomerSpend', spend({ Amount: '1.234' }), 'project.expectedCustomerSpend.amount'],
    ['Project.ExpectedCustomerSpend', spend({ Amount: '01' }), 'project.expectedCustomerSpend.amount'],
    [
      'Project.ExpectedCustomerSpend',
      spend({ Frequency: 'None' }),
      'project.expectedCustomerSpend.frequency',
    ],
    [
      'Project.ExpectedCustomerSpend',
      spend({ EstimationUrl: 'https://calculator.aws/' }),
      'project.expectedCustomerSpend.estimationUrl',
    ],
    ['SoftwareRevenue', { Value: { Amount: '', CurrencyCode: 'USD' } }, 'softwareRevenue.value.amount'],
    ['OpportunityTeam', contact({ Phone: '+0' }), 'opportunityTeam.phone'],
    ['Tags', [{ Key: 'a!', Value: '' }], 'tags.key'],
  ])('refuses %s: %j, and names the member without its index', async (path, value, field) => {
    const { body } = await on.wire('CreateOpportunity', createWith(path, value));
    expect(body.ErrorList).toEqual([expect.objectContaining({ FieldName: field })]);
  });

  test('reports every violation at once, with the index of a list item in the message', async () => {
    const broken = createWith('Customer.Contacts', [{ FirstName: 'Lena' }, { Email: 'LENA' }]);
    broken.NationalSecurity = 'Maybe';
    const error = await refusal(on.client.send(new CreateOpportunityCommand(broken as never)));
    expect(error).toBeInstanceOf(ValidationException);
    const { Reason, ErrorList } = error as ValidationException;
    expect(Reason).toBe('REQUEST_VALIDATION_FAILED');
    expect(ErrorList?.map((one) => one.FieldName)).toEqual(['nationalSecurity', 'customer.contacts.email']);
    expect(ErrorList?.[1]?.Message).toContain("'customer.contacts.2.member.email'");
  });

  test.each([
    ['ListOpportunities', { Catalog: 'Sandbox', MaxResults: 0 }, 'VALUE_OUT_OF_RANGE', 'maxResults'],
    ['ListOpportunities', { Catalog: 'Sandbox', MaxResults: 101 }, 'VALUE_OUT_OF_RANGE', 'maxResults'],
    [
      'ListOpportunities',
      { Catalog: 'Sandbox', Identifier: Array(21).fill('O1') },
      'TOO_MANY_VALUES',
      'identifier',
    ],
    [
      'ListOpportunities',
      { Catalog: 'Sandbox', LifeCycleStage: Array(11).fill('Prospect') },
      'TOO_MANY_VALUES',
      'lifeCycleStage',
    ],
    [
      'ListOpportunities',
      { Catalog: 'Sandbox', Sort: { SortBy: 'CreatedDate' } },
      'REQUIRED_FIELD_MISSING',
      'sort.sortOrder',
    ],
    [
      'ListOpportunities',
      { Catalog: 'Sandbox', Sort: { SortBy: 'Id', SortOrder: 'ASCENDING' } },
      'INVALID_ENUM_VALUE',
      'sort.sortBy',
    ],
    ['GetOpportunity', { Catalog: 'Sandbox' }, 'REQUIRED_FIELD_MISSING', 'identifier'],
    ['GetOpportunity', { Catalog: 'Sandbox', Identifier: 'S-1' }, 'INVALID_STRING_FORMAT', 'identifier'],
  ])('refuses %s with %j', async (operation, input, code, field) => {
    const { body } = await on.wire(operation, input);
    expect(body.ErrorList).toEqual([expect.objectContaining({ Code: code, FieldName: field })]);
  });
});
