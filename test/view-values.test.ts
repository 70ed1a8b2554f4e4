/** Values planted in what a caller does not see: no field of the graph returns one, whoever has read what before. */
import fc from 'fast-check';
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everyField } from '../bench/tools/queries.ts';
import { directiveOf } from '../src/graphql/directives.ts';
import { call, untilJob } from './bulk-kit.ts';
import type { Data } from './kit.ts';
import { gatewaySchema } from './schema.ts';
import { by, everyone, north, type ViewedGateway, viewed } from './view-kit.ts';

const schema = gatewaySchema();
const mark = 'Zxq';
const identifier = 'partnerOpportunityIdentifier';
const runs = Number(process.env.RUNS ?? 20);
const seed = process.env.SEED ? { seed: Number(process.env.SEED) } : {};

/** What `north` may receive of others: the ids that it sends itself, or that its own records refer to. */
const hiddenId = 'O5000150';
/** One that can be submitted as it is. It leaves the view afterwards. */
const submittedId = 'O5000001';
const foreign = /Zxq|O5000001|O5000[12]\d\d|CRM-10[12]\d\d/;

let close: () => PromiseLike<void>;
let gateways: ViewedGateway[];
let jobId: string;
let taskId: string;

const limits = {
  MAX_UPSTREAM_CALLS: '0',
  MAX_RECORDS: '100000',
  MAX_DOCUMENT_TOKENS: '100000',
  MAX_DEPTH: '30',
  CACHE_FRESH_MS: '600000',
};

beforeAll(async () => {
  const started = await viewed(
    { ...limits, INDEX: 'on', PLANS_FROM_USE: '1' },
    { ...limits, PLANS_FROM_USE: '1' },
  );
  gateways = [...started.gateways];
  close = () => started[Symbol.asyncDispose]();
  const { emulator } = started.gateways[0];
  await Promise.all(
    Array.from({ length: 151 }, (_, n) =>
      emulator.patchRecord(
        `O${5_000_100 + n}`,
        {
          Customer: { Account: { CompanyName: `${mark} ${n}`, WebsiteUrl: `https://${mark}.example` } },
          Project: { Title: mark, CustomerBusinessProblem: mark, CompetitorName: mark },
          LifeCycle: { NextSteps: mark, ReviewComments: mark },
          Marketing: { CampaignName: mark },
        },
        { touch: true },
      ),
    ),
  );
  const [gw] = started.gateways;
  const submit = `mutation { submitOpportunity(input: { id: "${submittedId}", involvementType: CO_SELL, associate: { solutions: ["S-1234567"] }, waitMs: 0 }) { task { id } userErrors { message } } }`;
  const { submitOpportunity } = (await gw.query(submit, {}, everyone)).data;
  taskId = submitOpportunity.task.id;
  const items = [hiddenId, 'O5000009'].map((id) => ({ id, patch: { lifeCycle: { nextSteps: mark } } }));
  jobId = (await call(gw.as(everyone), 'bulkUpdateOpportunities', { items })).job.id;
  await untilJob(gw.as(everyone), jobId);
  await emulator.patchRecord('O5000009', { Project: { RelatedOpportunityIdentifier: hiddenId } });
  const title = { Project: { Title: mark }, PartnerOpportunityIdentifier: mark };
  await emulator.patchRecord(submittedId, title, { touch: true });
  // A look-up of an identifier that no opportunity has makes the gateway ask for changes.
  await gw.query(`{ opportunityByPartnerIdentifier(${identifier}: "-") { id } }`, {}, everyone);
});
afterAll(() => close());

const refusedScopes = /^(engagements|leads|invitations):/;
const openTypes = new Set(['OpportunityHistoryEntry', 'ResourceSnapshot']);

