import { describe, expect, test } from 'vitest';
import { type Body, edited, testEmulator, validCreate, violations } from '../kit.ts';

const on = testEmulator({ seed: true });

const accountPath = 'Customer.Account';
const addressPath = `${accountPath}.Address`;
const noSupport = 'Do Not Need Support from AWS Sales Rep';
const create = (edits: Body) => on.wire('CreateOpportunity', edited(validCreate(), edits));
const abroad = (CountryCode: string, PostalCode?: string) => ({ [addressPath]: { CountryCode, PostalCode } });
const team = (BusinessTitle: string) => ({ OpportunityTeam: [{ FirstName: 'Sam', BusinessTitle }] });

type Case = [rule: string, edits: Body];

const refused: [...Case, code: string, field: string][] = [
  [
    'a close date of today',
    { 'LifeCycle.TargetCloseDate': '2031-05-14' },
    'BUSINESS_VALIDATION_EXCEPTION',
    'lifeCycle.targetCloseDate',
  ],
  [
    'a close date in the past',
    { 'LifeCycle.TargetCloseDate': '2031-05-13' },
    'BUSINESS_VALIDATION_EXCEPTION',
    'lifeCycle.targetCloseDate',
  ],
  [
    'a close date more than sixty years away',
    { 'LifeCycle.TargetCloseDate': '2091-05-16' },
    'VALUE_OUT_OF_RANGE',
    'lifeCycle.targetCloseDate',
  ],
  [
    'a close date of 31 June',
    { 'LifeCycle.TargetCloseDate': '2031-06-31' },
    'INVALID_VALUE',
    'lifeCycle.targetCloseDate',
  ],
  [
    'an industry of Other without a name',
    { [`${accountPath}.Industry`]: 'Other' },
    'REQUIRED_FIELD_MISSING',
    'customer.account.otherIndustry',
  ],
  ['national security in manufacturing', { NationalSecurity: 'Yes' }, 'INVALID_VALUE', 'nationalSecurity'],
  [
    'national security for visibility only',
    { NationalSecurity: 'Yes', [`${accountPath}.Industry`]: 'Government', PrimaryNeedsFromAws: [noSupport] },
    'INVALID_VALUE',
    'primaryNeedsFromAws',
  ],
  [
    'a website without a dot',
    { [`${accountPath}.WebsiteUrl`]: 'localhost' },
    'INVALID_STRING_FORMAT',
    'customer.account.websiteUrl',
  ],
  [
    'a website with spaces',
    { [`${accountPath}.WebsiteUrl`]: 'www.acme.example and more' },
    'INVALID_STRING_FORMAT',
    'customer.account.websiteUrl',
  ],
  [
    'a state abbreviation',
    { [`${addressPath}.StateOrRegion`]: 'WA' },
    'INVALID_ENUM_VALUE',
    'customer.account.address.stateOrRegion',
  ],
  [
    'a postal code of four digits in the United States',
    { [`${addressPath}.PostalCode`]: '9810' },
    'INVALID_STRING_FORMAT',
    'customer.account.address.postalCode',
  ],
  [
    'an American postal code in Canada',
    abroad('CA', '98109'),
    'INVALID_STRING_FORMAT',
    'customer.account.address.postalCode',
  ],
  [
    'an unlisted use case',
    { 'Project.CustomerUseCase': 'Databases' },
    'INVALID_ENUM_VALUE',
    'project.customerUseCase',
  ],
  [
    'an HTML-encoded use case',
    { 'Project.CustomerUseCase': 'Business Applications &amp; Contact Center' },
    'INVALID_ENUM_VALUE',
    'project.customerUseCase',
  ],
  [
    'another competitor without a name',
    { 'Project.CompetitorName': '*Other' },
    'REQUIRED_FIELD_MISSING',
    'project.otherCompetitorNames',
  ],
  [
    'other competitors beside a listed one',
    { 'Project.CompetitorName': 'Akamai', 'Project.OtherCompetitorNames': 'Two hosts' },
    'INVALID_VALUE',
    'project.otherCompetitorNames',
  ],
  [
    'a renewal without a predecessor',
    { OpportunityType: 'Flat Renewal' },
    'REQUIRED_FIELD_MISSING',
    'project.relatedOpportunityIdentifier',
  ],
  [
    'a renewal of an unknown opportunity',
    { OpportunityType: 'Flat Renewal', 'Project.RelatedOpportunityIdentifier': 'O404' },
    'INVALID_VALUE',
    'project.relatedOpportunityIdentifier',
  ],
  [
    'needs for support and for none',
    { PrimaryNeedsFromAws: [noSupport, 'Co-Sell - Deal Support'] },
    'INVALID_VALUE',
    'primaryNeedsFromAws',
  ],
  [
    'marketing without its funding',
    { Marketing: { Source: 'Marketing Activity' } },
    'REQUIRED_FIELD_MISSING',
    'marketing.awsFundingUsed',
  ],
  [
    'a campaign without marketing',
    { Marketing: { Source: 'None', CampaignName: 'C' } },
    'INVALID_VALUE',
    'marketing.campaignName',
  ],
  [
    'channels without marketing',
    { Marketing: { Source: 'None', Channels: ['TV'] } },
    'INVALID_VALUE',
    'marketing.channels',
  ],
  [
    'funding without marketing',
    { Marketing: { Source: 'None', AwsFundingUsed: 'Yes' } },
    'INVALID_VALUE',
    'marketing.awsFundingUsed',
  ],
  [
    'marketing use cases that AWS did not fund',
    { Marketing: { Source: 'Marketing Activity', AwsFundingUsed: 'No', UseCases: ['AI/ML'] } },
    'INVALID_VALUE',
    'marketing.useCases',
  ],
  [
    'an unlisted marketing use case',
    { Marketing: { Source: 'Marketing Activity', AwsFundingUsed: 'Yes', UseCases: ['AI'] } },
    'INVALID_ENUM_VALUE',
    'marketing.useCases',
  ],
  ['a team with an owner', team('OpportunityOwner'), 'INVALID_VALUE', 'opportunityTeam.businessTitle'],
  [
    'software revenue that ends before it starts',
    { SoftwareRevenue: { EffectiveDate: '2031-06-02', ExpirationDate: '2031-06-01' } },
    'INVALID_VALUE',
    'softwareRevenue.expirationDate',
  ],
  [
    'software revenue from the 30th of February',
    { SoftwareRevenue: { EffectiveDate: '2031-02-30' } },
    'INVALID_VALUE',
    'softwareRevenue.effectiveDate',
  ],
  [
    'an identifier that another record has',
    { PartnerOpportunityIdentifier: 'CRM-10003' },
    'DUPLICATE_KEY_VALUE',
    'partnerOpportunityIdentifier',
  ],
  ['the stage Closed Lost', { 'LifeCycle.Stage': 'Closed Lost' }, 'INVALID_VALUE', 'lifeCycle.stage'],
  [
    'a reason for losing a deal that is not lost',
    { 'LifeCycle.ClosedLostReason': 'Price' },
    'INVALID_VALUE',
    'lifeCycle.closedLostReason',
  ],
  [
    'an AWS referral outside the Sandbox',
    { Origin: 'AWS Referral', Catalog: 'AWS' },
    'INVALID_VALUE',
    'origin',
  ],
];

describe('rules of a new record', () => {
  test.each(refused)('refuses a create with %s', async (_rule, edits, code, field) => {
    const { body } = await create(edits);
    expect(body.Reason).toBe('BUSINESS_VALIDATION_FAILED');
    expect(violations(body)).toEqual([[code, field]]);
  });

  test('reports all violations of a create at once, each member once', async () => {
    const spend = { Amount: '0', CurrencyCode: 'JPY', Frequency: 'Monthly', TargetCompany: 'AWS' };
    const { body } = await create({
      [`${accountPath}.Industry`]: undefined,
      'Project.ExpectedCustomerSpend': [spend, spend],
      'Project.CompetitorName': '*Other',
    });
    expect(violations(body)).toEqual([
      ['REQUIRED_FIELD_MISSING', 'customer.account.industry'],
      ['REQUIRED_FIELD_MISSING', 'project.otherCompetitorNames'],
      ['INVALID_VALUE', 'project.expectedCustomerSpend.amount'],
      ['INVALID_VALUE', 'project.expectedCustomerSpend.currencyCode'],
    ]);
  });
});
