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

const accepted: Case[] = [
  ['a close date of tomorrow', { 'LifeCycle.TargetCloseDate': '2031-05-15' }],
  ['a close date in sixty years', { 'LifeCycle.TargetCloseDate': '2091-05-13' }],
  [
    'an industry of Other with its name',
    { [`${accountPath}.Industry`]: 'Other', [`${accountPath}.OtherIndustry`]: 'Falconry' },
  ],
  [
    'national security for a government, without website, state and postal code',
    {
      NationalSecurity: 'Yes',
      [`${accountPath}.Industry`]: 'Government',
      [`${accountPath}.WebsiteUrl`]: undefined,
      [addressPath]: { CountryCode: 'US' },
    },
  ],
  ['a website without scheme', { [`${accountPath}.WebsiteUrl`]: 'coarse-juggernaut.info' }],
  ['a website with scheme and path', { [`${accountPath}.WebsiteUrl`]: 'https://www.acme.example/a/b?c=1' }],
  ['a state in AWS’s spelling', { [`${addressPath}.StateOrRegion`]: 'Dist. of Columbia' }],
  [
    'any region outside the United States',
    { [addressPath]: { CountryCode: 'DE', PostalCode: '20457', StateOrRegion: 'HH' } },
  ],
  ['no postal code in a country without them', abroad('HK')],
  ['a postal code of nine digits', { [`${addressPath}.PostalCode`]: '98109-1234' }],
  ['any postal code in a country without a published format', abroad('AR', 'C1002AAP')],
  [
    'a use case as the field sheets spell it',
    { 'Project.CustomerUseCase': 'Migration / Database Migration' },
  ],
  ['a use case as the reference spells it', { 'Project.CustomerUseCase': 'Migration/Database Migration' }],
  ['an unknown program', { 'Project.ApnPrograms': ['Windows', 'Doors'] }],
  [
    'another competitor by name',
    { 'Project.CompetitorName': '*Other', 'Project.OtherCompetitorNames': 'Two hosts' },
  ],
  [
    'a renewal of an existing opportunity',
    { OpportunityType: 'Flat Renewal', 'Project.RelatedOpportunityIdentifier': 'O5000005' },
  ],
  ['new business that names a predecessor', { 'Project.RelatedOpportunityIdentifier': 'O404' }],
  ['a need for no support', { PrimaryNeedsFromAws: [noSupport] }],
  [
    'marketing funded by AWS',
    {
      Marketing: {
        Source: 'Marketing Activity',
        AwsFundingUsed: 'Yes',
        UseCases: ['AI/ML'],
        Channels: ['TV'],
      },
    },
  ],
  ['no marketing and no funding', { Marketing: { Source: 'None', AwsFundingUsed: 'No' } }],
  ['a team of account managers', team('PartnerAccountManager')],
  [
    'software revenue of one day',
    { SoftwareRevenue: { EffectiveDate: '2031-06-01', ExpirationDate: '2031-06-01' } },
  ],
  ['an unused identifier', { PartnerOpportunityIdentifier: 'CRM-1' }],
  ['a partner referral', { Origin: 'Partner Referral', Catalog: 'AWS' }],
];

describe('rules of a new record', () => {
  test.each(accepted)('accepts a create with %s', async (_rule, edits) => {
    const { status, body } = await create(edits);
    expect(violations(body)).toEqual([]);
    expect(status).toBe(200);
  });

  test('drops an unknown program, and the predecessor of new business', async () => {
    const { body } = await create({
      'Project.ApnPrograms': ['Windows', 'Doors'],
      'Project.RelatedOpportunityIdentifier': 'O404',
    });
    const record = await on.wire('GetOpportunity', { Catalog: 'Sandbox', Identifier: body.Id });
    expect(record.body.Project).toMatchObject({
      ApnPrograms: ['Windows'],
      RelatedOpportunityIdentifier: null,
    });
  });
});

describe('contested rules are switches', () => {
  const spend = (more: Body) => ({
    'Project.ExpectedCustomerSpend': [
      { Amount: '1', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS', ...more },
    ],
  });
  test.each<[string, string, Body, string[]]>([
    ['otherIndustry', 'optional', { [`${accountPath}.Industry`]: 'Other' }, []],
    ['postalCodes', 'submit', { [`${addressPath}.PostalCode`]: '1' }, []],
    ['currencies', 'model', spend({ CurrencyCode: 'MRU' }), []],
    [
      'targetCompany',
      'refuse',
      spend({ TargetCompany: 'Acme' }),
      ['project.expectedCustomerSpend.targetCompany'],
    ],
    [
      'addresses',
      'always',
      { [addressPath]: { CountryCode: 'US' } },
      ['customer.account.address.postalCode', 'customer.account.address.stateOrRegion'],
    ],
    [
      'noneMarketing',
      'strict',
      { Marketing: { Source: 'None', AwsFundingUsed: 'No' } },
      ['marketing.awsFundingUsed'],
    ],
    ['apnPrograms', 'refuse', { 'Project.ApnPrograms': ['Doors'] }, ['project.apnPrograms']],
    ['visibilityNeed', 'refuse', { PrimaryNeedsFromAws: [noSupport] }, ['primaryNeedsFromAws']],
    ['createRules', 'lenient', { Customer: undefined, Project: undefined, LifeCycle: undefined }, []],
  ])('judges a create differently with %s: %s', async (name, value, edits, fields) => {
    const usual = violations((await create({ ...edits, ClientToken: 'usual' })).body);
    await on.control('POST', 'settings', { [name]: value });
    const switched = violations((await create({ ...edits, ClientToken: 'switched' })).body);
    expect(switched.map(([, field]) => field)).toEqual(fields);
    expect(usual.length > 0).toBe(fields.length === 0);
  });
});
