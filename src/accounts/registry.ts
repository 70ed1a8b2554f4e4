/** The accounts that a gateway serves: which of them a caller may use, and until when one is in use. */
import { isDeepStrictEqual } from 'node:util';
import { badInput } from '../domain/bad-input.ts';
import { Fault, faultCodes } from '../fault.ts';
import type { CallerRule } from '../settings/accounts.ts';
import { type Claims, claimValues } from './claims.ts';

/** The most names that an error message lists. */
const maxListed = 20;

/** Who may use an account: undefined for callers about whom nothing is claimed. */
export type Callers = CallerRule | 'everyone' | undefined;

/** An account that is to be served. */
export type Tenant<Account> = { name: string; callers: Callers; account: Account };

/** The use of an account, by one request or one subscription. */
export type Lease<Account> = {
  account: Account;
  /** The names of the accounts that the caller may use. */
  accounts: readonly string[];
  /** Calls a function when the account or its callers are replaced, unless the returned function is called before. */
  onReplaced(listener: () => void): () => void;
  /** Ends the use. */
  release(): void;
};

export type LeaseOptions = {
  /** What is claimed about the caller; undefined if the caller may choose any account. */
  claims: Claims | undefined;
  /** The account that the request names. */
  name: string | undefined;
};

function mayUse(callers: Callers, claims: Claims | undefined): boolean {
  if (claims === undefined || callers === 'everyone') return true;
  return (
    callers !== undefined && claimValues(claims, callers.claim).some((one) => callers.values.includes(one))
  );
}

/**
 * The name of the account for a request. Which accounts there are besides the caller's own changes neither the answer nor what
 * it takes to find it.
 *
 * @throws Fault ACCOUNT_NOT_FOUND for an account that is not the caller's, or BAD_USER_INPUT if one of several has to be named
 */
function chooseOf(own: readonly string[], name: string | undefined): string {
  const [only] = own;
  if (only !== undefined && (name === undefined ? own.length === 1 : own.includes(name))) return name ?? only;
  if (name === undefined && own.length > 1) {
    const listed = own.slice(0, maxListed).join(', ');
    throw badInput('X-Account', 'none', `one of ${listed}${own.length > maxListed ? ', …' : ''}`);
  }
  throw new Fault('ACCOUNT_NOT_FOUND', faultCodes.ACCOUNT_NOT_FOUND);
}

/** An account with those who use it. */
type Served<Account> = Tenant<Account> & {
  uses: number;
  /** How often it or its callers have been replaced. */
  replacements: number;
  listeners: Set<() => void>;
  /** Settles once it has been replaced and no one uses it any more. */
  onIdle: (() => void) | undefined;
};

/** The use of an account by a request. It is a class, since V8 takes literals that it has seen waiting for long-lived ones. */
class Use<Account> implements Lease<Account> {
  readonly account: Account;
  readonly accounts: readonly string[];
  private readonly tenant: Served<Account>;
  private readonly replacements: number;
  /** Few requests have to know. */
  private listeners: Set<() => void> | undefined;
  private isReleased = false;

  constructor(tenant: Served<Account>, accounts: readonly string[]) {
    this.account = tenant.account;
    this.accounts = accounts;
    this.tenant = tenant;
    this.replacements = tenant.replacements;
    tenant.uses += 1;
  }

  readonly onReplaced = (listener: () => void): (() => void) => {
    const { tenant } = this;
    // It may have happened before.
    if (tenant.replacements > this.replacements) listener();
    tenant.listeners.add(listener);
    this.listeners ??= new Set();
    this.listeners.add(listener);
    return () => {
      tenant.listeners.delete(listener);
      this.listeners?.delete(listener);
    };
  };

  readonly release = (): void => {
    if (this.isReleased) return;
    this.isReleased = true;
    const { tenant } = this;
    for (const listener of this.listeners ?? []) tenant.listeners.delete(listener);
    tenant.uses -= 1;
    if (tenant.uses === 0) tenant.onIdle?.();
  };
}

export function createRegistry<Account>() {
  let served: ReadonlyMap<string, Served<Account>> = new Map();

  function notify(tenant: Served<Account>): void {
    tenant.replacements += 1;
    for (const listener of [...tenant.listeners]) listener();
  }

  return {
    /** Those who are served at present, in their order. */
    tenants: (): Tenant<Account>[] => [...served.values()],

    /**
     * Begins to use the account of a request.
     *
     * @throws Fault ACCOUNT_NOT_FOUND or BAD_USER_INPUT
     */
    lease({ claims, name }: LeaseOptions): Lease<Account> {
      const accounts = [...served.values()]
        .filter(({ callers }) => mayUse(callers, claims))
        .map((tenant) => tenant.name);
      return new Use(served.get(chooseOf(accounts, name)) as Served<Account>, accounts);
    },

    /**
     * Serves these accounts from now on. One that is given again, as the same object, stays as it is.
     *
     * @returns the accounts that are not served any more, each with a promise that resolves once no one uses it
     */
    replace(next: readonly Tenant<Account>[]): { account: Account; idle: Promise<void> }[] {
      const before = served;
      served = new Map(
        next.map((tenant) => {
          const old = before.get(tenant.name);
          if (old?.account !== tenant.account)
            return [
              tenant.name,
              { ...tenant, uses: 0, replacements: 0, listeners: new Set(), onIdle: undefined },
            ];
          const areSame = isDeepStrictEqual(old.callers, tenant.callers);
          old.callers = tenant.callers;
          if (!areSame) notify(old);
          return [tenant.name, old];
        }),
      );
      const current = new Set(served.values());
      return [...before.values()]
        .filter((old) => !current.has(old))
        .map((old) => {
          const { promise: idle, resolve } = Promise.withResolvers<void>();
          old.onIdle = resolve;
          notify(old);
          if (old.uses === 0) resolve();
          return { account: old.account, idle };
        });
    },
  };
}

export type Registry<Account> = ReturnType<typeof createRegistry<Account>>;
