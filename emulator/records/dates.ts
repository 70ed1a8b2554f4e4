import { instant, toMilliseconds } from '../instant.ts';
import type { Settings } from '../settings.ts';

/**
 * The LastModifiedDate of a write at `now`. It always lies after the one before, even when two writes fall into one
 * tick of the clock or the clock was set back: the lock would not notice a write otherwise.
 */
export function nextModified(now: number, previous: string | undefined, settings: Settings): string {
  const step = settings.timestamps === 'seconds' ? 1000 : 1;
  const before = previous === undefined ? undefined : instant(previous);
  const current = Math.floor(now / step) * step;
  if (before === undefined) return timestampText(current);
  const earliest = (Math.floor(toMilliseconds(before) / step) + 1) * step;
  return timestampText(Math.max(current, earliest));
}

/** A creation date has whole seconds on the service. */
export const createdText = (now: number): string => timestampText(Math.floor(now / 1000) * 1000);

/** Milliseconds are printed only where there are any, which is how whole seconds look on the wire. */
export const timestampText = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace('.000Z', 'Z');
