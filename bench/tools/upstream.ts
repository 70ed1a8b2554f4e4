/** The emulator as the AWS account of a benchmark, and its control API. */
import { type Data, forEachConcurrently } from './http.ts';
import { type Program, start } from './programs.ts';

export type Call = { operation: string; status: number; at: string; error?: string; requestId: string };
export type Upstream = AsyncDisposable & {
  url: string;
  control(method: string, path: string, body?: object): Promise<Data>;
  /** The calls since the last `clearCalls`; the log has the latest thousand. */
  calls(): Promise<{ total: number; byOperation: Record<string, number>; log: Call[] }>;
  clearCalls(): Promise<void>;
  /** Changes a record as another user would, and resolves with its new date. */
  touch(id: string, nextSteps: string): Promise<string>;
  /** Adds copies of the seed until there are `count` records, and resolves with their ids. */
  fill(count: number): Promise<string[]>;
};

/** Whether AWS's quotas are enforced, and the latency of a call. */
export type UpstreamProfile = { quotas: 'on' | 'off'; latencyMs: number };
export const awsLike: UpstreamProfile = { quotas: 'on', latencyMs: 80 };
/** Without quotas and latency, for sections that measure something else. */
export const unlimited: UpstreamProfile = { quotas: 'off', latencyMs: 0 };

const seedCount = 250;
export const seedId = (index: number): string => `O${5_000_001 + index}`;
const idOf = (index: number): string => (index < seedCount ? seedId(index) : `O${7_000_000 + index}`);

export async function startUpstream(
  { quotas, latencyMs }: UpstreamProfile,
  core?: number,
): Promise<Upstream> {
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
    async clearCalls() {
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
      await forEachConcurrently(indices.slice(0, seedCount), 20, async (index) => {
        seed[index] = await control('GET', `opportunities/${idOf(index)}`);
      });
      await forEachConcurrently(indices.slice(seedCount), 20, async (index) => {
        const { Arn: _arn, ...copy } = seed[index % seedCount];
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
