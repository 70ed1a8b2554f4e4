import { PartnerCentralSellingClient } from '@aws-sdk/client-partnercentral-selling';
import { assertAnswer } from './answers.ts';
import { PassThroughProtocol } from './codec.ts';
import { commandOf } from './operations.ts';
import type { SdkSend } from './send.ts';

/**
 * Connections for this many seconds of calls: only if AWS is slower than that are they the bottleneck, not the quota.
 */
const secondsOfCalls = 5;
const maxConnections = 500;

/** The SDK's default chain provides the endpoint and the credentials if they are not set. */
export type ClientOptions = {
  region: string;
  /** The limit of the quota, reads and writes together. */
  callsPerSecond: number;
  endpoint?: string | undefined;
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
};

/**
 * The SDK's client. Connections are kept alive, as many as the quota can use. Each request is sent once; `retry.ts`
 * repeats it. Where and how it is sent depends on these options alone: what the host sets for other programs, in the
 * environment or in AWS's shared configuration file, is not read (`host.ts`), except for credentials.
 */
export function createClient({ region, callsPerSecond, endpoint, credentials }: ClientOptions) {
  const maxSockets = Math.min(maxConnections, Math.ceil(callsPerSecond * secondsOfCalls));
  const client = new PartnerCentralSellingClient({
    region,
    protocol: PassThroughProtocol,
    maxAttempts: 1,
    retryMode: 'standard',
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    ignoreConfiguredEndpointUrls: true,
    requestHandler: {
      connectionTimeout: 3_000,
      socketAcquisitionWarningTimeout: 60_000,
      httpAgent: { keepAlive: true, maxSockets },
      httpsAgent: { keepAlive: true, maxSockets },
    },
    ...(endpoint && { endpoint }),
    ...(credentials && { credentials }),
  });

  const send: SdkSend = async (operation, input, abortSignal) => {
    const command = commandOf(operation, input) as Parameters<typeof client.send>[0];
    const answer = await client.send(command, { abortSignal });
    assertAnswer(operation, input, answer);
    return answer;
  };

  return {
    /** Sends a request once. */
    send,
    /** Resolves if there are credentials. @throws Error of the SDK's credential chain if there are none */
    async findCredentials(): Promise<void> {
      await client.config.credentials();
    },
    close: (): void => client.destroy(),
  };
}

export type Client = ReturnType<typeof createClient>;
