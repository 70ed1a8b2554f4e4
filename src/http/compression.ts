import { constants, type ZlibOptions, type ZstdOptions } from 'node:zlib';
import compress, { type FastifyCompressOptions } from '@fastify/compress';
import type { FastifyInstance } from 'fastify';

/** The plugin passes gzip and zstd the same options, and each ignores the other's. */
const gzipAndZstd: ZlibOptions & ZstdOptions = {
  level: 1,
  params: { [constants.ZSTD_c_compressionLevel]: 1 },
};

/**
 * The options of a route whose responses are compressed: they apply only there, since a route's options override all of
 * the plugin's. Each encoding has its lowest quality: the next ones save a tenth of the bytes at several times the CPU cost.
 */
export const compression: FastifyCompressOptions = {
  // Smaller responses fit in one packet anyway.
  threshold: 1_024,
  // Up to this size, compressing costs less than passing the response to a thread.
  syncThreshold: 65_536,
  // In the order of preference among those that the client prefers equally.
  encodings: ['zstd', 'br', 'gzip'],
  brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } },
  zlibOptions: gzipAndZstd,
};

/**
 * Lets routes compress their responses. These contain customers' names, but no secret that a page could guess from
 * compressed lengths: callers authenticate with a header, which no foreign page can send for them.
 */
export async function registerCompression(app: FastifyInstance): Promise<void> {
  await app.register(compress, { global: false });
}
