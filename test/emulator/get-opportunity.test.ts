import { GetOpportunityCommand } from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { testEmulator, validCreate } from './kit.ts';

const on = testEmulator({ seed: true });
const read = async (id: string) =>
  (await on.wire('GetOpportunity', { Catalog: 'Sandbox', Identifier: id })).body;

/** Every member path of a response, list items merged into one. */
function paths(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => paths(item, at)))];
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([name, member]) => paths(member, at === '' ? name : `${at}.${name}`));
}

describe('GetOpportunity', () => {
  test('answers unset members with null, or with an empty list where the service does', async () => {
    const { body } = await on.wire('CreateOpportunity', validCreate());
    expect(await read(String(body.Id))).toMatchObject({
      PrimaryNeedsFromAws: null,
      PartnerOpportunityIdentifier: null,
      SoftwareRevenue: null,
      Customer: {
        Account: { Duns: null, OtherIndustry: null, Address: { StreetAddress: null } },
        Contacts: [],
      },
      Project: {
        SalesActivities: null,
        ExpectedContractDuration: null,
        ExpectedCustomerSpend: [{ Amount: '531', EstimationUrl: null }],
      },
      Marketing: { Source: 'None', Channels: null, UseCases: null },
      LifeCycle: { NextStepsHistory: null, ClosedLostReason: null },
      RelatedEntityIdentifiers: { AwsMarketplaceOffers: [], AwsMarketplaceOfferSets: [], AwsProducts: [] },
    });
  });

  test('answers with every section filled for the two seeded records that examples show', async () => {
    for (const id of ['O5000001', 'O5000002']) {
      const record = await read(id);
      for (const section of [
        'Customer',
        'Project',
        'Marketing',
        'SoftwareRevenue',
        'LifeCycle',
        'OpportunityTeam',
      ])
        expect(paths(record[section]).length, `${id} ${section}`).toBeGreaterThan(3);
      expect(record).toMatchObject({
        PrimaryNeedsFromAws: [expect.any(String)],
        Customer: { Contacts: expect.arrayContaining([expect.anything()]) },
        Project: { ExpectedContractDuration: { Term: 'Months' } },
      });
    }
  });

  test('omits unset members with nulls: omit', async () => {
    await on.control('POST', 'settings', { nulls: 'omit' });
    expect(JSON.stringify(await read('O5000003'))).not.toContain('null');
  });

  test('answers with unknown members and values as stored', async () => {
    await on.control('PATCH', 'opportunities/O5000001', {
      Forecast: 'B',
      Project: { Carbon: { Tons: 3 } },
      LifeCycle: { Stage: 'Piloting' },
    });
    expect(await read('O5000001')).toMatchObject({
      Forecast: 'B',
      Project: { Carbon: { Tons: 3 } },
      LifeCycle: { Stage: 'Piloting' },
    });
    const seen = await on.client.send(
      new GetOpportunityCommand({ Catalog: 'Sandbox', Identifier: 'O5000001' }),
    );
    expect(seen.LifeCycle?.Stage).toBe('Piloting');
  });
});
