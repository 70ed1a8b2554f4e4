/** The JSON text of an answer, made in slices between which the event loop runs. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** About a millisecond of writing. */
const sliceLength = 256_000;

/** How deep an answer is taken apart: down to the records of a connection, `data.opportunities.edges[0]`. */
const maxDepth = 4;

/**
 * A value as JSON, or undefined as soon as its text is longer than `maxLength` characters.
 */
export async function textOf(value: unknown, maxLength: number): Promise<string | undefined> {
  let text = '';
  let written = 0;

  async function write(part: unknown, depth: number): Promise<void> {
    if (typeof part !== 'object' || part === null || depth === maxDepth) {
      text += JSON.stringify(part) ?? 'null';
    } else if (Array.isArray(part)) {
      let separator = '[';
      for (const item of part) {
        text += separator;
        separator = ',';
        await write(item, depth + 1);
        if (text.length > maxLength) return;
      }
      text += separator === '[' ? '[]' : ']';
    } else {
      let separator = '{';
      for (const [name, member] of Object.entries(part)) {
        if (member === undefined) continue;
        text += `${separator}${JSON.stringify(name)}:`;
        separator = ',';
        await write(member, depth + 1);
        if (text.length > maxLength) return;
      }
      text += separator === '{' ? '{}' : '}';
    }
    if (text.length - written > sliceLength) {
      written = text.length;
      await nextTurn();
    }
  }

  await write(value, 0);
  return text.length > maxLength ? undefined : text;
}
