import { createHash } from 'node:crypto';

/** The namespace of this gateway's names (RFC 9562, section 6.5): a random UUID. */
const namespace = Buffer.from('6f1f0d5c7b1e4c0a9c55d1f2b7a3e8d4', 'hex');

/** A UUID of version 5 (RFC 9562): the same for the same parts, in whichever process. */
export function uuidOf(...parts: readonly string[]): string {
  const bytes = createHash('sha1').update(namespace).update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
