/** The settings of the account, and the tags of opportunities. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tagChanges } from '../src/domain/tags.ts';
import { type Data, gateway, type TestGateway } from './kit.ts';
import { tokens } from './tokens.ts';

let gw: TestGateway;
let bearer: Awaited<ReturnType<typeof tokens>>['bearer'];
beforeAll(async () => {
  const issuer = await tokens();
  bearer = issuer.bearer;
  gw = await gateway(issuer.env);
});
afterAll(() => gw[Symbol.asyncDispose]());

const put = `mutation ($input: PutSellingSystemSettingsInput!) { putSellingSystemSettings(input: $input) {
  sellingSystemSettings { catalog resourceSnapshotJobRoleArn } userErrors { path code message } } }`;
const settings = '{ sellingSystemSettings { resourceSnapshotJobRoleArn } }';
const role = 'arn:aws:iam::123456789012:role/snapshots';

describe('the settings', () => {
  const admin = () => bearer('opportunities:read settings:write');
  const change = async (input: object) => gw.query(put, { input }, await admin());
  const stored = async () => (await gw.query(settings, {}, await admin())).data.sellingSystemSettings;

  test('are set by one write, and read from what AWS has stored', async () => {
    const { data, calls } = await change({ resourceSnapshotJobRole: 'snapshots' });
    expect(data.putSellingSystemSettings).toEqual({
      sellingSystemSettings: { catalog: 'Sandbox', resourceSnapshotJobRoleArn: role },
      userErrors: [],
    });
    expect(calls).toEqual({ PutSellingSystemSettings: 1 });
    const read = await gw.query(settings, {}, await admin());
    expect([read.data.sellingSystemSettings, read.calls]).toEqual([{ resourceSnapshotJobRoleArn: role }, {}]);
  });

  test('lose their role for null only', async () => {
    const absent = await change({});
    expect(absent.data.putSellingSystemSettings).toMatchObject({
      sellingSystemSettings: null,
      userErrors: [{ path: ['input', 'resourceSnapshotJobRole'], code: 'REQUIRED_FIELD_MISSING' }],
    });
    expect(absent.calls).toEqual({});
    const { data } = await change({ resourceSnapshotJobRole: null });
    expect(data.putSellingSystemSettings.sellingSystemSettings.resourceSnapshotJobRoleArn).toBeNull();
    expect(await stored()).toEqual({ resourceSnapshotJobRoleArn: null });
  });

  test('refuse a role that is too long before a call, and one that AWS may not pass as a whole', async () => {
    const long = await change({ resourceSnapshotJobRole: 'r'.repeat(2_049) });
    expect([long.data.putSellingSystemSettings.userErrors.length, long.calls]).toEqual([1, {}]);
    const blank = await change({ resourceSnapshotJobRole: 'no role' });
    expect(blank.data.putSellingSystemSettings.userErrors).toEqual([
      expect.objectContaining({ path: ['input', 'resourceSnapshotJobRole'], code: 'INVALID_STRING_FORMAT' }),
    ]);
    expect(blank.calls).toEqual({});
    const foreign = await change({ resourceSnapshotJobRole: 'arn:aws:iam::999999999999:role/foreign' });
    expect(foreign.data.putSellingSystemSettings).toBeNull();
    expect(foreign.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('are read again after a change whose answer was lost', async () => {
    await change({ resourceSnapshotJobRole: 'before' });
    await gw.emulator.injectFault({ kind: 'error-after', operation: 'PutSellingSystemSettings', times: 10 });
    await change({ resourceSnapshotJobRole: 'after' });
    await gw.emulator.control('DELETE', 'faults');
    expect(await stored()).toEqual({ resourceSnapshotJobRoleArn: role.replace('snapshots', 'after') });
  });

  test('are changed with a scope of their own', async () => {
    const headers = await bearer('opportunities:read opportunities:write');
    const { status, calls } = await gw.query(put, { input: { resourceSnapshotJobRole: null } }, headers);
    expect([status, calls]).toEqual([403, {}]);
  });

  test.each([
    ['without authentication on loopback', { AUTH: 'none' }, 200],
    [
      'not without authentication elsewhere',
      {
        AUTH: 'none',
        HOST: '0.0.0.0',
        AUTH_ALLOW_ANONYMOUS: 'true',
        ALLOWED_HOSTS: '127.0.0.1,0.0.0.0,localhost',
      },
      403,
    ],
  ])('are changed %s', async (_, env, expected) => {
    await using open = await gateway(env);
    const { status } = await open.query(put, { input: { resourceSnapshotJobRole: 'snapshots' } });
    expect(status).toBe(expected);
  });
});

describe('the tags of an opportunity', () => {
  const set = `mutation ($input: SetTagsInput!) { setTags(input: $input) {
    changed opportunity { tags { key value } } userErrors { path code message } } }`;
  const writer = () => bearer('opportunities:read opportunities:write');
  const setTags = async (tags: Record<string, string>, id = 'O5000002') => {
    const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
    return gw.query(set, { input: { id, tags: list } }, await writer());
  };
  const sorted = ({ data }: { data: Data }) =>
    Object.fromEntries(data.setTags.opportunity.tags.map(({ key, value }: Data) => [key, value]));

  test('become what is given, by a list and a write for each kind of change', async () => {
    const first = await setTags({ team: 'emea', tier: 'gold' });
    expect([sorted(first), first.data.setTags.changed]).toEqual([{ team: 'emea', tier: 'gold' }, true]);
    expect(first.calls).toMatchObject({ ListTagsForResource: 1, TagResource: 1 });
    const second = await setTags({ tier: 'silver', owner: 'kim' });
    expect(sorted(second)).toEqual({ tier: 'silver', owner: 'kim' });
    expect(second.calls).toMatchObject({ ListTagsForResource: 1, TagResource: 1, UntagResource: 1 });
    const same = await setTags({ tier: 'silver', owner: 'kim' });
    expect(same.data.setTags.changed).toBe(false);
    expect(same.calls.TagResource ?? same.calls.UntagResource).toBeUndefined();
    const none = await setTags({});
    expect([sorted(none), none.calls.TagResource, none.calls.UntagResource]).toEqual([{}, undefined, 1]);
  });

  test('are checked as a whole before anything is sent', async () => {
    const tags = [
      { key: 'a', value: '1' },
      { key: 'a', value: '2' },
      { key: 'aws:own', value: '' },
      { key: '', value: 'x'.repeat(257) },
    ];
    const { data, calls } = await gw.query(set, { input: { id: 'O5000002', tags } }, await writer());
    expect(data.setTags.userErrors.map(({ path }: Data) => path.join('.'))).toEqual([
      'input.tags.3.key',
      'input.tags.3.value',
      'input.tags.1.key',
      'input.tags.2.key',
    ]);
    expect(calls.ListTagsForResource).toBeUndefined();
  });

  test('of an opportunity that AWS does not have are refused', async () => {
    const { data } = await setTags({ a: 'b' }, 'O999');
    expect(data.setTags).toMatchObject({
      changed: false,
      opportunity: null,
      userErrors: [{ path: ['input', 'id'], code: 'NOT_FOUND' }],
    });
  });

  test('a write whose answer is lost can be sent again', async () => {
    await setTags({ team: 'emea' });
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'UntagResource', times: 10 });
    await setTags({ tier: 'gold' });
    await gw.emulator.control('DELETE', 'faults');
    expect(sorted(await setTags({ tier: 'gold' }))).toEqual({ tier: 'gold' });
  });

  test('are distinguished by their keys: the changes turn any tags into any others, and keep those of AWS', () => {
    const tag = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), value: fc.constantFrom('1', '2') });
    const list = fc.uniqueArray(tag, { selector: ({ key }) => key });
    fc.assert(
      fc.property(list, list, (current, wanted) => {
        const own = { key: 'aws:created', value: 'x' };
        const { set, remove, result } = tagChanges([...current, own], wanted);
        const after = new Map([...current, own].map(({ key, value }) => [key, value]));
        for (const { key, value } of set) after.set(key, value);
        for (const key of remove) after.delete(key);
        expect(after).toEqual(new Map([...wanted, own].map(({ key, value }) => [key, value])));
        expect(after).toEqual(new Map(result.map(({ key, value }) => [key, value])));
        expect(set.length).toBe(
          wanted.filter((one) => !current.some((two) => two.key === one.key && two.value === one.value))
            .length,
        );
      }),
    );
  });
});
