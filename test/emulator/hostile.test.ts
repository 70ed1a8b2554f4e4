import { describe, expect, test } from 'vitest';
import { type Body, edited, envelope, signature, testEmulator, validCreate } from './kit.ts';

const on = testEmulator();

/** Long enough that quadratic work takes over a minute, and linear work a few milliseconds. */
const length = 300_000;

/** Texts that make a careless pattern try every position of a run before it fails. */
const texts: Record<string, string> = {
  'zeros before a letter': `1.${'0'.repeat(length)}x`,
  'spaces before a letter': `x${' '.repeat(length)}x`,
  'dots and letters': `${'a.'.repeat(length / 2)}!`,
  'hyphens before a sign': `a@${'a-'.repeat(length / 2)}!`,
  'the start of a date before a letter': `2031-05-14T12:00:00.${'0'.repeat(length)}x`,
  'the start of a credential again and again': 'Credential='.repeat(length / 11),
};

/** Microseconds of processor time while something runs, which other programs of the machine do not change. */
async function processorTime(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
const twoSeconds = 2_000_000;
const [spend] = validCreate().Project.ExpectedCustomerSpend;

/** One string of a create each, in all the ways in which the service checks strings. */
const places: readonly ((text: string) => Body)[] = [
  (text) => ({ 'Customer.Account.CompanyName': text }),
  (text) => ({ 'Customer.Account.WebsiteUrl': text }),
  (text) => ({ 'Customer.Account.AwsAccountId': text }),
  (text) => ({ 'Customer.Account.Address.PostalCode': text }),
  (text) => ({ 'Customer.Contacts': [{ Email: text }] }),
  (text) => ({ 'Customer.Contacts': [{ Phone: text }] }),
  (text) => ({ 'LifeCycle.TargetCloseDate': text }),
  (text) => ({ 'Project.ExpectedCustomerSpend': [{ ...spend, Amount: text }] }),
  (text) => ({ 'Project.ExpectedCustomerSpend': [{ ...spend, EstimationUrl: text }] }),
  (text) => ({ 'SoftwareRevenue.Value': { Amount: text, CurrencyCode: 'USD' } }),
  (text) => ({ Tags: [{ Key: text, Value: text }] }),
];

describe('long hostile strings', () => {
  test.each(Object.entries(texts))('a create with %s is refused in linear time', async (_name, text) => {
    const spent = await processorTime(async () => {
      for (const place of places) {
        const { status } = await on.wire('CreateOpportunity', edited(validCreate(), place(text)));
        expect(status).toBe(400);
      }
    });
    expect(spent).toBeLessThan(twoSeconds);
  });

  test.each(Object.entries(texts))('a record with %s is listed in linear time', async (_name, text) => {
    const record = { Project: { ExpectedCustomerSpend: [{ Amount: text }] }, LifeCycle: { Stage: text } };
    const spent = await processorTime(async () => {
      expect((await on.control('PUT', 'opportunities/O1', record)).status).toBe(200);
      const window = { AfterLastModifiedDate: '2000-01-01T00:00:00Z' };
      const list = await on.wire('ListOpportunities', { Catalog: 'Sandbox', LastModifiedDate: window });
      expect(list.body.OpportunitySummaries).toHaveLength(1);
    });
    expect(spent).toBeLessThan(twoSeconds);
  });

  test.each(Object.entries(texts))(
    'an update to %s as the use case is refused in linear time',
    async (_name, text) => {
      const { body } = await on.wire('CreateOpportunity', validCreate());
      const spent = await processorTime(async () => {
        expect((await on.change(body.Id, { 'Project.CustomerUseCase': text })).status).toBe(400);
      });
      expect(spent).toBeLessThan(twoSeconds);
    },
  );

  test('a filter with a hostile date is refused in linear time', async () => {
    const text = texts['the start of a date before a letter'];
    const spent = await processorTime(async () => {
      const window = { AfterLastModifiedDate: text };
      const list = await on.wire('ListOpportunities', { Catalog: 'Sandbox', LastModifiedDate: window });
      expect(list.body.__type).toContain('SerializationException');
    });
    expect(spent).toBeLessThan(twoSeconds);
  });

  test('a hundred of the longest credentials that HTTP lets through are refused in linear time', async () => {
    const authorization = `${signature()} ${'Credential='.repeat(1_300)}`.replace('Credential=any', '');
    const spent = await processorTime(async () => {
      for (let n = 0; n < 100; n++) {
        const response = await fetch(on.url, {
          method: 'POST',
          headers: { ...envelope('GetOpportunity'), authorization },
          body: '{}',
        });
        expect(response.status).toBe(403);
        await response.arrayBuffer();
      }
    });
    expect(spent).toBeLessThan(twoSeconds);
  });
});
