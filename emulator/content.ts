import { engagementsContent, restoreEngagements } from './engagements/store.ts';
import { isObject, type Json } from './json.ts';
import type { Partners } from './partners.ts';
import type { Opportunity } from './records/record.ts';
import type { Tokens } from './records/tokens.ts';
import type { EmulatorState } from './state.ts';

/** What outlives a restart: records, spent client tokens, partners and all that they share. */
export type Content = {
  version: typeof formatVersion;
  partners: ReturnType<Partners['list']>;
  accounts: { accountId: string; records: Opportunity[]; tokens: ReturnType<Tokens['entries']> }[];
  engagements: ReturnType<typeof engagementsContent>;
};

/** Version 1, of a single partner without engagements, is no longer read. */
const formatVersion = 2;

export const contentOf = ({ partners, accounts, engagements }: EmulatorState): Content => ({
  version: formatVersion,
  partners: partners.list(),
  accounts: accounts.all().map(({ accountId, store, tokens }) => ({
    accountId,
    records: store.all(),
    tokens: tokens.entries(),
  })),
  engagements: engagementsContent(engagements),
});

/** Fills an empty state. */
export function restoreContent(state: EmulatorState, content: Content): void {
  state.partners.restore(content.partners);
  for (const { accountId, records, tokens } of content.accounts) {
    const account = state.accounts.of(accountId);
    for (const record of records) account.store.put(record);
    account.tokens.restore(tokens);
  }
  restoreEngagements(state.engagements, content.engagements);
  for (const { referral } of state.engagements.invitations.values())
    if (referral) state.opportunityIds.reserve(referral.Id);
}

/** Reads the text that JSON made of a content. @throws Error with what it is instead, to follow "The state file … " */
export function parseContent(text: string): Content {
  let content: Json = null;
  try {
    content = JSON.parse(text) as Json;
  } catch {
    // Falls through: a truncated file and a foreign one get the same message below.
  }
  if (isObject(content) && content.version === 1 && Array.isArray(content.records))
    throw new Error(
      'was written by an earlier version, which knew one partner only; delete it, or choose another',
    );
  if (isObject(content) && content.version === formatVersion && Array.isArray(content.accounts))
    return content as unknown as Content;
  throw new Error('was not written by this emulator; move it or choose another');
}
