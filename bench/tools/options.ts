import { parseArgs } from 'node:util';

export const sectionNames = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;
export type SectionName = (typeof sectionNames)[number];

export type Options = {
  /** A short run that shows whether everything works; its figures mean little. */
  quick: boolean;
  only: readonly SectionName[];
  /** The file that the figures are written to; without one they are the last line of the output. */
  json: string | undefined;
  /** How long to soak, in minutes; 0: not at all. */
  soak: number;
};

export const usage = `npm run bench -- [--quick] [--only ${sectionNames.join(',')}] [--json FILE] [--soak MINUTES]`;

/** @throws Error that says which argument cannot be */
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
  if (!(soak >= 0)) throw new Error(`--soak got ${values.soak}, wanted minutes`);
  // Who soaks alone wants nothing else.
  const only = values.only?.split(',') ?? (soak > 0 ? [] : sectionNames);
  const isName = (name: string): name is SectionName => (sectionNames as readonly string[]).includes(name);
  const wrong = only.filter((name) => !isName(name));
  if (wrong.length > 0) throw new Error(`--only got ${wrong}, wanted some of ${sectionNames}`);
  return { quick: values.quick, only: only.filter(isName), json: values.json, soak };
}
