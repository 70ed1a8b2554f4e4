import type { Settings } from '../settings.ts';

/**
 * The pricing calculator, as far as opportunities use it: the URL of an estimate has a monthly amount. The real one is
 * a separate website. Ours has the estimates that the control surface declares, and derives an amount from the last
 * digits of any other id; an id that begins with four zeros has no estimate.
 */
export function estimateOf(url: string, settings: Pick<Settings, 'estimates'>): string | undefined {
  const id = url.slice(url.indexOf('=') + 1);
  const declared = settings.estimates[id];
  if (declared !== undefined) return declared ?? undefined;
  if (id.startsWith('0000')) return undefined;
  return `${(Number.parseInt(id.slice(-4), 16) % 9000) + 1000}.00`;
}

export const sameAmount = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && Number(one) === Number(other);
