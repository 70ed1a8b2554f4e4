import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { read } from '../../src/upstream/codec.ts';
import { convertNames } from '../../src/upstream/naming.ts';

describe('reading JSON', () => {
  test.each([
    '{"A":12345678901234567890,"B":[1.10,-0.0,1e400],"C":"1.10","D":{"E":100000000000000000000}}',
    '[0.1000,{"a":1.0}]',
    '{"When":"2026-02-04T05:18:25.803123456Z","List":[null,"a, 1",[]],"No":null}',
  ])('reading, renaming and writing JSON keeps every digit of %s', (text) => {
    expect(JSON.stringify(convertNames(convertNames(read(text))))).toBe(text);
  });

  test('reading and writing any JSON returns it unchanged', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        const compact = JSON.stringify(JSON.parse(text));
        expect(JSON.stringify(read(new TextEncoder().encode(compact)))).toBe(compact);
      }),
    );
  });

  test('an ordinary number in JSON is read as a number', () => {
    expect(read('{"Score":85,"Share":0.5}')).toEqual({ Score: 85, Share: 0.5 });
  });
});
