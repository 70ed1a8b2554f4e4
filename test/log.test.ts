/** The log while its output is slow, full or closed. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { auditLog } from '../src/accounts/audit.ts';
import { createLog } from '../src/log.ts';
import { fakeClock } from './clock.ts';
import { post, preload, startProgram } from './program.ts';
import { freePort } from './redis.ts';
import { until } from './until.ts';

const numRuns = Number(process.env.RUNS ?? 300);

type Written = Parameters<NonNullable<NonNullable<Parameters<typeof createLog>[2]>['write']>>;
type Line = { n?: number; dropped?: number; msg: string };

/** An output whose writes a test controls, one at a time. */
function output() {
  let text = '';
  let pending: Written | undefined;
  return {
    write: (...written: Written) => {
      pending = written;
    },
    isPending: () => pending !== undefined,
    /** Ends the pending write, if there is one, after so many bytes or with an error. */
    settle(result: number | string): void {
      const [, bytes, done] = pending ?? [];
      pending = undefined;
      if (!bytes || !done) return;
      const error = typeof result === 'string' ? Object.assign(new Error(result), { code: result }) : null;
      const written = bytes.subarray(0, error ? 0 : Number(result));
      text += written;
      done(error, written.length);
    },
    lines: (): string[] => text.split('\n').filter(Boolean),
  };
}

const entry = {
  requestId: 'r',
  account: 'main',
  caller: 'token:ada',
  mutation: 'updateOpportunity',
  fields: [],
  outcome: 'written',
};

const parse = (line: string): Line[] => {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
};

describe('a log', () => {
  test('with any output, lines stay whole and in order, and those that are missing are counted', () => {
    const result = fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 400 }) },
      fc.constant(1_000_000),
      fc.constantFrom('EAGAIN', 'ENOSPC', 'EPIPE', 'EIO'),
    );
    const step = fc.oneof(
      fc.record({ line: fc.string({ unit: 'binary', maxLength: 300 }) }),
      fc.record({ result }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { clock, runNext } = fakeClock();
        const disk = output();
        const { log, dropped } = createLog('info', { fd: 1 }, { clock, maxLength: 1_000, write: disk.write });
        let sent = 0;
        for (const each of steps) {
          if ('line' in each) log.info({ n: sent++ }, each.line);
          else disk.settle(each.result);
          while (runNext());
        }
        const recovers = disk.isPending();
        while (disk.isPending() || runNext()) disk.settle(1_000_000);

        const written = disk.lines().flatMap(parse);
        const numbers = written.flatMap(({ n }) => n ?? []);
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
        expect(new Set(numbers).size).toBe(numbers.length);
        expect(sent - numbers.length).toBeLessThanOrEqual(dropped());
        if (dropped() === 0) expect(disk.lines().length).toBe(sent);
        else if (recovers) expect(Math.max(...written.map((line) => line.dropped ?? 0))).toBe(dropped());
      }),
      { numRuns },
    );
  });

  test('lines wait for a slow reader up to a limit, beyond which the newest are dropped', () => {
    const { clock, runNext } = fakeClock();
    const pipe = output();
    const { log, dropped } = createLog('info', { fd: 1 }, { clock, maxLength: 10_000, write: pipe.write });
    for (let n = 0; n < 1_000; n++) {
      log.info({ n }, 'x'.repeat(900));
      pipe.settle('EAGAIN');
      runNext();
    }
    expect(dropped()).toBeGreaterThan(980);
    while (pipe.isPending() || runNext()) pipe.settle(1_000_000);
    const written = pipe.lines().map((line): Line => JSON.parse(line));
    expect(written.map(({ n }) => n).slice(0, -1)).toEqual([...Array(1_000 - dropped()).keys()]);
    expect(written.at(-1)).toMatchObject({
      level: 50,
      dropped: dropped(),
      msg: 'log lines dropped since the start',
    });
  });

  test('the lines of 20 ms are one write', () => {
    const { clock, runNext, nextAt } = fakeClock();
    const written: string[] = [];
    const write = (...[, bytes, done]: Written) => {
      written.push(String(bytes));
      done(null, bytes.length);
    };
    const { log } = createLog('info', { fd: 1 }, { clock, write });
    for (let n = 0; n < 3; n++) log.info({ n }, 'gathered');
    expect(written).toEqual([]);
    expect(nextAt()).toBe(20);
    runNext();
    expect(
      written.map((lines) =>
        lines
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line).n),
      ),
    ).toEqual([[0, 1, 2]]);
  });

  test('a line of the audit log is written at once, with the lines before it, and after a write in progress', () => {
    const { clock } = fakeClock();
    const { write, settle, isPending, lines } = output();
    const { log } = createLog('info', { fd: 1 }, { clock, write });
    const audit = auditLog(log);
    log.info('before');
    expect(isPending()).toBe(false);
    audit({ ...entry, subject: 'O1' });
    expect(isPending()).toBe(true);
    audit({ ...entry, subject: 'O2' });
    settle(1_000_000);
    expect(lines()).toHaveLength(2);
    expect(isPending()).toBe(true);
    settle(1_000_000);
    log.info('after');
    expect(lines()).toHaveLength(3);
    expect(isPending()).toBe(false);
  });

  test('the last lines are written at once', async () => {
    const { clock } = fakeClock();
    const disk = output();
    const { log, end } = createLog('info', { fd: 1 }, { clock, write: disk.write });
    log.info('last');
    const ended = end();
    disk.settle(1_000);
    await ended;
    expect(disk.lines()).toHaveLength(1);
  });

  test('a log that cannot be written ends after a second at most', async () => {
    const { clock, advance } = fakeClock();
    const { log, end } = createLog('info', { fd: 1 }, { clock, write: () => {} });
    log.info('never written');
    let isOver = false;
    const ended = end().then(() => (isOver = true));
    await advance(999);
    expect(isOver).toBe(false);
    await advance(1);
    await ended;
  });

  test('the lines for a full disk are dropped and counted', async () => {
    const { log, dropped, end } = createLog('info', { fd: openSync('/dev/full', 'w') });
    log.info('one');
    log.info('two');
    await end();
    expect(dropped()).toBe(2);
  });
});

