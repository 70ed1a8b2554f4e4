/** Leads on their way to an opportunity: enriched, converted once, and submitted. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { inAYear } from './create-input.ts';
import { accept, referLead } from './invitation-kit.ts';
import { type Data, gatewayOn, type TestGateway } from './kit.ts';

let emulator: Emulator;
let gw: TestGateway;

beforeAll(async () => {
  emulator = await startEmulator({ seed: false });
});
beforeEach(async () => {
  gw = await gatewayOn(emulator.url);
  await gw.emulator.control('POST', 'reset', { seed: false });
  return () => gw[Symbol.asyncDispose]();
});
afterAll(() => emulator.stop());

const create =
  'mutation ($input: CreateLeadInput!) { createLead(input: $input) { lead { id } userErrors { message } } }';
const convert = `mutation ($input: ConvertLeadInput!) { convertLead(input: $input) {
  converted clientToken opportunity { id lifeCycle { reviewStatus } customer { account { companyName } } }
  task { id status reasonCode } lead { engagement { contextTypes } } userErrors { path code message }
} }`;
const enrich = `mutation ($input: EnrichLeadsInput!) { enrichLeads(input: $input) {
  task { id status total } clientToken userErrors { path code limit }
} }`;

const input = {
  customer: {
    companyName: 'Acme Robotics',
    industry: 'Manufacturing',
    websiteUrl: 'https://acme-robotics.example',
    address: { countryCode: 'US', city: 'Seattle', stateOrRegion: 'Washington', postalCode: '98109' },
  },
  interactions: [
    {
      contact: { businessTitle: 'Head', email: 'h@acme.example', firstName: 'H', lastName: 'C' },
      businessProblem: 'The controllers of two lines are out of support.',
    },
  ],
};
const submit = `mutation ($input: SubmitOpportunityInput!) { submitOpportunity(input: $input) {
  submitted engagement { id } userErrors { path message }
} }`;
/** What a converted lead lacks for a submission. */
const submissionOf = (id: string) => ({
  input: {
    id,
    involvementType: 'CO_SELL',
    patch: {
      primaryNeedsFromAws: ['CO_SELL_DEAL_SUPPORT'],
      project: {
        deliveryModels: ['SAAS_OR_PAAS'],
        customerUseCase: 'Database',
        salesActivities: ['SOW_SIGNED'],
        otherSolutionDescription: 'Controllers in the cloud',
        expectedCustomerSpend: [
          { amount: '531', currencyCode: 'USD', frequency: 'MONTHLY', targetCompany: 'AWS' },
        ],
      },
      lifeCycle: { targetCloseDate: inAYear },
    },
  },
});
const newLead = async (more: object = {}): Promise<string> =>
  (await gw.query(create, { input: { ...input, ...more } })).data.createLead.lead.id;
const convertLead = async (change: object): Promise<Data> =>
  (await gw.query(convert, { input: change })).data.convertLead;

test('a lead becomes a submitted opportunity: created, qualified, enriched, converted and submitted', async () => {
  await gw.emulator.control('POST', 'settings', { prospectingTask: 'complete' });
  const id = await newLead();
  const { data: updated } = await gw.query(
    'mutation ($input: UpdateLeadInput!) { updateLead(input: $input) { changed } }',
    { input: { id, patch: { qualificationStatus: 'Qualified' } } },
  );
  expect(updated.updateLead.changed).toBe(true);
  const enriched = await gw.query(enrich, { input: { ids: [id], name: 'Spring' } });
  expect(enriched.calls).toEqual({ StartProspectingFromEngagementTask: 1 });
  const task = enriched.data.enrichLeads.task.id;
  const watched = await gw.query(`{
    node(id: "${task}") { ... on ProspectingFromEngagementTask { status completed engagements { status } } }
    lead(id: "${id}") { prospecting { aws { customer { accountName } taskName } } opportunity { id } }
  }`);
  expect(watched.errors).toBeUndefined();
  expect(watched.data).toEqual({
    node: { status: 'COMPLETE', completed: 1, engagements: [{ status: 'COMPLETED' }] },
    lead: {
      prospecting: { aws: { customer: { accountName: 'Acme Robotics' }, taskName: 'Spring' } },
      opportunity: null,
    },
  });

  const converted = await gw.query(convert, { input: { id } });
  expect(converted.errors).toBeUndefined();
  const payload = converted.data.convertLead;
  expect(payload).toMatchObject({
    converted: true,
    opportunity: {
      lifeCycle: { reviewStatus: 'PENDING_SUBMISSION' },
      customer: { account: { companyName: 'Acme Robotics' } },
    },
    task: { status: 'COMPLETE' },
    lead: { engagement: { contextTypes: ['LEAD', 'PROSPECTING_RESULT', 'CUSTOMER_PROJECT'] } },
    userErrors: [],
  });
  expect(converted.calls).toEqual({
    GetEngagement: 2,
    ListOpportunityFromEngagementTasks: 1,
    StartOpportunityFromEngagementTask: 1,
    GetOpportunity: 1,
  });

  const submitted = await gw.query(submit, submissionOf(payload.opportunity.id));
  // The submission goes on in the lead's engagement, which keeps its attribution.
  expect(submitted.data.submitOpportunity).toEqual({
    submitted: true,
    engagement: { id: id.split('/')[0] },
    userErrors: [],
  });
  const { data } = await gw.query(`{ lead(id: "${id}") { opportunity { id } conversion { id } } }`);
  expect(data.lead).toEqual({
    opportunity: { id: payload.opportunity.id },
    conversion: { id: payload.task.id },
  });
});

