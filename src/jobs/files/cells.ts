/**
 * Cells of CSV files, which are edited in spreadsheet programs. These run a cell as a formula if it begins with certain
 * characters, and rewrite others: `02139` becomes 2139, `123456789012` becomes 1.23E+11, and a date takes the form of the
 * country. So such a value is written with an apostrophe in front, which makes it plain text, and which is removed when the
 * cell is read: exactly one, so that every value comes back as it was.
 */

/** The cell of null; Salesforce's loaders have the same. An empty cell leaves its field unset. */
export const nullCell = '#N/A';

/** What may stand before a formula: programs skip it. */
const blanks = /^[\s\p{Z}\p{Cf}]+/u;
/** The characters that formulas begin with, in both widths. */
const formula = /^[=+\-@|%\uff0b\uff0d\uff1d\uff20]/;
/** Digits, and what stands between those of numbers, dates and times. */
const numeric = /^\d[\d.,:/\-+\sETZ]*$/i;
/** What spreadsheet programs keep as it is: a whole number that is not displayed with an exponent. */
const plainNumber = /^(0|[1-9]\d{0,10})$/;

/** Whether a value needs an apostrophe. It also does if it has one already, so that one can be removed. */
function needsGuard(text: string): boolean {
  const bare = text.replace(/^'+/, '');
  if (bare === '' || bare.trim() === nullCell) return true;
  const start = bare.replace(blanks, '');
  return formula.test(start) || (numeric.test(start) && !plainNumber.test(bare));
}

/** A value as a cell. */
export const guard = (text: string): string => (needsGuard(text) ? `'${text}` : text);

/** The value of a cell. */
export const unguard = (cell: string): string =>
  cell.startsWith("'") && needsGuard(cell.slice(1)) ? cell.slice(1) : cell;
