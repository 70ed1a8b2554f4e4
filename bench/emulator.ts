/**
 * The emulator's speed with 10,000 records: calls of GetOpportunity and of StartEngagementFromOpportunityTask per second
 * on one core, and milliseconds per list by every filter and sort, the first call included. The emulator must never be
 * the bottleneck of a benchmark, nor get slower with what it has.
 *
 *   node bench/emulator.ts
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { asObject } from '../emulator/json.ts';
import type { Opportunity } from '../emulator/records/record.ts';
import { seedOpportunities } from '../emulator/seed/seed.ts';

const recordCount = 10_000;
const callCount = 30_000;
const connectionCount = 16;

const agent = new Agent({ keepAlive: true, maxSockets: connectionCount });
const signature =
  'AWS4-HMAC-SHA256 Credential=any/20310514/us-east-1/partnercentral-selling/aws4_request, SignedHeaders=host, Signature=0a';

function call(url: string, operation: string, input: object): Promise<number> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({ Catalog: 'Sandbox', ...input });
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(body),
      'x-amz-target': `AWSPartnerCentralSelling.${operation}`,
      authorization: signature,
    };
    const started = performance.now();
    request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.once('end', () =>
        response.statusCode === 200
          ? resolve(performance.now() - started)
          : reject(new Error(`${operation}: ${response.statusCode}`)),
      );
    })
      .once('error', reject)
      .end(body);
  });
}

/** The number of submissions of which the speed is measured, first and last. */
const sample = 500;

/** A record that can be submitted as it is, as the seed has made it. */
const isSubmittable = ({ LifeCycle }: Opportunity): boolean => {
  const { Stage, ReviewStatus } = asObject(LifeCycle);
  return Stage === 'Prospect' && ReviewStatus !== 'Pending Submission';
};

/** Stores many records: the seed repeated, with other ids. Returns the ids of those that can be submitted. */
async function writeRecords(url: string): Promise<string[]> {
  const seed = seedOpportunities(Date.now());
  const submittable: string[] = [];
  for (let index = 0; index < recordCount; index++) {
    const id = `O${7_000_000 + index}`;
    const { Arn: _arn, ...copy } = seed[index % seed.length] as Opportunity;
    if (isSubmittable(copy as Opportunity)) submittable.push(id);
    const LifeCycle = {
      ...asObject(copy.LifeCycle),
      ...(isSubmittable(copy as Opportunity) && { ReviewStatus: 'Pending Submission' }),
    };
    const record = { ...copy, LifeCycle, PartnerOpportunityIdentifier: `CRM-${index}` };
    const response = await fetch(`${url}/_emulator/opportunities/${id}`, {
      method: 'PUT',
      body: JSON.stringify(record),
    });
    if (response.status !== 200) throw new Error(await response.text());
    await response.body?.cancel();
  }
  return submittable;
}

/** Submits records one after the other; returns the calls per second of the first and of the last ones. */
async function submitSpeed(url: string, ids: readonly string[]): Promise<[first: number, last: number]> {
  const times: number[] = [];
  for (const Identifier of ids)
    times.push(
      await call(url, 'StartEngagementFromOpportunityTask', {
        Identifier,
        ClientToken: Identifier,
        AwsSubmission: { InvolvementType: 'Co-Sell' },
      }),
    );
  const speed = (some: number[]) =>
    Math.round((some.length / some.reduce((sum, time) => sum + time, 0)) * 1000);
  return [speed(times.slice(0, sample)), speed(times.slice(-sample))];
}

async function readSpeed(url: string): Promise<number> {
  let next = 0;
  const started = performance.now();
  const worker = async () => {
    while (next < callCount) {
      next += 1;
      await call(url, 'GetOpportunity', { Identifier: `O${7_000_000 + (next % recordCount)}` });
    }
  };
  await Promise.all(Array.from({ length: connectionCount }, worker));
  return Math.round((callCount / (performance.now() - started)) * 1000);
}

const lists: [string, object][] = [
  ...['LastModifiedDate', 'Identifier', 'CustomerCompanyName', 'CreatedDate', 'TargetCloseDate'].flatMap(
    (SortBy): [string, object][] => [
      [`by ${SortBy}`, { MaxResults: 100, Sort: { SortBy, SortOrder: 'DESCENDING' } }],
      [
        `by ${SortBy}, no match`,
        { CustomerCompanyName: ['No Match'], Sort: { SortBy, SortOrder: 'ASCENDING' } },
      ],
    ],
  ),
  ['by stage', { LifeCycleStage: ['Launched'], MaxResults: 100 }],
  ['by review status', { LifeCycleReviewStatus: ['Rejected'], MaxResults: 100 }],
  ['by company', { CustomerCompanyName: ['Alderbrook Orbital'], MaxResults: 100 }],
  ['by id', { Identifier: ['O7000001', 'O7009999'] }],
  ['changed since', { LastModifiedDate: { AfterLastModifiedDate: '2001-01-01T00:00:00Z' }, MaxResults: 100 }],
  ['created before', { CreatedDate: { BeforeCreatedDate: '2001-01-01T00:00:00Z' }, MaxResults: 100 }],
  ['closing between', { TargetCloseDate: { AfterTargetCloseDate: '2099-01-01' }, MaxResults: 100 }],
];

const emulator = spawn(process.execPath, ['emulator/main.ts'], {
  env: { ...process.env, EMULATOR_PORT: '0', EMULATOR_STATE_FILE: '' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const [banner] = await once(emulator.stdout, 'data');
  const url = /http:\/\/[\d.]+:\d+/.exec(String(banner))?.[0] ?? '';

  const submittable = await writeRecords(url);
  // Warm up the client: its first calls open connections and compile its code.
  for (let n = 0; n < 20; n++) await call(url, 'GetOpportunity', { Identifier: 'O7000000' });
  let slowest = 0;
  console.log(`${recordCount} records; milliseconds per list, first call and median of 50:`);
  for (const [name, query] of lists) {
    const first = await call(url, 'ListOpportunities', query);
    const times: number[] = [];
    for (let n = 0; n < 50; n++) times.push(await call(url, 'ListOpportunities', query));
    times.sort((a, b) => a - b);
    slowest = Math.max(slowest, first, times[25] as number);
    console.log(
      `  ${name.padEnd(44)} ${first.toFixed(2).padStart(7)} ${(times[25] as number).toFixed(2).padStart(7)}`,
    );
  }
  await readSpeed(url);
  const speed = await readSpeed(url);
  const [first, last] = await submitSpeed(url, submittable);
  console.log(
    `slowest list ${slowest.toFixed(2)} ms (limit: 10); GetOpportunity ${speed} calls per second (minimum: 3000)`,
  );
  console.log(
    `StartEngagementFromOpportunityTask, ${submittable.length} one after the other: ${first} calls per second at first, ${last} at last (minimum: 300)`,
  );
  process.exitCode = slowest < 10 && speed >= 3000 && last >= 300 ? 0 : 1;
} finally {
  emulator.kill('SIGTERM');
  await once(emulator, 'exit');
  agent.destroy();
}
