import { ApiError } from './errors.ts';
import { throttled } from './quotas.ts';
import { createRandom, type Random } from './seed/random.ts';
import type { Settings } from './settings.ts';

/**
 * What can be made to go wrong, and when: `before` the operation is applied, so it never happened, or `after`, so it
 * did happen and the caller does not learn of it.
 */
export const faultKinds = {
  throttle: 'before',
  error: 'before',
  delay: 'before',
  'drop-before': 'before',
  'html-503': 'before',
  'access-denied': 'before',
  'expired-token': 'before',
  'drop-after': 'after',
  'error-after': 'after',
  truncate: 'after',
} as const;

export type FaultKind = keyof typeof faultKinds;

/**
 * Holds for the next `times` calls of `operation`, or of any operation when none is named. With a `probability` each
 * of those calls is hit by chance: by the dice of `seed`, which fall the same way every time.
 */
export type Fault = {
  operation?: string;
  /** Without a number it holds until it is called off. */
  times?: number;
  kind: FaultKind;
  delayMs?: number;
  probability?: number;
  seed?: number;
};

export type Faults = {
  add(fault: Fault): void;
  /** The fault that this call runs into. The oldest that matches comes first; being asked uses it up by one. */
  take(operation: string): Fault | undefined;
  list(): Fault[];
  clear(): void;
};

type PendingFault = { readonly fault: Fault; readonly random: Random };

export function createFaults(): Faults {
  let pending: PendingFault[] = [];

  const hits = ({ fault, random }: PendingFault): boolean => {
    if (fault.times !== undefined) fault.times -= 1;
    return fault.probability === undefined || random.chance(fault.probability);
  };

  return {
    add: (fault) => {
      pending.push({ fault: { ...fault }, random: createRandom(fault.seed ?? 1) });
    },
    take: (operation) => {
      // Nothing is usually waiting, and then this costs nothing.
      if (pending.length === 0) return undefined;
      const matching = pending.filter(
        ({ fault }) => fault.operation === undefined || fault.operation === operation,
      );
      const hit = matching.find(hits)?.fault;
      pending = pending.filter(({ fault }) => fault.times !== 0);
      return hit;
    },
    list: () => pending.map(({ fault }) => ({ ...fault })),
    clear: () => {
      pending = [];
    },
  };
}

/** The error that a fault answers with, for those kinds that answer in AWS's form. */
export function faultError(kind: FaultKind, settings: Settings): ApiError | undefined {
  switch (kind) {
    case 'throttle':
      return throttled(settings);
    case 'error':
    case 'error-after':
      return new ApiError('InternalServerException', 'The request failed for an internal reason');
    case 'access-denied':
      return new ApiError(
        'AccessDeniedException',
        'This account has no active partner benefit in this catalog',
        {
          Reason: 'INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE',
        },
      );
    case 'expired-token':
      return new ApiError('ExpiredTokenException', 'The security token of this request has expired');
    default:
      return undefined;
  }
}