test('a lead that AWS shares becomes a submitted opportunity: accepted, contacted, qualified, converted and submitted', async () => {
  await referLead(gw);
  const inbox = await gw.query(`{ engagementInvitations(filter: { payloadTypes: [LEAD_INVITATION] }) { nodes {
    id payload { ... on LeadInvitationPayload { customer { companyName } } } } } }`);
  const [{ id: invitation, payload }] = inbox.data.engagementInvitations.nodes;
  const accepted = await gw.query(accept, { input: { id: invitation } });
  expect(accepted.data.acceptEngagementInvitation).toMatchObject({ accepted: true, userErrors: [] });

  const board = await gw.query(
    '{ leads { nodes { id customer { companyName } interactions { contact { email } } } } }',
  );
  const [lead, ...others] = board.data.leads.nodes;
  expect(others).toEqual([]);
  expect(lead.customer).toEqual(payload.customer);
  // The contact is reported only to those who have accepted.
  expect(lead.interactions[0].contact.email).toMatch(/@/);
  expect(board.calls).toEqual({ ListEngagements: 1, GetEngagement: 1 });

  const { id } = lead;
  const qualified = await gw.query(
    'mutation ($input: UpdateLeadInput!) { updateLead(input: $input) { changed userErrors { message } } }',
    { input: { id, patch: { qualificationStatus: 'Qualified' } } },
  );
  expect(qualified.data.updateLead).toEqual({ changed: true, userErrors: [] });
  const converted = await convertLead({ id });
  expect(converted).toMatchObject({ converted: true, userErrors: [] });
  // AWS's leads lack what an address needs.
  const { input } = submissionOf(converted.opportunity.id);
  const address = { stateOrRegion: 'Washington', postalCode: '98109' };
  const patch = { ...input.patch, customer: { account: { address } } };
  const submitted = await gw.query(submit, { input: { ...input, patch } });
  expect(submitted.data.submitOpportunity).toEqual({
    submitted: true,
    engagement: { id: id.split('/')[0] },
    userErrors: [],
  });
});

