/** JSON Lines: an item a line. */
import { isPlainObject, type PlainObject } from '../../domain/paths.ts';
import type { Line } from './lines.ts';

/** An item of a file with the number of its line; `input` is null for one that cannot be read, and `problems` say why. */
export type FileItem = { line: number; input: PlainObject | null; problems: readonly string[] };

function parse(text: string): { input: PlainObject } | { problem: string } {
  try {
    const input: unknown = JSON.parse(text);
    return isPlainObject(input) ? { input } : { problem: 'The line is JSON, but not an object.' };
  } catch {
    return { problem: 'The line is not JSON.' };
  }
}

/** Reads a file of JSON objects. Empty lines are skipped; every other line is an item, even a malformed one. */
export async function* readJsonLines(lines: AsyncIterable<Line>): AsyncGenerator<FileItem> {
  for await (const line of lines) {
    if ('text' in line && line.text.trim() === '') continue;
    const { input = null, problem } = {
      ...('text' in line ? parse(line.text) : line),
    } as { input?: PlainObject; problem?: string };
    yield { line: line.number, input, problems: problem === undefined ? [] : [problem] };
  }
}
