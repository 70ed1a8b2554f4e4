/**
 * Executes the steps of the Dockerfile in folders, for machines without a container engine, and runs the result as a
 * container would: with only the image's environment, files and packages, and without write access.
 * `npm run check:image`. Supports the instructions of our Dockerfile: FROM, ENV, WORKDIR, COPY, RUN,
 * CMD; the others do not change the files.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { startEmulator } from '../emulator/server.ts';

const root = join(import.meta.dirname, '..');

type Step = { word: string; rest: string };
type Stage = { name: string; steps: Step[] };

/** The stages of a Dockerfile. Lines that end in a backslash are joined with the next. */
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
      const [, base, name] = /^(?:--platform=\$BUILDPLATFORM )?(\S+)\s+AS\s+(\S+)$/.exec(rest) ?? [];
      if (!base || !/^node:24[.\d]+-bookworm-slim@sha256:[\da-f]{64}$/.test(base) || !name)
        throw new Error(`FROM ${rest}: expected node:24.<x>.<y>-bookworm-slim@sha256:<digest> AS <name>`);
      stages.push({ name, steps: [] });
    } else stages.at(-1)?.steps.push({ word, rest });
  }
  return stages;
}

/** The environment of a stage, as set by `ENV`. */
export function environmentOf({ steps }: Stage): Record<string, string> {
  const pairs = steps.filter(({ word }) => word === 'ENV').flatMap(({ rest }) => rest.split(/\s+/));
  return Object.fromEntries(pairs.map((pair) => pair.split('=', 2) as [string, string]));
}

/** Whether a file or folder is in the build context: `.dockerignore` excludes everything that it does not list. */
function isSent(path: string): boolean {
  const allowed = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'));
  return allowed.some((line) => path === line.slice(1) || path.startsWith(`${line.slice(1)}/`));
}

/** Builds each stage into its own folder in `into`. */
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
        // Use the Node that runs this script as the image's.
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
          if (!from && !isSent(source)) throw new Error(`COPY ${source}: excluded by .dockerignore`);
          const path = from ? join(into, from, source) : join(root, source);
          const to = target.endsWith('/') ? join(target, basename(source)) : target;
          cpSync(path, join(workdir, to), { recursive: true });
        }
      }
    }
  }
}

/** Starts a stage's command as a container would. `ready` resolves with its output when it is ready. */
function run(stage: Stage, into: string, env: Record<string, string>) {
  const command = JSON.parse(stage.steps.findLast(({ word }) => word === 'CMD')?.rest ?? '[]') as string[];
  // `--permission` denies all file writes, as a read-only root file system would.
  const child = spawn(process.execPath, ['--permission', '--allow-fs-read=*', ...command.slice(1)], {
    cwd: join(into, stage.name, 'app'),
    env: { ...environmentOf(stage), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ready = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        output += text;
        if (/^ {2}upstream/m.test(output)) resolve(output);
      });
    child.once('exit', () => reject(new Error(output)));
  });
  return { child, ready };
}

function expect(condition: boolean, description: string): void {
  if (!condition) throw new Error(`The image: ${description}`);
  console.log(`ok: ${description}`);
}

async function main(): Promise<void> {
  const stages = stagesOf(readFileSync(join(root, 'Dockerfile'), 'utf8'));
  const gateway = stages.find(({ name }) => name === 'gateway');
  if (!gateway) throw new Error('The Dockerfile has no stage "gateway"');
  const into = mkdtempSync(join(tmpdir(), 'image-'));
  try {
    build(stages, into);
    const app = join(into, 'gateway', 'app');
    expect(!existsSync(join(app, 'node_modules')), 'contains no package but this one');
    expect(!existsSync(join(app, 'dist/emulator')), 'contains no emulator');
    expect(existsSync(join(app, 'dist/sbom.cdx.json')), 'contains its bill of materials');

    const failure = await run(gateway, into, { PORT: '0', METRICS_PORT: '0' }).ready.catch(
      (error: Error) => error.message,
    );
    expect(failure.includes('set AUTH=jwt or ROUTER_SECRET'), 'does not start without authentication');

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
    expect((await answer.text()).includes('"id":"O5'), 'serves queries');
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code === 0, 'stops on SIGTERM');
    await emulator.stop();
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) await main();
