/** That no submission and no operation of the inbox, of leads and of rooms makes more calls than its price and its dry run say. */
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { priceOfOperation } from '../src/graphql/price.ts';
import { submittable } from './create-input.ts';
import { referLead, referOpportunity } from './invitation-kit.ts';
import { type Answer, type Data, gateway, gatewayOn, type TestGateway } from './kit.ts';
import { gatewaySchema } from './schema.ts';

const schema = gatewaySchema();
const sum = (calls: Record<string, number>) => Object.values(calls).reduce((all, one) => all + one, 0);

type Operation = { query: string; variables: object };
/** Prepares what an operation is about, and returns it. */
type Scenario = (gw: TestGateway) => Promise<Operation>;

const contact = { businessTitle: 'Head of IT', email: 'h@acme.example', firstName: 'H', lastName: 'C' };
const lead = {
  customer: { companyName: 'Acme Robotics' },
  interactions: [{ contact, businessProblem: 'The controllers of two lines are out of support.' }],
};
async function newLead(gw: TestGateway): Promise<string> {
  const query = 'mutation ($input: CreateLeadInput!) { createLead(input: $input) { lead { id } } }';
  return (await gw.query(query, { input: lead })).data.createLead.lead.id;
}
/** A submitted opportunity and its engagement. */
async function submitted(gw: TestGateway): Promise<{ id: string; room: string }> {
  const { data } = await gw.query(
    `mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) {
      id submission { engagement { id } } } }`,
    { input: { ...submittable, submit: { involvementType: 'CO_SELL' } } },
  );
  const { id, submission } = data.createOpportunity;
  return { id, room: submission.engagement.id };
}
const putRole =
  'mutation { putSellingSystemSettings(input: { resourceSnapshotJobRole: "snapshots" }) { userErrors { message } } }';

/** A mutation of one input. */
const mutation = (name: string, selection: string, input: object): Operation => ({
  query: `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${selection} userErrors { message } } }`,
  variables: { input },
});

const opportunity = 'opportunity { id project { title } engagements { id title } }';
const mutations: Record<string, Scenario> = {
  submitOpportunity: async (gw) => {
    const create =
      'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { id opportunity { project { title } } } }';
    const { id } = (await gw.query(create, { input: submittable })).data.createOpportunity;
    const patch = { lifeCycle: { nextSteps: 'Call' } };
    return mutation('submitOpportunity', `submitted task { status } ${opportunity}`, {
      id,
      involvementType: 'CO_SELL',
      patch,
    });
  },
  'acceptEngagementInvitation of an opportunity': async (gw) =>
    mutation(
      'acceptEngagementInvitation',
      `accepted invitation { id payload { __typename } } task { status } ${opportunity} engagement { title members { accountId } }`,
      { id: (await referOpportunity(gw)).Id },
    ),
  'acceptEngagementInvitation of a lead': async (gw) =>
    mutation(
      'acceptEngagementInvitation',
      'accepted invitation { id } engagement { title lead { qualificationStatus } }',
      {
        id: (await referLead(gw)).Id,
      },
    ),
  rejectEngagementInvitation: async (gw) =>
    mutation('rejectEngagementInvitation', 'invitation { id rejectionReason }', {
      id: (await referOpportunity(gw)).Id,
      reason: 'UNABLE_TO_SUPPORT',
      confirm: true,
    }),
  inviteToEngagement: async (gw) =>
    mutation('inviteToEngagement', 'clientToken invitation { id participantType payload { __typename } }', {
      opportunityId: (await submitted(gw)).id,
      awsAccountId: '210987654321',
      message: 'Join us',
      responsibilities: ['RESELLER'],
      senderContacts: [{ email: 'a@partner.example' }],
    }),
  createLead: async () =>
    mutation('createLead', 'lead { id customer { companyName } opportunity { id } }', lead),
  updateLead: async (gw) =>
    mutation('updateLead', 'changed lead { qualificationStatus }', {
      id: await newLead(gw),
      patch: { qualificationStatus: 'Qualified' },
    }),
  enrichLeads: async (gw) =>
    mutation('enrichLeads', 'task { id engagements { status engagement { title } } }', {
      ids: [await newLead(gw), await newLead(gw)],
    }),
  convertLead: async (gw) =>
    mutation('convertLead', `converted task { status } lead { id ${opportunity} } ${opportunity}`, {
      id: await newLead(gw),
    }),
  ensureEngagementSharing: async (gw) => {
    await gw.query(putRole);
    return mutation(
      'ensureEngagementSharing',
      'changed jobs { id } engagement { title sharing { healthy } }',
      {
        engagementId: (await submitted(gw)).room,
      },
    );
  },
  putSellingSystemSettings: async () =>
    mutation('putSellingSystemSettings', 'sellingSystemSettings { resourceSnapshotJobRoleArn }', {
      resourceSnapshotJobRole: 'snapshots',
    }),
  setTags: async (gw) =>
    mutation('setTags', 'changed opportunity { id tags { key } }', {
      id: (await submitted(gw)).id,
      tags: [{ key: 'team', value: 'north' }],
    }),
};

