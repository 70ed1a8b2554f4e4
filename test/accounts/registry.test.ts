/** Which account a caller may use, and until when one is in use. */
import { describe, expect, test } from 'vitest';
import { createRegistry } from '../../src/accounts/registry.ts';

const callers = (...values: string[]) => ({ claim: 'org', values });
const north = { name: 'north', callers: callers('n', 'both'), account: { id: 1 } };
const south = { name: 'south', callers: callers('s', 'both'), account: { id: 2 } };

function registryOf(
  ...tenants: Parameters<ReturnType<typeof createRegistry<object>>['replace']>[0][number][]
) {
  const registry = createRegistry<object>();
  registry.replace(tenants);
  return registry;
}

/** The account that a caller gets, or the error. */
function chosen(claims: object | undefined, name?: string) {
  try {
    const { account, accounts } = registryOf(north, south).lease({ claims: claims as never, name });
    return [(account as { id: number }).id, ...accounts];
  } catch (error) {
    return (error as { code: string; message: string }).code;
  }
}

describe('the account of a request', () => {
  test.each([
    ["is the caller's only one", { org: 'n' }, undefined, [1, 'north']],
    ['can be named nonetheless', { org: 'n' }, 'north', [1, 'north']],
    ['fits one of several values of the claim', { org: ['x', 's'] }, undefined, [2, 'south']],
    ['is named by a caller that has several', { org: 'both' }, 'south', [2, 'north', 'south']],
    ['has to be named by a caller that has several', { org: 'both' }, undefined, 'BAD_USER_INPUT'],
    ["is not another's", { org: 'n' }, 'south', 'ACCOUNT_NOT_FOUND'],
    ['is not one that does not exist', { org: 'n' }, 'west', 'ACCOUNT_NOT_FOUND'],
    ['is not one whose name every object has', { org: 'n' }, 'constructor', 'ACCOUNT_NOT_FOUND'],
    ['is none for a caller with another claim', { team: 'n' }, undefined, 'ACCOUNT_NOT_FOUND'],
    ['is none for a caller with another value', { org: 'N' }, undefined, 'ACCOUNT_NOT_FOUND'],
    ['can be any if nothing is claimed about the caller', undefined, 'south', [2, 'north', 'south']],
    ['has to be named if nothing is claimed', undefined, undefined, 'BAD_USER_INPUT'],
  ])('%s', (_, claims, name, expected) => expect(chosen(claims, name)).toEqual(expected));

  test('is no token’s without a rule about callers, and everyone’s with the setting of a single account', () => {
    const closed = registryOf({ ...north, callers: undefined });
    expect(() => closed.lease({ claims: { org: 'n' }, name: undefined })).toThrow('no such account');
    expect(closed.lease({ claims: undefined, name: undefined }).account).toBe(north.account);
    const open = registryOf({ ...north, callers: 'everyone' });
    expect(open.lease({ claims: {}, name: undefined }).account).toBe(north.account);
  });

  test('an error names only accounts of the caller, and not more than twenty', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ ...north, name: `north-${index}` }));
    const { lease } = registryOf(...many, south);
    const refused = () => lease({ claims: { org: 'n' }, name: undefined });
    expect(refused).toThrow(/^X-Account: got none, expected one of north-0, .*, north-19, …$/);
    expect(refused).not.toThrow('south');
  });
});

describe('accounts that are replaced', () => {
  const lease = (registry: ReturnType<typeof registryOf>) =>
    registry.lease({ claims: undefined, name: 'north' });

  test('one that is given again stays, with those who use it', () => {
    const registry = registryOf(north, south);
    let replaced = 0;
    lease(registry).onReplaced(() => (replaced += 1));
    const retired = registry.replace([{ ...north, callers: callers('n', 'both') }, south]);
    expect([retired, replaced]).toEqual([[], 0]);
    expect(lease(registry).account).toBe(north.account);
  });

  test('one that is not served any more is idle once the last who uses it has ended, which counts once', async () => {
    const registry = registryOf(north, south);
    const [one, other] = [lease(registry), lease(registry)];
    const [retired, ...more] = registry.replace([south]);
    expect([retired?.account, more]).toEqual([north.account, []]);
    let isIdle = false;
    const idle = retired?.idle.then(() => {
      isIdle = true;
    });
    one.release();
    one.release();
    await Promise.resolve();
    expect(isIdle).toBe(false);
    other.release();
    await idle;
    expect(isIdle).toBe(true);
    expect(() => lease(registry)).toThrow('no such account');
  });

  test('one that no one uses is idle at once', async () => {
    const [retired] = registryOf(north).replace([south]);
    await expect(retired?.idle).resolves.toBeUndefined();
  });

  test('those who use one hear of it, also of new callers, and of what has happened before they asked', () => {
    const registry = registryOf(north, south);
    const heard: string[] = [];
    const [one, other, late, ended] = [lease(registry), lease(registry), lease(registry), lease(registry)];
    one.onReplaced(() => heard.push('one'));
    other.onReplaced(() => heard.push('other'))();
    ended.onReplaced(() => heard.push('ended'));
    ended.release();
    registry.replace([{ ...north, callers: callers('n') }, south]);
    expect(heard).toEqual(['one']);
    late.onReplaced(() => heard.push('late'));
    expect(heard).toEqual(['one', 'late']);
    registry.replace([{ ...north, account: { id: 3 } }]);
    expect(heard).toEqual(['one', 'late', 'one', 'late']);
  });
});
