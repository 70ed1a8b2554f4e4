import fc from 'fast-check';
import { vi } from 'vitest';

/** The same random inputs in every run, so that tests are deterministic; with `RUNS=…` they differ in each run. */
if (!process.env.RUNS) fc.configureGlobal({ seed: 20_261_121 });

/** Limits that only find a hang: no test may fail because the machine has other things to do. */
const hangMs = Number(process.env.HANG_MS ?? 300_000);
vi.setConfig({ testTimeout: hangMs, hookTimeout: hangMs });
