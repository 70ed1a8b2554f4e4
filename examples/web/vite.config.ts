import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const { GATEWAY_URL = 'http://127.0.0.1:4000' } = process.env;
/** Page and API share an origin, so that CORS is not needed; a load balancer can do the same in production. */
const proxy = { '/graphql': GATEWAY_URL };

export default defineConfig({
  plugins: [react()],
  server: { host: '127.0.0.1', port: 5173, proxy },
  preview: { host: '127.0.0.1', port: 5173, proxy },
  build: { outDir: '../../dist/web', emptyOutDir: true },
});
