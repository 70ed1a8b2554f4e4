/** A supergraph on this machine: the gateway with its emulator, the CRM, and a router in front of both. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { ports as defaultPorts, file } from './compose.ts';
import { startCrm } from './crm.ts';

/** `FEDERATION_PORTS=4010,4011,4012` sets the ports of the router, the gateway and the CRM. */
const [
  routerPort = defaultPorts.router,
  partnerCentral = defaultPorts.partnerCentral,
  crmPort = defaultPorts.crm,
] = process.env.FEDERATION_PORTS?.split(',').map(Number) ?? [];
const supergraph = readFileSync(file, 'utf8')
  .replaceAll(`127.0.0.1:${defaultPorts.partnerCentral}/`, `127.0.0.1:${partnerCentral}/`)
  .replaceAll(`127.0.0.1:${defaultPorts.crm}/`, `127.0.0.1:${crmPort}/`);

/** Starts the gateway in a separate process, and resolves when it is ready. */
async function startGateway(port: number) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: new URL('../../', import.meta.url),
    env: { PATH, HOME, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const text of child.stdout) if (String(text).includes('is ready')) break;
  if (child.exitCode !== null) throw new Error('The gateway did not start.');
  child.stdout.resume();
  return async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  };
}

const stopGateway = await startGateway(partnerCentral);
const crm = await startCrm(crmPort);
const runtime = createGatewayRuntime({ supergraph, logging: 'warn' });
const router = createServer(runtime);
router.listen(routerPort, '127.0.0.1');
await once(router, 'listening');
console.log(`The supergraph is ready: http://127.0.0.1:${routerPort}/graphql`);

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  router.close();
  router.closeAllConnections();
  await Promise.all([runtime[Symbol.asyncDispose](), crm.stop(), stopGateway()]);
}
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
