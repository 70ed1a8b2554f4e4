import {
  PartnerCentralSellingClient,
  type PartnerCentralSellingClientConfig,
} from '@aws-sdk/client-partnercentral-selling';
import { PassThroughProtocol } from './codec.ts';
import type { Dispatch, Operation } from './send.ts';

/** Where AWS is. Without an endpoint or credentials the SDK's own chain finds them. */
export type ClientOptions = {
  region: string;
  endpoint?: string | undefined;
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
};

/** Operations that must not be sent twice: they have no token by which AWS could tell a second try from a second wish. */
const onceOnly: ReadonlySet<Operation> = new Set(['UpdateOpportunity']);

/**
 * The SDK's client behind a function. Ten kept-alive connections at most: AWS takes ten reads per second from a whole
 * company, so more would only be refused.
 */
export function createClient(options: ClientOptions) {
  const config: PartnerCentralSellingClientConfig = {
    region: options.region,
    protocol: PassThroughProtocol,
    requestHandler: {
      connectionTimeout: 3_000,
      requestTimeout: 15_000,
      throwOnRequestTimeout: true,
      socketAcquisitionWarningTimeout: 60_000,
      httpAgent: { keepAlive: true, maxSockets: 10 },
      httpsAgent: { keepAlive: true, maxSockets: 10 },
    },
    ...(options.endpoint && { endpoint: options.endpoint }),
    ...(options.credentials && { credentials: options.credentials }),
  };
  const retrying = new PartnerCentralSellingClient({ ...config, maxAttempts: 3 });
  const once = new PartnerCentralSellingClient({ ...config, maxAttempts: 1 });

  const dispatch: Dispatch = (operation, command, abortSignal) => {
    const client = onceOnly.has(operation) ? once : retrying;
    return client.send(command as Parameters<typeof client.send>[0], { abortSignal });
  };

  return {
    dispatch,
    /** Resolves when credentials were found. @throws Error of the SDK's credential chain when there are none. */
    async findCredentials(): Promise<void> {
      await retrying.config.credentials();
    },
    close(): void {
      retrying.destroy();
      once.destroy();
    },
  };
}

export type Client = ReturnType<typeof createClient>;