/** Whether callers with a view are refused what requires the scopes of this. */
const isRefused = (element: Parameters<typeof directiveOf>[0] & { name: string }): boolean =>
  !openTypes.has(element.name) &&
  ((directiveOf(element, 'requiresScopes')?.scopes ?? []) as string[][])
    .flat()
    .some((scope) => refusedScopes.test(scope));

const samples: Record<string, unknown> = {
  Boolean: true,
  Date: '2031-01-31',
  DateTime: '2031-01-31T00:00:00Z',
  Decimal: '1',
  Int: 20,
};

/** A valid value of a type, with no more than it requires; ids are that of an opportunity. */
function sampleOf(type: GraphQLInputType, id: string): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType, id);
  if (isListType(type)) return [sampleOf(type.ofType, id)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (type.name === '_Any') return { __typename: 'Opportunity', id };
  if (!isInputObjectType(type)) return samples[type.name] ?? id;
  const fields = Object.values(type.getFields());
  const given = type.isOneOf ? fields.slice(0, 1) : fields.filter((field) => isNonNullType(field.type));
  return Object.fromEntries(given.map((field) => [field.name, sampleOf(field.type, id)]));
}

type Field = GraphQLField<unknown, unknown>;

/** Whether a field can be selected without arguments, by callers with a view. */
const isOpen = (field: Field): boolean =>
  !isRefused(field) &&
  !isRefused(getNamedType(field.type)) &&
  field.args.every(({ type, defaultValue }) => !isNonNullType(type) || defaultValue !== undefined);

/** The types of which one is selected where a field returns an interface or a union. */
const possibleTypes = (type: GraphQLNamedType): readonly GraphQLObjectType[] =>
  isAbstractType(type) ? schema.getPossibleTypes(type).filter((one) => !isRefused(one)) : [];

/**
 * Every field of a type that callers with a view may select, each type once on a path; opportunities by fragments.
 *
 * @param variant which one is selected of several types
 */
function selectionOf(type: GraphQLNamedType, variant: number, above: readonly string[] = []): string {
  if (isLeafType(type)) return '';
  const types = possibleTypes(type);
  const one = types[variant % types.length];
  if (one) return `{ __typename ... on ${one.name} ${selectionOf(one, variant, above)} }`;
  if (!isObjectType(type)) return '';
  if (type === opportunity) return above.includes('Opportunity') ? '{ ...Plain }' : '{ ...Whole }';
  const inside = [...above, type.name];
  const fields = Object.values(type.getFields()).flatMap((field: Field) => {
    const named = getNamedType(field.type);
    if (!isOpen(field) || (inside.includes(named.name) && named !== opportunity)) return [];
    const below = selectionOf(named, variant, inside);
    return isLeafType(named) || below ? `${field.name} ${below}` : [];
  });
  return fields.length > 0 ? `{ ${fields.join(' ')} }` : '';
}

const opportunity = schema.getType('Opportunity') as GraphQLObjectType;
const whole = Object.values(opportunity.getFields())
  .filter(isOpen)
  .map((field) => `${field.name} ${selectionOf(getNamedType(field.type), 0, ['Opportunity'])}`);
const fragments: Record<string, string> = {
  Whole: `fragment Whole on Opportunity { ${whole.join(' ')} }`,
  Plain: `fragment Plain on Opportunity { ${everyField(schema, 'Opportunity')} }`,
};
/** The fragments that a selection spreads. */
const fragmentsIn = (text: string): string =>
  text.includes('...Whole')
    ? Object.values(fragments).join(' ')
    : text.includes('...Plain')
      ? (fragments.Plain as string)
      : '';

const rootFields = (root: GraphQLObjectType | null | undefined): Field[] =>
  Object.values(root?.getFields() ?? {}).filter(
    (field) => !isRefused(field) && !isRefused(getNamedType(field.type)),
  );

