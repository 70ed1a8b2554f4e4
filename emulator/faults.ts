import { ApiError } from './errors.ts';
import { throttled } from './quotas.ts';
import { createRandom, type Random } from './seed/random.ts';
import type { Settings } from './settings.ts';

/**
 * The failures that can be injected. In calls of the API: `before` the operation is applied, so it never happened, or
 * `after`, so it did happen, unknown to the caller. In the delivery of an `event`. In calls of the `queue`, before they
 * are applied. In a `task`, which ends without having done anything.
 */
export const faultKinds = {
  throttle: 'before',
  error: 'before',
  delay: 'before',
  hold: 'before',
  'drop-before': 'before',
  'html-503': 'before',
  'access-denied': 'before',
  conflict: 'before',
  'expired-token': 'before',
  'drop-after': 'after',
  'error-after': 'after',
  truncate: 'after',
  'event-lost': 'event',
  'event-doubled': 'event',
  'event-late': 'event',
  'event-out-of-order': 'event',
  'queue-503': 'queue',
  'queue-reset': 'queue',
  'task-failed': 'task',
} as const;

export type FaultKind = keyof typeof faultKinds;

/** What a fault hits. */
export type FaultTarget = 'call' | 'event' | 'queue' | 'task';

export function targetOf(kind: FaultKind): FaultTarget {
  const where = faultKinds[kind];
  return where === 'before' || where === 'after' ? 'call' : where;
}

/**
 * Applies to the next `times` calls of `operation`, or of any operation if none is named, by `account`, or by any; or to
 * the next events, of `detailType` or of any, for `account` or for any. With a `probability`, each of those is hit at
 * random, reproducibly by `seed`.
 */
export type Fault = {
  operation?: string;
  detailType?: string;
  account?: string;
  /** Default: until it is cancelled. */
  times?: number;
  kind: FaultKind;
  delayMs?: number;
  probability?: number;
  seed?: number;
};

export type Faults = {
  add(fault: Fault): void;
  /**
   * The fault that hits this call, this event or this task, by the name of its operation, its detail type or the operation
   * that starts it. The oldest match is first; every match counts towards `times`.
   */
  take(target: FaultTarget, name: string, account: string): Fault | undefined;
  list(): Fault[];
  /** Resolves when the call that a `hold` has hit may go on. @throws the signal's reason as soon as it is aborted */
  hold(operation: string, signal: AbortSignal): Promise<void>;
  /** The operations of the calls on hold, in the order of their arrival. */
  held(): string[];
  /** Releases all calls on hold, and cancels every `hold`; another fault may still hit a released call. */
  release(): void;
  /** Cancels all faults, and releases all calls on hold. */
  clear(): void;
};

type PendingFault = { readonly fault: Fault; readonly random: Random };
type HeldCall = { readonly operation: string; goOn(): void };

export function createFaults(): Faults {
  let pending: PendingFault[] = [];
  const heldCalls = new Set<HeldCall>();

  const hits = ({ fault, random }: PendingFault): boolean => {
    if (fault.times !== undefined) fault.times -= 1;
    return fault.probability === undefined || random.chance(fault.probability);
  };

  const letGo = (): void => {
    for (const { goOn } of heldCalls) goOn();
    heldCalls.clear();
  };

  return {
    add: (fault) => {
      pending.push({ fault: { ...fault }, random: createRandom(fault.seed ?? 1) });
    },
    take: (target, name, account) => {
      // Usually there are none, and then this costs nothing.
      if (pending.length === 0) return undefined;
      const matching = pending.filter(
        ({ fault }) =>
          targetOf(fault.kind) === target &&
          (fault.operation ?? fault.detailType ?? name) === name &&
          (fault.account ?? account) === account,
      );
      const hit = matching.find(hits)?.fault;
      pending = pending.filter(({ fault }) => fault.times !== 0);
      return hit;
    },
    list: () => pending.map(({ fault }) => ({ ...fault })),
    hold: (operation, signal) =>
      new Promise((resolve, reject) => {
        const abort = () => {
          heldCalls.delete(call);
          reject(signal.reason);
        };
        const goOn = () => {
          signal.removeEventListener('abort', abort);
          resolve();
        };
        const call = { operation, goOn };
        heldCalls.add(call);
        signal.addEventListener('abort', abort, { once: true });
      }),
    held: () => [...heldCalls].map(({ operation }) => operation),
    release: () => {
      pending = pending.filter(({ fault }) => fault.kind !== 'hold');
      letGo();
    },
    clear: () => {
      pending = [];
      letGo();
    },
  };
}

/** The error of a fault, for the kinds that are errors in AWS's form. */
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
    case 'conflict':
      return new ApiError('ConflictException', 'The request conflicts with another one');
    case 'expired-token':
      return new ApiError('ExpiredTokenException', 'The security token of this request has expired');
    default:
      return undefined;
  }
}
