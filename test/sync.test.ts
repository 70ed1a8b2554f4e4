/** docs/sync.md: the program of forty lines, while everything is killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { emulatorControl } from './kit.ts';
import { startProgram } from './program.ts';
import { freePort } from './redis.ts';
import { until } from './until.ts';

const root = join(import.meta.dirname, '..');

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

test.each(['on', 'off'])(
  'a CRM misses no change while it and the gateway are killed again and again (INDEX=%s)',
  async (index) => {
    const server = await startEmulator();
    const emulator = emulatorControl(server.url);
    const folder = mkdtempSync(join(tmpdir(), 'sync-'));
    const file = join(folder, 'copy.json');
    const port = String(await freePort());
    const startGateway = () =>
      startProgram({
        PORT: port,
        UPSTREAM_ENDPOINT: server.url,
        INDEX: index,
        SYNC_INTERVAL_MS: '100',
        QUOTA_READS_PER_SECOND: '1000',
      });
    const startCrm = () =>
      spawn(process.execPath, ['examples/sync/sync.ts', `http://127.0.0.1:${port}/graphql`, file], {
        cwd: root,
        env: { PATH: process.env.PATH, EVERY_MS: '50' },
        stdio: 'ignore',
      });
    const stored = (id: string): string | undefined => {
      try {
        return JSON.parse(readFileSync(file, 'utf8')).opportunities[id]?.lifeCycle.nextSteps;
      } catch {
        return undefined;
      }
    };
    const expected = new Map<string, string>();
    const change = async (round: number) => {
      for (let n = 0; n < 5; n++) {
        const id = `O${5_000_001 + ((round * 7 + n * 3) % 40)}`;
        const text = `Round ${round}, ${n}`;
        await emulator.patchRecord(id, { LifeCycle: { NextSteps: text } }, { touch: true });
        expected.set(id, text);
      }
    };
    const hasAll = () => [...expected].every(([id, text]) => stored(id) === text);
    let gateway = startGateway();
    let crm = startCrm();
    try {
      await gateway.banner;
      for (let round = 0; round < 3; round++) {
        await change(round);
        if (round === 0) await until(hasAll);
        await (round % 2 === 0 ? kill(crm) : kill(gateway.child));
        await change(round + 10);
        if (round % 2 === 0) crm = startCrm();
        else {
          gateway = startGateway();
          await gateway.banner;
        }
      }
      await until(hasAll);
      const { opportunities } = JSON.parse(readFileSync(file, 'utf8'));
      expect(Object.keys(opportunities)).toHaveLength(250);
    } finally {
      await Promise.all([kill(crm), kill(gateway.child)]);
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
