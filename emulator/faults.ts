import { ApiError } from './errors.ts';

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
  'drop-after': 'after',
  'error-after': 'after',
} as const;

export type FaultKind = keyof typeof faultKinds;

/** Holds for the next `times` calls of `operation`, or of any operation when none is named. */
export type Fault = { operation?: string; times: number; kind: FaultKind; delayMs?: number };

export type Faults = {
  add(fault: Fault): void;
  /** The fault that this call runs into, used up by one. The oldest that matches comes first. */
  take(operation: string): Fault | undefined;
  list(): Fault[];
  clear(): void;
};

export function createFaults(): Faults {
  let waiting: Fault[] = [];
  return {
    add: (fault) => {
      waiting.push({ ...fault });
    },
    take: (operation) => {
      const fault = waiting.find((one) => one.operation === undefined || one.operation === operation);
      if (fault === undefined) return undefined;
      fault.times -= 1;
      if (fault.times === 0) waiting = waiting.filter((one) => one !== fault);
      return fault;
    },
    list: () => waiting.map((fault) => ({ ...fault })),
    clear: () => {
      waiting = [];
    },
  };
}

/** The error that a fault answers with, for those kinds that answer in AWS's form. */
export function faultError(kind: FaultKind): ApiError | undefined {
  if (kind === 'throttle') return new ApiError('ThrottlingException', 'Rate exceeded');
  if (kind === 'error' || kind === 'error-after')
    return new ApiError('InternalServerException', 'The request failed for an internal reason');
  return undefined;
}
