/** A partner's AWS account. */
export type Partner = {
  /** Twelve digits. */
  readonly accountId: string;
  readonly name: string;
  readonly alias: string;
  readonly websiteUrl?: string;
};

/** The partner accounts of the emulator, distinguished by the access keys that sign their calls. */
export type Partners = {
  /** The id of the account that an access key belongs to: the default one for an unknown key, or for none. */
  accountOf(accessKeyId: string | undefined): string;
  get(accountId: string): Partner | undefined;
  /** Adds an account, or changes one, and gives it the access key, which another account loses. */
  register(accessKeyId: string, partner: Partner): void;
  list(): (Partner & { accessKeyIds: string[] })[];
  /** Removes all accounts but the default one. */
  clear(): void;
  restore(listed: ReturnType<Partners['list']>): void;
};

/** The partner whose account all unknown access keys belong to. */
export const defaultPartner: Partner = {
  accountId: '123456789012',
  name: 'Example Partner',
  alias: 'example-partner',
  websiteUrl: 'https://partner.example',
};

export function createPartners(): Partners {
  const partners = new Map([[defaultPartner.accountId, defaultPartner]]);
  const accountByKey = new Map<string, string>();
  const clear = (): void => {
    partners.clear();
    accountByKey.clear();
    partners.set(defaultPartner.accountId, defaultPartner);
  };
  return {
    clear,
    accountOf: (key) => (key !== undefined && accountByKey.get(key)) || defaultPartner.accountId,
    get: (accountId) => partners.get(accountId),
    register: (key, partner) => {
      partners.set(partner.accountId, partner);
      accountByKey.set(key, partner.accountId);
    },
    list: () =>
      [...partners.values()].map((partner) => ({
        ...partner,
        accessKeyIds: [...accountByKey].filter(([, id]) => id === partner.accountId).map(([key]) => key),
      })),
    restore: (listed) => {
      clear();
      for (const { accessKeyIds, ...partner } of listed) {
        partners.set(partner.accountId, partner);
        for (const key of accessKeyIds) accountByKey.set(key, partner.accountId);
      }
    },
  };
}
