/** What engagements are about: what it costs, alone and on a page, and that it is never older than AWS's list shows. */
import {
  CreateEngagementCommand,
  CreateEngagementContextCommand,
  PartnerCentralSellingClient,
} from '@aws-sdk/client-partnercentral-selling';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { lead, project } from './emulator/payloads.ts';
import { type Data, gatewayOn, type TestGateway } from './kit.ts';
import { type Exchange, tamperingProxy } from './tampering.ts';

const Catalog = 'Sandbox';
let emulator: Emulator;
let proxy: Awaited<ReturnType<typeof tamperingProxy>>;
let client: PartnerCentralSellingClient;
let gw: TestGateway;
/** Engagements about a lead, oldest first. */
const rooms: string[] = [];

/** Another program of the same partner creates an engagement about a lead. */
async function createRoom(ClientToken: string): Promise<string> {
  const Lead = { ...lead(), QualificationStatus: 'Qualified' };
  const Contexts = [{ Type: 'Lead' as const, Payload: { Lead } }];
  const Description = 'Two lines without support';
  const { Id } = await client.send(
    new CreateEngagementCommand({ Catalog, ClientToken, Title: 'Acme Robotics', Description, Contexts }),
  );
  return String(Id);
}

const addProject = (EngagementIdentifier: string, ClientToken: string) =>
  client.send(
    new CreateEngagementContextCommand({
      Catalog,
      ClientToken,
      EngagementIdentifier,
      Type: 'CustomerProject',
      Payload: { CustomerProject: project },
    }),
  );

beforeAll(async () => {
  emulator = await startEmulator({ seed: false });
  proxy = await tamperingProxy(emulator.url);
  client = new PartnerCentralSellingClient({
    region: 'us-east-1',
    endpoint: emulator.url,
    credentials: { accessKeyId: 'TEST', secretAccessKey: 'test' },
  });
  for (let n = 0; n < 12; n++) rooms.push(await createRoom(`room-${n}`));
});
beforeEach(async () => {
  proxy.tamper(() => undefined);
  gw = await gatewayOn(proxy.url);
  return () => gw[Symbol.asyncDispose]();
});
afterAll(async () => {
  client.destroy();
  await proxy[Symbol.asyncDispose]();
  await emulator.stop();
});

const about = `{
  description
  contexts {
    id type
    payload {
      __typename
      ... on LeadContext { qualificationStatus customer { companyName } interactions { contact { email } } }
      ... on CustomerProjectsContext { project { title } }
    }
  }
  lead { customer { companyName } } customerProject { customer { countryCode } } prospectingResult { aws { taskName } }
}`;
const one = (id: string) => `{ node(id: "${id}") { ... on Engagement ${about} } }`;
const many = (ids: readonly string[]) =>
  `{ ${ids.map((id, n) => `e${n}: node(id: "${id}") { ... on Engagement { lead { qualificationStatus } } }`).join(' ')} }`;

