import { defineConfig } from 'vitest/config';

// The workers load the same packages again and again, and Node compiles each once this way.
process.env.NODE_COMPILE_CACHE ??= 'node_modules/.cache/node';

export default defineConfig({
  // Vite would load graphql's second build, and graphql refuses two copies of itself; this is the one that Node loads.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    pool: 'forks',
    // Vitest would leave a core to itself, and a machine of two cores would run one file at a time.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
