/** The operations that AWS counts by themselves have quotas of their own, which reads and writes do not share. */
import {
  CreateEngagementCommand,
  PartnerCentralSellingClient,
  StartProspectingFromEngagementTaskCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { expect, test } from 'vitest';
import { lead } from './emulator/payloads.ts';
import { type Data, gateway, type TestGateway } from './kit.ts';

/** Starts a prospecting task; returns its id in the graph. */
async function start(gw: TestGateway): Promise<string> {
  const client = new PartnerCentralSellingClient({
    region: 'us-east-1',
    endpoint: gw.emulator.url,
    credentials: { accessKeyId: 'TEST', secretAccessKey: 'test' },
  });
  const Catalog = 'Sandbox';
  const Contexts = [{ Type: 'Lead' as const, Payload: { Lead: lead() } }];
  const { Id } = await client.send(new CreateEngagementCommand({ Catalog, ClientToken: 'a', Contexts }));
  const task = { Catalog, ClientToken: 'b', Identifiers: [String(Id)], TaskName: 'Spring' };
  const { TaskId } = await client.send(new StartProspectingFromEngagementTaskCommand(task));
  client.destroy();
  return `prospecting-from-engagement-task/${TaskId}`;
}

const quota = async (gw: TestGateway): Promise<Data> => {
  const fields = 'name perSecond remainingNow remaining24h nextCallAt waiting';
  const { data } = await gw.query(`{ quota { classes { ${fields} } read { name remaining24h } } }`);
  return data.quota;
};

test('the quota has every class, with the limits of the settings', async () => {
  await using gw = await gateway({
    QUOTA_READS_PER_SECOND: '10',
    QUOTA_WRITES_PER_SECOND: '1',
    QUOTA_PROSPECTING_START_PER_SECOND: '4',
  });
  const { classes, read } = await quota(gw);
  expect(classes.map(({ name, perSecond }: Data) => [name, perSecond])).toEqual([
    ['read', 10],
    ['write', 1],
    ['prospectingGet', 100],
    ['prospectingList', 50],
    ['prospectingStart', 4],
    ['createEngagement', 15],
  ]);
  for (const { perSecond, remainingNow, nextCallAt, waiting } of classes)
    expect([remainingNow, nextCallAt, waiting]).toEqual([perSecond, null, 0]);
  expect(read).toEqual({ name: 'read', remaining24h: 100_000 });
});

test('reading a prospecting task spends nothing of the quota of reads', async () => {
  await using gw = await gateway({ QUOTA_READS_PER_SECOND: '10' });
  const id = await start(gw);
  const left = async () =>
    Object.fromEntries((await quota(gw)).classes.map(({ name, remaining24h }: Data) => [name, remaining24h]));
  const before = await left();
  const query = `{ node(id: "${id}") { ... on ProspectingFromEngagementTask { total engagements { status } } } }`;
  const { data, headers } = await gw.query(query);
  expect([data.node.total, headers.get('x-upstream-calls')]).toEqual([1, '2']);
  expect(await left()).toEqual({
    ...before,
    prospectingGet: before.prospectingGet - 1,
    prospectingList: before.prospectingList - 1,
  });
});

test('AWS’s refusal of one class slows down that class alone', async () => {
  await using gw = await gateway({ QUOTA_READS_PER_SECOND: '10' });
  const id = await start(gw);
  await gw.emulator.injectFault({ kind: 'throttle', operation: 'GetProspectingFromEngagementTask' });
  const query = `{ node(id: "${id}") { ... on ProspectingFromEngagementTask { engagements { status } } } }`;
  expect((await gw.query(query)).data.node.engagements).toHaveLength(1);
  const { classes } = await quota(gw);
  const left = (name: string) => classes.find((one: Data) => one.name === name).remainingNow;
  expect(left('prospectingGet')).toBeLessThan(99);
  expect(left('read')).toBe(10);
});
