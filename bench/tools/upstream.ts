/** The emulator as the account of AWS that a benchmark spends, and its control surface. */
import { type Data, inParallel } from './http.ts';
import { type Program, start } from './programs.ts';

export type Call = { operation: string; status: number; at: string; error?: string; requestId: string };
export type Upstream = AsyncDisposable & {
  url: string;
  control(method: string, path: string, body?: object): Promise<Data>;
  /** What has reached it since the last `forget`, by its own log, which keeps the newest thousand. */
  calls(): Promise<{ total: number; byOperation: Record<string, number>; log: Call[] }>;
  forget(): Promise<void>;
  /** Changes a record as somebody else would, and resolves with the date that it has then. */
  touch(id: string, nextSteps: string): Promise<string>;
  /** Adds copies of the seed until there are so many records, and resolves with the ids of all. */
  fill(count: number): Promise<string[]>;
};

/** Quotas as AWS has them, and the time that a call takes. */
export type Nature = { quotas: 'on' | 'off'; latencyMs: number };
export const real: Nature = { quotas: 'on', latencyMs: 80 };
/** Nothing in the way, where something else is measured. */
export const unbounded: Nature = { quotas: 'off', latencyMs: 0 };

const seeded = 250;
export const seedId = (index: number): string => `O${5_000_001 + index}`;
const idOf = (index: number): string => (index < seeded ? seedId(index) : `O${7_000_000 + index}`);

export async function startUpstream({ quotas, latencyMs }: Nature, core?: number): Promise<Upstream> {
  const program: Program = await start({
    file: 'emulator/main.ts',
    env: { EMULATOR_PORT: '0' },
    core,
  });
  const control: Upstream['control'] = async (method, path, body) => {
    const answer = await fetch(`${program.url}/_emulator/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!answer.ok) throw new Error(`The emulator refused ${method} ${path}: ${await answer.text()}`);
    return answer.json();
  };
  await control('POST', 'settings', { quotas });
  if (latencyMs > 0) await control('POST', 'faults', { kind: 'delay', delayMs: latencyMs, probability: 1 });

  return {
    url: program.url,
    control,
    calls: () => control('GET', 'calls'),
    async forget() {
      await control('DELETE', 'calls');
    },
    async touch(id, nextSteps) {
      const changed = await control('PATCH', `opportunities/${id}?touch=true`, {
        LifeCycle: { NextSteps: nextSteps },
      });
      return changed.LastModifiedDate;
    },
    async fill(count) {
      const indices = Array.from({ length: count }, (_, index) => index);
      const seed: Data[] = [];
      await inParallel(indices.slice(0, seeded), 20, async (index) => {
        seed[index] = await control('GET', `opportunities/${idOf(index)}`);
      });
      await inParallel(indices.slice(seeded), 20, async (index) => {
        const { Arn: _arn, ...copy } = seed[index % seeded];
        await control('PUT', `opportunities/${idOf(index)}`, {
          ...copy,
          PartnerOpportunityIdentifier: `CRM-${index}`,
        });
      });
      return indices.map(idOf);
    },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}

export const isThrottle = ({ error }: Call): boolean => error === 'ThrottlingException';
