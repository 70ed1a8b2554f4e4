/** What is read again on SIGHUP: the manifest of trusted documents, and the accounts. */
import type { Logger } from 'pino';
import { readAccounts } from '../accounts-file.ts';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { errorForLog } from '../fault.ts';
import type { Gateway } from '../gateway.ts';

/**
 * Creates the function that reads the files again, one call after the other. A file that cannot be used changes nothing, and is
 * reported in the log.
 */
export function createReread(
  gateway: Pick<Gateway, 'replaceDocuments' | 'replaceAccounts'>,
  config: Config,
  environment: Parameters<typeof readConfig>[0],
  log: Logger,
): () => Promise<void> {
  async function report(what: string, read: () => Promise<object>): Promise<void> {
    try {
      log.info(await read(), `${what} read`);
    } catch (error) {
      const problem = error instanceof ConfigError ? { problem: error.message } : errorForLog(error);
      log.error(problem, `${what} not read; the previous ones stay in use`);
    }
  }

  async function readDocuments(): Promise<object> {
    const { documents } = readConfig(environment).trustedDocuments;
    gateway.replaceDocuments(documents);
    return { documents: documents.size };
  }

  async function rereadAccounts(): Promise<object> {
    const accounts = await readAccounts(config);
    await gateway.replaceAccounts(accounts);
    return { accounts: accounts.length };
  }

  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(async () => {
      await report('trusted documents', readDocuments);
      if (config.accountsFile) await report('accounts', rereadAccounts);
    });
    return last;
  };
}
