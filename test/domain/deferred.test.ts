import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combinePatches, hasToWait, splitPatch, withoutFields } from '../../src/domain/deferred.ts';
import { merge } from '../../src/domain/patch.ts';
import { leafPaths } from '../../src/domain/paths.ts';
import type { OpportunityRecord } from '../../src/upstream/wire.ts';

const record = (reviewStatus: string, catalog = 'AWS') =>
  ({
    id: 'O1',
    catalog,
    lifeCycle: { reviewStatus, stage: 'Qualified', nextSteps: 'Call' },
    project: { title: 'Migration', deliveryModels: ['Other'] },
  }) as unknown as OpportunityRecord;

describe('a field', () => {
  test.each([
    ['Submitted', 'lifeCycle.nextSteps', true],
    ['In review', 'customer.account.address.city', true],
    ['In review', 'customer.account.companyName', false],
    ['In review', 'project.title', false],
    ['In review', 'lifeCycle.nextStepsHistory', false],
    ['Action Required', 'lifeCycle.nextSteps', true],
    ['Action Required', 'customer.account.address.city', false],
    ['Approved', 'project.title', false],
    ['Approved', 'lifeCycle.nextSteps', false],
    ['Rejected', 'lifeCycle.nextSteps', false],
  ])('in the status %s: that %s has to wait is %s', (status, field, expected) => {
    expect(hasToWait(record(status), field)).toBe(expected);
  });
});

test('a patch is split at the fields that have to wait, edits of lists with their list', () => {
  const patch = {
    lifeCycle: { nextSteps: 'Workshop', reviewComments: 'Good' },
    deliveryModelEdits: { add: ['Resell'] },
  };
  expect(splitPatch(patch, record('In review', 'Sandbox'))).toEqual({
    now: { lifeCycle: { reviewComments: 'Good' } },
    later: { lifeCycle: { nextSteps: 'Workshop' }, deliveryModelEdits: { add: ['Resell'] } },
    laterFields: ['lifeCycle.nextSteps', 'project.deliveryModels'],
  });
});

test('a value that the record has already does not wait', () => {
  expect(splitPatch({ lifeCycle: { nextSteps: 'Call' } }, record('In review')).laterFields).toEqual([]);
});

const leaf = fc.oneof(
  fc.constant(null),
  fc.constantFrom('one', 'two'),
  fc.array(fc.constant('item'), { maxLength: 2 }),
);
const { patch } = fc.letrec<{ patch: object; value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, tie('patch')),
  patch: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
}));

test('two patches that can be combined have the effect of one after the other', () => {
  fc.assert(
    fc.property(patch, patch, patch, (target, first, second) => {
      const both = combinePatches({ ...first }, { ...second });
      if (!both) return;
      expect(merge(target, both)).toEqual(merge(merge(target, first), second));
    }),
  );
});

test('edits of lists are not combined, since they refer to the list before them', () => {
  const edits = { deliveryModelEdits: { add: ['Resell'] } };
  expect(combinePatches(edits, { title: 'x' })).toBeUndefined();
  expect(combinePatches({ title: 'x' }, edits)).toBeUndefined();
});

test('what is left of a patch has none of the fields that were written', () => {
  const whole = { a: { b: 'one', c: 'two' }, d: ['item'] };
  expect(leafPaths(withoutFields(whole, ['a.b']))).toEqual(['a.c', 'd']);
  expect(withoutFields(whole, ['a', 'd'])).toEqual({});
});
