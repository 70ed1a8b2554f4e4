/**
 * Plays a whole deal on the emulator with AWS's SDK: from a draft over AWS's review to its launch.
 *
 *   npm run emulator     # in another terminal
 *   npm run play
 *
 * EMULATOR_URL is the emulator's address. Default: http://127.0.0.1:4510.
 */
import { randomUUID } from 'node:crypto';
import {
  AssociateOpportunityCommand,
  CreateOpportunityCommand,
  GetAwsOpportunitySummaryCommand,
  GetEngagementCommand,
  GetOpportunityCommand,
  PartnerCentralSellingClient,
  StartEngagementFromOpportunityTaskCommand,
  UpdateOpportunityCommand,
} from '@aws-sdk/client-partnercentral-selling';

const { EMULATOR_URL: endpoint = 'http://127.0.0.1:4510' } = process.env;
const credentials = { accessKeyId: 'any', secretAccessKey: 'thing' };
const client = new PartnerCentralSellingClient({ region: 'us-east-1', endpoint, credentials });
const Catalog = 'Sandbox';

/** An opportunity that AWS accepts for review. */
const draft = {
  PrimaryNeedsFromAws: ['Co-Sell - Deal Support' as const],
  Customer: {
    Account: {
      CompanyName: 'Harbour Robotics',
      Industry: 'Manufacturing' as const,
      WebsiteUrl: 'www.harbour-robotics.example',
      AwsAccountId: '111122223333',
      Address: { CountryCode: 'US' as const, PostalCode: '98109', StateOrRegion: 'Washington' },
    },
  },
  Project: {
    Title: 'Crane controllers in the cloud',
    CustomerBusinessProblem: 'The controllers of twelve cranes are out of support and cannot be patched.',
    CustomerUseCase: 'Containers & Serverless',
    DeliveryModels: ['SaaS or PaaS' as const],
    SalesActivities: ['Initialized discussions with customer' as const],
    ExpectedCustomerSpend: [
      { Amount: '531', CurrencyCode: 'USD' as const, Frequency: 'Monthly' as const, TargetCompany: 'AWS' },
    ],
  },
  LifeCycle: { TargetCloseDate: new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10) },
};

const get = (Identifier?: string) => client.send(new GetOpportunityCommand({ Catalog, Identifier }));

/** AWS's decision, which the emulator takes on its control surface. */
const review = (id?: string) =>
  fetch(`${endpoint}/_emulator/opportunities/${id}/review`, {
    method: 'POST',
    body: '{"decision":"Approved"}',
  });

/** Sends the whole record back with another stage: what an update leaves out is cleared. */
async function move(id: string | undefined, Stage: 'Qualified' | 'Committed' | 'Launched') {
  const { $metadata: _metadata, Id: Identifier, ...record } = await get(id);
  const LifeCycle = { ...record.LifeCycle, Stage };
  return client.send(new UpdateOpportunityCommand({ ...record, Identifier, LifeCycle, Catalog }));
}

const { Id } = await client.send(
  new CreateOpportunityCommand({ ...draft, Catalog, ClientToken: randomUUID() }),
);
const solution = { RelatedEntityType: 'Solutions' as const, RelatedEntityIdentifier: 'S-1234567' };
await client.send(new AssociateOpportunityCommand({ Catalog, OpportunityIdentifier: Id, ...solution }));
const submission = { Identifier: Id, AwsSubmission: { InvolvementType: 'Co-Sell' as const } };
const start = { Catalog, ClientToken: randomUUID(), ...submission } as const;
const task = await client.send(new StartEngagementFromOpportunityTaskCommand(start));
const room = await client.send(new GetEngagementCommand({ Catalog, Identifier: task.EngagementId }));
await review(Id);
const seen = await client.send(
  new GetAwsOpportunitySummaryCommand({ Catalog, RelatedOpportunityIdentifier: Id }),
);
await move(Id, 'Qualified');
await move(Id, 'Committed');
await move(Id, 'Launched');
const { LifeCycle } = await get(Id);

console.log(`${Id} "${room.Title}": task ${task.TaskStatus}, ${LifeCycle?.ReviewStatus} by AWS`);
console.log(`AWS’s seller: ${seen.OpportunityTeam?.[0]?.Email}; stage: ${LifeCycle?.Stage}`);
