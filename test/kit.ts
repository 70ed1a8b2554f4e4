/**
 * The gateway with the emulator as its upstream, over real sockets: `await using gw = await gateway()`.
 */
import { pino } from 'pino';
import { type EmulatorOptions, startEmulator } from '../emulator/server.ts';
import { readAccounts } from '../src/accounts-file.ts';
import { readConfig } from '../src/config.ts';
import type { LocalEvents } from '../src/events/start.ts';
import { startGateway } from '../src/gateway.ts';
import { createClient } from '../src/upstream/client.ts';

// biome-ignore lint/suspicious/noExplicitAny: the data depends on the query of the test
export type Data = any;
export type Answer = {
  status: number;
  headers: Headers;
  data: Data;
  errors: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[] | undefined;
  extensions: Data;
  /** The calls that the emulator has logged for this operation. */
  calls: Record<string, number>;
};

/** The emulator's control API. */
export function emulatorControl(url: string) {
  const control = async (method: string, path: string, body?: unknown): Promise<Data> => {
    const answer = await fetch(`${url}/_emulator/${path}`, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    if (!answer.ok) throw new Error(`The emulator refused ${method} ${path}: ${await answer.text()}`);
    return answer.json();
  };
  return {
    url,
    control,
    /** The record as it is stored. */
    record: (id: string) => control('GET', `opportunities/${id}`),
    /** Merges members, known or unknown, into the stored record. `touch` updates its lastModifiedDate too. */
    patchRecord: (id: string, members: object, { touch = false } = {}) =>
      control('PATCH', `opportunities/${id}${touch ? '?touch=true' : ''}`, members),
    /** The partner does not see the record any more. Returns it. */
    hideRecord: (id: string) => control('DELETE', `opportunities/${id}`),
    injectFault: (fault: { kind: string; times?: number; operation?: string; delayMs?: number }) =>
      control('POST', 'faults', { times: 1, ...fault }),
    /** Holds the next calls, of one operation or of any, until `release`. */
    hold: (operation?: string, times = 1_000) =>
      control('POST', 'faults', { kind: 'hold', times, operation }),
    /** Resolves when so many calls are held. */
    async untilHeld(count = 1): Promise<void> {
      while ((await control('GET', 'faults')).held.length < count);
    },
    /** Lets all held calls go on. */
    release: () => control('POST', 'faults/release'),
    calls: async (): Promise<Record<string, number>> => (await control('GET', 'calls')).byOperation,
    log: async (): Promise<Data[]> => (await control('GET', 'calls')).log,
    clearCalls: () => control('DELETE', 'calls'),
  };
}

/** Resolves when the index of a gateway is complete and what it watches has been read, so that its calls can be counted. */
export async function untilIndexed({ query }: Pick<TestGateway, 'query'>): Promise<void> {
  const whole = async () => (await query('{ attention { missingKinds } }')).data.attention?.missingKinds;
  while ((await whole())?.length !== 0) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** A quota and a stop without waits, no cache and no index, unless a test sets them. */
export const testSettings = {
  QUOTA_READS_PER_SECOND: '100000',
  QUOTA_WRITES_PER_SECOND: '100000',
  CACHE_FRESH_MS: '0',
  DRAIN_DELAY_MS: '0',
  INDEX: 'off',
};

/**
 * Starts a gateway with a running emulator as its upstream.
 *
 * @param env settings, and `PLANS_FROM_USE`: the use of an operation from which it has a plan
 * @param accessKeyId the key of the partner whose gateway it is
 */
export async function gatewayOn(
  emulatorUrl: string,
  env: Record<string, string> = {},
  accessKeyId = 'TEST',
  localEvents?: LocalEvents,
) {
  const logged: string[] = [];
  const config = readConfig({
    ...testSettings,
    PORT: '0',
    LOG_LEVEL: 'debug',
    ...env,
    UPSTREAM_ENDPOINT: emulatorUrl,
  });
  const client = createClient({
    region: config.region,
    callsPerSecond: config.quota.readsPerSecond + config.quota.writesPerSecond,
    endpoint: emulatorUrl,
    credentials: { accessKeyId, secretAccessKey: 'test' },
  });
  const log = pino({ level: config.logLevel }, { write: (line: string) => void logged.push(line) });
  const fromUse = Number(env.PLANS_FROM_USE ?? process.env.PLANS_FROM_USE) || undefined;
  const server = await startGateway(config, {
    accounts: await readAccounts(config),
    connect: async () => ({ client, localEvents }),
    log,
    plansFromUse: fromUse,
  });
  const emulator = emulatorControl(emulatorUrl);

  return {
    url: server.url,
    emulator,
    /** Every line that the gateway has logged so far. */
    logged,
    /** Sends an operation and resolves with its response and its upstream calls. */
    async query(
      query: string,
      variables: object = {},
      headers: Record<string, string> = {},
    ): Promise<Answer> {
      await emulator.clearCalls();
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors, extensions } = (await response.json()) as Answer;
      return {
        status: response.status,
        headers: response.headers,
        data,
        errors,
        extensions,
        calls: await emulator.calls(),
      };
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
    },
  };
}

export type TestGateway = Awaited<ReturnType<typeof gatewayOn>>;

/** Starts an emulator, and a gateway with it as its upstream. */
export async function gateway(
  env: Record<string, string> = {},
  options: EmulatorOptions = {},
): Promise<TestGateway> {
  const emulator = await startEmulator(options);
  const gw = await gatewayOn(emulator.url, env);
  return {
    ...gw,
    async [Symbol.asyncDispose]() {
      await gw[Symbol.asyncDispose]();
      await emulator.stop();
    },
  };
}
