/** CSV files with an item a row, as people edit them in spreadsheet programs. */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { GraphQLInputObjectType } from 'graphql';
import { quoted } from '../../domain/bad-input.ts';
import { Fault } from '../../fault.ts';
import { type Column, columnOf } from './columns.ts';
import { delimiterOf, readRecords } from './csv-records.ts';
import type { FileItem } from './json-lines.ts';
import type { Line } from './lines.ts';
import { inputOf } from './rows.ts';

/** Columns whose name begins with it are for people: they are written, and not read. */
export const notRead = '#';

/** The first column of a result: the number of the row, and in the last row how many there are. */
export const rowColumn = `${notRead}row`;
export const endCell = (rows: number, isFinal = true): string =>
  `end of ${rows} rows${isFinal ? '' : ' so far'}`;
const isEndCell = (cell: string | undefined): boolean => /^end of \d+ rows( so far)?$/.test(cell ?? '');

/** Excel takes a file without a byte order mark for one in the code page of the country. */
const byteOrderMark = '\ufeff';

const refusal = (message: string): Fault => new Fault('BAD_USER_INPUT', message);

/** The most names that a message lists. */
const maxNames = 5;
const list = (names: readonly string[]): string =>
  names.slice(0, maxNames).map(quoted).join(', ') + (names.length > maxNames ? ' and others' : '');

function namesIn(header: string, delimiter: string): string[] {
  try {
    const [names = []] = parse(header, { delimiter }) as string[][];
    return names.map((name) => name.trim());
  } catch {
    throw refusal('The first line of the file is not a header of CSV: its quotes are incomplete.');
  }
}

/** @throws Fault BAD_USER_INPUT about names that are not columns, or occur twice */
function columnsIn(names: readonly string[], item: GraphQLInputObjectType): (Column | undefined)[] {
  const columns = names.map((name) => (name.startsWith(notRead) ? undefined : columnOf(name, item)));
  const unknown = names.filter((name, index) => name !== '' && !name.startsWith(notRead) && !columns[index]);
  if (unknown.length > 0)
    throw refusal(
      `Columns of the file: got ${list(unknown)}, expected fields of ${item.name}, such as "lifeCycle.stage" or "customer.contacts[0].email". A column whose name begins with "${notRead}" is not read.`,
    );
  const twice = names.filter((name, index) => columns[index] && names.indexOf(name) < index);
  if (twice.length > 0)
    throw refusal(`Columns of the file: got ${list(twice)} twice, expected each name once.`);
  if (!columns.some(Boolean))
    throw refusal('Columns of the file: got none that is read, expected at least one.');
  return columns;
}

/**
 * Reads a CSV file. Every row after the header is an item, even a malformed one; only blank rows are skipped, and the last
 * row of a result.
 *
 * @param item the input type of an item, whose fields are the columns
 * @param maxLength of a row, in UTF-16 code units
 * @throws Fault BAD_USER_INPUT about the header
 */
export async function* readCsv(
  lines: AsyncGenerator<Line>,
  { item, maxLength }: { item: GraphQLInputObjectType; maxLength: number },
): AsyncGenerator<FileItem> {
  const header = await firstLine(lines);
  const delimiter = delimiterOf(header);
  const names = namesIn(header, delimiter);
  const columns = columnsIn(names, item);
  const row = names.indexOf(rowColumn);
  for await (const record of readRecords(lines, { delimiter, width: names.length, maxLength })) {
    if ('problem' in record) {
      yield { line: record.line, input: null, problems: [record.problem] };
      continue;
    }
    const { line, cells } = record;
    if (cells.every((cell) => cell === '') || isEndCell(cells[row])) continue;
    const { input, problems } = inputOf(cells, columns);
    if (cells.length !== names.length)
      problems.push(`The row has ${cells.length} cells, expected ${names.length} as in the header.`);
    if (cells.some((cell, index) => names[index] === '' && cell !== ''))
      problems.push('The row has a cell in a column without a name.');
    yield { line, input, problems };
  }
}

async function firstLine(lines: AsyncGenerator<Line>): Promise<string> {
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const line = next.value;
    if ('problem' in line)
      throw refusal(
        `The first line of the file is not a header: ${line.problem} A CSV file has to be in UTF-8.`,
      );
    if (line.text.trim() !== '') return line.text;
  }
  throw refusal('The file is empty, expected a header and rows.');
}

/**
 * Rows of a CSV file.
 *
 * @param rows the cells; values that are not the gateway's own are guarded, see `cells.ts`
 */
export const csvRows = (rows: readonly (readonly string[])[]): string =>
  // The library puts a cell in quotes for the whole delimiter of records, but not for a part of it.
  stringify(rows as string[][], { record_delimiter: 'windows', quoted_match: /[\r\n]/ });

/** The start of a CSV file. @param names of its columns */
export const csvHeader = (names: readonly string[]): string => byteOrderMark + csvRows([names]);
