import { parseArgs } from 'node:util';

export const sectionNames = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'] as const;
export type SectionName = (typeof sectionNames)[number];

export type Options = {
  /** A short run that shows whether everything works; its results mean little. */
  quick: boolean;
  only: readonly SectionName[];
  /** The file for the results; without one they are the last line of the output. */
  json: string | undefined;
  /** The duration of the soak test in minutes; 0 disables it. */
  soak: number;
};

export const usage = `npm run bench -- [--quick] [--only ${sectionNames.join(',')}] [--json FILE] [--soak MINUTES]`;

/** @throws Error that names the invalid argument */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      json: { type: 'string' },
      soak: { type: 'string', default: '0' },
    },
  });
  const soak = Number(values.soak);
  if (!(soak >= 0)) throw new Error(`--soak: got ${values.soak}, expected a number of minutes`);
  // --soak without --only runs no other section.
  const only = values.only?.split(',') ?? (soak > 0 ? [] : sectionNames);
  const isName = (name: string): name is SectionName => (sectionNames as readonly string[]).includes(name);
  const unknown = only.filter((name) => !isName(name));
  if (unknown.length > 0) throw new Error(`--only: got ${unknown}, expected some of ${sectionNames}`);
  return { quick: values.quick, only: only.filter(isName), json: values.json, soak };
}
