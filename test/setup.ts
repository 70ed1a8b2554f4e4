import fc from 'fast-check';

/** The same random inputs in every run, so that tests are deterministic; with `RUNS=…` they differ in each run. */
if (!process.env.RUNS) fc.configureGlobal({ seed: 20_261_121 });
