/**
 * Starts the workspace: `npm run example:web`. `PORT` is its port. Without `GATEWAY_URL` it starts a gateway on the emulator, which
 * takes its settings from the environment too.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Starts a gateway on a free port, and resolves with its URL when it is ready. */
async function startGateway(): Promise<{ url: string; process: ChildProcess }> {
  const gateway = spawn(process.execPath, ['src/main.ts'], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const text of gateway.stdout) {
    output += text;
    if (output.includes('is ready')) break;
  }
  gateway.stdout.resume();
  return { url: /http:\/\/[^/\s]+/.exec(output)?.[0] ?? '', process: gateway };
}

const gateway = process.env.GATEWAY_URL ? undefined : await startGateway();
if (gateway) process.env.GATEWAY_URL = gateway.url;

const { createServer } = await import('vite');
const page = await createServer({ root: fileURLToPath(new URL('.', import.meta.url)), logLevel: 'warn' });
await page.listen();
console.log(`The workspace is ready: ${page.resolvedUrls?.local[0]}`);

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  // First, because Vite ends the process on SIGTERM when it has closed its server.
  gateway?.process.kill('SIGTERM');
  await page.close();
  if (gateway?.process.exitCode === null) await once(gateway.process, 'exit');
  process.exit(0);
}
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
