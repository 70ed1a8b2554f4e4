/** The program: reads the settings, starts the parts, and drains on a signal. */
import type { Logger } from 'pino';
import packageJson from '../package.json' with { type: 'json' };
import { systemClock } from './clock.ts';
import { type Config, ConfigError, otherVariables, readConfig } from './config.ts';
import type { LocalEvents } from './events/start.ts';
import { errorForLog } from './fault.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { createLog } from './log.ts';
import { fileVariables, settingNames } from './settings.ts';
import { watchLog } from './telemetry.ts';
import { createClient } from './upstream/client.ts';
import { ignoredByClient } from './upstream/host.ts';

/** Credentials for the emulator, which only checks their format. */
const emulatorCredentials = { accessKeyId: 'EMULATOR', secretAccessKey: 'emulator' };

/** npm forwards the terminal's Ctrl-C, which the program then receives twice; a later signal is a request to exit at once. */
const sameSignalMs = 500;

/** The time for stopping in addition to the drain, for example to send the last spans. */
const stopMarginMs = 3_000;

/** A reason not to start that needs no stack trace. */
class StartError extends Error {}

/** The number of characters to insert, delete or replace to turn one word into another (Levenshtein). */
function distance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, character] of [...from].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...to].entries())
      current.push(
        Math.min(
          Number(previous[column]) + (character === other ? 0 : 1),
          Number(previous[column + 1]) + 1,
          Number(current[column]) + 1,
        ),
      );
    previous = current;
  }
  return Number(previous.at(-1));
}

/** Variables named almost like a setting: up to two characters differ, or one in a short name. */
function misspelledSettings(names: readonly string[]): string[] {
  return names
    .filter((name) => !/^(AWS|NODE|OTEL|REDIS)_|_SERVICE_/i.test(name))
    .flatMap((name) => {
      const upper = name.toUpperCase();
      const isNear = (known: string) => distance(upper, known) <= (known.length < 7 ? 1 : 2);
      const [nearest] = [...settingNames, ...fileVariables.keys()]
        .filter((known) => Math.abs(known.length - name.length) <= 2 && isNear(known))
        .toSorted((a, b) => distance(upper, a) - distance(upper, b));
      return nearest ? [`${name}: did you mean ${nearest}?`] : [];
    });
}

/** One warning about the variables that look as if they changed something, and do not. */
function warnAboutIgnored(config: Config): void {
  const others = otherVariables();
  const lines = [...ignoredByClient(others, config), ...misspelledSettings(Object.keys(others))];
  if (lines.length > 0) console.warn(['These environment variables are ignored:', ...lines].join('\n  '));
}

/** Explains an error of a listening socket by the setting that chose its port; rethrows any other. */
function explainListenError(
  error: NodeJS.ErrnoException,
  setting: string,
  host: string,
  port: number,
): never {
  if (error.code === 'EADDRINUSE')
    throw new StartError(
      `${setting}: ${port} on ${host} is in use; stop what listens there or set another ${setting}.`,
    );
  if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    throw new StartError(`HOST, ${setting}: cannot listen on ${host} port ${port} (${error.code}).`);
  throw error;
}

/** The only connection between the two programs: without an upstream the gateway starts the emulator. */
async function startEmbedded(stateFile: string | undefined) {
  const { startEmulator } = await import('../emulator/server.ts').catch((error) => {
    const { code, url } = error as NodeJS.ErrnoException & { url?: string };
    if (code !== 'ERR_MODULE_NOT_FOUND' || url !== import.meta.resolve('../emulator/server.ts')) throw error;
    throw new StartError(
      'UPSTREAM: this build does not include the emulator: set UPSTREAM=aws, or set UPSTREAM_ENDPOINT.',
    );
  });
  return startEmulator(stateFile ? { stateFile } : {}).catch((error: Error) => {
    if (!stateFile || !error.message.startsWith(`The state file ${stateFile} `)) throw error;
    throw new StartError(`EMULATOR_STATE_FILE: ${error.message}`);
  });
}

/** The events of the embedded emulator, in EventBridge's envelope. */
function localEventsOf({ accountId, onEvent }: Awaited<ReturnType<typeof startEmbedded>>): LocalEvents {
  return {
    accountId,
    listen: (take) =>
      onEvent(({ detailType, ...event }) => take(JSON.stringify({ ...event, 'detail-type': detailType }))),
  };
}

function createClientFor({ upstream, region, quota, endpoint }: Config, emulatorUrl: string | undefined) {
  return createClient({
    region,
    callsPerSecond: quota.readsPerSecond + quota.writesPerSecond,
    endpoint: endpoint ?? emulatorUrl,
    credentials: upstream === 'emulator' ? emulatorCredentials : undefined,
  });
}

async function assertCredentials(client: ReturnType<typeof createClient>): Promise<void> {
  await client.findCredentials().catch((error: Error) => {
    if (error.name !== 'CredentialsProviderError') throw error;
    throw new StartError(
      'UPSTREAM=aws requires AWS credentials, and the AWS SDK found none: set AWS_PROFILE, AWS_ACCESS_KEY_ID and\n' +
        'AWS_SECRET_ACCESS_KEY, or run where a role is attached.',
    );
  });
}

