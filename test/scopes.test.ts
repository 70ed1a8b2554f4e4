/** What each operation requires of a token, before anything is read or written. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { input } from './create-input.ts';
import { gateway, type TestGateway } from './kit.ts';
import { tokens } from './tokens.ts';

let gw: TestGateway;
let bearer: Awaited<ReturnType<typeof tokens>>['bearer'];
beforeAll(async () => {
  const issuer = await tokens();
  bearer = issuer.bearer;
  gw = await gateway(issuer.env);
});
afterAll(() => gw[Symbol.asyncDispose]());

const writer = () => bearer('opportunities:write');
const update = (selection: string, more = '') =>
  `mutation ($text: String!${selection.includes('$with') ? ', $with: Boolean = false' : ''}) {
    updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: $text } } }) { ${selection} }
  } ${more}`;
const create = (selection: string) =>
  `mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { ${selection} } }`;

describe('a token with the write scope alone', () => {
  test.each([
    ['a record', update('opportunity { id }')],
    ['only the name of its type', update('opportunity { __typename }')],
    ['a record under an alias', update('a: opportunity { project { title } }')],
    ['the record of a conflict', update('changed conflict { current { id } }')],
    [
      'a record in a fragment',
      update('...Both', 'fragment Both on UpdateOpportunityPayload { opportunity { id } }'),
    ],
    [
      'a record in an inline fragment',
      update('... { ... on UpdateOpportunityPayload { opportunity { id } } }'),
    ],
    ['a new record', create('id opportunity { id }')],
  ])('a mutation that selects %s is refused before it writes', async (_, query) => {
    const before = await gw.emulator.record('O5000002');
    const answer = await gw.query(query, { input, text: 'unread', with: true }, await writer());
    expect([answer.status, answer.data ?? null, answer.calls]).toEqual([403, null, {}]);
    expect(answer.errors).toMatchObject([
      {
        message:
          'Selecting "Opportunity" in a payload requires the scope "opportunities:read", which the token does not have; nothing was written.',
        extensions: { code: 'FORBIDDEN' },
      },
    ]);
    expect(answer.headers.get('www-authenticate')).toContain('scope="opportunities:read"');
    expect(await gw.emulator.record('O5000002')).toEqual(before);
  });

  test('a mutation that selects no record is made, and everything else of its payload is shown', async () => {
    const payload =
      'changed changedFields warnings { message } userErrors { code } conflict { changedFields overlappingFields }';
    const { data, errors } = await gw.query(update(payload), { text: 'One' }, await writer());
    expect(errors).toBeUndefined();
    expect(data.updateOpportunity).toMatchObject({ changed: true, changedFields: ['lifeCycle.nextSteps'] });
    const created = await gw.query(create('id clientToken'), { input }, await writer());
    expect(created.data.createOpportunity.id).toMatch(/^O\d+$/);
  });

  test('a selection that @include leaves out requires no scope', async () => {
    const query = update('changed opportunity @include(if: $with) { id }');
    expect((await gw.query(query, { text: 'Two' }, await writer())).data.updateOpportunity.changed).toBe(
      true,
    );
    expect((await gw.query(query, { text: 'Two', with: true }, await writer())).status).toBe(403);
  });

  test('another operation of the same document requires nothing', async () => {
    const document = `${update('changed').replace('mutation', 'mutation Save')} query Read { opportunity(id: "O5000002") { id } }`;
    const response = await fetch(`${gw.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await writer()) },
      body: JSON.stringify({ query: document, operationName: 'Save', variables: { text: 'Three' } }),
    });
    expect(await response.json()).toMatchObject({ data: { updateOpportunity: { changed: true } } });
  });

  test.each([
    '{ opportunity(id: "O5000002") { id } }',
    '{ opportunities { nodes { id } } }',
    '{ node(id: "O5000002") { id } }',
    '{ _entities(representations: [{ __typename: "Opportunity", id: "O5000002" }]) { __typename } }',
    '{ picklists { stages { value } } }',
    '{ quota { read { perSecond } } }',
    '{ _service { sdl } }',
    '{ __schema { queryType { name } } }',
    '{ __typename }',
  ])('the query %s is refused', async (query) => {
    const { status, calls, errors } = await gw.query(query, {}, await writer());
    expect([status, calls, errors?.[0]?.extensions.code]).toEqual([403, {}, 'FORBIDDEN']);
  });

  test('the cost of a mutation that selects a record is not disclosed either', async () => {
    const headers = { ...(await writer()), 'x-upstream-dry-run': '1' };
    const { status, extensions } = await gw.query(update('opportunity { id }'), { text: 'x' }, headers);
    expect([status, extensions?.upstream?.dryRun]).toEqual([403, undefined]);
  });

  test('a refusal quotes no stored value', async () => {
    const dates = { effectiveDate: '2031-02-03', expirationDate: '2031-03-04' };
    await gw.emulator.patchRecord('O5000003', {
      LifeCycle: { ReviewStatus: 'Pending Submission' },
      SoftwareRevenue: {
        Value: { Amount: '5', CurrencyCode: 'USD' },
        EffectiveDate: dates.effectiveDate,
        ExpirationDate: dates.expirationDate,
      },
    });
    const query = `mutation ($patch: OpportunityPatch!) {
      updateOpportunity(input: { id: "O5000003", patch: $patch }) { userErrors { message } } }`;
    for (const softwareRevenue of [{ expirationDate: '2020-01-01' }, { effectiveDate: '2040-01-01' }]) {
      const { data } = await gw.query(query, { patch: { softwareRevenue } }, await writer());
      expect(data.updateOpportunity.userErrors).toEqual([
        { message: 'End of the software revenue must not be before its start.' },
      ]);
    }
  });
});

test('a token with both scopes selects the record of a payload', async () => {
  const both = await bearer('opportunities:read opportunities:write');
  const { data } = await gw.query(update('opportunity { id }'), { text: 'Four' }, both);
  expect(data.updateOpportunity.opportunity).toEqual({ id: 'O5000002' });
});

describe('a submission', () => {
  const submit = (more = '', selection = 'submitted') =>
    `mutation { submitOpportunity(input: { id: "O5000002", involvementType: CO_SELL ${more} }) { ${selection} } }`;
  const missing = async (query: string, scope: string) => {
    const answer = await gw.query(query, {}, await bearer(scope));
    if (answer.status !== 403) return undefined;
    expect([answer.data ?? null, answer.calls]).toEqual([null, {}]);
    return answer.errors?.[0]?.message;
  };

  test.each([
    [
      'the scope of its own',
      submit(),
      'opportunities:read opportunities:write',
      'This operation requires the scope "opportunities:submit", which the token does not have.',
    ],
    [
      'the write scope for a patch',
      submit(', patch: { project: { title: "T" } }'),
      'opportunities:submit',
      '"patch" of submitOpportunity requires the scope "opportunities:write", which the token does not have.',
    ],
    [
      'the write scope for associations',
      submit(', associate: { solutions: [] }'),
      'opportunities:submit',
      '"associate" of submitOpportunity requires the scope "opportunities:write", which the token does not have.',
    ],
    [
      'the read scope for the task',
      submit('', 'task { id }'),
      'opportunities:submit',
      'Selecting "EngagementFromOpportunityTask" in a payload requires the scope "opportunities:read", which the token does not have; nothing was written.',
    ],
  ])('requires %s', async (_, query, scope, message) => expect(await missing(query, scope)).toBe(message));

  test('needs no other scope if it only submits', async () => {
    expect(await missing(submit(', patch: null'), 'opportunities:submit')).toBeUndefined();
  });

  test('is not allowed by its scope to do anything else', async () => {
    const update = 'mutation { updateOpportunity(input: { id: "O5000002", patch: {} }) { changed } }';
    expect(
      await missing(`${submit().slice(0, -1)} ${update.slice('mutation { '.length)}`, 'opportunities:submit'),
    ).toContain('opportunities:write');
  });
});

describe('a query', () => {
  const opportunity = 'opportunity(id: "O5000002")';
  const engagement = 'engagement(id: "eng-00000000000000")';
  const entities = (type: string, id: string, fragment: string) =>
    `_entities(representations: [{ __typename: "${type}", id: "${id}" }]) { ${fragment} }`;
  const [read, engagements, leads] = ['opportunities:read', 'engagements:read', 'leads:read'];

  test.each([
    ['an opportunity', `{ ${opportunity} { id tags { key } } }`, [read]],
    ['an engagement', `{ ${engagement} { title } }`, [engagements]],
    ['the engagements of an opportunity', `{ ${opportunity} { engagements { id } } }`, [read, engagements]],
    [
      'the opportunities in engagements',
      '{ engagements { nodes { opportunities { ours } } } }',
      [engagements],
    ],
    [
      'an opportunity of an engagement',
      '{ engagements { nodes { opportunities { opportunity { id } } } } }',
      [engagements, read],
    ],
    ['the kinds of contexts', `{ ${engagement} { contexts { payload { __typename } } } }`, [engagements]],
    [
      'a lead in an engagement',
      `{ ${engagement} { contexts { payload { ... on LeadContext { qualificationStatus } } } } }`,
      [engagements, leads],
    ],
    [
      'the other contexts of an engagement',
      `{ ${engagement} { contexts { payload { ... on CustomerProjectsContext { project { title } } } } } }`,
      [engagements],
    ],
    ['tasks', '{ tasks { nodes { id status } } }', [read]],
    [
      'the engagement of a task',
      '{ tasks { nodes { ... on OpportunityFromEngagementTask { engagement { id } } } } }',
      [read, engagements],
    ],
    ['the node of an opportunity', '{ node(id: "O5000002") { id } }', [read]],
    ['the node of an engagement', '{ node(id: "eng-00000000000000") { __typename } }', [engagements]],
    [
      'the node of an engagement, beside a fragment on another type',
      '{ node(id: "eng-00000000000000") { id ... on Opportunity { project { title } } } }',
      [engagements],
    ],
    ['the entity of an opportunity', `{ ${entities('Opportunity', 'O5000002', '__typename')} }`, [read]],
    [
      'the entity of an engagement',
      `{ ${entities('Engagement', 'eng-00000000000000', '... on Engagement { title } ... on Opportunity { id }')} }`,
      [engagements],
    ],
    ['several objects', `{ ${opportunity} { id } ${engagement} { id } }`, [read, engagements]],
    ['nothing of AWS', '{ __typename }', [read]],
  ])('for %s requires exactly the scopes of what it reads', async (_, query, required) => {
    const enough = await gw.query(query, {}, await bearer(required.join(' ')));
    expect(enough.status, JSON.stringify(enough.errors)).toBe(200);
    const all = ['opportunities:read', 'opportunities:write', 'engagements:read', 'leads:read'];
    for (const missing of required) {
      const others = all.filter((scope) => scope !== missing);
      const { status, calls, errors, data } = await gw.query(query, {}, await bearer(others.join(' ')));
      expect([status, calls, data ?? null]).toEqual([403, {}, null]);
      expect(errors?.[0]?.message).toContain(`requires the scope "${missing}"`);
    }
  });

  test('requires the scopes of the ids in its variables, and none of what @include leaves out', async () => {
    const query = `query ($id: ID!, $with: Boolean!) {
      node(id: $id) { ... on Opportunity { id engagements @include(if: $with) { id } } } }`;
    const status = async (variables: object, scope: string) =>
      (await gw.query(query, variables, await bearer(scope))).status;
    expect(await status({ id: 'O5000002', with: false }, 'opportunities:read')).toBe(200);
    expect(await status({ id: 'O5000002', with: true }, 'opportunities:read')).toBe(403);
    expect(await status({ id: 'eng-00000000000000', with: true }, 'engagements:read')).toBe(200);
    expect(await status({ id: 'eng-00000000000000', with: true }, 'opportunities:read')).toBe(403);
  });

  test('that spreads a fragment in many places is judged for each type that it applies to', async () => {
    const query = `{ a: node(id: "O5000002") { ...F } b: node(id: "eng-00000000000000") { ...F } }
      fragment F on Node { id ... on Engagement { opportunities { ours } } }`;
    const answer = await gw.query(query, {}, await bearer('opportunities:read'));
    expect(answer.errors?.[0]?.message).toBe(
      'Selecting "Engagement" requires the scope "engagements:read", which the token does not have.',
    );
  });
});
