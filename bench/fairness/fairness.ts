/** Section (i): what callers who take all they can get cost those who ask for one record at a time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startGateway } from '../tools/gateways.ts';
import { createClient, errorName } from '../tools/http.ts';
import type { Options } from '../tools/options.ts';
import { detail, oneQuery } from '../tools/queries.ts';
import type { Section } from '../tools/report.ts';
import { createRandom, percentile, round } from '../tools/statistics.ts';
import { awsLike, startUpstream } from '../tools/upstream.ts';
import { type AttackName, attack, attacks } from './attackers.ts';

const honestCallers = 40;
/** The pause of an honest caller between two requests, on average, as of a person who reads what came. */
const pauseMs = 10_000;
/** The records that honest callers read; the attackers use others. */
const workingSet = 400;
const attackedSet = 600;
const secret = 'the-secret-of-the-router-of-this-benchmark';

const headersOf = (caller: string) => ({ 'x-router-secret': secret, 'x-caller-id': caller });

type Honest = { latencies: number[]; errors: Map<string, number> };

/** Runs the honest callers until the signal is aborted; a request in flight at the end is not counted. */
async function runHonest(url: string, ids: readonly string[], signal: AbortSignal): Promise<Honest> {
  const honest: Honest = { latencies: [], errors: new Map() };
  await Promise.all(
    Array.from({ length: honestCallers }, async (_, number) => {
      const client = createClient(url, { headers: headersOf(`honest ${number}`) });
      signal.addEventListener('abort', () => client[Symbol.dispose](), { once: true });
      const random = createRandom(number + 1);
      const pause = () => sleep(2 * pauseMs * random(), undefined, { signal }).catch(() => {});
      for (await pause(); !signal.aborted; await pause()) {
        const began = performance.now();
        const id = ids[Math.floor(random() * ids.length)];
        const answer = await client.query(oneQuery(detail), { id }).catch((error: unknown) => {
          if (!signal.aborted) throw error;
        });
        if (!answer) return;
        const [error] = answer.errors;
        if (error) honest.errors.set(errorName(error), (honest.errors.get(errorName(error)) ?? 0) + 1);
        else honest.latencies.push(performance.now() - began);
      }
    }),
  );
  return honest;
}

async function measure(names: readonly AttackName[], seconds: number) {
  await using upstream = await startUpstream(awsLike);
  await using gateway = await startGateway('gateway', upstream.url, { env: { ROUTER_SECRET: secret } });
  const ids = await upstream.fill(workingSet + attackedSet);
  const signal = AbortSignal.timeout(seconds * 1_000);
  const [honest] = await Promise.all([
    runHonest(gateway.url, ids.slice(0, workingSet), signal),
    attack(gateway.url, names, { headersOf, ids: ids.slice(workingSet), signal }),
  ]);
  return {
    attackers: names,
    seconds,
    ok: honest.latencies.length,
    errors: Object.fromEntries(honest.errors),
    p50: round(percentile(honest.latencies, 0.5)),
    p99: round(percentile(honest.latencies, 0.99)),
  };
}

export async function measureFairness({ quick }: Options): Promise<Section> {
  const all = Object.keys(attacks) as AttackName[];
  const [long, short] = quick ? [8, 4] : [60, 20];
  const results = [await measure([], long)];
  for (const name of all) results.push(await measure([name], short));
  results.push(await measure(all, long));
  const nameOf = (attackers: readonly AttackName[]) =>
    attackers.length === 0 ? 'none' : attackers.length === all.length ? 'all of them' : attackers.join();
  return {
    title: `(i) ${honestCallers} callers who ask for one record at a time, beside others`,
    tables: [
      {
        columns: ['beside', 's', 'ok', 'errors', 'p50 ms', 'p99 ms'],
        rows: results.map(({ attackers, seconds, ok, errors, p50, p99 }) => [
          nameOf(attackers),
          seconds,
          ok,
          Object.entries(errors)
            .map(([code, count]) => `${count} ${code}`)
            .join(', ') || '–',
          p50,
          p99,
        ]),
      },
    ],
    notes: [
      `Under AWS's quota. An honest caller pauses for ${pauseMs / 1_000} s on average between two requests for one of ${workingSet} records. An attacker is one caller who has up to 40 requests waiting, and sends the next at once.`,
    ],
    data: { honestCallers, results },
  };
}
