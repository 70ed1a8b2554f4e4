import {
  buildSchema,
  type DocumentNode,
  execute as executeByGraphqlJs,
  type GraphQLObjectType,
  getOperationAST,
  isObjectType,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { describe, expect, test, vi } from 'vitest';
import { Answer } from '../../../src/graphql/execution/answer.ts';
import { GiveUp } from '../../../src/graphql/execution/give-up.ts';
import {
  fieldsWithResolvers,
  handOver,
  plannedField,
  preparePlans,
} from '../../../src/graphql/execution/hand-over.ts';
import { createJsonCache } from '../../../src/graphql/execution/json-cache.ts';
import { createPlans } from '../../../src/graphql/execution/plans.ts';
import type { Run } from '../../../src/graphql/execution/run.ts';
import { isRecord } from '../../../src/graphql/turns.ts';
import { dependOnRecordOnly } from '../../../src/resolvers/index.ts';
import { gatewaySchema } from '../../schema.ts';

type Resolvers = Record<string, Record<string, (...args: never[]) => unknown>>;

const cache = createJsonCache(1_000_000);

/** A small graph with plans: a function that executes an operation by one. */
function graph(sdl: string, resolvers: Resolvers, recordOnly: Record<string, string[]> = {}) {
  const schema = buildSchema(sdl);
  for (const [name, fields] of Object.entries(resolvers)) {
    const type = schema.getType(name) as GraphQLObjectType;
    for (const [field, resolve] of Object.entries(fields))
      Object.assign(type.getFields()[field] ?? {}, { resolve });
  }
  preparePlans(schema, fieldsWithResolvers(schema), recordOnly);
  const planOf = createPlans(1);
  return async (source: string | DocumentNode, variables = {}) => {
    const document = typeof source === 'string' ? parse(source) : source;
    const [operation] = document.definitions;
    if (operation?.kind !== 'OperationDefinition') throw new Error('The operation comes first.');
    const plan = planOf({ schema, document, operation, variables });
    const run: Run = {
      context: {},
      variables,
      cache,
      takeTurn: () => undefined,
      resolved: [],
      unknown: [],
      isOver: false,
    };
    if (!plan) return undefined;
    try {
      return new Answer(await plan.execute(run), cache).toJSON();
    } catch (error) {
      run.isOver = true;
      return (error as GiveUp).reason;
    }
  };
}

describe('a plan', () => {
  const peopleSdl = `
    interface Node { id: ID! }
    type Person implements Node { id: ID! name: String! age: Int friends: [Person!] boss: Person now: Int }
    type Query { person: Person people: [Person]! sooner: Person later: Person boom: Int }`;
  const ada = { id: '1', name: 'Ada', age: 36, friends: [{ id: '2', name: 'Bo' }] };

  test('writes what the schema has, in the order of the selection', async () => {
    const execute = graph(peopleSdl, { Query: { person: () => ada, people: async () => [ada, null] } });
    expect(
      await execute(
        '{ people { age name } a: person { __typename friends { id boss { id } } name } b: __typename }',
      ),
    ).toEqual({
      people: [{ age: 36, name: 'Ada' }, null],
      a: { __typename: 'Person', friends: [{ id: '2', boss: null }], name: 'Ada' },
      b: 'Query',
    });
  });

  test('writes a record once for a selection, unless a field needs more than the record', async () => {
    const boss = vi.fn(() => ada);
    const now = vi.fn(() => 7);
    const record = { id: '3' };
    const execute = graph(
      peopleSdl,
      { Query: { person: () => record }, Person: { boss, now } },
      { Person: ['boss'] },
    );
    const [pure, other] = [parse('{ person { id boss { name } } }'), parse('{ person { id now } }')];
    for (let use = 0; use < 3; use++) {
      expect(await execute(pure)).toEqual({ person: { id: '3', boss: { name: 'Ada' } } });
      expect(await execute(other)).toEqual({ person: { id: '3', now: 7 } });
    }
    expect(boss).toHaveBeenCalledTimes(1);
    expect(now).toHaveBeenCalledTimes(3);
  });

  test.each([
    ['an error', { person: () => Promise.reject(new Error('no')) }, '{ person { id } }', 'error'],
    ['a resolver that throws', { boom: () => expect.fail('no') }, '{ boom }', 'error'],
    ['an error among items', { people: () => [new Error('no')] }, '{ people { id } }', 'error'],
    ['a null where none may be', { person: () => ({ id: null }) }, '{ person { id } }', 'null'],
    ['a null for a list that must be', { people: () => null }, '{ people { id } }', 'null'],
    ['a value of another type', { boom: () => 'text' }, '{ boom }', 'value'],
    ['a member that is a function', { person: () => ({ id: () => '1' }) }, '{ person { id } }', 'value'],
    [
      'a member that is a promise',
      { person: () => ({ id: Promise.resolve('1') }) },
      '{ person { id } }',
      'error',
    ],
  ])('gives up for %s', async (_what, Query, query, reason) => {
    expect(await graph(peopleSdl, { Query })(query)).toBe(reason);
  });

  test('leaves no rejection unhandled if a resolver throws while others are awaited', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    let fail = (_error: Error) => {};
    const execute = graph(peopleSdl, {
      Query: {
        sooner: () =>
          new Promise((_resolve, reject) => {
            fail = reject;
          }),
        boom: () => expect.fail('at once'),
        later: () => ada,
      },
    });
    expect(await execute('{ sooner { id } boom later { id } }')).toBe('error');
    fail(new Error('too late'));
    const people = () => [new Error('first'), Promise.reject(new Error('second'))];
    expect(await graph(peopleSdl, { Query: { people } })('{ people { id } }')).toBe('error');
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test('calls no resolver any more once it has given up', async () => {
    const boss = vi.fn(() => ada);
    let resolveLater = (_person: object) => {};
    const execute = graph(peopleSdl, {
      Query: {
        later: () =>
          new Promise((resolve) => {
            resolveLater = resolve;
          }),
        sooner: async () => {
          throw new Error('no');
        },
      },
      Person: { boss },
    });
    expect(await execute('{ later { boss { id } } sooner { id } }')).toBe('error');
    resolveLater(ada);
    await new Promise((resolve) => setImmediate(resolve));
    expect(boss).not.toHaveBeenCalled();
  });

  test('there is none for introspection, mutations, and fragments that multiply into too many fields', async () => {
    const execute = graph(`${peopleSdl} type Mutation { boom: Int }`, { Query: { person: () => ada } });
    expect(await execute('{ __schema { queryType { name } } }')).toBeUndefined();
    expect(await execute('mutation { boom }')).toBeUndefined();
    const levels = Array.from(
      { length: 14 },
      (_, n) => `fragment F${n} on Person { a: boss { ...F${n + 1} } b: boss { ...F${n + 1} } }`,
    );
    expect(
      await execute(`{ person { ...F0 } } ${levels.join(' ')} fragment F14 on Person { id }`),
    ).toBeUndefined();
  });
});

describe('the plans of a document', () => {
  const schema = buildSchema('type Query { a: Int b: Int c: Int d: Int }');
  const planned = (source: string, variables: Record<string, unknown> = {}) => {
    const document = parse(source);
    return { schema, document, operation: getOperationAST(document) as OperationDefinitionNode, variables };
  };

  test('there is one from the second use on, and none for documents that are sent once', () => {
    const planOf = createPlans(2);
    const hot = planned('{ a }');
    expect(planOf(hot)).toBeNull();
    const plan = planOf(hot);
    expect(plan).not.toBeNull();
    expect(planOf(hot)).toBe(plan);
    const once = Array.from({ length: 1_000 }, (_, n) => planOf(planned(`{ a${n}: a }`)));
    expect(once.every((one) => one === null)).toBe(true);
    expect(planOf(hot)).toBe(plan);
  });

  test('one that gives up each time is tried ever more rarely, until it answers again', () => {
    const planOf = createPlans(1);
    const hot = planned('{ a }');
    const plan = planOf(hot);
    /** The attempts in so many uses. */
    function attempts(uses: number, isAnswered: boolean): number {
      let count = 0;
      for (let use = 0; use < uses; use++) {
        const due = planOf(hot);
        due?.note(isAnswered);
        if (due) count += 1;
      }
      return count;
    }
    plan?.note(false);
    plan?.note(false);
    expect(attempts(1, true)).toBe(1);
    expect(attempts(100, true)).toBe(100);
    expect(attempts(10_000, false)).toBeLessThan(25);
    expect(attempts(1_025, true)).toBeGreaterThanOrEqual(1);
    expect(attempts(100, true)).toBe(100);
  });

  test('there is one for each value of the variables that leave fields out, and at most eight', () => {
    const planOf = createPlans(1);
    const names = ['a', 'b', 'c', 'd'];
    const variables = (bits: number) =>
      Object.fromEntries(names.map((name, n) => [name, Boolean(bits & (1 << n))]));
    const one = planned(`query { ${names.map((name) => `${name} @skip(if: $${name})`).join(' ')} }`);
    const plans = Array.from({ length: 16 }, (_, bits) => planOf({ ...one, variables: variables(bits) }));
    expect(new Set(plans.slice(0, 8)).size).toBe(8);
    expect(plans.slice(8)).toEqual(Array(8).fill(null));
    expect(planOf({ ...one, variables: { ...variables(3), e: 'counts for nothing' } })).toBe(plans[3]);
  });
});

describe('the JSON of records', () => {
  const long = 'x'.repeat(1_000);

  test('an entry is found again while it is used, and dropped when others have taken its room', () => {
    const kept = createJsonCache(20_000);
    const [used, unused, selection] = [{}, {}, {}];
    kept.put(used, selection, long, []);
    kept.put(unused, selection, long, []);
    for (let n = 0; n < 100; n++) {
      kept.put({}, selection, long, []);
      expect(kept.get(used, selection)?.text).toBe(long);
    }
    expect(kept.get(unused, selection)).toBeUndefined();
  });

  test('a response that is asked for again and again is the same bytes, as long as all of its parts are the same', () => {
    const kept = createJsonCache(1_000_000);
    const selection = {};
    const [one, other] = [kept.put({}, selection, '{"a":1}', []), kept.put({}, selection, '{"b":"é"}', [])];
    expect(kept.bytesOf(['[', one, ',', other, ']']).toString()).toBe('[{"a":1},{"b":"é"}]');
    const page = kept.bytesOf(['[', one, ',', other, ']']);
    expect(page.toString()).toBe('[{"a":1},{"b":"é"}]');
    expect(kept.bytesOf(['[', one, ',', other, ']'])).toBe(page);
    expect(kept.bytesOf(['[', one, ',', other, '] ']).toString()).toBe('[{"a":1},{"b":"é"}] ');
    expect(kept.bytesOf(['[', one, ',', one, ']']).toString()).toBe('[{"a":1},{"a":1}]');
    expect(kept.bytesOf(['[', one, ']']).toString()).toBe('[{"a":1}]');
    expect(kept.bytesOf(['[', one, ',', other, ']']).toString()).toBe('[{"a":1},{"b":"é"}]');
  });

  test('bytes count, too', () => {
    const kept = createJsonCache(10_000);
    const [record, selection] = [{}, {}];
    kept.put(record, selection, long, []);
    for (let n = 0; n < 10; n++) kept.bytesOf([kept.put({}, selection, long, [])]);
    expect(kept.get(record, selection)).toBeUndefined();
  });
});

test('what a plan has resolved before it gave up is handed over: no resolver is called twice', async () => {
  const schema = buildSchema('type Query { list: [Int!] ok: Int bad: Int fine(n: Int): Int }');
  const calls: string[] = [];
  const fields = (schema.getQueryType() as GraphQLObjectType).getFields();
  const resolvers = {
    list: () => [1, 2],
    ok: async () => 1,
    fine: (_root: unknown, { n }: { n: number }) => n,
    bad: () => {
      throw new Error('bad');
    },
  };
  for (const [name, resolve] of Object.entries(resolvers))
    Object.assign(fields[name] ?? {}, {
      resolve: (...args: [unknown, { n: number }]) => {
        calls.push(name);
        return resolve(...args);
      },
    });
  preparePlans(schema, fieldsWithResolvers(schema), {});
  const document = parse('{ list ok a: fine(n: 1) bad b: fine(n: 2) }');
  const operation = getOperationAST(document) as OperationDefinitionNode;
  const context = {};
  const resolved: Run['resolved'] = [];
  const plan = createPlans(1)({ schema, document, operation, variables: {} });
  const run = {
    context,
    variables: {},
    cache,
    takeTurn: () => undefined,
    resolved,
    unknown: [],
    isOver: false,
  };
  expect(() => plan?.execute(run)).toThrow(GiveUp);
  expect(calls).toEqual(['list', 'ok', 'fine', 'bad']);
  handOver(context, resolved);
  const { errors, data } = await executeByGraphqlJs({ schema, document, contextValue: context });
  expect(errors?.map(({ message, path }) => ({ message, path }))).toEqual([
    { message: 'bad', path: ['bad'] },
  ]);
  expect(data).toEqual({ list: [1, 2], ok: 1, a: 1, bad: null, b: 2 });
  expect(calls).toEqual(['list', 'ok', 'fine', 'bad', 'fine']);
});

/** The fields of records that need more than the record: a call, a loader, the time, or the caller. A plan resolves them each time. */
const needMore: Record<string, string> = {
  BulkJob: 'waitingFor estimatedEnd createdBy items',
  Engagement:
    'members opportunities snapshots description contexts lead customerProject prospectingResult invitations timeline',
  EngagementInvitation:
    'participantType engagement daysLeft payload invitationMessage engagementDescription existingMembers rejectionReason enrichmentContext acceptance',
  Lead: 'prospecting opportunity conversion',
  Opportunity:
    'awsSummary differences pendingEdits engagements history relatedOpportunity tags solutions submissionReadiness submission submissions',
  ResourceSnapshotJob:
    'arn engagement status resourceType resourceId resourceArn opportunity resourceSnapshotTemplateName createdAt lastSuccessfulExecutionDate lastFailure',
  ResourceSnapshot: 'arn engagement createdAt targetMemberAccounts payload',
  EngagementFromOpportunityTask: 'opportunity engagement engagementInvitation',
  EngagementByAcceptingInvitationTask: 'opportunity engagementInvitation',
  OpportunityFromEngagementTask: 'opportunity engagement',
  ProspectingFromEngagementTask: 'engagements',
};

test('each resolver of a record depends on the record alone, or is known to need more', () => {
  const found: typeof needMore = {};
  for (const type of Object.values(gatewaySchema().getTypeMap())) {
    if (!isObjectType(type) || !isRecord(type)) continue;
    const fields = Object.values(type.getFields()).filter(
      (field) => plannedField(field)?.dependsOnRecordOnly === false,
    );
    if (fields.length > 0) found[type.name] = fields.map(({ name }) => name).join(' ');
  }
  expect(found).toEqual(needMore);
});

test('what is said to depend on the record alone has a resolver', () => {
  const schema = gatewaySchema();
  for (const [typeName, fields] of Object.entries(dependOnRecordOnly))
    for (const name of fields) {
      const field = (schema.getType(typeName) as GraphQLObjectType).getFields()[name];
      expect(field && plannedField(field), `${typeName}.${name}`).toMatchObject({
        dependsOnRecordOnly: true,
      });
    }
});
