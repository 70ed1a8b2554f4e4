/** The program: reads the settings, wires the parts, listens, and drains on a signal. */
import { pino } from 'pino';
import { type Config, ConfigError, readConfig } from './config.ts';
import { placeOf } from './fault.ts';
import { startGateway } from './gateway.ts';
import { createClient } from './upstream/client.ts';

/** What the emulator takes for credentials; it looks at their form only. */
const emulatorCredentials = { accessKeyId: 'EMULATOR', secretAccessKey: 'emulator' };

/** What may wait to be written to the log, in characters. */
const unwrittenLog = 20_000_000;

/** A reason not to start that needs no stack trace. */
class StartError extends Error {}

/** The only tie between the two programs: without an upstream the gateway brings the emulator along. */
async function startEmbedded(stateFile: string | undefined) {
  const { startEmulator } = await import('../emulator/server.ts').catch(() => {
    throw new StartError(
      'UPSTREAM: this build comes without the emulator: set it to aws, or set UPSTREAM_ENDPOINT.',
    );
  });
  return startEmulator(stateFile ? { stateFile } : {}).catch((error: Error) => {
    throw new StartError(`EMULATOR_STATE_FILE: cannot use ${JSON.stringify(stateFile)}: ${error.message}`);
  });
}

/** Figures and spans, for those who ask for them. */
async function startTelemetry({ host, telemetry }: Config) {
  const { metricsPort, tracesEndpoint, sampled } = telemetry;
  if (metricsPort === undefined && !tracesEndpoint) return undefined;
  const sdk = await import('../telemetry/start.ts');
  return sdk
    .startTelemetry({
      metrics: metricsPort === undefined ? undefined : { host, port: metricsPort },
      traces: tracesEndpoint ? { endpoint: tracesEndpoint, sampled } : undefined,
    })
    .catch((error: NodeJS.ErrnoException) => {
      throw new StartError(`METRICS_PORT: cannot listen on ${host} port ${metricsPort} (${error.code}).`);
    });
}

async function start(): Promise<void> {
  const config = readConfig();
  const { host, port } = config;

  const isEmbedded = config.upstream === 'emulator' && !config.endpoint;
  const emulator = isEmbedded ? await startEmbedded(config.emulatorStateFile) : undefined;

  const client = createClient({
    region: config.region,
    callsPerSecond: config.quota.readsPerSecond + config.quota.writesPerSecond,
    endpoint: config.endpoint ?? emulator?.url,
    credentials: config.upstream === 'emulator' ? emulatorCredentials : undefined,
  });
  if (config.upstream === 'aws')
    await client.findCredentials().catch(() => {
      throw new StartError(
        'UPSTREAM=aws needs AWS credentials, and the AWS SDK found none: set AWS_PROFILE, AWS_ACCESS_KEY_ID and\n' +
          'AWS_SECRET_ACCESS_KEY, or run where a role is attached.',
      );
    });

  const telemetry = await startTelemetry(config);
  // Asynchronous: a line costs an operation next to nothing. What is not written yet is when the process ends, and when
  // nobody takes what is written, lines are dropped before memory runs out.
  const log = pino({ level: config.logLevel }, pino.destination({ sync: false, maxLength: unwrittenLog }));
  const gateway = await startGateway(config, client, log).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new StartError(`PORT: ${port} on ${host} is taken; stop what listens there or set another PORT.`);
    if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
      throw new StartError(`HOST, PORT: cannot listen on ${host} port ${port} (${error.code}).`);
    throw error;
  });

  const upstream = emulator
    ? `the embedded emulator at ${emulator.url}`
    : (config.endpoint ?? `AWS, region ${config.region}`);
  console.log(
    [
      `partner-central-graphql is ready, catalog ${config.catalog}`,
      `  GraphQL   ${gateway.url}/graphql`,
      ...(config.graphiql ? [`  GraphiQL  ${gateway.url}/`] : []),
      ...(telemetry?.metricsUrl ? [`  metrics   ${telemetry.metricsUrl}`] : []),
      `  upstream  ${upstream}`,
    ].join('\n'),
  );

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await gateway.stop();
    client.close();
    await emulator?.stop();
    await telemetry?.stop();
    // Whatever still holds on by now, such as a collector that does not answer, holds up nothing else.
    process.exit();
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
  // A bug that nobody caught: what is under way still ends, and whoever runs the gateway starts it anew. The log gets its
  // place without its message, which could quote a customer.
  const crash = (error: unknown): void => {
    log.fatal(placeOf(error), 'uncaught error');
    process.exitCode = 1;
    void stop();
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
}

start().catch((error: unknown) => {
  const isKnown = error instanceof ConfigError || error instanceof StartError;
  console.error(isKnown ? error.message : error);
  process.exit(1);
});