/** An operation for one field of a root. `id` is used wherever an argument needs one. */
function operationOf(
  kind: string,
  field: Field,
  { id = hiddenId, ...args }: Record<string, unknown>,
  variant = 0,
) {
  const values: Record<string, unknown> = { id, ...args };
  const given = field.args.filter(({ name, type }) => isNonNullType(type) || name in args);
  const declared = given.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const variables = Object.fromEntries(
    given.map(({ name, type }) => [name, values[name] ?? sampleOf(type, String(id))]),
  );
  const text = `${field.name} ${passed && `(${passed})`} ${selectionOf(getNamedType(field.type), variant)}`;
  return {
    query: `${kind} ${declared && `(${declared})`} { ${text} } ${fragmentsIn(text)}`,
    variables,
  };
}

/** The arguments that each field is asked with; an ID by default. */
const argumentsOf: Record<string, () => Record<string, unknown>[]> = {
  opportunities: () => [
    { first: 5 },
    { filter: { ids: [hiddenId, 'O5000001'] } },
    { filter: { search: mark } },
    { filter: { customerCompanyNames: [`${mark} 50`] } },
  ],
  opportunityByPartnerIdentifier: () => [{ [identifier]: 'CRM-10150' }, { [identifier]: 'CRM-10009' }],
  opportunityChanges: () => [{ first: 10 }, { first: 5, filter: { ids: [hiddenId] } }],
  attention: () => [{ first: 10 }],
  tasks: () => [{ first: 10 }],
  bulkJob: () => [{ id: jobId }],
  bulkJobs: () => [{ first: 10 }],
  node: () => [hiddenId, 'O5000009', jobId, taskId].map((id) => ({ id })),
  nodes: () => [{ ids: [hiddenId, 'O5000009', jobId, taskId] }],
};
const queries = rootFields(schema.getQueryType()).filter(({ name }) => name !== '_service');
/** As many as one interface has types that callers with a view may select. */
const variants = [0, 1, 2, 3, 4, 5, 6, 7];

test.each(queries.map((field) => [field.name, field] as const))(
  'Query.%s returns no planted value',
  async (name, field) => {
    const asked = new Set<string>();
    for (const args of argumentsOf[name]?.() ?? [hiddenId, 'O5000009'].map((id) => ({ id })))
      for (const variant of variants) {
        const { query, variables } = operationOf('query', field, args, variant);
        const key = JSON.stringify({ query, variables });
        if (asked.has(key)) continue;
        asked.add(key);
        for (const gw of gateways) {
          // What a caller who sees everything has read is cached, and so is its JSON.
          const all = await gw.query(query, variables, everyone);
          const { data, errors, extensions } = await gw.query(query, variables, north);
          const codes = (errors ?? []).map((error) => error.extensions.code);
          // Where a document is refused, nothing is tested.
          expect(codes.filter((code) => code !== 'INDEX_OFF')).toEqual([]);
          expect(all.status).toBe(200);
          expect(JSON.stringify({ data, errors, extensions }).replaceAll(hiddenId, '')).not.toMatch(foreign);
        }
      }
  },
);

test('the walk reaches the fields of an opportunity, and values of those that are seen', async () => {
  const field = queries.find(({ name }) => name === 'opportunity') as Field;
  const { query, variables } = operationOf('query', field, { id: 'O5000009' });
  for (const name of ['awsSummary', 'history', 'pendingEdits', 'relatedOpportunity', 'submissions', 'tags'])
    expect(query).toContain(name);
  const { data } = await (gateways[0] as ViewedGateway).query(query, variables, north);
  expect(data.opportunity.partnerOpportunityIdentifier).toBe('CRM-10009');
  expect(data.opportunity.relatedOpportunity).toBeNull();
});

const mutations = rootFields(schema.getMutationType());

test.each(mutations.map((field) => [field.name, field] as const))(
  'Mutation.%s returns no planted value, and changes nothing that is not seen',
  async (_name, field) => {
    const [gw] = gateways as [ViewedGateway];
    const before = await gw.emulator.record(hiddenId);
    const { query, variables } = operationOf('mutation', field, { id: hiddenId });
    const { data, errors, extensions } = await gw.query(query, variables, north);
    expect(JSON.stringify({ data, errors, extensions }).replaceAll(hiddenId, '')).not.toMatch(foreign);
    expect(await gw.emulator.record(hiddenId)).toEqual(before);
  },
);

