import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const { GATEWAY_URL = 'http://127.0.0.1:4000', PORT = '5173' } = process.env;
/** Page and API share an origin, so that CORS is not needed; a load balancer can do the same in production. */
const proxy = { '/graphql': { target: GATEWAY_URL, ws: true } };
const served = { host: '127.0.0.1', port: Number(PORT), strictPort: true, proxy };

export default defineConfig({
  plugins: [react()],
  server: served,
  preview: served,
  build: { outDir: '../../dist/web', emptyOutDir: true },
});
