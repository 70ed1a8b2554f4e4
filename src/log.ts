/**
 * The log: lines of JSON on a file descriptor that may be slow, full or closed. No write waits, fails or throws, since
 * serving requests without a log is better than not serving them. Pino's own destination ends the program when the disk
 * is full, and on exit repeats the write forever.
 */
import { write as writeBytes } from 'node:fs';
import { type Logger, pino } from 'pino';
import { type Clock, systemClock } from './clock.ts';

/** The limit of the lines that wait, in bytes. */
const maxWaiting = 20_000_000;
/** The limit of a write, in characters: as much as an empty pipe takes. */
const maxWrite = 65_536;
/** The wait until a full pipe may have room again. */
const fullPipeMs = 10;
/** How long a line may wait for others of the same write: on a busy gateway a write costs as much as making ten lines. */
const gatherMs = 20;
/** The longest time for which the last lines delay the exit. */
const maxEndMs = 1_000;
const newline = 10;

export type LogOptions = {
  clock?: Pick<Clock, 'setTimer'>;
  /** The limit of the lines that wait, in bytes. */
  maxLength?: number;
  /** `fs.write` */
  write?: (
    fd: number,
    bytes: Buffer,
    done: (error: NodeJS.ErrnoException | null, written: number) => void,
  ) => void;
};

/**
 * Creates a log. Lines are written together with those of the next 20 ms, or at once by the logger's `flush`. While a pipe is
 * full, lines wait; beyond `maxLength` the newest are dropped. A write that fails drops its lines. Dropped lines are counted, and
 * the log states their number as soon as it can be written again.
 *
 * @param output `process.stdout`. Node makes a pipe non-blocking when it opens it; a blocked write would occupy a thread,
 *   and the exit waits for all threads.
 */
export function createLog(
  level: string,
  output: { fd: number },
  { clock = systemClock, maxLength = maxWaiting, write = writeBytes }: LogOptions = {},
) {
  /**
   * The writes that are full, as bytes. A line is a string that V8 joins out of some forty pieces when it is first read: until
   * then it takes ten times its length, which is too much for lines that wait for a slow reader.
   */
  const full: Buffer[] = [];
  /** The lines of the next write. */
  let open = '';
  /** The size of what waits, with the write in progress, in bytes; a character of `open` counts as one. */
  let length = 0;
  /** Whether a write is in progress, or a timer is set for the next one. */
  let isBusy = false;
  /** Starts the next write at once instead of at its timer; undefined without a timer. */
  let writeEarly: (() => void) | undefined;
  let isEnding = false;
  /** Whether what waits is written without waiting for more lines. */
  let isUrgent = false;
  let dropped = 0;
  let reported = 0;
  /** Whether the last write ended within a line, which the next line must not continue. */
  let isTorn = false;
  let onIdle = () => {};

  function add(line: string): void {
    if (length + line.length > maxLength) {
      dropped += 1;
      return;
    }
    if (open.length + line.length > maxWrite) closeWrite();
    open += line;
    length += line.length;
    if (!isBusy) gather();
  }

  function closeWrite(): void {
    if (open === '') return;
    const bytes = Buffer.from(open);
    full.push(bytes);
    length += bytes.length - open.length;
    open = '';
  }

  const isEmpty = (): boolean => full.length === 0 && open === '';

  const destination = { write: add, flush };
  const log: Logger = pino({ level }, destination);

  function flush(): void {
    isUrgent = isBusy;
    writeEarly?.();
  }

  /** Writes what waits: at once if it fills a write, else together with the lines of the next milliseconds. */
  function gather(): void {
    isBusy = !isEmpty();
    if (!isBusy) onIdle();
    else if (isEnding || isUrgent || full.length > 0) writeNext();
    else {
      const stopTimer = clock.setTimer(writeNext, gatherMs);
      writeEarly = () => {
        stopTimer();
        writeNext();
      };
    }
  }

  function writeNext(): void {
    writeEarly = undefined;
    if (full.length === 0) closeWrite();
    const lines = full.shift() ?? Buffer.alloc(0);
    isUrgent &&= !isEmpty();
    writeRest(isTorn ? Buffer.concat([Buffer.from('\n'), lines]) : lines, () => {
      length -= lines.length;
      gather();
    });
  }

  function writeRest(bytes: Buffer, next: () => void): void {
    write(output.fd, bytes, (error, written) => {
      if (error?.code === 'EAGAIN') return void clock.setTimer(() => writeRest(bytes, next), fullPipeMs);
      if (error) dropped += String(bytes).trim().split('\n').length;
      else if (written > 0) isTorn = bytes[written - 1] !== newline;
      if (!error && written < bytes.length) return writeRest(bytes.subarray(written), next);
      if (!error && isEmpty()) reportDropped();
      next();
    });
  }

  function reportDropped(): void {
    if (dropped === reported) return;
    reported = dropped;
    log.error({ dropped }, 'log lines dropped since the start');
  }

  return {
    log,
    /** The number of lines dropped since the start. */
    dropped: () => dropped,
    /** Writes the last lines at once; resolves when all are written, or after a second if that is impossible. */
    end(): Promise<void> {
      return new Promise((resolve) => {
        isEnding = true;
        if (!isBusy) return resolve();
        onIdle = resolve;
        writeEarly?.();
        clock.setTimer(resolve, maxEndMs);
      });
    },
  };
}

export type Log = ReturnType<typeof createLog>;
