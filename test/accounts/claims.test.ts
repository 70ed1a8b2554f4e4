import { expect, test } from 'vitest';
import { claimValues } from '../../src/accounts/claims.ts';

const org: [unknown, string[]][] = [
  ['emea', ['emea']],
  [
    ['emea', 'apac'],
    ['emea', 'apac'],
  ],
  [7, ['7']],
  [2 ** 53, []],
  [true, ['true']],
  ['', []],
  [[''], []],
  [null, []],
  [{ name: 'emea' }, []],
  [[['emea'], { name: 'emea' }, null, 'apac'], ['apac']],
];

test.each(org)('the claim %j has the values %j', (value, values) => {
  expect(claimValues({ org: value }, 'org')).toEqual(values);
});

test('a claim that is absent has no values, nor has a member that every object inherits', () => {
  expect(claimValues({}, 'org')).toEqual([]);
  expect(claimValues({}, 'constructor')).toEqual([]);
});
