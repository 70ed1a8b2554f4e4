/** Leads: the board and what it costs, new leads, and changes that lose nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/server.ts';
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

const contact = {
  businessTitle: 'Head of Infrastructure',
  email: 'Hana.Corvane@acme-robotics.example',
  firstName: 'Hana',
  lastName: 'Corvane',
};
const interaction = {
  contact,
  sourceType: 'Event',
  interactionDate: '2026-05-01T10:00:00.123456789Z',
  businessProblem: 'The controllers of two lines are out of support.',
};
const customer = {
  companyName: 'Acme Robotics',
  industry: 'Manufacturing',
  websiteUrl: 'https://acme-robotics.example',
  address: { countryCode: 'US', city: 'Seattle' },
};
const input = { customer, interactions: [interaction] };

const create = `mutation ($input: CreateLeadInput!) { createLead(input: $input) {
  clientToken lead { id qualificationStatus customer { companyName } engagement { title description contextTypes } }
  warnings { path message allowedValues } userErrors { path code field sent limit }
} }`;
const update = `mutation ($input: UpdateLeadInput!) { updateLead(input: $input) {
  changed changedFields
  lead { modifiedAt qualificationStatus customer { companyName industry websiteUrl } interactions { contact { email } } }
  conflict { changedFields overlappingFields current { qualificationStatus modifiedAt } }
  warnings { path } userErrors { path code field message limit }
} }`;

const createLead = async (more: object = {}): Promise<Data> =>
  (await gw.query(create, { input: { ...input, ...more } })).data.createLead;
const newLead = async (more: object = {}): Promise<string> => (await createLead(more)).lead.id;
const updateLead = (change: object) => gw.query(update, { input: change });

describe('createLead', () => {
  test('a lead is created by one write, in an engagement that is named after the company', async () => {
    const { data, errors, calls } = await gw.query(create, { input });
    expect(errors).toBeUndefined();
    expect(data.createLead).toEqual({
      clientToken: expect.any(String),
      lead: {
        id: expect.stringMatching(/^eng-[0-9a-z]{14}\/1$/),
        qualificationStatus: null,
        customer: { companyName: 'Acme Robotics' },
        engagement: { title: 'Acme Robotics', description: 'Acme Robotics', contextTypes: ['LEAD'] },
      },
      warnings: [],
      userErrors: [],
    });
    expect(calls).toEqual({ CreateEngagement: 1, GetEngagement: 1 });
  });

  test('everything that AWS would certainly refuse is reported at once, and nothing is sent', async () => {
    const { data, calls } = await gw.query(create, {
      input: {
        customer: { industry: 'x'.repeat(256), address: { postalCode: 'x'.repeat(21) } },
        interactions: [{ ...interaction, contact: { ...contact, email: '' } }],
        qualificationStatus: '',
        title: 'x'.repeat(41),
        clientToken: '',
      },
    });
    const errors = data.createLead.userErrors.map(({ path, code, limit }: Data) => [
      path.join('.'),
      code,
      limit,
    ]);
    expect(errors.toSorted()).toEqual([
      ['input.clientToken', 'INVALID_STRING_FORMAT', 1],
      ['input.customer.address.postalCode', 'INVALID_STRING_FORMAT', 20],
      ['input.customer.companyName', 'REQUIRED_FIELD_MISSING', null],
      ['input.customer.industry', 'INVALID_STRING_FORMAT', 255],
      ['input.interactions.0.contact.email', 'INVALID_STRING_FORMAT', 1],
      ['input.qualificationStatus', 'INVALID_STRING_FORMAT', 1],
      ['input.title', 'INVALID_STRING_FORMAT', 40],
    ]);
    expect(calls).toEqual({});
    const none = await gw.query(create, { input: { customer, interactions: [] } });
    expect(none.data.createLead.userErrors).toMatchObject([
      { path: ['input', 'interactions'], code: 'REQUIRED_FIELD_MISSING' },
    ]);
  });

  test('values that an opportunity would refuse are warned about', async () => {
    const { warnings } = await createLead({
      customer: { ...customer, industry: 'Robots', websiteUrl: 'x', address: { countryCode: 'USA' } },
      interactions: [{ contact, businessProblem: 'Old' }],
    });
    expect(warnings.map(({ path }: Data) => path.join('.'))).toEqual([
      'input.customer.industry',
      'input.customer.websiteUrl',
      'input.customer.address.countryCode',
      'input.interactions.0.businessProblem',
    ]);
    expect(warnings[0].allowedValues).toContain('Manufacturing');
  });

  test('a lead whose answer is lost is created once by the same token', async () => {
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'CreateEngagement', times: 1 });
    const id = await newLead({ clientToken: 'token-1' });
    expect(await newLead({ clientToken: 'token-1' })).toBe(id);
    const { data } = await gw.query('{ leads { nodes { id } } }');
    expect(data.leads.nodes).toEqual([{ id }]);
  });

  test('a token that was used for another lead is refused at its path', async () => {
    await newLead({ clientToken: 'token-2' });
    const { userErrors } = await createLead({ clientToken: 'token-2', title: 'Another' });
    expect(userErrors).toMatchObject([{ path: ['input', 'clientToken'], code: 'IDEMPOTENCY_CONFLICT' }]);
  });
});

describe('the board', () => {
  const board = (first: number, more = '') =>
    `{ leads(first: ${first}${more}) { nodes { id qualificationStatus customer { companyName } } pageInfo { hasNextPage endCursor } } }`;

  test('a board of 100 leads costs one call when nothing has changed, and one more for each that has', async () => {
    const creates = Array.from({ length: 50 }, (_, n) => `c${n}: createLead(input: $input) { lead { id } }`);
    const ids: string[] = [];
    for (let part = 0; part < 2; part++) {
      const { data } = await gw.query(`mutation ($input: CreateLeadInput!) { ${creates.join(' ')} }`, {
        input,
      });
      ids.push(...Object.values(data as Record<string, Data>).map(({ lead }) => lead.id));
    }
    const warm = await gw.query(board(100));
    expect(warm.errors).toBeUndefined();
    expect(warm.data.leads.nodes.map(({ id }: Data) => id).toSorted()).toEqual(ids.toSorted());
    const unchanged = await gw.query(board(100));
    expect([unchanged.data, unchanged.calls]).toEqual([warm.data, { ListEngagements: 1 }]);

    const [id = ''] = ids;
    const path = `leads/${id.split('/')[0]}`;
    await gw.emulator.control('PATCH', path, { lead: { QualificationStatus: 'Nurture' } });
    const { data, calls } = await gw.query(board(100));
    expect(calls).toEqual({ ListEngagements: 1, GetEngagement: 1 });
    expect(data.leads.nodes.find((one: Data) => one.id === id).qualificationStatus).toBe('Nurture');
    // A gateway that has none of them reads each.
    await using cold = await gatewayOn(emulator.url);
    expect((await cold.query(board(100))).calls).toEqual({ ListEngagements: 1, GetEngagement: 100 });
  });

  test('pages continue after their cursor, latest leads first', async () => {
    const ids = [await newLead(), await newLead(), await newLead()].reverse();
    const first = await gw.query(board(2));
    const { endCursor, hasNextPage } = first.data.leads.pageInfo;
    const second = await gw.query(board(2, `, after: "${endCursor}"`));
    expect(hasNextPage).toBe(true);
    const found = [...first.data.leads.nodes, ...second.data.leads.nodes].map(({ id }: Data) => id);
    expect(found).toEqual(ids);
  });

  test('a filter leaves out leads of others, and of kinds', async () => {
    const id = await newLead();
    const of = async (filter: string) =>
      (await gw.query(`{ leads(filter: ${filter}) { nodes { id } } }`)).data.leads.nodes;
    expect(await of('{ createdBy: ["aws"] }')).toEqual([]);
    expect(await of('{ excludeCreatedBy: ["aws"], excludeContextTypes: [CUSTOMER_PROJECT] }')).toEqual([
      { id },
    ]);
    expect(await of('{ excludeContextTypes: [LEAD] }')).toEqual([]);
  });

  test('a lead that cannot be read is null with an error, and the others are there', async () => {
    const ids = [await newLead(), await newLead()];
    await using cold = await gatewayOn(emulator.url);
    await cold.emulator.injectFault({ kind: 'access-denied', operation: 'GetEngagement' });
    const { data, errors } = await cold.query('{ leads { nodes { id } } }');
    expect(data.leads.nodes.filter((node: Data) => node !== null)).toHaveLength(ids.length - 1);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });

  test('a lead is found by its id, as a node and by a router', async () => {
    const id = await newLead();
    const none = id.replace(/\/1$/, '/2');
    const { data, errors } = await gw.query(
      `query ($refs: [_Any!]!) {
        lead(id: "${id}") { contextId } node(id: "${id}") { ... on Lead { contextId } }
        none: lead(id: "${none}") { id } bad: lead(id: "eng-1") { id }
        _entities(representations: $refs) { ... on Lead { customer { companyName } } }
      }`,
      {
        refs: [
          { __typename: 'Lead', id },
          { __typename: 'Lead', id: none },
        ],
      },
    );
    expect(data).toEqual({
      lead: { contextId: '1' },
      node: { contextId: '1' },
      none: null,
      bad: null,
      _entities: [{ customer: { companyName: 'Acme Robotics' } }, null],
    });
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['bad'], 'BAD_USER_INPUT'],
    ]);
  });
});

describe('updateLead', () => {
  test('a patch and an interaction are one read and one write, and everything else is kept', async () => {
    const id = await newLead();
    const { data, errors, calls } = await updateLead({
      id,
      patch: { qualificationStatus: 'Qualified', customer: { industry: null, address: { city: 'Tacoma' } } },
      addInteraction: { contact: { ...contact, email: 'second@acme-robotics.example' } },
    });
    expect(errors).toBeUndefined();
    expect(data.updateLead).toEqual({
      changed: true,
      changedFields: [
        'qualificationStatus',
        'customer.industry',
        'customer.address.city',
        'interactions',
      ].toSorted(
        (a, b) => data.updateLead.changedFields.indexOf(a) - data.updateLead.changedFields.indexOf(b),
      ),
      lead: {
        modifiedAt: expect.any(String),
        qualificationStatus: 'Qualified',
        customer: { companyName: 'Acme Robotics', industry: null, websiteUrl: customer.websiteUrl },
        interactions: [
          { contact: { email: contact.email } },
          { contact: { email: 'second@acme-robotics.example' } },
        ],
      },
      conflict: null,
      warnings: [],
      userErrors: [],
    });
    expect(calls).toEqual({ GetEngagement: 2, UpdateEngagementContext: 1 });
  });

  test('members that the SDK does not know are sent back', async () => {
    const id = await newLead();
    const future = { FutureScore: 7, Customer: { FutureName: 'kept' } };
    await gw.emulator.control('PATCH', `leads/${id.split('/')[0]}`, { lead: future });
    await updateLead({ id, patch: { customer: { marketSegment: 'Large' } } });
    const log = await gw.emulator.log();
    const sent = log.find(({ operation }) => operation === 'UpdateEngagementContext');
    expect(sent.input.Payload.Lead).toMatchObject({
      FutureScore: 7,
      Customer: { FutureName: 'kept', MarketSegment: 'Large', CompanyName: 'Acme Robotics' },
    });
  });

  test('a patch that changes nothing costs no write', async () => {
    const id = await newLead({ qualificationStatus: 'Qualified' });
    const { data, calls } = await updateLead({ id, patch: { qualificationStatus: 'Qualified' } });
    expect([data.updateLead.changed, data.updateLead.changedFields]).toEqual([false, []]);
    expect(calls.UpdateEngagementContext).toBeUndefined();
  });

  test('what AWS requires cannot be cleared, and all violations are reported at once', async () => {
    const id = await newLead({ qualificationStatus: 'Qualified' });
    const { data, calls } = await updateLead({
      id,
      patch: { qualificationStatus: '', customer: { companyName: null, industry: 'x'.repeat(256) } },
      addInteraction: { ...interaction, sourceName: 'x'.repeat(256) },
    });
    const places = data.updateLead.userErrors.map(({ path, field, code }: Data) => [
      path.join('.'),
      field,
      code,
    ]);
    expect(places).toEqual([
      ['input.patch.customer.companyName', 'customer.companyName', 'REQUIRED_FIELD_MISSING'],
      ['input.patch.qualificationStatus', 'qualificationStatus', 'INVALID_STRING_FORMAT'],
      ['input.patch.customer.industry', 'customer.industry', 'INVALID_STRING_FORMAT'],
      ['input.addInteraction.sourceName', 'interactions.sourceName', 'INVALID_STRING_FORMAT'],
    ]);
    expect(calls.UpdateEngagementContext).toBeUndefined();
    const status = await updateLead({ id, patch: { qualificationStatus: null } });
    expect(status.data.updateLead.userErrors).toMatchObject([
      { path: ['input', 'patch', 'qualificationStatus'], code: 'REQUIRED_FIELD_MISSING' },
    ]);
  });

  test('the eleventh interaction is refused by AWS at the caller’s path', async () => {
    const id = await newLead({ interactions: Array.from({ length: 10 }, () => interaction) });
    const { data } = await updateLead({ id, patch: {}, addInteraction: interaction });
    expect(data.updateLead.userErrors).toMatchObject([
      { path: ['input', 'addInteraction'], code: 'TOO_MANY_VALUES' },
    ]);
  });

  test('a lead that is not there is not found', async () => {
    const id = (await newLead()).replace(/\/1$/, '/3');
    const { data } = await updateLead({ id, patch: { qualificationStatus: 'Qualified' } });
    expect(data.updateLead).toMatchObject({
      lead: null,
      userErrors: [{ path: ['input', 'id'], code: 'NOT_FOUND' }],
    });
  });

  test('a change of AWS between the read and the write is kept, and the patch is made on the newer version', async () => {
    const id = await newLead();
    await gw.emulator.hold('UpdateEngagementContext', 1);
    const answer = updateLead({ id, patch: { qualificationStatus: 'Qualified' } });
    await gw.emulator.untilHeld();
    await gw.emulator.control('PATCH', `leads/${id.split('/')[0]}`, {
      lead: { Insights: { LeadReadinessScore: 'High' }, Customer: { Industry: 'Retail' } },
    });
    await gw.emulator.release();
    const { data } = await answer;
    expect(data.updateLead).toMatchObject({
      changed: true,
      changedFields: ['qualificationStatus'],
      lead: { qualificationStatus: 'Qualified', customer: { industry: 'Retail' } },
      userErrors: [],
    });
    expect(await gw.emulator.calls()).toMatchObject({ UpdateEngagementContext: 2 });
  });

  test('a change of the same field between the read and the write is a conflict with both sides', async () => {
    const id = await newLead();
    await gw.emulator.hold('UpdateEngagementContext', 1);
    const answer = updateLead({ id, patch: { qualificationStatus: 'Qualified' } });
    await gw.emulator.untilHeld();
    const path = `leads/${id.split('/')[0]}`;
    await gw.emulator.control('PATCH', path, { lead: { QualificationStatus: 'Disqualified' } });
    await gw.emulator.release();
    expect((await answer).data.updateLead).toMatchObject({
      changed: false,
      conflict: {
        changedFields: ['qualificationStatus'],
        overlappingFields: ['qualificationStatus'],
        current: { qualificationStatus: 'Disqualified' },
      },
      userErrors: [{ path: ['input', 'patch'], code: 'CONFLICT' }],
    });
  });

  test('the version that the caller has seen decides what is a conflict, to the nanosecond', async () => {
    const id = await newLead();
    const seen = (await gw.query(`{ lead(id: "${id}") { modifiedAt } }`)).data.lead.modifiedAt;
    expect(seen).toMatch(/\.\d{9}Z$/);
    const path = `leads/${id.split('/')[0]}`;
    await gw.emulator.control('PATCH', path, { lead: { Customer: { Industry: 'Retail' } } });
    const change = { id, patch: { customer: { industry: 'Gaming' } }, expectedModifiedAt: seen };
    const conflict = (await updateLead(change)).data.updateLead;
    expect(conflict).toMatchObject({
      conflict: { overlappingFields: ['customer.industry'] },
      userErrors: [{ path: ['input', 'expectedModifiedAt'], code: 'CONFLICT' }],
    });
    const other = await updateLead({ ...change, patch: { qualificationStatus: 'Qualified' } });
    expect(other.data.updateLead).toMatchObject({ changed: true, userErrors: [] });
    // A gateway that has never had that version cannot determine what others have changed.
    await using cold = await gatewayOn(emulator.url);
    const unknown = await cold.query(update, {
      input: { ...change, patch: { customer: { industry: 'Travel' } } },
    });
    expect(unknown.data.updateLead.conflict).toMatchObject({
      changedFields: null,
      overlappingFields: ['customer.industry'],
    });
  });

  test('a lost answer is found out: the interaction is there once', async () => {
    const id = await newLead();
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'UpdateEngagementContext' });
    const { data } = await updateLead({
      id,
      patch: { qualificationStatus: 'Qualified' },
      addInteraction: interaction,
    });
    expect(data.updateLead).toMatchObject({ changed: true, userErrors: [] });
    expect(data.updateLead.lead.interactions).toHaveLength(2);
  });
});

test('a dry run counts the calls of a board, a new lead and a change', async () => {
  const dry = async (query: string, variables: object = {}) =>
    (await gw.query(query, variables, { 'x-upstream-dry-run': '1' })).extensions.upstream.dryRun.calls;
  expect(await dry('{ leads(first: 30) { nodes { id } } }')).toEqual({
    ListEngagements: 1,
    GetEngagement: 30,
  });
  expect(await dry(create, { input })).toEqual({ CreateEngagement: 1, GetEngagement: 1 });
  const change = { id: 'eng-0123456789abcd/1', patch: { qualificationStatus: 'Qualified' } };
  expect(await dry(update, { input: change })).toEqual({ GetEngagement: 2, UpdateEngagementContext: 1 });
});