describe('the contexts of an engagement', () => {
  test('an engagement has its description and contexts, each of its own type, for one call beside the list', async () => {
    const [id = ''] = rooms;
    await addProject(id, 'project-of-the-first');
    const { data, errors, calls } = await gw.query(one(id));
    expect(errors).toBeUndefined();
    expect(data.node).toEqual({
      description: 'Two lines without support',
      contexts: [
        {
          id: '1',
          type: 'LEAD',
          payload: {
            __typename: 'LeadContext',
            qualificationStatus: 'Qualified',
            customer: { companyName: 'Acme Robotics' },
            interactions: [{ contact: { email: 'Hana.Corvane@acme-robotics.example' } }],
          },
        },
        {
          id: '2',
          type: 'CUSTOMER_PROJECT',
          payload: { __typename: 'CustomerProjectsContext', project: { title: project.Project.Title } },
        },
      ],
      lead: { customer: { companyName: 'Acme Robotics' } },
      customerProject: { customer: { countryCode: 'US' } },
      prospectingResult: null,
    });
    expect(calls).toEqual({ ListEngagements: 1, GetEngagement: 1 });
  });

  test('what AWS has found out about a lead is there under aws', async () => {
    const id = rooms[1] ?? '';
    await gw.emulator.control('PATCH', `leads/${id}`, {
      prospectingResult: { TaskName: 'Spring', Customer: { Geo: 'AMER', EligiblePrograms: ['Greenfield'] } },
    });
    const { data } = await gw.query(
      `{ node(id: "${id}") { ... on Engagement { prospectingResult { aws { taskName customer { geo eligiblePrograms } } } } } }`,
    );
    expect(data.node.prospectingResult.aws).toEqual({
      taskName: 'Spring',
      customer: { geo: 'AMER', eligiblePrograms: ['Greenfield'] },
    });
  });

  test('a kind of context that a list shows to be missing costs no call', async () => {
    const { data, calls } = await gw.query(
      `{ node(id: "${rooms[2]}") { ... on Engagement { customerProject { project { title } } } } }`,
    );
    expect([data.node, calls]).toEqual([{ customerProject: null }, { ListEngagements: 1 }]);
  });

  test('engagements that have not changed cost one call for every ten, and a changed one a call of its own', async () => {
    const cold = await gw.query(many(rooms));
    expect(cold.errors).toBeUndefined();
    expect(cold.calls).toEqual({ ListEngagements: 2, GetEngagement: rooms.length });
    const warm = await gw.query(many(rooms));
    expect([warm.data, warm.calls]).toEqual([cold.data, { ListEngagements: 2 }]);

    await gw.emulator.control('PATCH', `leads/${rooms[3]}`, {
      lead: { QualificationStatus: 'Disqualified' },
    });
    const after = await gw.query(many(rooms));
    expect(after.calls).toEqual({ ListEngagements: 2, GetEngagement: 1 });
    expect(after.data.e3.lead).toEqual({ qualificationStatus: 'Disqualified' });
  });

  test('a request that must not be answered from the cache reads every engagement', async () => {
    await gw.query(many(rooms));
    const { calls } = await gw.query(many(rooms), {}, { 'cache-control': 'no-cache' });
    expect(calls).toEqual({ ListEngagements: 2, GetEngagement: rooms.length });
  });

  test('an engagement that fails to be read is an error of its own field', async () => {
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'GetEngagement' });
    const { data, errors } = await gw.query(many(rooms.slice(0, 2)));
    const failed = Object.values(data as Record<string, Data>).filter(({ lead }) => lead === null);
    expect([failed.length, errors?.map(({ extensions }) => extensions.code)]).toEqual([1, ['FORBIDDEN']]);
  });

  test('a kind of content that this schema does not know is null, and reported by AWS’s own name', async () => {
    proxy.tamper(({ operation, answer }: Exchange) => {
      if (operation !== 'GetEngagement') return undefined;
      const contexts = [
        ...(answer.Contexts as object[]),
        { Id: '9', Type: 'Document', Payload: { Document: { Title: 'T' } } },
      ];
      return { ...answer, Contexts: contexts };
    });
    const { data, errors, extensions } = await gw.query(one(rooms[4] ?? ''));
    expect(errors).toBeUndefined();
    expect(data.node.contexts).toMatchObject([
      { id: '1', type: 'LEAD' },
      { id: '9', type: null, payload: null },
    ]);
    expect(extensions.unknownEnumValues).toEqual([
      { path: ['node', 'contexts', 1, 'payload'], type: 'EngagementContextPayload', value: 'Document' },
      { path: ['node', 'contexts', 1, 'type'], type: 'EngagementContextType', value: 'Document' },
    ]);
  });

  test('an answer of AWS that is older than its list does not replace the newer one', async () => {
    const id = rooms[5] ?? '';
    let old: Record<string, unknown> | undefined;
    proxy.tamper(({ operation, answer }: Exchange) => {
      if (operation !== 'GetEngagement') return undefined;
      old ??= answer;
      return undefined;
    });
    const status = `{ node(id: "${id}") { ... on Engagement { lead { qualificationStatus } } } }`;
    await gw.query(status);
    await gw.emulator.control('PATCH', `leads/${id}`, { lead: { QualificationStatus: 'Nurture' } });
    const fresh = await gw.query(status);
    proxy.tamper(({ operation }: Exchange) => (operation === 'GetEngagement' ? old : undefined));
    const stale = await gw.query(status, {}, { 'cache-control': 'no-cache' });
    expect([fresh.data, stale.data]).toEqual([
      { node: { lead: { qualificationStatus: 'Nurture' } } },
      { node: { lead: { qualificationStatus: 'Nurture' } } },
    ]);
  });
});
