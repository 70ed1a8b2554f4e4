import { digest } from '../records/page-token.ts';
import type { Message } from './queue.ts';

/** The content of a receipt handle: the message, and the number of the receipt that it belongs to. */
export type Receipt = { id: string; receiveCount: number };

/** The receipt handle of a message as it was just received from a queue, which is distinguished by its ARN. */
export function writeHandle(queueArn: string, { id, receiveCount }: Message): string {
  const content = [id, receiveCount];
  return Buffer.from(JSON.stringify([...content, checksum(queueArn, content)])).toString('base64url');
}

/** Reads a handle; undefined if this queue has not issued it. */
export function readHandle(queueArn: string, handle: string): Receipt | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(handle, 'base64url').toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts)) return undefined;
  const [id, receiveCount, sum] = parts;
  return sum === checksum(queueArn, [id, receiveCount]) ? { id, receiveCount } : undefined;
}

const checksum = (queueArn: string, content: unknown[]): string =>
  digest(JSON.stringify([queueArn, ...content]));
