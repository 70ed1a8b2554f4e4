/**
 * Carries out the steps of the Dockerfile in folders, for machines without a container engine, and then runs what they
 * made as a container would: with nothing but the image's own environment, files and packages, and no right to write.
 * `npm run check:image`. It understands what our Dockerfile uses: FROM, ENV, WORKDIR, COPY, RUN, USER, CMD.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { startEmulator } from '../emulator/server.ts';

const root = join(import.meta.dirname, '..');

type Step = { word: string; rest: string };
type Stage = { name: string; steps: Step[] };

/** The stages of a Dockerfile, its lines joined where they end in a backslash. */
export function stagesOf(text: string): Stage[] {
  const lines = text
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'));
  const stages: Stage[] = [];
  for (const line of lines) {
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (word === 'FROM') {
      const [, base, name] = /^(\S+)\s+AS\s+(\S+)$/.exec(rest) ?? [];
      if (base !== 'node:24-bookworm-slim' || !name)
        throw new Error(`FROM ${rest}: wanted node:24-bookworm-slim AS <name>`);
      stages.push({ name, steps: [] });
    } else stages.at(-1)?.steps.push({ word, rest });
  }
  return stages;
}

/** What `ENV` sets in a stage. */
export function environmentOf({ steps }: Stage): Record<string, string> {
  const pairs = steps.filter(({ word }) => word === 'ENV').flatMap(({ rest }) => rest.split(/\s+/));
  return Object.fromEntries(pairs.map((pair) => pair.split('=', 2) as [string, string]));
}

/** Whether the image's build may see a file or folder: `.dockerignore` lets in what it names, and nothing else. */
function isSent(path: string): boolean {
  const allowed = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'));
  return allowed.some((line) => path === line.slice(1) || path.startsWith(`${line.slice(1)}/`));
}

/** Builds every stage into a folder of its own below `into`. */
function build(stages: Stage[], into: string): void {
  for (const stage of stages) {
    let workdir = join(into, stage.name);
    mkdirSync(workdir, { recursive: true });
    for (const { word, rest } of stage.steps) {
      if (word === 'WORKDIR') {
        workdir = join(into, stage.name, rest);
        mkdirSync(workdir, { recursive: true });
      }
      if (word === 'RUN') {
        // The image's node is the one that runs this.
        const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
        console.log(`[${stage.name}] ${rest}`);
        execFileSync('sh', ['-c', rest], {
          cwd: workdir,
          env: { ...process.env, PATH },
          stdio: ['ignore', 'ignore', 'inherit'],
        });
      }
      if (word === 'COPY') {
        const words = rest.split(/\s+/);
        const from = /^--from=(\S+)$/.exec(words[0] ?? '')?.[1];
        if (from) words.shift();
        const target = words.pop() ?? '.';
        for (const source of words) {
          if (!from && !isSent(source)) throw new Error(`COPY ${source}: .dockerignore keeps it out`);
          const path = from ? join(into, from, source) : join(root, source);
          cpSync(path, target === './' ? join(workdir, source) : join(workdir, target), { recursive: true });
        }
      }
    }
  }
}

/** Packages in a folder of the image that the lock file says are for development or optional. */
function needless(folder: string): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  return Object.entries(packages)
    .filter(([path, { dev }]) => dev && existsSync(join(folder, path)))
    .map(([path]) => path);
}

/** Starts a stage's command as a container would, and resolves with what it says until it is ready or has ended. */
function run(stage: Stage, into: string, env: Record<string, string>) {
  const command = JSON.parse(stage.steps.findLast(({ word }) => word === 'CMD')?.rest ?? '[]') as string[];
  // Node itself refuses to write to any file then, which a read-only root file system would too.
  const child = spawn(process.execPath, ['--permission', '--allow-fs-read=*', ...command.slice(1)], {
    cwd: join(into, stage.name, 'app'),
    env: { ...environmentOf(stage), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ready = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        said += text;
        if (/^ {2}upstream/m.test(said)) resolve(said);
      });
    child.once('exit', () => reject(new Error(said)));
  });
  return { child, ready };
}

function expect(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`The image: ${what}`);
  console.log(`ok: ${what}`);
}

async function main(): Promise<void> {
  const stages = stagesOf(readFileSync(join(root, 'Dockerfile'), 'utf8'));
  const gateway = stages.find(({ name }) => name === 'gateway');
  if (!gateway) throw new Error('The Dockerfile has no stage "gateway"');
  const into = mkdtempSync(join(tmpdir(), 'image-'));
  try {
    build(stages, into);
    const app = join(into, 'gateway', 'app');
    expect(needless(app).length === 0, 'holds no development package');
    expect(!existsSync(join(app, 'emulator')), 'holds no emulator');

    const closed = await run(gateway, into, { PORT: '0', METRICS_PORT: '0' }).ready.catch(
      (error: Error) => error.message,
    );
    expect(closed.includes('set AUTH=jwt or ROUTER_SECRET'), 'does not start where everybody could reach it');

    const emulator = await startEmulator();
    const secret = 'x'.repeat(40);
    const { child, ready } = run(gateway, into, {
      PORT: '0',
      METRICS_PORT: '0',
      UPSTREAM: 'emulator',
      UPSTREAM_ENDPOINT: emulator.url,
      ROUTER_SECRET: secret,
    });
    const port = /http:\/\/[^:]+:(\d+)\/graphql/.exec(await ready)?.[1];
    const url = `http://127.0.0.1:${port}`;
    expect((await fetch(`${url}/healthz`)).ok, 'is healthy');
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-router-secret': secret },
      body: JSON.stringify({ query: '{ opportunities(first: 1) { nodes { id } } }' }),
    });
    expect((await answer.text()).includes('"id":"O5'), 'answers');
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code === 0, 'stops on SIGTERM');
    await emulator.stop();
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) await main();
