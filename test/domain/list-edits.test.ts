import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkEdits } from '../../src/domain/edit-checks.ts';
import { editConflicts, unclearEdits } from '../../src/domain/edit-conflicts.ts';
import { applyPatch, patchedFields, pathInPatch, resolveEdits } from '../../src/domain/list-edits.ts';
import { changedFields, merge } from '../../src/domain/patch.ts';

type Members = Record<string, unknown>;

const text = fc.oneof(fc.constantFrom(null, '', 'Ada'), fc.string({ maxLength: 5 }));
/** Members that no SDK has, with values that must come back byte for byte. */
const unknown = fc.constantFrom<Members>(
  {},
  { future: null },
  { future: { x: [] } },
  { n: JSON.rawJSON('1.10') },
);
const contactWith = (email: string) =>
  fc.record({ firstName: text, phone: text }, { requiredKeys: [] }).map((members) => ({ email, ...members }));
const stored = fc
  .subarray(['a', 'b', 'c', 'd', 'e', 'f'])
  .chain((emails) => fc.tuple(...emails.map((email) => fc.tuple(contactWith(email), unknown))))
  .map((contacts) => contacts.map(([contact, more]) => ({ ...contact, ...more })));
const line = (targetCompany: string) =>
  fc
    .tuple(fc.constantFrom('10', '10.0', 10), fc.constantFrom('Monthly', 'None'), unknown)
    .map(([amount, frequency, more]) => ({ targetCompany, amount, frequency, currencyCode: 'USD', ...more }));
const values = fc.option(fc.subarray(['Resell', 'SaaS or PaaS', 'Unheard Of', 'Other']));
const record = fc.record({
  customer: fc.option(fc.record({ account: fc.constant({ duns: '1' }), contacts: fc.option(stored) })),
  project: fc.record({
    title: fc.constant('Title'),
    expectedCustomerSpend: fc
      .tuple(fc.option(line('AWS')), fc.option(line('Self')))
      .map((lines) => lines.filter((one) => one !== null)),
    deliveryModels: values,
  }),
  future: fc.constant({ x: null }),
});
type Stored = { customer: { contacts: Members[] | null } | null };
const contactsOf = (of: unknown): Members[] => (of as Stored).customer?.contacts ?? [];

/** Edits of one user: of the contacts with these emails, of one line of the spend, and of some enum values. */
function editsBy(base: unknown, emails: readonly string[], company: 'Aws' | 'Self', own: readonly string[]) {
  const contacts = contactsOf(base);
  const known = contacts.flatMap((contact, index) =>
    emails.includes(contact.email as string) ? [{ contact, index }] : [],
  );
  const match = ({ contact, index }: (typeof known)[number]) => {
    const { email, firstName, phone } = contact;
    return fc.constantFrom({ email }, { index, expect: { email, firstName, phone } });
  };
  const change = (one: (typeof known)[number]) =>
    match(one).chain((found) =>
      fc.oneof(
        fc.constant({ remove: found }),
        fc
          .record({ firstName: text, phone: text }, { requiredKeys: [] })
          .map((set) => ({ update: { match: found, set } })),
      ),
    );
  const added = fc.constantFrom(...emails).chain((email) => contactWith(`new ${email}`));
  return fc.record({
    contactEdits: fc
      .tuple(fc.tuple(...known.map((one) => fc.option(change(one)))), fc.array(added, { maxLength: 2 }))
      .map(([changes, adds]) => [...changes.filter((one) => one !== null), ...adds.map((add) => ({ add }))]),
    spendEdits: fc.option(
      fc
        .constantFrom('10', '10.00', '11')
        .map((amount) => [{ [`set${company}`]: { amount, currencyCode: 'USD' } }]),
    ),
    deliveryModelEdits: fc
      .tuple(...own.map((value) => fc.tuple(fc.constant(value), fc.constantFrom('add', 'remove', 'keep'))))
      .map((chosen) => {
        const those = (verb: string) => chosen.filter(([, what]) => what === verb).map(([value]) => value);
        return { add: those('add'), remove: those('remove') };
      }),
  });
}
const two = record.chain((base) =>
  fc.record({
    base: fc.constant(base),
    mine: editsBy(base, ['a', 'b', 'c'], 'Aws', ['Resell', 'Other']),
    theirs: editsBy(base, ['d', 'e', 'f'], 'Self', ['SaaS or PaaS', 'Managed Services']),
  }),
);

