/** The views of callers, and the index as they see it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account } from '../../src/accounts/account.ts';
import { accountIn, viewOf } from '../../src/accounts/view.ts';
import { isInView } from '../../src/domain/view.ts';
import { createOpportunityIndex } from '../../src/records/opportunity-index.ts';
import type { OpportunitySummary } from '../../src/upstream/wire.ts';

const rule = { claim: 'region' };
const viewFor = (region: unknown) => viewOf(rule, { region });

test('a view has no prefix that another one covers, and sees the same as with it', () => {
  expect(viewFor(['EM-1', 'AP-', 'EM-', 'EM', 'EN-', 'EM-2']).prefixes).toEqual(['AP-', 'EM', 'EN-']);
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 4 });
  fc.assert(
    fc.property(fc.array(text), text, (region, identifier) => {
      const given = { prefixes: region.filter((prefix) => prefix !== '') };
      const opportunity = { partnerOpportunityIdentifier: identifier };
      expect(isInView(viewFor(region), opportunity)).toBe(isInView(given, opportunity));
    }),
  );
  expect(viewOf({ ...rule, prefixes: { all: ['EM-', ''] } }, { region: 'all' }).prefixes).toEqual(['']);
});

test('a view has the first hundred of more prefixes', () => {
  const prefixes = Array.from({ length: 150 }, (_, n) => `P${String(n).padStart(3, '0')}`);
  expect(viewFor(prefixes.toReversed()).prefixes).toEqual(prefixes.slice(0, 100));
});

test('the rows of an index from a key on are compared with a view, and no others', () => {
  const index = createOpportunityIndex();
  let compared = 0;
  for (let n = 0; n < 1_000; n++) {
    const summary = {
      id: `O${n}`,
      get partnerOpportunityIdentifier() {
        compared += 1;
        return n % 2 ? 'EM-1' : 'AP-1';
      },
    } as OpportunitySummary;
    index.put({ summary, position: String(9_000 - n), isLost: false });
  }
  const account = { changes: {}, watched: {}, index } as unknown as Account;
  const seen = accountIn(account, { prefixes: ['EM-'] }).index;
  compared = 0;
  const rows = seen?.from('8991') ?? [];
  expect(rows.map(({ summary }) => summary.id)).toEqual(['O9', 'O7', 'O5', 'O3', 'O1']);
  expect(compared).toBe(10);
  expect(seen?.from('')).toEqual(seen?.inOrder());
  expect(seen?.from('9001')).toEqual([]);
});
