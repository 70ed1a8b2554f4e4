/** The program: reads the settings, starts the parts, and drains on a signal. */
import { setFlagsFromString } from 'node:v8';
import { type AccountConfig, readAccounts } from './accounts-file.ts';
import { type Config, ConfigError, environmentWith, otherVariables, readConfig } from './config.ts';
import { startGateway } from './gateway.ts';
import { createLog } from './log.ts';
import { checkAws } from './program/check-aws.ts';
import { type Action, helpText, parseCommandLine, settingsText, UsageError } from './program/command-line.ts';
import { misspelledSettings } from './program/misspelled.ts';
import { createReread } from './program/reread.ts';
import { stopOnSignals } from './program/stop.ts';
import { createConnect, type Embedded } from './program/upstreams.ts';
import { watchLog } from './telemetry.ts';
import { type Client, createClient } from './upstream/client.ts';
import { ignoredByClient } from './upstream/host.ts';
import { version } from './version.ts';

type Environment = ReturnType<typeof environmentWith>;

/** The time for stopping in addition to the drain, for example to send the last spans. */
const stopMarginMs = 3_000;

/**
 * How much the heap may grow from one full garbage collection to the next. V8 lets it triple while the machine has memory:
 * with 2,000 requests at once the process took twice the memory for a tenth more responses.
 */
const heapGrowthPercent = 50;

/** The most accounts that the banner names. */
const maxListed = 20;

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

/** The embedded emulator's events, in EventBridge's envelope. */
function embeddedOf({ url, accountId, onEvent }: Awaited<ReturnType<typeof startEmbedded>>): Embedded {
  const listen: Embedded['events']['listen'] = (take) =>
    onEvent(({ detailType, ...event }) => take(JSON.stringify({ ...event, 'detail-type': detailType })));
  return { url, events: { accountId, listen } };
}

/**
 * The credentials of the process.
 *
 * @throws StartError if AWS is to be called and there are none
 */
async function findCredentials({ upstream, region }: Config): Promise<Client['credentials']> {
  const client = createClient({ region, callsPerSecond: 1 });
  if (upstream === 'aws') await assertCredentials(client);
  client.close();
  return client.credentials;
}

async function assertCredentials(client: Client): Promise<void> {
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

/** The catalog of a single account, or the accounts of `ACCOUNTS_FILE`. */
function namesOf({ accountsFile, catalog }: Config, accounts: readonly AccountConfig[]): string {
  if (!accountsFile) return `catalog ${catalog}`;
  const names = accounts.slice(0, maxListed).map((account) => `${account.name} (${account.catalog})`);
  const more = accounts.length - names.length;
  return `accounts ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The only output of a start that succeeds, besides the log. */
function printBanner(
  config: Config,
  accounts: readonly AccountConfig[],
  urls: { gateway: string; emulator: string | undefined; metrics: string | undefined },
): void {
  const upstream = urls.emulator ? `the embedded emulator at ${urls.emulator}` : upstreamOf(config);
  const lines = [
    `partner-central-graphql ${version} is ready, ${namesOf(config, accounts)}`,
    `  GraphQL   ${urls.gateway}/graphql`,
    config.graphiql && `  GraphiQL  ${urls.gateway}/`,
    urls.metrics && `  metrics   ${urls.metrics}`,
    `  upstream  ${upstream}`,
  ];
  console.log(lines.filter(Boolean).join('\n'));
}

async function start(environment: Environment): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${heapGrowthPercent}`);
  // Installed first, since a SIGHUP without a handler ends the program. One that arrives during the start is acted on after it.
  const started = Promise.withResolvers<() => Promise<void>>();
  process.on('SIGHUP', () => void started.promise.then((reread) => reread()));
  const config = readConfig(environment);
  const accounts = await readAccounts(config);
  warnAboutIgnored(config, environment);
  const isEmbedded = config.upstream === 'emulator' && !config.endpoint;
  const emulator = isEmbedded ? await startEmbedded(config.emulatorStateFile) : undefined;
  const credentials = await findCredentials(config);
  const telemetry = await startTelemetry(config);
  const { log, dropped, end } = createLog(config.logLevel, process.stdout);
  watchLog(dropped);
  const connect = createConnect(config, credentials, log, emulator && embeddedOf(emulator));
  const gateway = await startGateway(config, { accounts, connect, log }).catch((error) =>
    explainListenError(error, 'PORT', config.host, config.port),
  );
  const stopParts = [gateway.stop, () => emulator?.stop(), () => telemetry?.stop()];
  stopOnSignals(log, config.drainTimeoutMs + stopMarginMs, stopParts, end);
  const about = config.accountsFile ? { accounts: accounts.length } : { catalog: config.catalog };
  log.info({ version, ...about }, 'started');
  started.resolve(createReread(gateway, config, environment, log));
  printBanner(config, accounts, {
    gateway: gateway.url,
    emulator: emulator?.url,
    metrics: telemetry?.metricsUrl,
  });
}

/** Shows who the gateway is to AWS, and exits with 1 unless AWS answers, for every account. */
async function showAws(environment: Environment): Promise<void> {
  const config = readConfig(environment);
  const accounts = await readAccounts(config);
  const connect = createConnect(
    config,
    await findCredentials(config),
    createLog('silent', process.stdout).log,
  );
  for (const account of accounts) {
    const { client } = await connect(account);
    const { text, isAnswered } = await checkAws(account, client, upstreamOf(account));
    client.close();
    console.log(config.accountsFile ? `account      ${account.name}\n${text}\n` : text);
    if (!isAnswered) process.exitCode = 1;
  }
}

/** Checks the settings, and shows those that are set. */
async function showConfig(environment: Environment): Promise<void> {
  const config = readConfig(environment);
  const accounts = await readAccounts(config);
  warnAboutIgnored(config, environment);
  console.log(settingsText(environment));
  if (config.accountsFile) console.log(`The file of accounts can be used: ${namesOf(config, accounts)}.`);
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