/** A value with its lists sorted. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(item)).toSorted();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, sorted(inner)]));
}
const runs = { numRuns: Number(process.env.RUNS ?? 500) };

describe('edits', () => {
  test('edits of two people commute on any record, and none of them is a conflict', () => {
    fc.assert(
      fc.property(two, ({ base, mine, theirs }) => {
        const [withMine, withTheirs] = [applyPatch(base, mine), applyPatch(base, theirs)];
        expect(editConflicts(mine, withTheirs, base)).toEqual([]);
        expect(editConflicts(theirs, withMine, base)).toEqual([]);
        expect(unclearEdits(mine, withTheirs)).toEqual([]);
        expect(sorted(applyPatch(withTheirs, mine))).toEqual(sorted(applyPatch(withMine, theirs)));
      }),
      runs,
    );
  });

  test('edits change what they name and keep every other item and member, byte for byte and in its place', () => {
    fc.assert(
      fc.property(two, ({ base, mine }) => {
        const before = JSON.stringify(base);
        const after = contactsOf(applyPatch(base, mine));
        expect(JSON.stringify(base)).toBe(before);
        const others = (contacts: Members[]) =>
          contacts.filter(({ email }) => 'def'.includes(email as string));
        expect(JSON.stringify(others(after))).toBe(JSON.stringify(others(contactsOf(base))));
        const [unseen, still] = [contactsOf(base), after].map(
          (contacts) => new Map(contacts.map(({ email, firstName, phone, ...more }) => [email, more])),
        );
        for (const [email, more] of still ?? [])
          expect(JSON.stringify(more)).toBe(JSON.stringify(unseen?.get(email) ?? {}));
      }),
      runs,
    );
  });

  test('edits make the record that a replacing list makes, if no one interferes', () => {
    fc.assert(
      fc.property(two, ({ base, mine }) => {
        const contacts = contactsOf(base).flatMap((contact, index) => {
          const isMeant = (match: { email?: unknown; index?: number }) =>
            match.index === index || match.email === contact.email;
          const edits = mine.contactEdits as {
            remove?: Members;
            update?: { match: Members; set: Members };
          }[];
          const edit = edits.find(({ remove, update }) => isMeant(update?.match ?? remove ?? { email: '' }));
          if (edit?.remove) return [];
          return [{ ...contact, ...edit?.update?.set }];
        });
        const added = mine.contactEdits.flatMap((edit) => ('add' in edit ? [edit.add] : []));
        const distinct = added.filter(
          (contact, index) =>
            !added.slice(0, index).some((other) => changedFields(other, contact).length === 0),
        );
        const list = { customer: { contacts: [...contacts, ...distinct] } };
        const edited = applyPatch(base, { contactEdits: mine.contactEdits });
        expect(changedFields(edited, merge(base, list))).toEqual([]);
      }),
      runs,
    );
  });

  test('edits that add and set change nothing the second time', () => {
    fc.assert(
      fc.property(two, ({ base, mine }) => {
        const contactEdits = mine.contactEdits.filter(
          (edit) => 'add' in edit || ('update' in edit && 'email' in edit.update.match),
        );
        const patch = { ...mine, contactEdits };
        const once = applyPatch(base, patch);
        expect(JSON.stringify(applyPatch(once, patch))).toBe(JSON.stringify(once));
      }),
      runs,
    );
  });
});

const contact = (email: string, more: object = {}) => ({ email, firstName: 'Ada', ...more });
const withContacts = (...contacts: Members[]) => ({ customer: { contacts } });
const update = (match: object, set: object) => ({ contactEdits: [{ update: { match, set } }] });
const remove = (match: object) => ({ contactEdits: [{ remove: match }] });

describe('an edit of a contact that someone else has changed', () => {
  const seen = withContacts(contact('a', { phone: '1' }), contact('b'));
  const changed = withContacts(contact('a', { phone: '2' }), contact('b'));
  const moved = withContacts(contact('b'), contact('a', { phone: '1' }));
  const gone = withContacts(contact('b'));
  const byIndex = { index: 0, expect: contact('a', { phone: '1' }) };

  test.each([
    ['of another field is none', update({ email: 'a' }, { firstName: 'Eve' }), changed, []],
    ['to the same value is none', update({ email: 'a' }, { phone: '2' }), changed, []],
    [
      'of the same field',
      update({ email: 'a' }, { phone: '3' }),
      changed,
      ['someone else changed phone in the meantime'],
    ],
    ['to remove it', remove({ email: 'a' }), changed, ['someone else changed phone in the meantime']],
    ['that is no longer the expected one', remove(byIndex), changed, ['no contact is the expected one']],
    ['that has another index is none', remove(byIndex), moved, []],
    ['that is gone', update({ email: 'a' }, { phone: '3' }), gone, ['no contact has this email address']],
    [
      'to remove it after it was removed',
      remove({ email: 'a' }),
      gone,
      ['no contact has this email address'],
    ],
  ])('a conflict %s', (_, patch, current, whats) => {
    const messages = editConflicts(patch, current, seen).map(({ message }) => message);
    expect(messages).toEqual(whats.map((what) => `Nothing was saved: ${what}.`));
  });

  test('the contact at an index that has moved is found by what is expected', () => {
    expect(applyPatch(moved, remove(byIndex))).toEqual(withContacts(contact('b')));
  });
});

describe('an edit of the expected spend', () => {
  const aws = { targetCompany: 'AWS', amount: '10.0', currencyCode: 'USD', frequency: 'Monthly', x: 1 };
  const self = { targetCompany: 'Self', amount: '100', currencyCode: 'USD', frequency: 'None' };
  const spend = (...lines: Members[]) => ({ project: { expectedCustomerSpend: lines } });
  const edit = (one: object) => ({ spendEdits: [one] });
  const amount = { amount: '11', currencyCode: 'USD' };
  const estimationUrl = 'https://calculator.aws/#/estimate?id=0';

  test.each([
    ['sets an amount', spend(aws, self), { setAws: amount }, spend({ ...aws, amount: '11' }, self)],
    [
      'creates a monthly line',
      spend(aws),
      { setSelf: amount },
      spend(aws, { ...amount, frequency: 'Monthly', targetCompany: 'Self' }),
    ],
    [
      'keeps the notation of an equal amount',
      spend(aws),
      { setAws: { ...amount, amount: '10' } },
      spend(aws),
    ],
    ['removes a line', spend(aws, self), { removeSelf: true }, spend(aws)],
    ['removes no line if there is none', spend(aws), { removeSelf: true }, spend(aws)],
    [
      'leaves the amount of an estimate to AWS',
      spend(aws, self),
      { setEstimationUrl: estimationUrl },
      spend({ ...aws, estimationUrl, amount: null }, self),
    ],
  ])('%s', (_, before, one, after) => {
    expect(applyPatch(before, edit(one))).toEqual(after);
  });

  test.each([
    [
      'whose amount someone else has changed',
      spend({ ...aws, amount: '12' }),
      { setAws: amount },
      'changed amount',
    ],
    ['that someone else has removed', spend(self), { setAws: amount }, 'removed the line'],
    [
      'that someone else has changed before its removal',
      spend(aws, { ...self, amount: '1' }),
      { removeSelf: true },
      'changed amount',
    ],
    [
      'for an estimate that does not exist',
      spend(self),
      { setEstimationUrl: estimationUrl },
      'no line for AWS',
    ],
  ])('is a conflict on a line %s', (_, current, one, message) => {
    const found = editConflicts(edit(one), current, spend(aws, self));
    expect(found).toMatchObject([{ code: 'CONFLICT', field: 'project.expectedCustomerSpend' }]);
    expect(found[0]?.message).toContain(message);
  });
});

describe('edits of values', () => {
  test.each([
    [
      'keep unknown and null values',
      ['Unheard Of', null],
      { add: ['Resell'] },
      ['Unheard Of', null, 'Resell'],
    ],
    ['add a value once', null, { add: ['Resell', 'Resell'] }, ['Resell']],
    ['remove a value wherever it is', ['Resell', 'Other', 'Resell'], { remove: ['Resell'] }, ['Other']],
    ['clear the list with its last value', ['Resell'], { remove: ['Resell'] }, []],
    ['create no empty list', null, { remove: ['Resell'] }, null],
  ])('%s', (_, deliveryModels, deliveryModelEdits, after) => {
    const edited = applyPatch({ project: { deliveryModels } }, { deliveryModelEdits });
    expect(edited).toEqual({ project: { deliveryModels: after } });
  });
});

describe('a patch with edits', () => {
  test('a patch with edits is the merge patch of its other fields and of the lists that change', () => {
    const patch = {
      primaryNeedEdits: { add: ['A'] },
      channelEdits: { remove: ['X'] },
      lifeCycle: { stage: null },
    };
    expect(resolveEdits(patch, {})).toEqual({ primaryNeedsFromAws: ['A'], lifeCycle: { stage: null } });
    expect(patchedFields(patch)).toEqual(['lifeCycle.stage', 'marketing.channels', 'primaryNeedsFromAws']);
    expect(resolveEdits({ contactEdits: null, channelEdits: {} }, {})).toEqual({});
  });

  test('a field of an edited list is at the edits in the patch, and any other at its own path', () => {
    const patch = { contactEdits: [{ add: {} }], spendEdits: [] };
    expect(pathInPatch(patch, ['customer', 'contacts', '1', 'email'])).toEqual(['contactEdits']);
    expect(pathInPatch(patch, ['project', 'expectedCustomerSpend'])).toEqual([
      'project',
      'expectedCustomerSpend',
    ]);
    expect(pathInPatch(patch, ['contactEdits', '0', 'add'])).toEqual(['contactEdits', '0', 'add']);
  });

  test.each([
    ['a contact that is not identified', remove({}), ['contactEdits.0.remove INVALID_VALUE']],
    [
      'a contact that is identified twice',
      update({ email: 'a', index: 0, expect: {} }, {}),
      ['contactEdits.0.update.match INVALID_VALUE'],
    ],
    [
      'an index without the expected contact',
      remove({ index: 0 }),
      ['contactEdits.0.remove.expect REQUIRED_FIELD_MISSING'],
    ],
    [
      'an email with an expected contact',
      remove({ email: 'a', expect: {} }),
      ['contactEdits.0.remove.expect INVALID_VALUE'],
    ],
    [
      'a removal that is false',
      { spendEdits: [{ removeSelf: false }] },
      ['spendEdits.0.removeSelf INVALID_VALUE'],
    ],
    [
      'two edits of a line',
      { spendEdits: [{ setAws: {} }, { setSelf: {} }, { setEstimationUrl: 'x' }] },
      ['spendEdits.2 INVALID_VALUE'],
    ],
    [
      'a value that is added and removed',
      { useCaseEdits: { add: ['A', 'B'], remove: ['C', 'B'] } },
      ['useCaseEdits.remove.1 INVALID_VALUE'],
    ],
    [
      'a list that is also replaced',
      { channelEdits: { add: ['A'] }, marketing: { channels: [] } },
      ['channelEdits INVALID_VALUE'],
    ],
    [
      'a list whose object is cleared',
      { channelEdits: { add: ['A'] }, marketing: null },
      ['channelEdits INVALID_VALUE'],
    ],
    [
      'too many edits',
      { contactEdits: Array.from({ length: 101 }, () => ({ remove: {} })) },
      ['contactEdits TOO_MANY_VALUES'],
    ],
    ['no edits beside a list', { channelEdits: { add: [] }, marketing: { channels: ['A'] } }, []],
  ])('%s is found before the record is read', (_, patch, found) => {
    expect(checkEdits(patch).map(({ path, code }) => `${path.join('.')} ${code}`)).toEqual(found);
  });

  test.each([
    ['an email that two contacts have', remove({ email: 'a' }), 1],
    [
      'a contact that another edit means too',
      {
        contactEdits: [
          ...remove({ email: 'b' }).contactEdits,
          ...update({ index: 2, expect: contact('b') }, {}).contactEdits,
        ],
      },
      1,
    ],
    ['one of two equal contacts by its index', remove({ index: 1, expect: contact('a') }), 0],
  ])('%s is unclear or not on the record', (_, patch, count) => {
    const current = withContacts(contact('a'), contact('a'), contact('b'));
    expect(unclearEdits(patch, current)).toHaveLength(count);
  });
});
