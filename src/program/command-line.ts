/** The command line: what to do, and the settings that are given as options. Its descriptions are those of the settings. */
import { parseArgs } from 'node:util';
import { factsOf, fileVariables, type SettingName, sections } from '../settings.ts';
import { version } from '../version.ts';

const name = 'partner-central-graphql';

/** The settings that people set by hand. All are variables of the environment, which programs set. */
const optionOf = { port: 'PORT', upstream: 'UPSTREAM', catalog: 'CATALOG' } as const satisfies Record<
  string,
  SettingName
>;

const actions = {
  'check-config': 'Check the settings, show those that are set, and exit; nothing is started or called.',
  'check-aws':
    'Make one list call to AWS, show who made it and where it was answered, and exit. Implies --upstream aws.',
  version: 'Show the version and exit.',
  help: 'Show this help and exit.',
} as const;

export type Action = 'start' | keyof typeof actions;

/** Thrown for an unknown option; the message is for the user who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads the command line.
 *
 * @param args without the program itself
 * @returns the action, and the settings that the options set
 * @throws UsageError for an unknown option, one without its value, or anything else than an option
 */
export function parseCommandLine(args: readonly string[]): {
  action: Action;
  given: Partial<Record<SettingName, string>>;
} {
  const options = {
    ...Object.fromEntries(Object.keys(optionOf).map((option) => [option, { type: 'string' as const }])),
    ...Object.fromEntries(Object.keys(actions).map((action) => [action, { type: 'boolean' as const }])),
  };
  let values: Record<string, string | boolean | undefined>;
  try {
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nSee ${name} --help.`);
  }
  const action = (Object.keys(actions) as Action[]).findLast((one) => values[one]) ?? 'start';
  const set = Object.entries(optionOf).flatMap(([option, setting]) =>
    values[option] === undefined ? [] : [[setting, values[option]]],
  );
  return {
    action,
    given: { ...(action === 'check-aws' && { UPSTREAM: 'aws' }), ...Object.fromEntries(set) },
  };
}

/** Markdown as it is read in a terminal. */
const plain = (text: string): string => text.replaceAll(/\[([^[\]]*)\]\([^()]*\)/g, '$1').replaceAll('`', '');

/** The first sentence of what a setting does, and its default. */
function summaryOf(setting: SettingName): string {
  const { description, byDefault } = factsOf(setting);
  const [sentence = description] = /^.*?\.(?= |$)/.exec(plain(description)) ?? [];
  return byDefault === undefined ? sentence : `${sentence} Default: ${byDefault}.`;
}

const width = 100;

/** A name, and beside it its description in lines of at most `width` characters. */
function entry(label: string, text: string, indent: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line && indent + line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  const [first = '', ...more] = lines;
  return [`  ${label}`.padEnd(indent) + first, ...more.map((line) => ' '.repeat(indent) + line)].join('\n');
}

/** What `--help` shows. */
export function helpText(): string {
  const options = Object.entries(optionOf).map(([option, setting]) =>
    entry(`--${option} <${option}>`, summaryOf(setting), 26),
  );
  const modes = Object.entries(actions).map(([action, text]) => entry(`--${action}`, text, 26));
  const settings = Object.entries(sections).map(([title, section]) =>
    [
      `${title}:`,
      ...(Object.keys(section) as SettingName[]).map((setting) => entry(setting, summaryOf(setting), 38)),
    ].join('\n'),
  );
  return [
    `${name} ${version}: a GraphQL gateway for the AWS Partner Central Selling API.`,
    `Usage: ${name} [options]\n\nWithout options it serves an emulator with fictional opportunities.`,
    ['Options:', ...options, ...modes].join('\n'),
    'Settings are variables of the environment, and an option goes before its variable. docs/settings.md describes each in full.',
    ...settings,
    `A secret can be in a file instead, which these variables name: ${[...fileVariables.keys()].join(', ')}.`,
  ].join('\n\n');
}

/** What `--check-config` shows for settings that can be used: those that are set. A secret is not quoted. */
export function settingsText(given: Readonly<Record<string, string | undefined>>): string {
  const lines = Object.values(sections)
    .flatMap((section) => Object.keys(section) as SettingName[])
    .flatMap((setting) => {
      const { isSecret } = factsOf(setting);
      const value = given[setting];
      const file = isSecret && given[`${setting}_FILE`];
      if (file) return [`${setting}: a secret, from ${file}`];
      if (!value) return [];
      return [`${setting}=${isSecret ? `(a secret of ${value.length} characters)` : value}`];
    });
  return ['The settings can be used. Set are:', ...(lines.length > 0 ? lines : ['none'])].join('\n  ');
}
