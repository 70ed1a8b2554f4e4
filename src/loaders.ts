import DataLoader from 'dataloader';
import { Fault } from './fault.ts';
import type { OpportunityRecord } from './upstream/records.ts';
import type { Send } from './upstream/send.ts';

/**
 * The loaders of one request. AWS has no batch get, so a batch is one call per distinct id, side by side; the client's
 * ten connections bound how many at once. What a loader buys is that a request never reads one record twice, and that
 * everything it shows of a record comes from one version.
 */
export function createLoaders(send: Send) {
  async function getOpportunity(id: string): Promise<OpportunityRecord | null> {
    try {
      return { ...(await send('GetOpportunity', { identifier: id })), id };
    } catch (error) {
      if (error instanceof Fault && error.code === 'NOT_FOUND') return null;
      throw error;
    }
  }

  return {
    /** An opportunity by its id, whole; null when AWS knows none. */
    opportunity: new DataLoader<string, OpportunityRecord | null>((ids) =>
      Promise.all(ids.map((id) => getOpportunity(id).catch((error: Error) => error))),
    ),
  };
}
