/** Starts the page, and the gateway with its emulator: `npm run example:web`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const { PATH = '', HOME = '' } = process.env;
const gateway = spawn(process.execPath, ['src/main.ts'], {
  cwd: fileURLToPath(new URL('../../', import.meta.url)),
  env: { PATH, HOME, PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let output = '';
for await (const text of gateway.stdout) {
  output += text;
  if (output.includes('is ready')) break;
}
gateway.stdout.resume();
process.env.GATEWAY_URL = /http:\/\/[^/\s]+/.exec(output)?.[0] ?? '';

const { createServer } = await import('vite');
const page = await createServer({ root: fileURLToPath(new URL('.', import.meta.url)), logLevel: 'warn' });
await page.listen();
console.log(`The pipeline is ready: ${page.resolvedUrls?.local[0]}`);

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await page.close();
  gateway.kill('SIGTERM');
  if (gateway.exitCode === null) await once(gateway, 'exit');
  process.exit(0);
}
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
