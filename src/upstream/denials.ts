/** The operations that AWS has refused the gateway's role, as far as they have been tried. */
import { calendar } from '../clock.ts';
import type { Operation } from './operations.ts';

/** An operation that AWS does not allow, and when that was first seen. */
export type Denial = { operation: Operation; since: string };

export function createDenials() {
  const since = new Map<Operation, string>();
  return {
    note(operation: Operation): void {
      if (!since.has(operation)) since.set(operation, calendar.instant());
    },
    /** AWS has allowed it. */
    clear(operation: Operation): void {
      since.delete(operation);
    },
    list: (): Denial[] => [...since].map(([operation, since]) => ({ operation, since })),
  };
}

export type Denials = ReturnType<typeof createDenials>;

/** For a dry run, where AWS is not asked. */
export const noDenials: Denials = { note() {}, clear() {}, list: () => [] };
