/**
 * Measures the gateway's use of the quota and its speed, in comparison with other servers in the same run:
 *
 *   npm run bench -- [--quick] [--only a,b,c,d,e,f,g,h,i,j,k] [--json FILE] [--soak MINUTES]
 *
 * Prints tables, and writes one JSON document with all results to FILE, or prints it after the tables.
 */
import { writeFile } from 'node:fs/promises';
import { measureCosts } from './costs/costs.ts';
import { measureFairness } from './fairness/fairness.ts';
import { measureFaults } from './faults/faults.ts';
import { measureJobs } from './jobs/jobs.ts';
import { measureConnections } from './load/connections.ts';
import { measureLoad } from './load/load.ts';
import { measureMemory } from './memory/memory.ts';
import { soak } from './memory/soak.ts';
import { measureSubscriptions } from './memory/subscriptions.ts';
import { measureReplicas } from './replicas/replicas.ts';
import { measureSpeed } from './speed/speed.ts';
import { machine } from './tools/machine.ts';
import { type Options, readOptions, type SectionName, usage } from './tools/options.ts';
import { stopAll } from './tools/programs.ts';
import { type Section, sectionText } from './tools/report.ts';

const sections: Record<SectionName, (options: Options) => Promise<Section>> = {
  a: (options) => measureCosts('gateway', options),
  b: (options) => measureCosts('plain', options),
  c: measureLoad,
  d: measureSpeed,
  e: measureMemory,
  f: measureReplicas,
  g: measureFaults,
  h: measureConnections,
  i: measureFairness,
  j: measureSubscriptions,
  k: measureJobs,
};
/** The maximum duration of a run, without the soak test. */
const timeLimitMs = (quick: boolean): number => (quick ? 240_000 : 2_400_000);

async function exit(message: string, code: number): Promise<never> {
  if (message) console.error(message);
  await stopAll();
  process.exit(code);
}

async function run(options: Options): Promise<void> {
  const { quick, only, json, soak: minutes } = options;
  const limit = timeLimitMs(quick) + minutes * 60_000;
  setTimeout(() => void exit(`The benchmark did not finish within ${limit / 1_000} s.`, 1), limit).unref();
  const about = machine();
  console.log(about.text);
  const document: Record<string, unknown> = { ...about.data, quick };

  const report = (name: string, section: Section, started: number) => {
    const seconds = Math.round((performance.now() - started) / 1_000);
    console.log(sectionText({ ...section, title: `${section.title} (took ${seconds} s)` }));
    document[name] = { title: section.title, seconds, ...section.data, notes: section.notes };
  };
  for (const name of only) {
    const started = performance.now();
    report(name, await sections[name](options), started);
  }
  if (minutes > 0) {
    const started = performance.now();
    report('soak', await soak(minutes), started);
  }
  const text = JSON.stringify(document, null, json ? 2 : 0);
  if (json) await writeFile(json, `${text}\n`);
  else console.log(text);
}

process.once('SIGINT', () => void exit('', 130));
process.once('SIGTERM', () => void exit('', 143));
let options: Options;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  options = await exit(`${(error as Error).message}\n${usage}`, 2);
}
await run(options).catch((error: Error) => exit(error.stack ?? error.message, 1));
await stopAll();
