import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';

/** Smaller responses fit in one packet anyway. */
const minBytes = 1_024;

/**
 * Registers compression for the routes that enable it. Responses contain customers' names, but no secret that a page could
 * guess from compressed lengths: callers authenticate with a header, which no foreign page can send for them.
 */
export async function registerCompression(app: FastifyInstance): Promise<void> {
  await app.register(compress, {
    global: false,
    threshold: minBytes,
    encodings: ['br', 'gzip'],
    // The default quality saves a few more bytes at a hundred times the CPU cost.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
}
