import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * Everything the page loads is named relative to the page, in a folder called like its URL: `graphiql/…` is right
 * from `/` and from `/graphql` alike, and behind a proxy that puts the gateway under a prefix.
 */
export default defineConfig({
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/graphiql',
    emptyOutDir: true,
    assetsDir: 'graphiql',
    // Monaco is one editor of 3 MB whichever way it is cut; the warning would tell us so on every build.
    chunkSizeWarningLimit: 8192,
    rolldownOptions: {
      onwarn(warning, warn) {
        // GraphiQL's React components say "use no memo", which means nothing to a bundler.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});
