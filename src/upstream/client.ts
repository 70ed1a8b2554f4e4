import type { Readable } from 'node:stream';
import { PartnerCentralSellingClient } from '@aws-sdk/client-partnercentral-selling';
import { assertAnswer, MismatchedAnswer } from './answers.ts';
import { PassThroughProtocol } from './codec.ts';
import { commandOf } from './operations.ts';
import type { RoleCredentials } from './roles.ts';
import type { SdkSend } from './send.ts';

/**
 * Connections for this many seconds of calls: only if AWS is slower than that are they the bottleneck, not the quota.
 */
const secondsOfCalls = 5;
const maxConnections = 500;
/** A hundred summaries, the most that AWS lists at once, are a few hundred kilobytes. */
const maxAnswerBytes = 10_000_000;

/** The SDK's default chain provides the endpoint and the credentials if they are not set. */
export type ClientOptions = {
  region: string;
  /** The limit of the quota, reads and writes together. */
  callsPerSecond: number;
  endpoint?: string | undefined;
  credentials?: { accessKeyId: string; secretAccessKey: string } | RoleCredentials | undefined;
};

/** Reads an answer. One that is too long is cut off, and its connection closed. @throws MismatchedAnswer */
async function readAnswer(body: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxAnswerBytes) {
      const problem = `is longer than ${maxAnswerBytes / 1_000_000} MB`;
      throw new MismatchedAnswer(`The answer ${problem}`, problem);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The SDK looks at the signal only once it has credentials, for which it may wait longer. */
async function untilAborted<T>(sent: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([sent, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

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
    streamCollector: readAnswer,
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
    const answer = await untilAborted(client.send(command, { abortSignal }), abortSignal).catch((error) => {
      if (credentials && 'refused' in credentials) credentials.refused(error);
      // While an answer is being read, the SDK would throw the error of a broken connection.
      abortSignal.throwIfAborted();
      throw error;
    });
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
    /** Finds the same credentials for other services. */
    credentials: client.config.credentials,
    close: (): void => client.destroy(),
  };
}

export type Client = ReturnType<typeof createClient>;
