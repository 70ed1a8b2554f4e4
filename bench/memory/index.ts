/** The memory of the index of ten thousand opportunities, and what it answers them in. */
import { setTimeout as sleep } from 'node:timers/promises';
import { generousQuota, startGateway } from '../tools/gateways.ts';
import { createClient } from '../tools/http.ts';
import type { Memory } from '../tools/programs.ts';
import { round } from '../tools/statistics.ts';
import type { Upstream } from '../tools/upstream.ts';

const questions = {
  totalCount: '{ opportunities(filter: { stages: [QUALIFIED] }) { totalCount } }',
  pipeline: '{ pipeline(groupBy: [STAGE, MONTH]) { count expectedMonthlySpend { amount } } }',
  search: '{ opportunities(first: 20, filter: { search: "CRM-99" }) { nodes { id } } }',
  attention: '{ attention(first: 20) { nodes { kind message } } }',
  opportunityChanges: '{ opportunityChanges(first: 100) { changes { id } cursor } }',
};

/** @param before the memory of a gateway without an index */
export async function measureIndex(upstream: Upstream, count: number, before: Memory) {
  await upstream.clearCalls();
  await using gateway = await startGateway('gateway', upstream.url, {
    env: { ...generousQuota, INDEX: 'on', SYNC_INTERVAL_MS: '3600000' },
    reportsMemory: true,
  });
  using client = createClient(gateway.url);
  while ((await client.query(questions.totalCount)).errors.length > 0) await sleep(100);
  const { total: reads } = await upstream.calls();
  const milliseconds: Record<string, number> = {};
  for (const [name, query] of Object.entries(questions)) {
    await client.query(query);
    const started = performance.now();
    for (let times = 0; times < 10; times++) await client.query(query);
    milliseconds[name] = round((performance.now() - started) / 10, 1);
  }
  const { heapUsed } = await gateway.memory();
  const heapGrowth = heapUsed - before.heapUsed;
  return { opportunities: count, reads, heapGrowth, bytesEach: round(heapGrowth / count), milliseconds };
}
