/** Section (k): a bulk job whose process is killed twice, beside a person, and the memory of long jobs and exports. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generousQuota, startGateway } from '../tools/gateways.ts';
import { createClient, type Data } from '../tools/http.ts';
import type { Options } from '../tools/options.ts';
import type { Memory, Program } from '../tools/programs.ts';
import type { Section } from '../tools/report.ts';
import { percentile, round } from '../tools/statistics.ts';
import { awsLike, startUpstream, type Upstream, unlimited } from '../tools/upstream.ts';

/** The pause of a person between two patches. */
const pauseMs = 10_000;
const kills = 2;

const editable = `{ opportunities(first: 100, filter: { reviewStatuses: [PENDING_SUBMISSION, APPROVED],
  stages: [PROSPECT, QUALIFIED, TECHNICAL_VALIDATION] }) { nodes { id } } }`;
const patch =
  'mutation ($input: UpdateOpportunityInput!) { updateOpportunity(input: $input) { changed userErrors { code } } }';
const exportAll =
  'mutation { exportOpportunities(input: { detail: SUMMARY }) { job { id } userErrors { message } } }';

const patchOf = (nextSteps: string) => ({ lifeCycle: { nextSteps } });

/** A file of jobs that is removed afterwards. */
function temporaryFile() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-jobs-'));
  return {
    file: join(folder, 'jobs.sqlite'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function ask(url: string, query: string, variables: object = {}): Promise<Data> {
  using client = createClient(url);
  const { data, errors } = await client.query(query, variables);
  if (errors[0]) throw new Error(`The gateway refused a request: ${errors[0].message}`);
  return data;
}

const jobOf = async (url: string, id: string): Promise<Data> =>
  (await ask(url, `{ bulkJob(id: "${id}") { status total done failed skipped startedAt finishedAt } }`))
    .bulkJob;

/** Uploads updates as a file, and returns the job as it was answered. */
async function upload(url: string, updates: readonly object[]): Promise<Data> {
  const answer = await fetch(new URL('/bulk/update', url), {
    method: 'POST',
    headers: { 'content-type': 'application/jsonl' },
    body: updates.map((update) => `${JSON.stringify(update)}\n`).join(''),
  });
  if (!answer.ok) throw new Error(`The gateway refused a file: ${await answer.text()}`);
  return ((await answer.json()) as Data).job;
}

const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1_000;

/** Updates at AWS's quota; the process is killed at each third, and a person patches other opportunities meanwhile. */
async function measureTime(count: number, pause: number) {
  using store = temporaryFile();
  await using upstream = await startUpstream(awsLike);
  const start = () => startGateway('gateway', upstream.url, { env: { JOBS_FILE: store.file } });
  let gateway = await start();
  const ids: string[] = (await ask(gateway.url, editable)).opportunities.nodes.map(({ id }: Data) => id);
  const [own, others] = [ids.slice(0, 20), ids.slice(20)];
  const updates = Array.from({ length: count }, (_, n) => ({
    id: others[n % others.length],
    patch: patchOf(`Step ${n}`),
  }));
  const { id, createdAt, estimatedEnd } = await upload(gateway.url, updates);
  const latencies: number[] = [];
  let killed = 0;
  let job: Data;
  for (let n = 0; !job?.finishedAt; n++) {
    await sleep(pause);
    job = await jobOf(gateway.url, id);
    if (killed < kills && job.done >= ((killed + 1) * count) / (kills + 1)) {
      await gateway.kill();
      killed += 1;
      gateway = await start();
    }
    if (job.finishedAt) break;
    const began = performance.now();
    await ask(gateway.url, patch, { input: { id: own[n % own.length], patch: patchOf(`By hand ${n}`) } });
    latencies.push(performance.now() - began);
  }
  await gateway[Symbol.asyncDispose]();
  return {
    updates: count,
    done: job.done,
    kills: killed,
    estimatedSeconds: round(secondsBetween(createdAt, estimatedEnd)),
    seconds: round(secondsBetween(createdAt, job.finishedAt)),
    patches: latencies.length,
    p50: round(percentile(latencies, 0.5)),
    p95: round(percentile(latencies, 0.95)),
    longest: round(Math.max(...latencies)),
  };
}

/** The most memory until a job is done, each time after a garbage collection. */
async function peakOf(gateway: Program, id: string): Promise<{ peak: Memory; job: Data }> {
  const peak = { rss: 0, heapUsed: 0 };
  for (;;) {
    const { rss, heapUsed } = await gateway.memory();
    peak.rss = Math.max(peak.rss, rss);
    peak.heapUsed = Math.max(peak.heapUsed, heapUsed);
    const job = await jobOf(gateway.url, id);
    if (job.finishedAt) return { peak, job };
    await sleep(250);
  }
}

/** Work without a quota, by a gateway whose cache has next to nothing, so that its memory is that of the job. */
async function measureMemoryOf(upstream: Upstream, start: (url: string) => Promise<string>) {
  using store = temporaryFile();
  await using gateway = await startGateway('gateway', upstream.url, {
    env: {
      ...generousQuota,
      QUOTA_WRITES_PER_SECOND: '5000',
      QUOTA_WRITES_PER_DAY: '10000000',
      CACHE_MAX_BYTES: '1000000',
      JOBS_FILE: store.file,
    },
    reportsMemory: true,
  });
  await ask(gateway.url, editable);
  const before = await gateway.memory();
  const id = await start(gateway.url);
  const { peak, job } = await peakOf(gateway, id);
  const seconds = secondsBetween(job.startedAt, job.finishedAt);
  const response = await fetch(new URL(`/bulk/${id}.jsonl`, gateway.url));
  let fileBytes = 0;
  for await (const chunk of response.body ?? []) fileBytes += chunk.length;
  const after = await gateway.memory();
  peak.rss = Math.max(peak.rss, after.rss);
  const storeBytes = statSync(store.file).size + statSync(`${store.file}-wal`).size;
  return { ...job, seconds: round(seconds, 1), before, peak, fileBytes, storeBytes };
}

const megabytes = (bytes: number): number => round(bytes / 1_000_000, 1);

export async function measureJobs({ quick }: Options): Promise<Section> {
  const time = await measureTime(quick ? 15 : 500, quick ? 1_000 : pauseMs);
  const [items, records] = quick ? [500, 600] : [10_000, 20_000];
  await using upstream = await startUpstream(unlimited);
  await upstream.fill(records);
  const long = await measureMemoryOf(upstream, async (url) => {
    const ids: string[] = (await ask(url, editable)).opportunities.nodes.map(({ id }: Data) => id);
    const updates = Array.from({ length: items }, (_, n) => ({
      id: ids[n % ids.length],
      patch: patchOf(`Step ${n}`),
    }));
    return (await upload(url, updates)).id;
  });
  const exported = await measureMemoryOf(
    upstream,
    async (url) => (await ask(url, exportAll)).exportOpportunities.job.id,
  );
  const rowOf = (
    name: string,
    { total, done, seconds, before, peak, storeBytes, fileBytes }: typeof long,
  ) => [
    name,
    total,
    done,
    seconds,
    ...[peak.heapUsed - before.heapUsed, peak.rss, storeBytes, fileBytes].map(megabytes),
  ];
  return {
    title: `(k) Bulk jobs: ${time.updates} updates with ${kills} kills, ${items} items, an export of ${records}`,
    tables: [
      {
        columns: [
          'updates',
          'done',
          'kills',
          'estimated s',
          'took s',
          'patches by hand',
          'p50 ms',
          'p95 ms',
          'max ms',
        ],
        rows: [
          [
            time.updates,
            time.done,
            time.kills,
            time.estimatedSeconds,
            time.seconds,
            time.patches,
            time.p50,
            time.p95,
            time.longest,
          ],
        ],
      },
      {
        columns: ['', 'items', 'done', 's', 'heap growth MB', 'peak RSS MB', 'JOBS_FILE MB', 'result MB'],
        rows: [rowOf('updates', long), rowOf('export of summaries', exported)],
      },
    ],
    notes: [
      `Under AWS's quota, with the state in JOBS_FILE. The estimate counts the job alone: each patch by hand takes a write of it, and each kill what the next process needs to start and to find the job.`,
      'Memory without a quota, with a cache of 1 MB: the most heap in use after a garbage collection beyond that before the job, and the most resident memory, while the job ran and its result was downloaded.',
    ],
    data: { time, long, exported },
  };
}
