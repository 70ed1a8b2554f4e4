import { describe, expect, test } from 'vitest';
import type { Data } from '../kit.ts';
import { stopTime } from '../time.ts';
import { composers, routers, sdlFor, supergraph } from './routers.ts';

const names = Object.keys(routers) as (keyof typeof routers)[];

/** Known deviations of the installed router versions; an upgrade may fix them. */
const quirks: Record<keyof typeof routers, { ignoresProvides: boolean; leavesOutIndices: boolean }> = {
  'Hive Gateway': { ignoresProvides: true, leavesOutIndices: true },
  'Apollo Gateway': { ignoresProvides: false, leavesOutIndices: false },
};

describe.each(names)('through %s', (name) => {
  test('200 opportunities of the CRM’s accounts cost ten calls for summary fields', async () => {
    await using graph = await supergraph(name);
    const { data, errors } = await graph.ask(
      '{ accounts { owner opportunities { id lifeCycle { stage } customer { account { companyName } } } } }',
    );
    expect(errors).toBeUndefined();
    const found = data.accounts.flatMap(({ opportunities }: Data) => opportunities);
    expect(found).toHaveLength(200);
    expect(new Set(found.map(({ id }: Data) => id)).size).toBe(200);
    expect(found.every(({ lifeCycle, customer }: Data) => lifeCycle.stage && customer.account)).toBe(true);
    expect(await graph.emulator.calls()).toEqual({ ListOpportunities: 10 });
  });

  test('200 opportunities get their accounts from the CRM', async () => {
    await using graph = await supergraph(name);
    const page = (after: string) =>
      `opportunities(first: 100, sort: { sortBy: IDENTIFIER, sortOrder: ${after} }) { nodes { id account { owner } } }`;
    const { data, errors } = await graph.ask(`{ up: ${page('ASCENDING')} down: ${page('DESCENDING')} }`);
    expect(errors).toBeUndefined();
    const nodes = [...data.up.nodes, ...data.down.nodes];
    expect(new Set(nodes.map(({ id }: Data) => id)).size).toBe(200);
    for (const { id, account } of nodes)
      expect(account?.owner ?? null).toBe(
        ['Ada', 'Grace', 'Edsger', 'Barbara', 'Alan'][Math.floor((Number(id.slice(1)) - 5_000_001) / 40)] ??
          null,
      );
    expect(await graph.emulator.calls()).toEqual({ ListOpportunities: 2 });
  });

  test('a field of the CRM receives the opportunity’s field that it requires', async () => {
    await using graph = await supergraph(name);
    const { data, errors } = await graph.ask(
      '{ opportunities(first: 20) { nodes { forecastQuarter lifeCycle { targetCloseDate } } } }',
    );
    expect(errors).toBeUndefined();
    for (const { forecastQuarter, lifeCycle } of data.opportunities.nodes) {
      const [year, month] = lifeCycle.targetCloseDate.split('-');
      expect(forecastQuarter).toBe(`${year}-Q${Math.ceil(Number(month) / 3)}`);
    }
    expect(await graph.emulator.calls()).toEqual({ ListOpportunities: 1 });
  });

  test('a field that the CRM provides for an opportunity costs no AWS call', async () => {
    await using graph = await supergraph(name);
    const { data, errors } = await graph.ask(
      '{ account(id: "A1") { opportunities { id partnerOpportunityIdentifier } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.account.opportunities[0]).toEqual({
      id: 'O5000001',
      partnerOpportunityIdentifier: 'CRM-10001',
    });
    expect(await graph.emulator.calls()).toEqual(
      quirks[name].ignoresProvides ? { ListOpportunities: 2 } : {},
    );
  });

  test('an opportunity that AWS does not have is null, and its sibling is returned', async () => {
    await using graph = await supergraph(name);
    const { data } = await graph.ask('{ account(id: "A9") { opportunities { id project { title } } } }');
    const [unknown, known] = data.account.opportunities;
    expect(unknown?.project ?? null).toBeNull();
    expect(known).toMatchObject({ id: 'O5000001', project: { title: expect.any(String) } });
  });

  test('an opportunity that AWS denies is an error at its path, and its siblings are returned', async () => {
    await using graph = await supergraph(name);
    await graph.emulator.injectFault({ kind: 'access-denied', operation: 'GetOpportunity' });
    const { data, errors } = await graph.ask(
      '{ account(id: "A1") { opportunities { id marketing { source } } } }',
    );
    const { opportunities } = data.account;
    expect(opportunities.filter((one: Data) => one?.marketing)).toHaveLength(39);
    const failed = opportunities.findIndex((one: Data) => !one?.marketing);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({
      path: ['account', 'opportunities', quirks[name].leavesOutIndices ? 'marketing' : failed],
      extensions: { code: 'FORBIDDEN' },
    });
  });

  test('an enum value that the schema does not know is null without an error, and its siblings arrive', async () => {
    await using graph = await supergraph(name);
    await graph.emulator.patchRecord('O5000001', { LifeCycle: { Stage: 'Closed Won' } });
    const answer = await graph.ask('{ opportunity(id: "O5000001") { lifeCycle { stage reviewStatus } } }');
    // No extensions: neither router forwards those of a subgraph, so that the string itself is lost.
    expect(answer).toEqual({
      data: { opportunity: { lifeCycle: { stage: null, reviewStatus: 'PENDING_SUBMISSION' } } },
    });
  });

  test('a root field that is refused costs itself alone', async () => {
    await using graph = await supergraph(name);
    const { data, errors } = await graph.ask(
      '{ list: opportunities(after: "nope") { nodes { id } } one: opportunity(id: "O5000001") { id } }',
    );
    expect(data).toEqual({ list: null, one: { id: 'O5000001' } });
    expect(errors).toMatchObject([{ path: ['list'], extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('throttled entities have an error with a time to retry', async () => {
    using time = stopTime();
    await using graph = await supergraph(name, { QUOTA_READS_PER_SECOND: '1', REQUEST_TIMEOUT_MS: '1500' });
    const { data, errors } = await time.until(
      graph.ask('{ account(id: "A1") { owner opportunities { id marketing { source } } } }'),
    );
    expect(data.account.owner).toBe('Ada');
    expect(errors?.length).toBeGreaterThan(30);
    for (const { extensions } of errors ?? []) {
      expect(extensions.code).toBe('THROTTLED');
      expect(extensions.retryAfterMs).toBeGreaterThan(0);
    }
  });
});

describe.each(Object.entries(composers))('%s', (_, compose) => {
  test('both routers serve the composed supergraph', async () => {
    await using graph = await supergraph('Hive Gateway');
    const { data } = await graph.gw.query('{ _service { sdl } }');
    const { startCrm } = await import('../../examples/federation/crm.ts');
    const crm = await startCrm();
    for (const name of names) {
      const sdl = sdlFor(name, data._service.sdl);
      await using router = await routers[name](compose(`${graph.gw.url}/graphql`, crm.url, sdl));
      const answer = await router.ask('{ account(id: "A1") { opportunities { id lifeCycle { stage } } } }');
      expect(answer.errors).toBeUndefined();
      expect(answer.data.account.opportunities).toHaveLength(40);
    }
    await crm.stop();
  });
});
