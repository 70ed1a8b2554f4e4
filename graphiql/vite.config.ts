import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * All URLs are relative to the page, and the assets' folder is named after their path: `graphiql/…` is correct from
 * both `/` and `/graphql`, and behind a proxy that adds a prefix.
 */
export default defineConfig({
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/graphiql',
    emptyOutDir: true,
    license: { fileName: 'licences.json' },
    assetsDir: 'graphiql',
    // Monaco is 3 MB however it is split; the warning would appear on every build.
    chunkSizeWarningLimit: 8192,
    rolldownOptions: {
      onwarn(warning, warn) {
        // GraphiQL's React components contain "use no memo", which bundlers ignore.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});