/** The callers of the property, by the prefixes of what they see. */
const callers: [Record<string, string>, string[]][] = [
  [by('north', 'ada'), ['CRM-100']],
  [by('south', 'bob'), ['CRM-101']],
  [by('north-east', 'carl'), ['CRM-1008', 'CRM-1009']],
  [by(['south', 'north-east'], 'dora'), ['CRM-101', 'CRM-1008', 'CRM-1009']],
  [by('nowhere', 'fred'), []],
  [everyone, ['']],
];

const idOf = fc.integer({ min: 80, max: 120 }).map((n) => `O${5_000_000 + n}`);
const callerOf = fc.integer({ min: 0, max: callers.length - 1 });
const step = fc.oneof(
  fc.record({ kind: fc.constantFrom('one', 'list', 'nodes', 'feed', 'update'), caller: callerOf, id: idOf }),
  fc.record({
    kind: fc.constant('move'),
    caller: callerOf,
    id: idOf,
    to: fc.constantFrom('CRM-10085', 'CRM-10150', 'CRM-10005', 'other'),
  }),
);

test('with random reads and writes of several callers, each receives and changes what it sees alone', async () => {
  const [, gw] = gateways as [ViewedGateway, ViewedGateway];
  const identifiers = new Map<string, string>();
  for (let n = 80; n <= 120; n++) identifiers.set(`O${5_000_000 + n}`, `CRM-${10_000 + n}`);
  const documents: Record<string, string> = {
    one: 'query ($id: ID!) { opportunity(id: $id) { id partnerOpportunityIdentifier } }',
    nodes:
      'query ($id: ID!) { nodes(ids: [$id, "O5000085", "O5000105"]) { id ... on Opportunity { partnerOpportunityIdentifier } } }',
    list: '{ opportunities(first: 100) { nodes { id partnerOpportunityIdentifier } } }',
    feed: '{ opportunityChanges(first: 100) { changes { opportunity { id partnerOpportunityIdentifier } } } }',
    update:
      'mutation ($id: ID!, $patch: OpportunityPatch!) { updateOpportunity(input: { id: $id, patch: $patch }) { changed opportunity { id partnerOpportunityIdentifier } userErrors { code } } }',
  };
  let count = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      for (const one of steps) {
        const [headers, prefixes] = callers[one.caller] as (typeof callers)[number];
        const isSeen = (identifier: string | undefined) =>
          prefixes.includes('') || prefixes.some((prefix) => identifier?.startsWith(prefix));
        const { kind, id } = one;
        const patch =
          'to' in one
            ? { partnerOpportunityIdentifier: one.to }
            : { lifeCycle: { nextSteps: `Step ${count++}` } };
        const { data } = await gw.query(
          documents[kind] ?? (documents.update as string),
          { id, patch },
          headers,
        );
        const before = identifiers.get(id);
        if (data.updateOpportunity?.changed && 'to' in one) identifiers.set(id, one.to);
        if (data.updateOpportunity?.changed)
          expect([isSeen(before), isSeen(identifiers.get(id))]).toEqual([true, true]);
        if (data.updateOpportunity && !isSeen(before))
          expect(data.updateOpportunity.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
        const found: Data[] = [];
        JSON.stringify(data, (_key, value) => {
          if (value?.partnerOpportunityIdentifier !== undefined) found.push(value);
          return value;
        });
        for (const opportunity of found) expect(isSeen(opportunity.partnerOpportunityIdentifier)).toBe(true);
        if (kind === 'one') expect(data.opportunity !== null).toBe(isSeen(before));
      }
    }),
    { numRuns: runs, ...seed },
  );
});
