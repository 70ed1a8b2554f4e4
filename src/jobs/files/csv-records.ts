/** The records of a CSV file. The library reads their cells; a mistake in one record does not cost the others. */
import { parse } from 'csv-parse/sync';
import type { Line } from './lines.ts';

/** A record with the number of its first line: its cells, or what is wrong with it. */
export type CsvRecord = { line: number; cells: readonly string[] } | { line: number; problem: string };

type TextLine = Extract<Line, { text: string }>;

/** What is read at a time by the library, which is slow to start: lines, and UTF-16 code units of them. */
const maxBatch = { lines: 200, length: 65_536 };

const options = (delimiter: string) => ({
  delimiter,
  record_delimiter: ['\r\n', '\n'],
  relax_column_count: true,
});

/** The cells of the records in some whole lines; undefined if a record among them is malformed. */
function parseCells(lines: readonly TextLine[], delimiter: string): string[][] | undefined {
  const text = lines.map((line) => `${line.text}\n`).join('');
  try {
    return parse(text, options(delimiter)) as string[][];
  } catch {
    return undefined;
  }
}

const malformed =
  'The quotes are not those of CSV: a cell with quotes is in quotes, and has each of its own twice.';

/** Whether the quotes of a line are complete, so that it does not go on in the next one. */
const isClosed = (text: string): boolean => (text.split('"').length - 1) % 2 === 0;

/** What Excel uses where the comma is the decimal mark, and what pasted tables have. */
export const delimiterOf = (header: string): string =>
  [',', ';', '\t'].reduce((best, next) =>
    header.split(next).length > header.split(best).length ? next : best,
  );

/**
 * Splits lines into records. A record over several lines that is malformed, has another number of cells than the others or
 * is too long is taken for a single line with a mistake, and reading goes on with the line after it: a quote that is
 * opened and not closed would otherwise swallow the rest of the file.
 *
 * @param width the number of cells of a record
 * @param maxLength of a record, in UTF-16 code units
 */
export async function* readRecords(
  lines: AsyncIterable<Line>,
  { delimiter, width, maxLength }: { delimiter: string; width: number; maxLength: number },
): AsyncGenerator<CsvRecord> {
  /** Whole lines that are read together. */
  let batch: TextLine[] = [];
  let batchLength = 0;
  /** The lines of a record whose quotes are still open. */
  let open: TextLine[] = [];
  let length = 0;

  function* flush(): Generator<CsvRecord> {
    const together = parseCells(batch, delimiter);
    for (const [index, one] of batch.entries()) {
      const line = one.number;
      const cells = together?.length === batch.length ? together[index] : parseCells([one], delimiter)?.[0];
      yield cells ? { line, cells } : { line, problem: malformed };
    }
    batch = [];
    batchLength = 0;
  }

  /** Ends the open record, or gives up its first line and reads the others again. */
  function* close(isWhole: boolean): Generator<CsvRecord> {
    const whole = open;
    const [first, ...others] = whole;
    open = [];
    length = 0;
    if (!first) return;
    yield* flush();
    const [cells, more] = (isWhole && parseCells(whole, delimiter)) || [];
    if (cells?.length === width && !more) {
      yield { line: first.number, cells };
      return;
    }
    yield { line: first.number, problem: isWhole ? malformed : 'A quote is opened and not closed.' };
    for (const line of others) yield* add(line);
  }

  function* add(line: TextLine): Generator<CsvRecord> {
    const closed = isClosed(line.text);
    if (open.length === 0 && closed) {
      if (line.text.trim() === '') return;
      batch.push(line);
      batchLength += line.text.length;
      if (batch.length >= maxBatch.lines || batchLength >= maxBatch.length) yield* flush();
      return;
    }
    open.push(line);
    length += line.text.length;
    if (open.length > 1 && !closed) yield* close(true);
    else if (length > maxLength) yield* close(false);
  }

  for await (const line of lines) {
    if ('text' in line) {
      yield* add(line);
      continue;
    }
    yield* close(false);
    yield* flush();
    yield { line: line.number, problem: line.problem };
  }
  // Each turn gives up one line, and reads the others again.
  while (open.length > 0) yield* close(false);
  yield* flush();
}
