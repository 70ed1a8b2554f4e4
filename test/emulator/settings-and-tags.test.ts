import {
  CreateOpportunityCommand,
  GetOpportunityCommand,
  GetSellingSystemSettingsCommand,
  ListTagsForResourceCommand,
  PutSellingSystemSettingsCommand,
  StartEngagementFromOpportunityTaskCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Body, refusal, submittableCreate, testEmulator, validCreate, violations } from './kit.ts';

const on = testEmulator();
const Catalog = 'Sandbox';

describe('selling system settings', () => {
  const role = 'arn:aws:iam::123456789012:role/service/Snapshots';
  const read = async (catalog = Catalog) =>
    (await on.wire('GetSellingSystemSettings', { Catalog: catalog })).body;
  const put = (ResourceSnapshotJobRoleIdentifier?: string) =>
    on.client.send(new PutSellingSystemSettingsCommand({ Catalog, ResourceSnapshotJobRoleIdentifier }));

  test('contain no role at first, then the one that was put, and none again after a put without one', async () => {
    expect(await read()).toEqual({ Catalog, ResourceSnapshotJobRoleArn: null });
    expect((await put(role)).ResourceSnapshotJobRoleArn).toBe(role);
    expect(await read()).toEqual({ Catalog, ResourceSnapshotJobRoleArn: role });
    await put();
    expect(await read()).toEqual({ Catalog, ResourceSnapshotJobRoleArn: null });
  });

  test('turn the name of a role into its ARN', async () => {
    expect((await put('Snapshots')).ResourceSnapshotJobRoleArn).toBe(
      'arn:aws:iam::123456789012:role/Snapshots',
    );
  });

  test('are each account’s and each catalog’s own', async () => {
    await put(role);
    expect(await read('AWS')).toMatchObject({ ResourceSnapshotJobRoleArn: null });
    const client = await on.partner('SECOND');
    const theirs = await client.send(new GetSellingSystemSettingsCommand({ Catalog }));
    expect(theirs.ResourceSnapshotJobRoleArn).toBeUndefined();
  });

  test('refuse the role of another account', async () => {
    expect(await refusal(put('arn:aws:iam::210987654321:role/Snapshots'))).toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test.each(['', 'a role', 'x'.repeat(65), 'arn:aws:iam::1:role/Snapshots'])(
    'refuse the role %j',
    async (name) => {
      const { body } = await on.wire('PutSellingSystemSettings', {
        Catalog,
        ResourceSnapshotJobRoleIdentifier: name,
      });
      expect(violations(body)).toEqual([['INVALID_STRING_FORMAT', 'resourceSnapshotJobRoleIdentifier']]);
    },
  );
});

describe('tags', () => {
  const arnOf = async (client = on.client, token = 'a') => {
    const { Id } = await client.send(new CreateOpportunityCommand(validCreate(token)));
    return String((await client.send(new GetOpportunityCommand({ Catalog, Identifier: Id }))).Arn);
  };
  const list = async (ResourceArn: string) =>
    (await on.client.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;
  const tag = (ResourceArn: string, tags: Record<string, string>) =>
    on.client.send(
      new TagResourceCommand({
        ResourceArn,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );

  test('are added, replaced by key and removed, and an unknown key is not an error', async () => {
    const arn = await arnOf();
    expect(await list(arn)).toEqual([]);
    await tag(arn, { team: 'east', tier: '1' });
    await tag(arn, { tier: '2', ['__proto__']: 'x' });
    expect(await list(arn)).toEqual([
      { Key: 'team', Value: 'east' },
      { Key: 'tier', Value: '2' },
      { Key: '__proto__', Value: 'x' },
    ]);
    await on.client.send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: ['team', 'unknown'] }));
    expect((await list(arn))?.map(({ Key }) => Key)).toEqual(['tier', '__proto__']);
  });

  test('do not move the date of an opportunity', async () => {
    const arn = await arnOf();
    const id = arn.split('/').at(-1);
    const before = await on.read(id);
    await tag(arn, { team: 'east' });
    expect(await on.read(id)).toEqual(before);
  });

  test('can be given at create, and to a submission for its snapshot job', async () => {
    const Tags = [{ Key: 'team', Value: 'east' }];
    const { Id } = await on.client.send(new CreateOpportunityCommand({ ...submittableCreate(), Tags }));
    expect(await list(String((await on.read(Id)).Arn))).toEqual(Tags);
    const { ResourceSnapshotJobId } = await on.client.send(
      new StartEngagementFromOpportunityTaskCommand({
        Catalog,
        ClientToken: 't',
        Identifier: Id,
        AwsSubmission: { InvolvementType: 'Co-Sell' },
        Tags,
      }),
    );
    const job = `arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/resource-snapshot-job/${ResourceSnapshotJobId}`;
    expect(await list(job)).toEqual(Tags);
  });

  test.each([
    [
      'an unknown opportunity',
      'arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/opportunity/O404',
    ],
    ['an unknown catalog', 'arn:aws:partnercentral:us-east-1:123456789012:catalog/Nowhere/opportunity/O1'],
    [
      'an unknown job',
      'arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/resource-snapshot-job/job-0000000000404',
    ],
    ['a solution', 'arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/solution/S-1234567'],
  ])('are refused for %s', async (_what, arn) => {
    expect(await refusal(tag(arn, { a: 'b' }))).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('of another account’s opportunity are neither shown nor changed', async () => {
    const arn = await arnOf(await on.partner('SECOND'));
    expect(await refusal(list(arn))).toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await refusal(tag(arn, { a: 'b' }))).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('are at most two hundred', async () => {
    const arn = await arnOf();
    const numbered = (from: number, to: number) =>
      Object.fromEntries(Array.from({ length: to - from }, (_, index) => [`key-${from + index}`, '']));
    await tag(arn, numbered(0, 200));
    await tag(arn, numbered(100, 200));
    expect(await refusal(tag(arn, numbered(200, 201)))).toMatchObject({
      ErrorList: [{ Code: 'TOO_MANY_VALUES', FieldName: 'tags' }],
    });
    expect(await list(arn)).toHaveLength(200);
  });

  test.each<[string, Body, string, string]>([
    ['TagResource', { Tags: [] }, 'NOT_ENOUGH_VALUES', 'tags'],
    ['TagResource', { Tags: [{ Key: '', Value: 'x' }] }, 'INVALID_STRING_FORMAT', 'tags.key'],
    ['TagResource', { Tags: [{ Key: 'x' }] }, 'REQUIRED_FIELD_MISSING', 'tags.value'],
    ['UntagResource', { TagKeys: Array(51).fill('x') }, 'TOO_MANY_VALUES', 'tagKeys'],
    ['UntagResource', { Tags: [] }, 'REQUIRED_FIELD_MISSING', 'tagKeys'],
    [
      'ListTagsForResource',
      { ResourceArn: 'arn:aws:partnercentral:us-east-1::catalog/Sandbox/engagement/eng-1' },
      'INVALID_STRING_FORMAT',
      'resourceArn',
    ],
  ])('%s refuses %j', async (operation, input, code, field) => {
    const ResourceArn = await arnOf();
    const { body } = await on.wire(operation, { ResourceArn, ...input });
    expect(violations(body)).toEqual([[code, field]]);
  });
});
