import {
  ConflictException,
  CreateOpportunityCommand,
  GetOpportunityCommand,
  ValidationException,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Body, refusal, testEmulator, validCreate } from './kit.ts';

const on = testEmulator();

const create = (body: Body) => on.client.send(new CreateOpportunityCommand(body as never));
const read = async (id: unknown) =>
  (await on.wire('GetOpportunity', { Catalog: 'Sandbox', Identifier: id })).body;

describe('a new record', () => {
  test('answers a create with the id, the partner’s identifier and the date that the next update needs', async () => {
    const answer = await create({ ...validCreate(), PartnerOpportunityIdentifier: 'CRM-7' });
    expect(answer).toMatchObject({ PartnerOpportunityIdentifier: 'CRM-7' });
    expect(answer.Id).toMatch(/^O[0-9]{1,19}$/);
    expect(answer.LastModifiedDate?.toISOString()).toBe('2031-05-14T12:00:00.000Z');
  });

  test('fills in the service’s defaults for a new record', async () => {
    const { Id } = await create(validCreate());
    expect(await read(Id)).toMatchObject({
      Arn: `arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/opportunity/${Id}`,
      CreatedDate: '2031-05-14T12:00:00Z',
      OpportunityType: 'Net New Business',
      NationalSecurity: 'No',
      Marketing: { Source: 'None' },
      LifeCycle: { Stage: 'Prospect', ReviewStatus: 'Pending Submission' },
      OpportunityTeam: [{ BusinessTitle: 'OpportunityOwner' }],
      RelatedEntityIdentifiers: { Solutions: [] },
    });
  });

  test('creates a record at Prospect and unreviewed, even if a later stage and a review are sent', async () => {
    const lifeCycle = {
      ...validCreate().LifeCycle,
      Stage: 'Committed',
      ReviewStatus: 'Approved',
      ReviewComments: 'x',
    };
    const { Id } = await create({ ...validCreate(), LifeCycle: lifeCycle });
    expect(await read(Id)).toMatchObject({
      LifeCycle: { Stage: 'Prospect', ReviewStatus: 'Pending Submission', ReviewComments: null },
    });
  });

  test('stores unknown members of a create, and ignores those that the service owns', async () => {
    const body = {
      ...validCreate(),
      Forecast: { Band: 'B' },
      Id: 'O1',
      Arn: 'arn:x',
      RelatedEntityIdentifiers: { Solutions: ['S-1'] },
    };
    const { body: answer } = await on.wire('CreateOpportunity', body);
    expect(await read(answer.Id)).toMatchObject({
      Id: answer.Id,
      Forecast: { Band: 'B' },
      RelatedEntityIdentifiers: { Solutions: [] },
    });
  });

  test('hides the records of one catalog from the other', async () => {
    const { Id } = await create({ ...validCreate(), Catalog: 'AWS' });
    await on.client.send(new GetOpportunityCommand({ Catalog: 'AWS', Identifier: Id }));
    expect(await read(Id)).toMatchObject({ __type: expect.stringContaining('ResourceNotFoundException') });
  });
});

describe('client tokens', () => {
  test('answers the same create under the same token with the same record', async () => {
    const first = await create(validCreate('once'));
    const again = await create(validCreate('once'));
    expect(again.Id).toBe(first.Id);
    expect((await on.control('GET', 'health')).body.opportunities).toBe(1);
  });

  test('refuses a client token for another request', async () => {
    await create(validCreate('once'));
    const error = await refusal(create({ ...validCreate('once'), OpportunityType: 'Expansion' }));
    expect(error).toBeInstanceOf(ConflictException);
    expect(error).toMatchObject({ message: 'Conflicting client token submitted for a new request body.' });
  });

  test('does not spend the client token on a create that it refuses', async () => {
    await refusal(create({ ...validCreate('once'), LifeCycle: { TargetCloseDate: '2020-01-01' } }));
    expect((await create(validCreate('once'))).Id).toBeTruthy();
  });
});

describe('members required of a new record', () => {
  test.each([
    ['Customer.Account.Industry', 'customer.account.industry'],
    ['Customer.Account.WebsiteUrl', 'customer.account.websiteUrl'],
    ['Customer.Account.Address.CountryCode', 'customer.account.address.countryCode'],
    ['Project.Title', 'project.title'],
    ['Project.CustomerBusinessProblem', 'project.customerBusinessProblem'],
    ['Project.ExpectedCustomerSpend', 'project.expectedCustomerSpend'],
    ['LifeCycle.TargetCloseDate', 'lifeCycle.targetCloseDate'],
  ])('refuses a create without %s', async (path, field) => {
    const body: Body = validCreate();
    const names = path.split('.');
    const last = names.pop() as string;
    const parent = names.reduce((here, name) => here[name] as Body, body);
    delete parent[last];
    if (field.endsWith('countryCode')) delete parent.StateOrRegion;
    const error = (await refusal(create(body))) as ValidationException;
    expect(error).toBeInstanceOf(ValidationException);
    expect(error.Reason).toBe('BUSINESS_VALIDATION_FAILED');
    expect(error.ErrorList).toEqual([
      { Code: 'REQUIRED_FIELD_MISSING', FieldName: field, Message: `${field} is required` },
    ]);
  });

  test('with addresses: always requires no postal code in a country without them, and a state in the United States only', async () => {
    await on.control('POST', 'settings', { addresses: 'always' });
    const body = validCreate();
    const account = { ...body.Customer.Account, Address: { CountryCode: 'AE' } };
    expect((await create({ ...body, Customer: { Account: account } })).Id).toBeTruthy();
  });

  test.each([
    ['a close date of today', { LifeCycle: { TargetCloseDate: '2031-05-14' } }, 'lifeCycle.targetCloseDate'],
    [
      'a close date in a hundred years',
      { LifeCycle: { TargetCloseDate: '2131-05-14' } },
      'lifeCycle.targetCloseDate',
    ],
    [
      'a close date of 31 June',
      { LifeCycle: { TargetCloseDate: '2031-06-31' } },
      'lifeCycle.targetCloseDate',
    ],
    [
      'the stage Closed Lost',
      { LifeCycle: { TargetCloseDate: '2031-09-30', Stage: 'Closed Lost' } },
      'lifeCycle.stage',
    ],
  ])('refuses a create with %s', async (_what, more, field) => {
    const error = (await refusal(create({ ...validCreate(), ...more }))) as ValidationException;
    expect(error.ErrorList).toEqual([expect.objectContaining({ FieldName: field })]);
  });

  test.each([['WA'], ['washington']])('refuses a create with the state %s', async (state) => {
    const body = validCreate();
    body.Customer.Account.Address.StateOrRegion = state;
    const error = (await refusal(create(body))) as ValidationException;
    expect(error.ErrorList?.[0]).toMatchObject({ Code: 'INVALID_ENUM_VALUE' });
  });

  test('accepts the bare minimum of the service model with createRules: lenient', async () => {
    await on.control('POST', 'settings', { createRules: 'lenient' });
    const { Id } = await create({ Catalog: 'Sandbox', ClientToken: 'bare' });
    expect(await read(Id)).toMatchObject({
      Customer: { Account: null, Contacts: [] },
      SoftwareRevenue: null,
    });
  });
});
