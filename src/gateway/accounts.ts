/** The accounts of a gateway: opened, replaced while requests are served, and closed. */
import { isDeepStrictEqual } from 'node:util';
import type { FastifyBaseLogger } from 'fastify';
import { createRegistry, type Registry } from '../accounts/registry.ts';
import type { AccountConfig } from '../accounts-file.ts';
import { errorForLog } from '../fault.ts';
import type { ServedAccount } from '../graphql/context.ts';
import { type OpenAccount, openAccount, type Shared, type Upstream } from './open-account.ts';

/** Connects an account to AWS. */
export type Connect = (account: AccountConfig) => Promise<Upstream>;

/** Whether two configurations differ in nothing that an account depends on. Its callers are checked for each request. */
const areSame = ({ callers: _, ...one }: AccountConfig, { callers: __, ...other }: AccountConfig): boolean =>
  isDeepStrictEqual(one, other);

export type Accounts = Pick<Registry<ServedAccount>, 'lease'> & {
  /**
   * Serves these accounts from now on, and resolves once they do their own work. One that has not changed keeps everything that it
   * has; one that is not served any more finishes its requests. If an account cannot be opened, nothing changes.
   */
  replace(accounts: readonly AccountConfig[]): Promise<void>;
  /** Ends the work of all accounts; requests are still served. */
  drain(): Promise<void>;
  /** Releases all resources, once nothing is used any more. */
  close(): Promise<void>;
};

export function createAccounts(connect: Connect, shared: Shared, log: FastifyBaseLogger): Accounts {
  const registry = createRegistry<ServedAccount>();
  let open: readonly OpenAccount[] = [];
  let isDrained = false;
  /** The last replacement: they are made one after the other. */
  let replacing: Promise<void> = Promise.resolve();
  /** The accounts that are closed once no one uses them. */
  const closing = new Set<Promise<void>>();

  /** Opens those that are not open. @throws if one cannot be opened; those that were are closed again */
  async function openAll(accounts: readonly AccountConfig[]): Promise<readonly OpenAccount[]> {
    const results = await Promise.allSettled(
      accounts.map(async (config) => {
        const same = open.find((account) => areSame(account.config, config));
        return same ? { ...same, config } : openAccount(config, await connect(config), shared, log);
      }),
    );
    const opened = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const failed = results.find((result) => result.status === 'rejected');
    if (!failed) return opened;
    const isNew = ({ served }: OpenAccount) => !open.some((account) => account.served === served);
    await Promise.all(opened.filter(isNew).map((account) => account.close()));
    throw failed.reason;
  }

  /** Reports what fails where no one waits for it. */
  const report = (error: unknown) => log.error(errorForLog(error), 'account not closed');

  /** Ends the work of an account that is not served any more, and closes it once no one uses it. */
  async function retire(account: OpenAccount, idle: Promise<void>): Promise<void> {
    await Promise.all([account.drain(), account.detach()]).catch(report);
    const closed = idle
      .then(account.close)
      .catch(report)
      .finally(() => closing.delete(closed));
    closing.add(closed);
  }

  async function replace(accounts: readonly AccountConfig[]): Promise<void> {
    const before = open;
    open = await openAll(accounts);
    const retired = registry.replace(
      open.map(({ served, config: { name, callers } }) => ({ name, callers, account: served })),
    );
    // The same work must not be carried out twice at a time, so that the new accounts start when the old ones have ended.
    await Promise.all(
      retired.map(({ account: served, idle }) =>
        retire(before.find((one) => one.served === served) as OpenAccount, idle),
      ),
    );
    for (const account of open) if (!before.some(({ served }) => served === account.served)) account.start();
  }

  return {
    lease: registry.lease,
    replace(accounts) {
      const result = replacing.then(() => (isDrained ? undefined : replace(accounts)));
      replacing = result.catch(() => {});
      return result;
    },
    async drain() {
      isDrained = true;
      await replacing;
      await Promise.all(open.map((account) => account.drain()));
    },
    async close() {
      await Promise.all([...open.map((account) => account.close()), ...closing]);
    },
  };
}
