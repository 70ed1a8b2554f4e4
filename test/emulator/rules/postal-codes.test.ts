import { describe, expect, test } from 'vitest';
import { countries, withoutPostalCode } from '../../../emulator/values/countries.ts';
import { postalCodes } from '../../../emulator/values/postal-codes.ts';

/** A postal code in a published format, without its optional parts. */
const sample = (format: string): string =>
  format.replace(/.\?/g, '').replaceAll('#', '7').replaceAll('@', 'K').replaceAll('*', 'X');

describe('postal codes', () => {
  test.each([...postalCodes])(
    'matches exactly the published postal codes of %s',
    (country, { format, pattern }) => {
      expect(countries).toContain(country);
      for (const form of format.split('|')) {
        expect(sample(form)).toMatch(pattern);
        expect(`!${sample(form)}`).not.toMatch(pattern);
      }
      expect('').not.toMatch(pattern);
      expect('Nowhere!').not.toMatch(pattern);
    },
  );

  test.each([
    ['GB', 'M1 1AE', 'SW1A 1AA', 'DT36GB'],
    ['IE', 'D02 X285', 'D02X285'],
    ['CA', 'M5V 2T6', 'm5v2t6'],
    ['JP', '530-0001', '5300001'],
    ['SE', '411 03', '41103', 'SE-41103'],
  ])('accepts postal codes of %s such as %s', (country, ...codes) => {
    for (const code of codes) expect(code).toMatch(postalCodes.get(country)?.pattern as RegExp);
  });

  test('requires no postal code in 59 countries, which do not include Jamaica', () => {
    expect(withoutPostalCode.size).toBe(59);
    for (const country of withoutPostalCode) {
      expect(countries).toContain(country);
      expect(postalCodes.has(country)).toBe(false);
    }
    expect(postalCodes.has('JM')).toBe(true);
  });
});
