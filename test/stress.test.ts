import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Data, gateway } from './kit.ts';

const year = new Date().getUTCFullYear() + 2;
/** Twenty-five patches to distinct fields, with how to read each from the stored record, and the expected value. */
const changes: [object, (stored: Data) => unknown, unknown][] = [
  [{ lifeCycle: { nextSteps: 'Stress' } }, (o) => o.LifeCycle.NextSteps, 'Stress'],
  [{ lifeCycle: { targetCloseDate: `${year}-05-06` } }, (o) => o.LifeCycle.TargetCloseDate, `${year}-05-06`],
  [{ opportunityType: 'EXPANSION' }, (o) => o.OpportunityType, 'Expansion'],
  [{ partnerOpportunityIdentifier: null }, (o) => o.PartnerOpportunityIdentifier, undefined],
  [
    { primaryNeedsFromAws: ['CO_SELL_DEAL_SUPPORT'] },
    (o) => o.PrimaryNeedsFromAws,
    ['Co-Sell - Deal Support'],
  ],
  [{ marketing: { campaignName: 'Stress' } }, (o) => o.Marketing.CampaignName, 'Stress'],
  [{ marketing: { useCases: ['Analytics'] } }, (o) => o.Marketing.UseCases, ['Analytics']],
  [{ marketing: { channels: ['PRINT', 'TV'] } }, (o) => o.Marketing.Channels, ['Print', 'TV']],
  [{ project: { title: 'Stress' } }, (o) => o.Project.Title, 'Stress'],
  [{ project: { additionalComments: 'Stress' } }, (o) => o.Project.AdditionalComments, 'Stress'],
  [{ project: { deliveryModels: ['RESELL'] } }, (o) => o.Project.DeliveryModels, ['Resell']],
  [{ project: { salesActivities: ['SOW_SIGNED'] } }, (o) => o.Project.SalesActivities, ['SOW Signed']],
  [{ project: { apnPrograms: ['Windows'] } }, (o) => o.Project.ApnPrograms, ['Windows']],
  [{ project: { customerUseCase: 'Networking' } }, (o) => o.Project.CustomerUseCase, 'Networking'],
  [{ project: { otherSolutionDescription: 'Stress' } }, (o) => o.Project.OtherSolutionDescription, 'Stress'],
  [
    { project: { customerBusinessProblem: 'Stress, and a great deal of it.' } },
    (o) => o.Project.CustomerBusinessProblem,
    'Stress, and a great deal of it.',
  ],
  [
    { project: { competitorName: 'AKAMAI', otherCompetitorNames: null } },
    (o) => o.Project.CompetitorName,
    'Akamai',
  ],
  [
    { customer: { contacts: [{ email: 'stress@customer.example' }] } },
    (o) => o.Customer.Contacts,
    [{ Email: 'stress@customer.example' }],
  ],
  [{ customer: { account: { duns: '123456789' } } }, (o) => o.Customer.Account.Duns, '123456789'],
  [
    { customer: { account: { awsAccountId: '210987654321' } } },
    (o) => o.Customer.Account.AwsAccountId,
    '210987654321',
  ],
  [
    { customer: { account: { websiteUrl: 'www.stress.example' } } },
    (o) => o.Customer.Account.WebsiteUrl,
    'www.stress.example',
  ],
  [
    { customer: { account: { address: { city: 'Stresa' } } } },
    (o) => o.Customer.Account.Address.City,
    'Stresa',
  ],
  [
    { customer: { account: { address: { streetAddress: '1 Main Street' } } } },
    (o) => o.Customer.Account.Address.StreetAddress,
    '1 Main Street',
  ],
  [
    { softwareRevenue: { deliveryModel: 'SUBSCRIPTION' } },
    (o) => o.SoftwareRevenue.DeliveryModel,
    'Subscription',
  ],
  [
    { softwareRevenue: { value: { amount: '77', currencyCode: 'USD' } } },
    (o) => o.SoftwareRevenue.Value,
    { Amount: '77', CurrencyCode: 'USD' },
  ],
];
const ids = ['O5000001', 'O5000001'];

/** The gateway in a process of its own, with a running emulator as its upstream. */
async function start(emulator: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      UPSTREAM_ENDPOINT: emulator,
      QUOTA_WRITES_PER_SECOND: '1000',
    },
  });
  let out = '';
  for await (const text of child.stdout) {
    out += text;
    const url = /http:\S+\/graphql/.exec(out)?.[0];
    if (url) return { child, url };
  }
  throw new Error('The gateway did not start');
}

test('fifty concurrent patches to one record through three processes are all applied, each with its own outcome', async () => {
  await using gw = await gateway();
  const processes = await Promise.all([1, 2, 3].map(() => start(gw.emulator.url)));
  try {
    await gw.emulator.clearCalls();
    const before = await gw.emulator.record('O5000001');
    const needed = changes.filter(
      ([, read, expected]) => JSON.stringify(read(before)) !== JSON.stringify(expected),
    );
    // Every change is sent twice, through different processes: the second either finds it made or makes it.
    const answers = await Promise.all(
      ids.flatMap((id, round) =>
        changes.map(async ([patch], n) => {
          const { url } = processes[(n + round) % 3] as { url: string };
          const response = await fetch(url, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({
              query:
                'mutation ($input: UpdateOpportunityInput!) { updateOpportunity(input: $input) { changed userErrors { code message } } }',
              variables: { input: { id, patch } },
            }),
          });
          const { data, errors } = (await response.json()) as Data;
          expect(errors).toBeUndefined();
          return data.updateOpportunity;
        }),
      ),
    );
    const stored = await gw.emulator.record('O5000001');
    for (const [patch, read, expected] of changes)
      expect(read(stored), JSON.stringify(patch)).toEqual(expected);
    const applied = answers.filter(({ userErrors }) => userErrors.length === 0);
    expect(applied).toHaveLength(50);
    expect(answers.filter(({ changed }) => changed).length).toBeGreaterThanOrEqual(needed.length);
    const { UpdateOpportunity, GetOpportunity } = await gw.emulator.calls();
    if (process.env.RUNS)
      process.stdout.write(
        `${JSON.stringify({ applied: applied.length, UpdateOpportunity, GetOpportunity })}\n`,
      );
  } finally {
    await Promise.all(
      processes.map(async ({ child }) => {
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await gone;
      }),
    );
  }
});
