import { expect, test } from 'vitest';
import { badInput, quoted } from '../../src/domain/bad-input.ts';

test('an argument error names the field, what was sent and what is expected', () => {
  expect(badInput('first', '0', '1 to 100')).toMatchObject({
    code: 'BAD_USER_INPUT',
    message: 'first: got 0, expected 1 to 100',
  });
});

test('a quoted value is escaped, and cut after 100 characters', () => {
  expect(quoted('a"b')).toBe('"a\\"b"');
  expect(quoted('x'.repeat(100))).toBe(`"${'x'.repeat(100)}"`);
  expect(quoted('x'.repeat(101))).toBe(`"${'x'.repeat(100)}…"`);
});
