import fc from 'fast-check';

/** The same inputs in every run, so that no test depends on luck; `RUNS=…` looks further, with others each time. */
if (!process.env.RUNS) fc.configureGlobal({ seed: 20_261_121 });
