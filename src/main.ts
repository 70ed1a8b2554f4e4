/** The program: reads the settings, starts the parts, and drains on a signal. */
import type { Logger } from 'pino';
import { type Config, ConfigError, environmentWith, otherVariables, readConfig } from './config.ts';
import type { LocalEvents } from './events/start.ts';
import { errorForLog } from './fault.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { createLog } from './log.ts';
import { checkAws } from './program/check-aws.ts';
import { type Action, helpText, parseCommandLine, settingsText, UsageError } from './program/command-line.ts';
import { misspelledSettings } from './program/misspelled.ts';
import { stopOnSignals } from './program/stop.ts';
import { watchLog } from './telemetry.ts';
import { createClient } from './upstream/client.ts';
import { ignoredByClient } from './upstream/host.ts';
import { version } from './version.ts';

type Environment = ReturnType<typeof environmentWith>;

/** Credentials for the emulator, which only checks their format. */
const emulatorCredentials = { accessKeyId: 'EMULATOR', secretAccessKey: 'emulator' };

/** The time for stopping in addition to the drain, for example to send the last spans. */
const stopMarginMs = 3_000;

/** A reason not to start that needs no stack trace. */
class StartError extends Error {}

/** One warning about the variables that look as if they changed something, and do not. */
function warnAboutIgnored(config: Config, environment: Environment): void {
  const others = otherVariables(environment);
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
    // The name ends differently in the sources and in a bundle.
    if (code !== 'ERR_MODULE_NOT_FOUND' || !/\/emulator\/server\.[jt]s$/.test(url ?? '')) throw error;
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
      version,
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

/** Where an upstream without an emulator in this process is. */
const upstreamOf = ({ endpoint, region }: Config): string =>
  endpoint ? withoutSecrets(endpoint) : `AWS, region ${region}`;

/** The only output of a start that succeeds, besides the log. */
function printBanner(
  config: Config,
  urls: { gateway: string; emulator: string | undefined; metrics: string | undefined },
): void {
  const { catalog, graphiql } = config;
  const upstream = urls.emulator ? `the embedded emulator at ${urls.emulator}` : upstreamOf(config);
  const lines = [
    `partner-central-graphql ${version} is ready, catalog ${catalog}`,
    `  GraphQL   ${urls.gateway}/graphql`,
    graphiql && `  GraphiQL  ${urls.gateway}/`,
    urls.metrics && `  metrics   ${urls.metrics}`,
    `  upstream  ${upstream}`,
  ];
  console.log(lines.filter(Boolean).join('\n'));
}

/** Reads the manifest of trusted documents again. One that cannot be used changes nothing. */
function rereadDocuments(gateway: Gateway, log: Logger, environment: Environment): void {
  try {
    const { documents } = readConfig(environment).trustedDocuments;
    gateway.replaceDocuments(documents);
    log.info({ documents: documents.size }, 'trusted documents read');
  } catch (error) {
    const problem = error instanceof ConfigError ? { problem: error.message } : errorForLog(error);
    log.error(problem, 'trusted documents not read; the previous ones stay in use');
  }
}

async function start(environment: Environment): Promise<void> {
  // Installed first, since a SIGHUP without a handler ends the program. One that arrives during the start is acted on after it.
  const started = Promise.withResolvers<() => void>();
  process.on('SIGHUP', () => void started.promise.then((reread) => reread()));
  const config = readConfig(environment);
  warnAboutIgnored(config, environment);
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
  log.info({ version, catalog: config.catalog }, 'started');
  started.resolve(() => rereadDocuments(gateway, log, environment));
  printBanner(config, { gateway: gateway.url, emulator: emulator?.url, metrics: telemetry?.metricsUrl });
}

/** Shows who the gateway is to AWS, and exits with 1 unless AWS answers. */
async function showAws(environment: Environment): Promise<void> {
  const config = readConfig(environment);
  const client = createClientFor(config, undefined);
  if (config.upstream === 'aws') await assertCredentials(client);
  const { text, isAnswered } = await checkAws(config, client, upstreamOf(config));
  client.close();
  console.log(text);
  process.exitCode = isAnswered ? 0 : 1;
}

/** Checks the settings, and shows those that are set. */
function showConfig(environment: Environment): void {
  warnAboutIgnored(readConfig(environment), environment);
  console.log(settingsText(environment));
}

const run: Record<Action, (environment: Environment) => void | Promise<void>> = {
  start,
  'check-aws': showAws,
  'check-config': showConfig,
  help: () => console.log(helpText()),
  version: () => console.log(version),
};

Promise.try(() => {
  const { action, given } = parseCommandLine(process.argv.slice(2));
  return run[action](environmentWith(given));
}).catch((error: unknown) => {
  const isKnown = [ConfigError, StartError, UsageError].some((known) => error instanceof known);
  console.error(isKnown ? (error as Error).message : error);
  process.exit(1);
});
