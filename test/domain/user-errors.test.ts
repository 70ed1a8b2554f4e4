import type { GraphQLInputObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { fieldPath, toUserErrors } from '../../src/domain/user-errors.ts';
import { Fault } from '../../src/fault.ts';
import { createSchema } from '../../src/schema.ts';

const patch = createSchema().getType('OpportunityPatch') as GraphQLInputObjectType;
const issue = (fieldName: string | undefined, message = 'Wrong.') => ({
  code: 'INVALID_VALUE',
  fieldName,
  message,
});

describe('a field name of AWS', () => {
  test.each([
    ['lifeCycle.targetCloseDate', ['lifeCycle', 'targetCloseDate']],
    ['LifeCycle.TargetCloseDate', ['lifeCycle', 'targetCloseDate']],
    ['ExpectedCustomerSpend.CurrencyCode', ['project', 'expectedCustomerSpend', 'currencyCode']],
    ['stateOrRegion', ['customer', 'account', 'address', 'stateOrRegion']],
    ['relatedEntityIdentifiers.solutions', undefined],
    ['lifeCycle.stage.nothing', undefined],
    [undefined, undefined],
  ])('%s becomes the path %j', (fieldName, path) => expect(fieldPath(patch, issue(fieldName))).toEqual(path));

  test('takes the item of a list from the message, where AWS counts from 1', () => {
    const message = "Value at 'customer.contacts.2.member.email' failed to satisfy constraint: …";
    expect(fieldPath(patch, issue('customer.contacts.email', message))).toEqual([
      'customer',
      'contacts',
      '1',
      'email',
    ]);
    expect(fieldPath(patch, issue(undefined, message))).toEqual(['customer', 'contacts', '1', 'email']);
    const inList = "Value at 'marketing.channels.1.member' failed to satisfy constraint: …";
    expect(fieldPath(patch, issue('marketing.channels', inList))).toEqual(['marketing', 'channels', '0']);
  });
});

describe('a fault', () => {
  const userErrors = (fault: Fault) => toUserErrors(fault, patch, ['input', 'patch']);

  test('about fields becomes an error for each', () => {
    const issues = [
      { code: 'INVALID_VALUE', fieldName: 'lifeCycle.targetCloseDate', message: 'Too early.' },
      {
        code: 'BUSINESS_VALIDATION_EXCEPTION',
        fieldName: 'lifeCycle.targetCloseDate',
        message: 'Too early.',
      },
      { code: 'INVALID_RESOURCE_STATE', fieldName: 'relatedEntityIdentifiers.solutions', message: 'None.' },
    ];
    const path = ['input', 'patch', 'lifeCycle', 'targetCloseDate'];
    expect(userErrors(new Fault('VALIDATION', '', { issues }))).toEqual([
      { path, code: 'INVALID_VALUE', message: 'Too early.' },
      { path, code: 'REFUSED_BY_AWS', message: 'BUSINESS_VALIDATION_EXCEPTION: Too early.' },
      {
        path: ['input'],
        code: 'INVALID_RESOURCE_STATE',
        message: 'relatedEntityIdentifiers.solutions: None.',
      },
    ]);
  });

  test('about no field is an error of the whole input', () => {
    expect(userErrors(new Fault('VALIDATION', 'No.'))).toEqual([
      { path: ['input'], code: 'INVALID_VALUE', message: 'No.' },
    ]);
    expect(userErrors(new Fault('CONFLICT', 'Stale.'))).toEqual([
      { path: ['input'], code: 'CONFLICT', message: 'Stale.' },
    ]);
  });

  test('that the caller cannot put right is none', () => {
    expect(userErrors(new Fault('THROTTLED', 'Later.'))).toBeUndefined();
  });
});
