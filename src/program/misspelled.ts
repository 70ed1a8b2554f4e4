/** Variables that were probably meant to be settings. */
import { fileVariables, settingNames } from '../settings.ts';

/** The number of characters to insert, delete or replace to turn one word into another (Levenshtein). */
function distance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, character] of [...from].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...to].entries())
      current.push(
        Math.min(
          Number(previous[column]) + (character === other ? 0 : 1),
          Number(previous[column + 1]) + 1,
          Number(current[column]) + 1,
        ),
      );
    previous = current;
  }
  return Number(previous.at(-1));
}

/** Variables named almost like a setting: up to two characters differ, or one in a short name. A line for each. */
export function misspelledSettings(names: readonly string[]): string[] {
  return names
    .filter((name) => !/^(AWS|NODE|OTEL|REDIS)_|_SERVICE_/i.test(name))
    .flatMap((name) => {
      const upper = name.toUpperCase();
      const isNear = (known: string) => distance(upper, known) <= (known.length < 7 ? 1 : 2);
      const [nearest] = [...settingNames, ...fileVariables.keys()]
        .filter((known) => Math.abs(known.length - name.length) <= 2 && isNear(known))
        .toSorted((a, b) => distance(upper, a) - distance(upper, b));
      return nearest ? [`${name}: did you mean ${nearest}?`] : [];
    });
}
