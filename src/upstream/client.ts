import { PartnerCentralSellingClient } from '@aws-sdk/client-partnercentral-selling';
import { PassThroughProtocol } from './codec.ts';
import { commandOf } from './operations.ts';
import type { SdkSend } from './send.ts';

/** Connections for so many seconds of calls: until AWS takes longer to answer, the quota is what bounds the calls. */
const secondsOfCalls = 5;
const maxConnections = 500;

/** Where AWS is. Without an endpoint or credentials the SDK's own chain finds them. */
export type ClientOptions = {
  region: string;
  /** What the quota lets through. */
  callsPerSecond: number;
  endpoint?: string | undefined;
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
};

/**
 * The SDK's client behind a function. Connections are kept alive, and bounded by what the quota can use. It sends once;
 * `retry.ts` repeats.
 */
export function createClient({ region, callsPerSecond, endpoint, credentials }: ClientOptions) {
  const maxSockets = Math.min(maxConnections, Math.ceil(callsPerSecond * secondsOfCalls));
  const client = new PartnerCentralSellingClient({
    region,
    protocol: PassThroughProtocol,
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 3_000,
      socketAcquisitionWarningTimeout: 60_000,
      httpAgent: { keepAlive: true, maxSockets },
      httpsAgent: { keepAlive: true, maxSockets },
    },
    ...(endpoint && { endpoint }),
    ...(credentials && { credentials }),
  });

  const send: SdkSend = (operation, input, abortSignal) =>
    client.send(commandOf(operation, input) as Parameters<typeof client.send>[0], { abortSignal });

  return {
    /** Sends a request once. */
    send,
    /** Resolves when credentials were found. @throws Error of the SDK's credential chain when there are none. */
    async findCredentials(): Promise<void> {
      await client.config.credentials();
    },
    close: (): void => client.destroy(),
  };
}

export type Client = ReturnType<typeof createClient>;
