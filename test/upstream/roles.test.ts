/** Roles: assumed when they are needed, renewed in time, and left alone after a failure. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createRoles } from '../../src/upstream/roles.ts';
import { startSts } from '../sts.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

const arn = 'arn:aws:iam::111122223333:role/partner';
const minutes = 60_000;

/** A role, a clock that a test moves, and the STS that it is assumed at. */
async function roles({ lifetimeMs = 60 * minutes } = {}) {
  vi.useFakeTimers({ toFake: ['Date'] });
  const sts = await startSts({ lifetimeMs });
  vi.stubEnv('AWS_ENDPOINT_URL_STS', sts.url);
  const logged: string[] = [];
  const write = (details: object, message: string) =>
    void logged.push(`${message} ${JSON.stringify(details)}`);
  let time = 0;
  const credentialsOf = createRoles({
    base: async () => ({ accessKeyId: 'BASE', secretAccessKey: 'base' }),
    clock: { now: () => time },
  });
  const log = { warn: write, info: write };
  return {
    sts,
    logged,
    credentialsOf,
    log,
    role: (name = arn) =>
      credentialsOf({ arn: name, externalId: 'x', region: 'us-east-1', sessionName: 's' }, log),
    pass(ms: number) {
      time += ms;
      vi.setSystemTime(Date.now() + ms);
    },
    [Symbol.asyncDispose]: () => sts[Symbol.asyncDispose](),
  };
}

/** The access key that a role has, or why it has none. */
const keyOf = (provide: () => Promise<{ accessKeyId: string }>) =>
  provide().then(
    ({ accessKeyId }) => accessKeyId,
    (error: Error) => error.message,
  );

describe('a role', () => {
  test('is assumed at the STS that the environment names, with the credentials of the process, once for all who need it', async () => {
    await using on = await roles();
    const role = on.role();
    expect(on.sts.calls).toEqual([]);
    expect(await Promise.all([keyOf(role), keyOf(role)])).toEqual(['KEYpartner1', 'KEYpartner1']);
    expect(on.sts.calls).toEqual([{ role: arn, session: 's', externalId: 'x', signedBy: 'BASE' }]);
  });

  test('is assumed again before its credentials expire, and no one waits for it', async () => {
    await using on = await roles();
    const role = on.role();
    await keyOf(role);
    on.pass(53 * minutes);
    expect(await keyOf(role)).toBe('KEYpartner1');
    expect(on.sts.calls).toHaveLength(1);
    on.pass(2 * minutes);
    const release = on.sts.hold();
    expect(await keyOf(role)).toBe('KEYpartner1');
    expect(await keyOf(role)).toBe('KEYpartner1');
    release();
    await vi.waitFor(async () => expect(await keyOf(role)).toBe('KEYpartner2'));
    expect(on.sts.calls).toHaveLength(2);
  });

  test('whose credentials have expired is waited for', async () => {
    await using on = await roles();
    const role = on.role();
    await keyOf(role);
    on.pass(61 * minutes);
    expect(await keyOf(role)).toBe('KEYpartner2');
  });

  test('whose credentials last less than the margin is not assumed for every call', async () => {
    await using on = await roles({ lifetimeMs: 4 * minutes });
    const role = on.role();
    for (let call = 0; call < 3; call++) await keyOf(role);
    expect(on.sts.calls).toHaveLength(1);
  });

  test('that is denied is asked for again after a pause that doubles, and is reported once', async () => {
    await using on = await roles();
    const role = on.role();
    on.sts.denied.add(arn);
    const refusal = 'The role could not be assumed (AccessDenied).';
    for (let call = 0; call < 3; call++) expect(await keyOf(role)).toBe(refusal);
    expect(on.sts.calls).toHaveLength(1);
    on.pass(1_000);
    expect(await keyOf(role)).toBe(refusal);
    on.pass(1_999);
    expect(await keyOf(role)).toBe(refusal);
    expect(on.sts.calls).toHaveLength(2);
    on.sts.denied.clear();
    on.pass(1);
    expect(await keyOf(role)).toBe('KEYpartner3');
    expect(on.logged).toEqual([
      'role not assumed; trying again {"error":"AccessDenied"}',
      'role assumed again {}',
    ]);
  });

  test('that cannot be renewed has its old credentials until they expire', async () => {
    await using on = await roles();
    const role = on.role();
    await keyOf(role);
    on.sts.denied.add(arn);
    on.pass(55 * minutes);
    expect(await keyOf(role)).toBe('KEYpartner1');
    await vi.waitFor(() => expect(on.logged).toHaveLength(1));
    expect(await keyOf(role)).toBe('KEYpartner1');
    on.pass(6 * minutes);
    expect(await keyOf(role)).toBe('The role could not be assumed (AccessDenied).');
  });

  test('whose credentials AWS refuses is assumed again, and not because of any other error', async () => {
    await using on = await roles();
    const role = on.role();
    await keyOf(role);
    role.refused(Object.assign(new Error(), { name: 'ThrottlingException' }));
    expect(await keyOf(role)).toBe('KEYpartner1');
    role.refused(Object.assign(new Error(), { name: 'ExpiredTokenException' }));
    expect(await keyOf(role)).toBe('KEYpartner2');
  });

  test('that fails costs another one nothing', async () => {
    await using on = await roles();
    const other = `${arn}-2`;
    on.sts.denied.add(arn);
    const [denied, allowed] = [on.role(), on.role(other)];
    expect(await keyOf(denied)).toBe('The role could not be assumed (AccessDenied).');
    expect(await keyOf(allowed)).toBe('KEYpartner-22');
  });
});
