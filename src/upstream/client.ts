import { PartnerCentralSellingClient } from '@aws-sdk/client-partnercentral-selling';
import { PassThroughProtocol } from './codec.ts';
import type { Dispatch } from './send.ts';

/** Where AWS is. Without an endpoint or credentials the SDK's own chain finds them. */
export type ClientOptions = {
  region: string;
  endpoint?: string | undefined;
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
};

/**
 * The SDK's client behind a function. Ten kept-alive connections at most: AWS takes ten reads per second from a whole
 * company, so more would only be refused. It sends once; `retry.ts` repeats.
 */
export function createClient({ region, endpoint, credentials }: ClientOptions) {
  const client = new PartnerCentralSellingClient({
    region,
    protocol: PassThroughProtocol,
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 3_000,
      socketAcquisitionWarningTimeout: 60_000,
      httpAgent: { keepAlive: true, maxSockets: 10 },
      httpsAgent: { keepAlive: true, maxSockets: 10 },
    },
    ...(endpoint && { endpoint }),
    ...(credentials && { credentials }),
  });

  const dispatch: Dispatch = (command, abortSignal) =>
    client.send(command as Parameters<typeof client.send>[0], { abortSignal });

  return {
    dispatch,
    /** Resolves when credentials were found. @throws Error of the SDK's credential chain when there are none. */
    async findCredentials(): Promise<void> {
      await client.config.credentials();
    },
    close: (): void => client.destroy(),
  };
}

export type Client = ReturnType<typeof createClient>;
