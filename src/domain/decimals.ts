/** Decimal numbers as strings. Money never becomes a floating-point number. */

const form = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** A string without trailing zeros. */
export function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

/**
 * The canonical form of a number: no exponent, no leading zeros, no trailing zeros in the fraction. AWS writes the same
 * amount as `531` in a record and as `531.0` in a list. A string that is not a number is returned unchanged.
 */
export function plainDecimal(text: string): string {
  const [, sign, whole = '', fraction = '', exponent = '0'] = form.exec(text) ?? [];
  if (sign === undefined) return text;
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  const before = digits.slice(0, Math.max(0, point)).padEnd(point, '0');
  const after = withoutTrailingZeros(
    point < 0 ? digits.padStart(digits.length - point, '0') : digits.slice(point),
  );
  let start = 0;
  while (start < before.length - 1 && before[start] === '0') start += 1;
  const plain = `${before.slice(start) || '0'}${after && `.${after}`}`;
  return plain === '0' ? plain : sign + plain;
}

/** The exact sum of numbers, in the canonical form. Strings that are not numbers are left out. */
export function sumOf(amounts: readonly string[]): string {
  const parts = amounts.map((text) => form.exec(plainDecimal(text))).filter((match) => match !== null);
  const decimals = Math.max(0, ...parts.map(([, , , fraction = '']) => fraction.length));
  const sum = parts.reduce((total, [, sign, whole, fraction = '']) => {
    const units = BigInt(`${whole}${fraction.padEnd(decimals, '0')}`);
    return sign ? total - units : total + units;
  }, 0n);
  const digits = String(sum < 0n ? -sum : sum).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  return plainDecimal(`${sum < 0n ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`);
}
