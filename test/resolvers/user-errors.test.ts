import type { GraphQLInputObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../src/fault.ts';
import { fieldPath, fromFault } from '../../src/resolvers/user-errors.ts';
import { gatewaySchema } from '../schema.ts';

const patch = gatewaySchema().getType('OpportunityPatch') as GraphQLInputObjectType;
const issue = (fieldName: string | undefined, message = 'Wrong.') => ({
  code: 'INVALID_VALUE',
  fieldName,
  message,
});

describe('a field name from AWS', () => {
  test.each([
    ['lifeCycle.targetCloseDate', ['lifeCycle', 'targetCloseDate']],
    ['LifeCycle.TargetCloseDate', ['lifeCycle', 'targetCloseDate']],
    ['ExpectedCustomerSpend.CurrencyCode', ['project', 'expectedCustomerSpend', 'currencyCode']],
    ['stateOrRegion', ['customer', 'account', 'address', 'stateOrRegion']],
    ['relatedEntityIdentifiers.solutions', undefined],
    ['lifeCycle.stage.nothing', undefined],
    ['0', undefined],
    [undefined, undefined],
  ])('the field name %s from AWS becomes the path %j', (fieldName, path) =>
    expect(fieldPath(patch, issue(fieldName), {})).toEqual(path),
  );

  test('a field name of several fields is the one that the caller has sent', () => {
    const one = fieldPath(patch, issue('currencyCode'), {});
    const sent = { softwareRevenue: { value: { currencyCode: 'USD' } } };
    expect(one).not.toEqual(['softwareRevenue', 'value', 'currencyCode']);
    expect(fieldPath(patch, issue('currencyCode'), sent)).toEqual([
      'softwareRevenue',
      'value',
      'currencyCode',
    ]);
  });

  test.each([
    ['Choose one and/or the other, see aws.com.', undefined],
    ['Invalid value for CompanyName.', ['customer', 'account', 'companyName']],
    ['TargetCloseDate is in the past.', ['lifeCycle', 'targetCloseDate']],
    ['The title is too long.', undefined],
  ])('AWS’s message "%s" alone names the field %j', (message, path) => {
    expect(fieldPath(patch, issue(undefined, message), {})).toEqual(path);
  });

  test('the index of a list item is taken from AWS’s message, where it starts at 1', () => {
    const message = "Value at 'customer.contacts.2.member.email' failed to satisfy constraint: …";
    expect(fieldPath(patch, issue('customer.contacts.email', message), {})).toEqual([
      'customer',
      'contacts',
      '1',
      'email',
    ]);
    expect(fieldPath(patch, issue(undefined, message), {})).toEqual(['customer', 'contacts', '1', 'email']);
    const inList = "Value at 'marketing.channels.1.member' failed to satisfy constraint: …";
    expect(fieldPath(patch, issue('marketing.channels', inList), {})).toEqual(['marketing', 'channels', '0']);
  });
});

describe('a fault', () => {
  const input = {
    value: { lifeCycle: { targetCloseDate: '2020-01-01' } },
    type: patch,
    root: ['input', 'patch'],
  };
  const userErrors = (fault: Fault) => fromFault(fault, input);
  const rest = { allowedValues: null, limit: null };

  test('a fault about fields becomes an error per field, which states whether the caller sent the field', () => {
    const issues = [
      { code: 'INVALID_VALUE', fieldName: 'lifeCycle.targetCloseDate', message: 'Too early.' },
      {
        code: 'BUSINESS_VALIDATION_EXCEPTION',
        fieldName: 'lifeCycle.targetCloseDate',
        message: 'Too early.',
      },
      { code: 'REQUIRED_FIELD_MISSING', fieldName: 'project.title', message: 'Missing.' },
      { code: 'ACTION_NOT_PERMITTED', fieldName: 'project.title', message: 'Locked.' },
      { code: 'ACTION_NOT_PERMITTED', fieldName: undefined, message: 'Not now.' },
      { code: 'INVALID_RESOURCE_STATE', fieldName: 'relatedEntityIdentifiers.solutions', message: 'None.' },
    ];
    const date = {
      path: ['input', 'patch', 'lifeCycle', 'targetCloseDate'],
      field: 'lifeCycle.targetCloseDate',
      sent: true,
      ...rest,
    };
    const title = {
      path: ['input', 'patch', 'project', 'title'],
      field: 'project.title',
      sent: false,
      ...rest,
    };
    expect(userErrors(new Fault('VALIDATION', '', { issues }))).toEqual([
      { ...date, code: 'INVALID_VALUE', message: 'Too early.' },
      { ...date, code: 'REFUSED_BY_AWS', message: 'Too early.' },
      { ...title, code: 'REQUIRED_FIELD_MISSING', message: 'Missing.' },
      { ...title, code: 'NOT_EDITABLE', message: 'Locked.' },
      {
        path: ['input'],
        field: null,
        sent: true,
        ...rest,
        code: 'ACTION_NOT_PERMITTED',
        message: 'Not now.',
      },
      {
        path: ['input'],
        field: 'relatedEntityIdentifiers.solutions',
        sent: false,
        ...rest,
        code: 'INVALID_RESOURCE_STATE',
        message: 'None.',
      },
    ]);
  });

  test('a fault without fields is an error of the whole input', () => {
    expect(userErrors(new Fault('VALIDATION', 'No.'))).toMatchObject([
      { path: ['input'], code: 'INVALID_VALUE', message: 'No.' },
    ]);
    expect(
      userErrors(new Fault('VALIDATION', "Value at 'lifeCycle.targetCloseDate' is wrong.")),
    ).toMatchObject([
      {
        path: ['input', 'patch', 'lifeCycle', 'targetCloseDate'],
        message: 'AWS did not accept the value of target close date.',
      },
    ]);
    const arn = 'arn:aws:partnercentral:us-east-1:123456789012:catalog/AWS/opportunity/O1 was not found';
    expect(JSON.stringify(userErrors(new Fault('NOT_FOUND', arn)))).not.toContain('123456789012');
    expect(userErrors(new Fault('CONFLICT', 'Stale.'))).toMatchObject([
      { path: ['input'], code: 'CONFLICT', message: 'Stale.' },
    ]);
  });

  test('a fault after which a write may have been applied is an unknown outcome, with any code', () => {
    for (const code of ['UPSTREAM_UNAVAILABLE', 'THROTTLED', 'NOT_FOUND'] as const)
      expect(userErrors(new Fault(code, 'Lost.', { mayHaveBeenApplied: true }))).toMatchObject([
        {
          path: ['input'],
          code: 'OUTCOME_UNKNOWN',
          message: expect.stringContaining('Read the object again'),
        },
      ]);
  });

  test('a fault that the caller cannot fix is not a user error', () => {
    expect(userErrors(new Fault('THROTTLED', 'Later.'))).toBeUndefined();
  });
});