/** Metrics and traces, if a setting requires them. */
async function startTelemetry({ host, telemetry }: Config) {
  const { metricsPort: port, tracesEndpoint, sampled } = telemetry;
  if (port === undefined && !tracesEndpoint) return undefined;
  const sdk = await import('../telemetry/start.ts');
  return sdk
    .startTelemetry({
      metrics: port === undefined ? undefined : { host, port },
      traces: tracesEndpoint ? { endpoint: tracesEndpoint, sampled } : undefined,
    })
    .catch((error) => {
      if (port === undefined) throw error;
      explainListenError(error, 'METRICS_PORT', host, port);
    });
}

/** A URL without anything that may be secret: credentials and query. */
function withoutSecrets(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/\/$/, '');
}

/** The only output of a start that succeeds, besides the log. */
function printBanner(
  config: Config,
  urls: { gateway: string; emulator: string | undefined; metrics: string | undefined },
): void {
  const { catalog, graphiql, endpoint, region } = config;
  const upstream = urls.emulator
    ? `the embedded emulator at ${urls.emulator}`
    : endpoint
      ? withoutSecrets(endpoint)
      : `AWS, region ${region}`;
  const lines = [
    `partner-central-graphql is ready, catalog ${catalog}`,
    `  GraphQL   ${urls.gateway}/graphql`,
    graphiql && `  GraphiQL  ${urls.gateway}/`,
    urls.metrics && `  metrics   ${urls.metrics}`,
    `  upstream  ${upstream}`,
  ];
  console.log(lines.filter(Boolean).join('\n'));
}

type Stop = () => unknown;

/** Stops the program on a signal or an uncaught error. It exits in every case: if a part fails, and if one never stops. */
function stopOnSignals(log: Logger, withinMs: number, stopParts: readonly Stop[], end: Stop): void {
  let stoppingSince: number | undefined;

  async function stop(): Promise<void> {
    stoppingSince = systemClock.now();
    systemClock.setTimer(() => process.exit(1), withinMs);
    try {
      for (const stopPart of stopParts) await Promise.try(stopPart).catch(onStopError);
      log.info('stopped');
      await end();
    } finally {
      // Anything still pending by now, such as an unresponsive collector, must not delay the exit.
      process.exit();
    }
  }
  /** The remaining parts are stopped nonetheless. */
  function onStopError(error: unknown): void {
    process.exitCode = 1;
    log.error(errorForLog(error), 'stop failed');
  }
  function onSignal(): void {
    if (stoppingSince === undefined) void stop();
    else if (systemClock.now() - stoppingSince > sameSignalMs) process.exit(1);
  }
  /** Requests in flight still end, and a supervisor restarts the program. The log omits messages: they could quote a customer. */
  function onUncaughtError(error: unknown): void {
    process.exitCode = 1;
    log.fatal(errorForLog(error), 'uncaught error');
    if (stoppingSince === undefined) void stop();
  }
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  process.on('uncaughtException', onUncaughtError);
  process.on('unhandledRejection', onUncaughtError);
}

/** Reads the manifest of trusted documents again. One that cannot be used changes nothing. */
function rereadDocuments(gateway: Gateway, log: Logger): void {
  try {
    const { documents } = readConfig().trustedDocuments;
    gateway.replaceDocuments(documents);
    log.info({ documents: documents.size }, 'trusted documents read');
  } catch (error) {
    const problem = error instanceof ConfigError ? { problem: error.message } : errorForLog(error);
    log.error(problem, 'trusted documents not read; the previous ones stay in use');
  }
}

async function start(): Promise<void> {
  // Installed first, since a SIGHUP without a handler ends the program. One that arrives during the start is acted on after it.
  const started = Promise.withResolvers<() => void>();
  process.on('SIGHUP', () => void started.promise.then((reread) => reread()));
  const config = readConfig();
  warnAboutIgnored(config);
  const isEmbedded = config.upstream === 'emulator' && !config.endpoint;
  const emulator = isEmbedded ? await startEmbedded(config.emulatorStateFile) : undefined;
  const client = createClientFor(config, emulator?.url);
  if (config.upstream === 'aws') await assertCredentials(client);
  const telemetry = await startTelemetry(config);
  const { log, dropped, end } = createLog(config.logLevel, process.stdout);
  watchLog(dropped);
  const localEvents = emulator && localEventsOf(emulator);
  const gateway = await startGateway(config, client, log, localEvents).catch((error) =>
    explainListenError(error, 'PORT', config.host, config.port),
  );
  const stopParts = [gateway.stop, client.close, () => emulator?.stop(), () => telemetry?.stop()];
  stopOnSignals(log, config.drainTimeoutMs + stopMarginMs, stopParts, end);
  log.info({ version: packageJson.version, catalog: config.catalog }, 'started');
  started.resolve(() => rereadDocuments(gateway, log));
  printBanner(config, { gateway: gateway.url, emulator: emulator?.url, metrics: telemetry?.metricsUrl });
}

start().catch((error: unknown) => {
  const isKnown = error instanceof ConfigError || error instanceof StartError;
  console.error(isKnown ? error.message : error);
  process.exit(1);
});
