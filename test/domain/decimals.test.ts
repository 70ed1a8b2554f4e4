import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDecimal, sumOf } from '../../src/domain/decimals.ts';

test.each([
  ['37700', '37700'],
  ['37700.0', '37700'],
  ['37700.', '37700'],
  ['1000.50', '1000.5'],
  ['0.00', '0'],
  ['-0.0', '0'],
  ['-12.340', '-12.34'],
  ['007.5', '7.5'],
  ['1E+3', '1000'],
  ['1.25e2', '125'],
  ['1.255e2', '125.5'],
  ['12e-1', '1.2'],
  ['5e-3', '0.005'],
  ['9999999999999999999999.10', '9999999999999999999999.1'],
  ['', ''],
  ['12,5', '12,5'],
  ['1e9999', '1e9999'],
])('%j is written as %j', (text, plain) => {
  expect(plainDecimal(text)).toBe(plain);
});

test('a number keeps its value, has one form only, and is that form already when it is written again', () => {
  const digits = fc.stringMatching(/^\d{1,18}$/);
  const exponent = fc.integer({ min: -12, max: 12 });
  fc.assert(
    fc.property(digits, fc.option(digits), exponent, fc.nat(5), (whole, fraction, e, zeros) => {
      const text = `${whole}${fraction === null ? '' : `.${fraction}`}`;
      const plain = plainDecimal(`${text}e${e}`);
      expect(plain).toMatch(/^(0|[1-9]\d*)(\.\d*[1-9])?$/);
      expect(plainDecimal(plain)).toBe(plain);
      const padded = `${text}${fraction === null ? '.' : ''}${'0'.repeat(zeros)}e${e}`;
      expect(plainDecimal(padded)).toBe(plain);
      const value = Number(`${text}e${e}`);
      expect(Math.abs(Number(plain) - value)).toBeLessThanOrEqual(value * 1e-12);
    }),
  );
});

describe('sumOf', () => {
  test.each([
    [['0.1', '0.2'], '0.3'],
    [['531', '531.0', '1e2'], '1162'],
    [['-5', '2.50'], '-2.5'],
    [['99999999999999999999.01', '0.99'], '100000000000000000000'],
    [[], '0'],
    [['x', '1'], '1'],
  ])('the sum of %j is %s', (amounts, sum) => expect(sumOf(amounts)).toBe(sum));
});