describe('a program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'output-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);

  const query = { query: '{ opportunity(id: "O5000002") { id } }' };
  const isUp = (url: string) =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  const droppedLines = async (metrics: string) =>
    Number(
      /^partner_central_log_dropped_total(?:{.*})? (\d+)$/m.exec(await (await fetch(metrics)).text())?.[1],
    );

  /** Starts a program whose output cannot be read, on ports that are known. */
  async function startUnread(shell: string, env: Record<string, string> = {}) {
    const [port, metricsPort] = [await freePort(), await freePort()];
    const ports = { PORT: String(port), METRICS_PORT: String(metricsPort), LOG_LEVEL: 'info' };
    const program = startProgram({ ...ports, ...env }, undefined, shell);
    const base = `http://127.0.0.1:${port}`;
    if (shell.includes('closed')) program.child.stdout.destroy();
    const ended = program.exited.then(({ err }) => {
      throw new Error(`The program exited: ${err}`);
    });
    await Promise.race([until(() => isUp(`${base}/healthz`)), ended]);
    return { ...program, url: `${base}/graphql`, metrics: `http://127.0.0.1:${metricsPort}/metrics` };
  }

  test.each([
    ['the output', 'exec "$@" >/dev/full'],
    ['the output and warnings', 'exec "$@" >/dev/full 2>/dev/full'],
    ['a closed output', 'exec "$@" # closed'],
  ])(
    'a program starts, serves requests, counts lost log lines and exits while its disk is full (%s)',
    async (_what, shell) => {
      const { child, exited, url, metrics } = await startUnread(shell, { PORTT: 'misspelled' });
      for (let n = 0; n < 3; n++) expect((await post(url, query)).status).toBe(200);
      await until(async () => (await droppedLines(metrics)) >= 3);
      child.kill('SIGTERM');
      expect((await exited).code).toBe(0);
    },
  );

  test('a program starts, serves requests and exits while its output is a full pipe that is not read', async () => {
    const fill = 'head -c 65536 /dev/zero';
    const { child, exited, url } = await startUnread(`exec 1<>'${pipe}'; ${fill}; exec "$@"`);
    for (let n = 0; n < 3; n++) expect((await post(url, query)).status).toBe(200);
    child.kill('SIGTERM');
    expect((await exited).code).toBe(0);
  });

  test('an uncaught error ends a program with code 1 while its disk is full', async () => {
    const bug = preload("process.once('SIGUSR2', () => { throw new Error('bug') })");
    const { child, exited } = await startUnread('exec "$@" >/dev/full', bug);
    child.kill('SIGUSR2');
    expect((await exited).code).toBe(1);
  });
});
