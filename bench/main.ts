/**
 * How the gateway spends the quota and how fast it is, side by side with others in one run:
 *
 *   npm run bench -- [--quick] [--only a,b,c,d,e,f,g,h] [--json FILE] [--soak MINUTES]
 *
 * Tables go to the standard output, and one JSON document with every figure to FILE, or behind the tables.
 */
import { writeFile } from 'node:fs/promises';
import { connected } from './broken/connections.ts';
import { broken } from './broken/faults.ts';
import { costs } from './costs/costs.ts';
import { crowd } from './crowd/crowd.ts';
import { fill } from './memory/fill.ts';
import { soak } from './memory/soak.ts';
import { replicated } from './replicas/replicas.ts';
import { speed } from './speed/speed.ts';
import { machine } from './tools/machine.ts';
import { type Options, readOptions, type SectionName, usage } from './tools/options.ts';
import { stopAll } from './tools/programs.ts';
import { type Section, sectionText } from './tools/report.ts';

const sections: Record<SectionName, (options: Options) => Promise<Section>> = {
  a: (options) => costs('gateway', options),
  b: (options) => costs('plain', options),
  c: crowd,
  d: speed,
  e: fill,
  f: replicated,
  g: broken,
  h: connected,
};
/** What a run may take at most, the soak apart. */
const bound = (quick: boolean): number => (quick ? 180_000 : 1_200_000);

async function give(up: string, code: number): Promise<never> {
  if (up) console.error(up);
  await stopAll();
  process.exit(code);
}

async function run(options: Options): Promise<void> {
  const { quick, only, json, soak: minutes } = options;
  const limit = bound(quick) + minutes * 60_000;
  setTimeout(() => void give(`The benchmark has not ended within ${limit / 1_000} s.`, 1), limit).unref();
  const about = machine();
  console.log(about.text);
  const figures: Record<string, unknown> = { ...about.figures, quick };

  const report = (name: string, section: Section, started: number) => {
    const seconds = Math.round((performance.now() - started) / 1_000);
    console.log(sectionText({ ...section, title: `${section.title} (took ${seconds} s)` }));
    figures[name] = { title: section.title, seconds, ...section.figures, notes: section.notes };
  };
  for (const name of only) {
    const started = performance.now();
    report(name, await sections[name](options), started);
  }
  if (minutes > 0) {
    const started = performance.now();
    report('soak', await soak(minutes), started);
  }
  const text = JSON.stringify(figures, null, json ? 2 : 0);
  if (json) await writeFile(json, `${text}\n`);
  else console.log(text);
}

process.once('SIGINT', () => void give('', 130));
process.once('SIGTERM', () => void give('', 143));
let options: Options;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  options = await give(`${(error as Error).message}\n${usage}`, 2);
}
await run(options).catch((error: Error) => give(error.stack ?? error.message, 1));
await stopAll();
