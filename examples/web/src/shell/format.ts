type Amount = { amount?: string | null; currencyCode?: string | null };

/** An amount to read. It is a string until here: a float is precise enough to show, not to send back. */
export function money(
  { amount, currencyCode }: Amount,
  notation: 'standard' | 'compact' = 'standard',
): string {
  if (!amount) return '';
  const style = currencyCode ? { style: 'currency' as const, currency: currencyCode } : {};
  return new Intl.NumberFormat('en', { ...style, notation, maximumFractionDigits: 0 }).format(Number(amount));
}

/** A day (`2031-05-06`) to read: `May 6, 2031`. */
export const day = (date: string | null | undefined): string =>
  date ? new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date)) : '';

/** A time to read, in the user's own time zone. */
export const time = (at: string | null | undefined): string =>
  at ? new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at)) : '';

type Deal = {
  lifeCycle?: { stage?: string | null; targetCloseDate?: string | null } | null;
  project?: { expectedCustomerSpend?: readonly (Amount & { targetCompany?: string | null })[] | null } | null;
};

/** The monthly spend on AWS that a deal is worth. */
export const amountOf = ({ project }: Deal): Amount =>
  project?.expectedCustomerSpend?.find(({ targetCompany }) => targetCompany === 'AWS') ?? {};

/** Whether an open deal should have been closed before today (UTC). */
export const isOverdue = ({ lifeCycle }: Deal): boolean =>
  !['LAUNCHED', 'CLOSED_LOST'].includes(lifeCycle?.stage ?? '') &&
  (lifeCycle?.targetCloseDate ?? '9999') < new Date().toISOString().slice(0, 10);

const abbreviations = ['ISVSM', 'PDM', 'PSM', 'WWPSPDM'];

/** A value of the schema in words, where there is no picklist: `SELLER_ENGAGED` is "Seller engaged". */
export function words(value: string | null | undefined): string {
  if (!value || abbreviations.includes(value)) return value ?? '';
  return value.charAt(0) + value.slice(1).replaceAll('_', ' ').toLowerCase().replace(/^ws /, 'WS ');
}
