import type { Settings } from '../settings.ts';

/**
 * The pricing calculator, as far as an opportunity knows it: a URL that leads to an estimate has a monthly amount. The
 * real one is a website of its own. Ours knows the estimates that the control surface declares, and makes an amount
 * out of the last digits of any other id; an id that begins with four zeros leads to no estimate.
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
