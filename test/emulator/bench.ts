import { PartnerCentralSellingClient } from '@aws-sdk/client-partnercentral-selling';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/server.ts';

export type Body = { [member: string]: unknown };

/** Noon of a day that no test depends on; the bench's clock stands still there unless it is moved. */
export const NOON = Date.parse('2031-05-14T12:00:00Z');

/**
 * One emulator for a file of tests, started before them, reset before each and stopped after them, with the unmodified
 * SDK client and a plain wire client in front of it.
 */
export function bench(options: { seed?: boolean } = {}) {
  let emulator: Emulator;
  let client: PartnerCentralSellingClient;

  async function control(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Body }> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${emulator.url}/_emulator/${path}`, init);
    return { status: response.status, body: (await response.json()) as Body };
  }

  beforeAll(async () => {
    emulator = await startEmulator({ now: () => NOON });
    client = new PartnerCentralSellingClient({
      region: 'us-east-1',
      endpoint: emulator.url,
      credentials: { accessKeyId: 'any', secretAccessKey: 'thing' },
    });
  });
  beforeEach(async () => {
    await control('POST', 'reset', { seed: options.seed ?? false });
  });
  afterAll(async () => {
    client.destroy();
    await emulator.stop();
  });

  return {
    get client() {
      return client;
    },
    get url() {
      return emulator.url;
    },
    control,
    /** Sends a body as it is and shows what came back as it came: for nulls and unknown members. */
    wire: async (operation: string, body: unknown, headers: Record<string, string> = {}) => {
      const response = await fetch(emulator.url, {
        method: 'POST',
        headers: { ...envelope(operation), ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
    },
  };
}

export const envelope = (operation: string): Record<string, string> => ({
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': `AWSPartnerCentralSelling.${operation}`,
  authorization: 'AWS4-HMAC-SHA256 whatever',
});

/** A create that keeps every rule; a fresh object each time, so a test may cut it up. */
export const validCreate = (token = 'token-1') => ({
  Catalog: 'Sandbox',
  ClientToken: token,
  Customer: {
    Account: {
      CompanyName: 'Acme Robotics',
      Industry: 'Manufacturing' as const,
      WebsiteUrl: 'www.acme-robotics.example',
      Address: {
        CountryCode: 'US' as const,
        PostalCode: '98109',
        StateOrRegion: 'Washington',
        City: 'Seattle',
      },
    },
  },
  Project: {
    Title: 'Line controllers in the cloud',
    CustomerBusinessProblem: 'The controllers of two lines are out of support and cannot be patched.',
    ExpectedCustomerSpend: [
      {
        Amount: '531',
        CurrencyCode: 'USD' as const,
        Frequency: 'Monthly' as const,
        TargetCompany: 'AWS',
      },
    ],
  },
  LifeCycle: { TargetCloseDate: '2031-09-30' },
});

/** What `promise` was refused with. */
export async function refusal(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) throw new Error('expected a refusal, got an answer');
  return error;
}
