import { operations } from './operations.ts';
import { defaultPartner } from './partners.ts';
import { startEmulator } from './server.ts';

/** Exits with one line that names what to change. */
function giveUp(message: string): never {
  console.error(message);
  process.exit(1);
}

const { EMULATOR_PORT = '4510', EMULATOR_HOST = '127.0.0.1', EMULATOR_STATE_FILE } = process.env;
const port = Number(EMULATOR_PORT);
if (!/^\d+$/.test(EMULATOR_PORT) || port > 65_535)
  giveUp(`EMULATOR_PORT is ${JSON.stringify(EMULATOR_PORT)}; expected a port number from 0 to 65535`);

const emulator = await startEmulator({
  host: EMULATOR_HOST,
  port,
  ...(EMULATOR_STATE_FILE && { stateFile: EMULATOR_STATE_FILE }),
}).catch((error: NodeJS.ErrnoException) => {
  if (error.code === 'EADDRINUSE')
    giveUp(`${EMULATOR_HOST}:${port} is taken; set EMULATOR_PORT to a free port`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    giveUp(`EMULATOR_HOST is ${JSON.stringify(EMULATOR_HOST)}; this machine has no such address`);
  giveUp(error.message);
});

const { url } = emulator;
console.log(
  [
    `Partner Central emulator on ${url}, catalogs Sandbox and AWS, ${operations.size} operations`,
    `  control surface: ${url}/_emulator/health, manual: docs/emulator.md`,
    `  queue of events: ${url}/${defaultPartner.accountId}/partner-central-events`,
    '  a whole deal:    npm run play',
  ].join('\n'),
);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    emulator.stop().then(
      () => process.exit(0),
      (error: Error) => giveUp(error.message),
    );
  });