describe('convertLead', () => {
  test('a lead that was converted is left as it is, and its opportunity is returned', async () => {
    const id = await newLead();
    const first = await convertLead({ id });
    await using other = await gatewayOn(emulator.url);
    const second = await other.query(convert, { input: { id, clientToken: 'my-own' } });
    expect(second.data.convertLead).toMatchObject({
      converted: true,
      opportunity: { id: first.opportunity.id },
      clientToken: null,
      userErrors: [],
    });
    expect(second.calls.StartOpportunityFromEngagementTask).toBeUndefined();
  });

  test('a disqualified lead is refused before a task is started', async () => {
    const id = await newLead({ qualificationStatus: 'Disqualified' });
    const { data, calls } = await gw.query(convert, { input: { id } });
    expect(data.convertLead).toMatchObject({
      converted: false,
      task: null,
      userErrors: [{ path: ['input', 'id'], code: 'ACTION_NOT_PERMITTED' }],
    });
    expect(calls.StartOpportunityFromEngagementTask).toBeUndefined();
  });

  test('a task that AWS fails is reported, and the same input starts a new one', async () => {
    await gw.emulator.control('POST', 'settings', { leadConversion: 'qualified' });
    const id = await newLead();
    const failed = await convertLead({ id });
    expect(failed).toMatchObject({
      converted: false,
      opportunity: null,
      task: { status: 'FAILED', reasonCode: 'ENGAGEMENT_VALIDATION_FAILED' },
      userErrors: [{ path: ['input'] }],
    });
    await gw.emulator.control('POST', 'settings', { leadConversion: 'any' });
    const again = await convertLead({ id });
    expect(again).toMatchObject({ converted: true, userErrors: [] });
    expect(again.clientToken).not.toBe(failed.clientToken);
  });

  test('a task in progress is joined instead of a second one', async () => {
    await gw.emulator.control('POST', 'settings', { submissionTask: 'in-progress', taskMs: 300 });
    const id = await newLead();
    const started = await convertLead({ id, waitMs: 0 });
    expect(started).toMatchObject({ converted: false, opportunity: null, userErrors: [] });
    const joined = await gw.query(convert, { input: { id } });
    expect(joined.data.convertLead).toMatchObject({
      converted: true,
      task: { id: started.task.id },
      clientToken: null,
    });
    expect(joined.calls.StartOpportunityFromEngagementTask).toBeUndefined();
  });

  test('a lead that is not there, and input that AWS would refuse, cost no task', async () => {
    const id = (await newLead()).replace(/\/1$/, '/4');
    expect(await convertLead({ id })).toMatchObject({
      userErrors: [{ path: ['input', 'id'], code: 'NOT_FOUND' }],
    });
    const { data, calls } = await gw.query(convert, { input: { id, clientToken: '', tags: [] } });
    expect(data.convertLead.userErrors).toMatchObject([
      { path: ['input', 'clientToken'], code: 'INVALID_STRING_FORMAT' },
      { path: ['input', 'tags'], code: 'NOT_ENOUGH_VALUES' },
    ]);
    expect(calls).toMatchObject({ GetEngagement: 1 });
  });
});

describe('enrichLeads', () => {
  test('each lead succeeds or fails by itself, in one task', async () => {
    await gw.emulator.control('POST', 'settings', { prospectingTask: 'complete' });
    const ids = [await newLead(), await newLead()];
    const unknown = 'eng-00000000000000/1';
    const { data } = await gw.query(enrich, { input: { ids: [...ids, unknown] } });
    const { task } = data.enrichLeads;
    const seen = await gw.query(`{ node(id: "${task.id}") { ... on ProspectingFromEngagementTask {
      name total completed failed engagements { engagementIdentifier status } } } }`);
    expect(seen.data.node).toMatchObject({
      name: expect.stringMatching(/^Leads of \d{4}-\d\d-\d\d$/),
      total: 3,
      completed: 2,
      failed: 1,
      engagements: [...ids.map(() => ({ status: 'COMPLETED' })), { status: 'FAILED' }],
    });
  });

  test('too many leads, and a name that is too long, are refused at once without a call', async () => {
    const ids = Array.from({ length: 101 }, (_, n) => `eng-${String(n).padStart(14, '0')}/1`);
    const { data, calls } = await gw.query(enrich, { input: { ids, name: 'x'.repeat(129) } });
    expect(data.enrichLeads).toMatchObject({
      task: null,
      userErrors: [
        { path: ['input', 'ids'], code: 'TOO_MANY_VALUES', limit: 100 },
        { path: ['input', 'name'], code: 'INVALID_STRING_FORMAT', limit: 128 },
      ],
    });
    const none = await gw.query(enrich, { input: { ids: [] } });
    expect(none.data.enrichLeads.userErrors).toMatchObject([
      { path: ['input', 'ids'], code: 'NOT_ENOUGH_VALUES' },
    ]);
    expect([calls, none.calls]).toEqual([{}, {}]);
  });

  test('a task whose answer is lost is started once by the same token', async () => {
    const ids = [await newLead()];
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'StartProspectingFromEngagementTask' });
    const first = await gw.query(enrich, { input: { ids, name: 'Spring', clientToken: 'spring' } });
    const second = await gw.query(enrich, { input: { ids, name: 'Spring', clientToken: 'spring' } });
    expect(second.data.enrichLeads.task.id).toBe(first.data.enrichLeads.task.id);
  });
});
