/** The lines of an uploaded file, which can contain anything. */

/** A line with its number, which starts at 1, without its line feed; or what is wrong with it. */
export type Line = { number: number; text: string } | { number: number; problem: string };

const lineFeed = 0x0a;

/**
 * Splits a file at its line feeds only: other characters that end a line in some languages, such as U+2028, stand in JSON
 * strings as they are. A byte order mark at the start is removed.
 *
 * A line that is too long or is not UTF-8 is returned as such, and reading goes on with the next one; not more than
 * `maxBytes` of a line are kept in memory.
 */
export async function* readLines(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let number = 0;
  let parts: Buffer[] = [];
  let length = 0;

  function keep(part: Buffer): void {
    length += part.length;
    if (length > maxBytes) parts = [];
    else if (part.length > 0) parts.push(part);
  }

  function take(): Line {
    number += 1;
    const bytes = Buffer.concat(parts);
    const isTooLong = length > maxBytes;
    parts = [];
    length = 0;
    if (isTooLong) return { number, problem: `The line is longer than ${maxBytes} bytes.` };
    try {
      const text = decoder.decode(bytes);
      return { number, text: number === 1 && text.startsWith('\ufeff') ? text.slice(1) : text };
    } catch {
      return { number, problem: 'The line is not valid UTF-8.' };
    }
  }

  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      keep(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  if (length > 0) yield take();
}
