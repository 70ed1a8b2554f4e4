import { describe, expect, test } from 'vitest';
import { Fault } from '../../src/fault.ts';
import { toFault } from '../../src/upstream/errors.ts';

describe('an error of the SDK', () => {
  test.each([
    ['ResourceNotFoundException', 'NOT_FOUND'],
    ['ConflictException', 'CONFLICT'],
    ['ValidationException', 'VALIDATION'],
    ['AccessDeniedException', 'FORBIDDEN'],
    ['ThrottlingException', 'THROTTLED'],
    ['ServiceQuotaExceededException', 'QUOTA_EXHAUSTED'],
    ['InternalServerException', 'UPSTREAM_UNAVAILABLE'],
    ['ExpiredTokenException', 'UPSTREAM_UNAVAILABLE'],
    ['SomethingNewException', 'UPSTREAM_UNAVAILABLE'],
    ['SyntaxError', 'UPSTREAM_UNAVAILABLE'],
  ])('the SDK’s %s becomes a fault with the code %s', (name, code) => {
    const cause = Object.assign(new Error('UnknownError'), { name });
    expect(toFault(cause, 'GetOpportunity')).toMatchObject({ code, cause, extensions: { code } });
  });

  test('a validation fault takes its message from the list of errors if AWS’s message is empty', () => {
    const fault = toFault(
      {
        name: 'ValidationException',
        message: 'UnknownError',
        Reason: 'BUSINESS_VALIDATION_FAILED',
        ErrorList: [
          {
            Code: 'REQUIRED_FIELD_MISSING',
            FieldName: 'project.title',
            Message: 'project.title is required',
          },
          { Code: 'BRAND_NEW_CODE', FieldName: '', Message: '' },
        ],
      },
      'CreateOpportunity',
    );
    expect(fault.issues).toEqual([
      { code: 'REQUIRED_FIELD_MISSING', fieldName: 'project.title', message: 'project.title is required' },
      { code: 'BRAND_NEW_CODE', fieldName: undefined, message: expect.stringContaining('BRAND_NEW_CODE') },
    ]);
    expect(fault.message).toContain('project.title is required');
  });

  test('a throttling fault has the retry delay that AWS asks for, or a second', () => {
    const throttled = (headers: Record<string, string>) =>
      toFault({ name: 'ThrottlingException', $response: { headers } }, 'GetOpportunity').extensions
        .retryAfterMs;
    expect(throttled({ 'retry-after': '7' })).toBe(7000);
    expect(throttled({ 'retry-after': 'soon' })).toBe(1000);
    expect(throttled({})).toBe(1000);
  });

  test('a fault does not contain roles or accounts from AWS’s message', () => {
    const secret = 'User: arn:aws:sts::123456789012:assumed-role/gateway is not authorized';
    const fault = toFault(
      { name: 'AccessDeniedException', message: secret, Reason: 'INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE' },
      'GetOpportunity',
    );
    expect(fault.message).toBe('AWS denied GetOpportunity (INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE).');
    expect(toFault({ name: 'NewException', message: secret }, 'GetOpportunity').message).not.toContain(
      'arn:',
    );
  });

  test.each([undefined, null, 'text', 7, {}])('a thrown %j becomes a fault', (thrown) => {
    expect(toFault(thrown, 'GetOpportunity')).toBeInstanceOf(Fault);
  });

  test('may have applied a write whose answer was lost, and never a read', () => {
    const lost = { name: 'TimeoutError' };
    expect(toFault(lost, 'AssociateOpportunity').mayHaveBeenApplied).toBe(true);
    expect(toFault(lost, 'GetOpportunity').mayHaveBeenApplied).toBe(false);
  });

  test.each(['ECONNREFUSED', 'ENOTFOUND', 'EMFILE', 'EADDRNOTAVAIL'])(
    'a write whose connection was not made (%s) has not been applied',
    (code) => {
      expect(toFault({ name: 'Error', code }, 'AssociateOpportunity').mayHaveBeenApplied).toBe(false);
    },
  );
});