/** Sends an operation as a dry run and then in earnest; returns both numbers of calls and the price. */
async function costOf(gw: TestGateway, { query, variables }: Operation) {
  const dry = await gw.query(query, variables, { 'x-upstream-dry-run': '1' });
  expect(dry.calls, 'calls of the dry run').toEqual({});
  const real: Answer = await gw.query(query, variables);
  expect(real.errors).toBeUndefined();
  return {
    real,
    dry: dry.extensions.upstream.dryRun.calls as Record<string, number>,
    price: priceOfOperation(schema, parse(query), undefined, variables).most,
  };
}

describe.each([
  ['without a cache', '0'],
  ['with what was just read', '60000'],
])('%s', (_, CACHE_FRESH_MS) => {
  test.each(Object.entries(mutations))(
    '%s makes no more calls than its price and its dry run',
    async (_, scenario) => {
      await using gw = await gateway({ CACHE_FRESH_MS }, { seed: false });
      const { real, dry, price } = await costOf(gw, await scenario(gw));
      for (const payload of Object.values(real.data) as Data[]) expect(payload.userErrors).toEqual([]);
      expect(sum(real.calls)).toBeLessThanOrEqual(price);
      expect(sum(real.calls), JSON.stringify([real.calls, dry])).toBeLessThanOrEqual(sum(dry));
    },
  );
});

const details =
  'payload { __typename } rejectionReason enrichmentContext { leadInsights { leadReadinessScore } }';
const room = `id title members { accountId } contexts { id } sharing { healthy problems jobs { id lastFailure } }
  invitations(first: 5) { id } opportunities { ours opportunity { id } latestSnapshot { createdAt } }
  snapshots(first: 5) { nodes { createdAt } }`;
const queries: Record<string, string> = {
  'the inbox': `engagementInvitations(first: 10) { nodes {
    id participantType daysLeft sender { companyName } ${details} engagement { title } acceptance { opportunity { id } } } }`,
  'what was sent': `engagementInvitations(first: 10, direction: SENDER) { nodes { id participantType ${details} engagement { title } } }`,
  'an invitation of a partner': `engagementInvitation(id: "PARTNER") { id participantType ${details} }`,
  'a board of leads': `leads(first: 10) { nodes {
    id customer { companyName } prospecting { aws { taskId } } opportunity { id } conversion { status } engagement { title members { accountId } } } }`,
  'the edges of a board': 'leads(first: 10) { edges { cursor node { id } } }',
  'a lead': 'lead(id: "LEAD") { id opportunity { id } engagement { title description } }',
  'a list of rooms': `engagements(first: 5) { nodes { ${room} } }`,
  'a room': `engagement(id: "ROOM") { ${room} }`,
  'a history':
    'opportunity(id: "O5000002") { history(first: 5) { nodes { at changes { field } } } engagements { id title } }',
  tasks:
    'tasks(first: 10) { nodes { id status ... on OpportunityFromEngagementTask { opportunity { id } engagement { title } } } }',
  nodes: 'nodes(ids: ["LEAD", "ROOM", "PARTNER", "O5000002", "S-1234567"]) { __typename id }',
  'the settings, the session and the quota':
    'sellingSystemSettings { catalog } session { caller denied { operation } } quota { classes { name } }',
};

describe('a query', () => {
  test.each(Object.entries(queries))(
    'of %s makes no more calls than its price and its dry run',
    async (_, fields) => {
      await using gw = await gateway({ MAX_DEPTH: '20' });
      const { data } =
        await gw.query(`{ leads(first: 1) { nodes { id } } engagements(first: 1) { nodes { id } }
      engagementInvitations(first: 100) { nodes { id sender { awsAccountId } } } }`);
      const partner = data.engagementInvitations.nodes.find(
        ({ sender }: Data) => sender.awsAccountId !== 'aws',
      );
      // A new gateway has read none of it.
      await using fresh = await gatewayOn(gw.emulator.url, { MAX_DEPTH: '20' });
      const query = `{ ${fields} }`
        .replaceAll('PARTNER', partner.id)
        .replaceAll('LEAD', data.leads.nodes[0].id)
        .replaceAll('ROOM', data.engagements.nodes[0].id);
      const { real, dry, price } = await costOf(fresh, { query, variables: {} });
      expect(sum(real.calls)).toBeLessThanOrEqual(price);
      expect(sum(real.calls), JSON.stringify([real.calls, dry])).toBeLessThanOrEqual(sum(dry));
    },
  );
});
