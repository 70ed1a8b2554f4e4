import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyPatch } from '../../src/domain/list-edits.ts';
import { changedFields, merge, type replacement, writable } from '../../src/domain/patch.ts';
import { leafPaths, overlap } from '../../src/domain/paths.ts';
import {
  areDisjoint,
  type Outcome,
  type PendingPatch,
  type RecordStore,
  update,
} from '../../src/domain/update.ts';
import type { Violation } from '../../src/domain/violation.ts';
import { Fault } from '../../src/fault.ts';
import type { OpportunityRecord } from '../../src/upstream/wire.ts';

type Members = Record<string, unknown>;
const asRecord = (members: Members) => members as unknown as OpportunityRecord;
const lost = () => new Fault('UPSTREAM_UNAVAILABLE', 'lost', { mayHaveBeenApplied: true, isTransient: true });
const stale = () => new Fault('CONFLICT', 'stale');
const issue = (code: string) => ({ code, fieldName: undefined, message: code });
const refused = (code: string) => new Fault('VALIDATION', code, { issues: [issue(code)] });

/** A write is applied, lost before or after it is applied, throttled, or preceded by an edit of another user. */
type Event = 'ok' | 'lostBefore' | 'lostAfter' | 'throttled' | { edit: Members };

/** A store with AWS's lock. The given events happen to its writes in order, and `lag` reads after a write are stale. */
function createStore(initial: Members, events: Event[] = [], lag = 0) {
  let version = 1;
  const history = [
    asRecord({ id: 'O1', ...initial, lastModifiedDate: `2026-01-01T00:00:00.${'1'.padStart(3, '0')}Z` }),
  ];
  const log: string[] = [];
  const now = () => history.at(-1) as OpportunityRecord;
  const put = (content: Members): void => {
    version += 1;
    history.push(
      asRecord({
        ...content,
        id: 'O1',
        lastModifiedDate: `2026-01-01T00:00:00.${String(version).padStart(3, '0')}Z`,
      }),
    );
  };
  const edit = (patch: Members): void => put(applyPatch(writable(now()), patch));
  let lagging = 0;
  const apply = ({ identifier: _, lastModifiedDate, ...content }: ReturnType<typeof replacement>): void => {
    if (lastModifiedDate !== now().lastModifiedDate) throw stale();
    put(content);
    lagging = lag;
    log.push('applied');
  };
  const store: RecordStore = {
    read: async () => (lagging-- > 0 ? (history.at(-2) ?? now()) : now()),
    async write(payload) {
      const event = events.shift() ?? 'ok';
      if (typeof event === 'object') edit(event.edit);
      if (event === 'throttled') throw new Fault('THROTTLED', 'later', { isTransient: true });
      if (event === 'lostBefore') throw lost();
      apply(payload);
      if (event === 'lostAfter') throw lost();
    },
    recall: (date) => history.find((version) => version.lastModifiedDate === date),
    pause: async () => {},
  };
  return {
    store,
    now,
    edit,
    log,
    versions: () => history.map(({ lastModifiedDate }) => lastModifiedDate ?? ''),
  };
}

const pending = (patch: Members, more: Partial<PendingPatch> = {}): PendingPatch => ({
  patch,
  violations: () => [],
  ...more,
});
const updateOne = async (store: RecordStore, ...jobs: PendingPatch[]): Promise<Outcome> => {
  const [outcome] = await update(store, jobs);
  if (!outcome) throw new Error('no outcome');
  return outcome;
};
const locked: Violation = { path: ['a'], field: 'a', code: 'NOT_EDITABLE', message: 'locked' };
const initial = { a: 'a', b: { c: 'c', d: 'd' }, list: [1], future: { x: null } };

describe('an update', () => {
  test('an update writes the whole record with the patch applied', async () => {
    const { store, now } = createStore(initial);
    expect(await updateOne(store, pending({ b: { c: 'new', d: null } }))).toEqual({
      kind: 'done',
      changedFields: ['b.c', 'b.d'],
    });
    expect(now()).toMatchObject({ a: 'a', b: { c: 'new', d: null }, list: [1], future: { x: null } });
  });

  test('an update is rebased if another user has changed other fields', async () => {
    const { store, now } = createStore(initial, [{ edit: { a: 'theirs' } }, { edit: { list: [2] } }]);
    expect(await updateOne(store, pending({ b: { c: 'mine' } }))).toEqual({
      kind: 'done',
      changedFields: ['b.c'],
    });
    expect(now()).toMatchObject({ a: 'theirs', b: { c: 'mine', d: 'd' }, list: [2] });
  });

  test.each([
    ['the same field', { b: { c: 'theirs' } }, ['b.c']],
    ['the object that contains it', { b: null }, ['b.c', 'b.d']],
  ])('an update is a conflict if another user has changed %s', async (_, edit, changed) => {
    const { store, now } = createStore(initial, [{ edit }]);
    const outcome = await updateOne(store, pending({ b: { c: 'mine' }, a: 'mine' }));
    expect(outcome).toMatchObject({
      kind: 'conflict',
      changedFields: changed,
      overlappingFields: ['b.c'],
      current: now(),
    });
    expect(now()).not.toMatchObject({ a: 'mine' });
  });

  test('an update is a conflict if another user has changed a field that the patch sets to its old value', async () => {
    const { store } = createStore(initial, [{ edit: { a: 'theirs' } }]);
    expect(await updateOne(store, pending({ a: 'a', b: { c: 'mine' } }))).toMatchObject({
      kind: 'conflict',
      overlappingFields: ['a'],
    });
  });

  test('an update is not a conflict if another user has set the field to the same value', async () => {
    const { store, now } = createStore(initial, [{ edit: { a: 'same' } }]);
    expect(await updateOne(store, pending({ a: 'same', b: { c: 'mine' } }))).toEqual({
      kind: 'done',
      changedFields: ['b.c'],
    });
    expect(now()).toMatchObject({ a: 'same', b: { c: 'mine' } });
  });

  test('a strict update is a conflict with any change', async () => {
    const { store } = createStore(initial, [{ edit: { a: 'theirs' } }]);
    expect(await updateOne(store, pending({ b: { c: 'mine' } }, { isStrict: true }))).toMatchObject({
      kind: 'conflict',
      changedFields: ['a'],
      overlappingFields: [],
    });
  });

  test('an update is a conflict after five attempts if another user is always faster', async () => {
    const edits = Array.from({ length: 9 }, (_, n) => ({ edit: { a: `theirs ${n}` } }));
    const { store } = createStore(initial, edits);
    expect(await updateOne(store, pending({ b: { c: 'mine' } }))).toMatchObject({
      kind: 'conflict',
      current: { a: expect.stringMatching('theirs') },
      changedFields: ['a'],
      overlappingFields: [],
    });
    expect(edits).toHaveLength(4);
  });

  test('an update is checked again for every new version, since a review may have begun', async () => {
    const { store, now } = createStore(initial, [{ edit: { a: 'Submitted' } }]);
    const violations = (base: OpportunityRecord) =>
      (base as unknown as Members).a === 'Submitted' ? [locked] : [];
    expect(await updateOne(store, pending({ b: { c: 'mine' } }, { violations }))).toEqual({
      kind: 'refused',
      violations: [locked],
    });
    expect(now()).toMatchObject({ b: { c: 'c' } });
  });
});

describe('the expected version', () => {
  test('the expected version may be older if it is cached and the fields of the patch are unchanged', async () => {
    const { store, edit, now, versions } = createStore(initial);
    edit({ a: 'theirs' });
    const expected = versions()[0] ?? '';
    expect(await updateOne(store, pending({ b: { c: 'mine' } }, { expected }))).toMatchObject({
      kind: 'done',
    });
    expect(now()).toMatchObject({ a: 'theirs', b: { c: 'mine' } });
    expect(await updateOne(store, pending({ a: 'mine' }, { expected }))).toMatchObject({
      kind: 'conflict',
      overlappingFields: ['a'],
    });
    expect(await updateOne(store, pending({ list: [3] }, { expected, isStrict: true }))).toMatchObject({
      kind: 'conflict',
    });
  });

  test('an expected version that is no longer cached is a conflict in every field of the patch', async () => {
    const { store } = createStore(initial);
    expect(
      await updateOne(store, pending({ b: { c: 'mine' } }, { expected: '2020-01-01T00:00:00Z' })),
    ).toMatchObject({
      kind: 'conflict',
      changedFields: null,
      overlappingFields: ['b.c'],
    });
  });
});

describe('a lost response', () => {
  test.each([
    ['before the write was applied', 'lostBefore' as const],
    ['after the write was applied', 'lostAfter' as const],
  ])('a response lost %s results in one write that is reported as done', async (_, event) => {
    for (const lag of [0, 1, 3]) {
      const { store, now, log } = createStore(initial, [event], lag);
      expect(await updateOne(store, pending({ b: { c: 'mine' } }))).toEqual({
        kind: 'done',
        changedFields: ['b.c'],
      });
      expect(now()).toMatchObject({ b: { c: 'mine' } });
      expect(log).toEqual(['applied']);
    }
  });

  test('a strict update whose response was lost is sent again, since the version that is read again is not a change', async () => {
    const { store, now } = createStore(initial, ['lostBefore']);
    const copying = { ...store, read: async () => structuredClone(await store.read()) };
    const strict = pending({ b: { c: 'mine' } }, { isStrict: true });
    expect(await updateOne(copying, strict)).toMatchObject({ kind: 'done' });
    expect(now()).toMatchObject({ b: { c: 'mine' } });
  });

  test('the outcome of a lost write is unknown if the record cannot be read', async () => {
    const { store } = createStore(initial, ['lostAfter']);
    let reads = 0;
    const broken = { ...store, read: async () => (reads++ === 0 ? store.read() : Promise.reject(lost())) };
    expect(await updateOne(broken, pending({ a: 'mine' }))).toEqual({ kind: 'unknown' });
  });

  test('the outcome of a lost write is unknown if another user has set the same field since', async () => {
    const { store, edit } = createStore(initial, ['lostAfter']);
    const racing = { ...store, pause: async () => edit({ a: 'theirs' }) };
    expect(await updateOne(racing, pending({ a: 'mine' }))).toEqual({ kind: 'unknown' });
  });

  test('the outcome of a lost write is resolved before a later failure is reported', async () => {
    const { store, log } = createStore(initial, ['lostAfter', 'throttled'], 4);
    expect(await updateOne(store, pending({ a: 'mine' }))).toEqual({ kind: 'done', changedFields: ['a'] });
    expect(log).toEqual(['applied']);
  });
});

describe('a write that AWS refuses after the response to the first was lost', () => {
  /** AWS returns the old version once more, and refuses the second write with this code. */
  const refusing = (code: string) => {
    const { store, log } = createStore(initial, ['lostAfter'], 1);
    let writes = 0;
    const write: RecordStore['write'] = async (payload) => {
      if (writes++ > 0) throw refused(code);
      return store.write(payload);
    };
    return { store: { ...store, write }, log };
  };

  test.each(['ACTION_NOT_PERMITTED', 'INVALID_RESOURCE_STATE', 'DUPLICATE_KEY_VALUE'])(
    'is done if the record shows the first, because %s may be its result',
    async (code) => {
      const { store, log } = refusing(code);
      expect(await updateOne(store, pending({ a: 'mine' }))).toEqual({ kind: 'done', changedFields: ['a'] });
      expect(log).toEqual(['applied']);
    },
  );

  test('is refused if its values are wrong, because they were wrong before', async () => {
    await expect(updateOne(refusing('INVALID_VALUE').store, pending({ a: 'mine' }))).rejects.toMatchObject({
      code: 'VALIDATION',
    });
  });
});

describe('combined patches', () => {
  test('each combined patch has its own outcome', async () => {
    const { store, now, log } = createStore(initial);
    const outcomes = await update(store, [
      pending({ a: 'one' }),
      pending({ b: { c: 'two', d: null } }),
      pending({ list: [1] }),
      pending({ e: 'locked' }, { violations: () => [locked] }),
      pending({ f: 'old' }, { expected: '2020-01-01T00:00:00Z' }),
    ]);
    expect(outcomes).toMatchObject([
      { kind: 'done', changedFields: ['a'] },
      { kind: 'done', changedFields: ['b.c', 'b.d'] },
      { kind: 'done', changedFields: [] },
      { kind: 'refused', violations: [locked] },
      { kind: 'conflict' },
    ]);
    expect(log).toEqual(['applied']);
    expect(now()).toMatchObject({ a: 'one', b: { c: 'two', d: null }, list: [1] });
  });
});

describe('edits of lists', () => {
  const adding = (email: string): Members => ({ contactEdits: [{ add: { email } }] });
  const withContacts = (...emails: string[]): Members => ({
    customer: { contacts: emails.map((email) => ({ email, future: null })) },
  });
  const emailsOf = (record: OpportunityRecord) => record.customer?.contacts?.map(({ email }) => email);

  test('an edit is applied again to the list that someone else has changed, and again if they are faster again', async () => {
    const events = [{ edit: withContacts('a', 'b') }, { edit: withContacts('b') }];
    const { store, now } = createStore(withContacts('a'), events);
    expect(await updateOne(store, pending(adding('c')))).toMatchObject({ kind: 'done' });
    expect(emailsOf(now())).toEqual(['b', 'c']);
  });

  test.each(['lostBefore', 'lostAfter'] as const)(
    'an edit whose response was lost is applied once (%s)',
    async (event) => {
      const { store, now, log } = createStore(withContacts('a'), [event]);
      expect(await updateOne(store, pending(adding('c')))).toMatchObject({ kind: 'done' });
      expect([log, emailsOf(now())]).toEqual([['applied'], ['a', 'c']]);
    },
  );

  test('an edit of an older version is applied if that is cached, and a conflict in its list if not', async () => {
    const { store, edit, versions, now } = createStore(withContacts('a'));
    edit(withContacts('a', 'b'));
    const [expected] = versions();
    expect(await updateOne(store, pending(adding('c'), { expected }))).toMatchObject({ kind: 'done' });
    expect(emailsOf(now())).toEqual(['a', 'b', 'c']);
    const old = { expected: '2020-01-01T00:00:00Z' };
    expect(await updateOne(store, pending(adding('d'), old))).toMatchObject({
      kind: 'conflict',
      changedFields: null,
      overlappingFields: ['customer.contacts'],
      edits: [],
    });
  });

  test('two patches with edits of one list are not combined, and those of two lists are', () => {
    const value = pending({ channelEdits: { add: ['Print'] } });
    expect(areDisjoint(pending(adding('a')), pending(adding('b')))).toBe(false);
    expect(areDisjoint(pending(adding('a')), pending(withContacts()))).toBe(false);
    expect(areDisjoint(pending(adding('a')), value)).toBe(true);
  });

  test('a contact that one of them has added or kept is never lost, even if writes fail', async () => {
    const theirs = fc.oneof(
      fc.constantFrom('x', 'y').map(adding),
      fc.constantFrom('a', 'b').map((email) => ({ contactEdits: [{ remove: { email } }] })),
    );
    const event = fc.oneof(
      fc.constantFrom<Event>('ok', 'lostBefore', 'lostAfter', 'throttled'),
      theirs.map((edit) => ({ edit })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 4 }),
        fc.integer({ min: 0, max: 3 }),
        async (events, lag) => {
          const left = [...events];
          const { store, now, log } = createStore(withContacts('a', 'b'), left, lag);
          const outcome = await updateOne(store, pending(adding('mine'))).catch((error: Fault) => error.code);
          if (typeof outcome === 'object' && outcome.kind === 'done') expect(log).toEqual(['applied']);
          const others = events
            .slice(0, events.length - left.length)
            .filter((one) => typeof one === 'object');
          const without = others.reduce<Members>(
            (record, { edit }) => applyPatch(record, edit),
            withContacts('a', 'b'),
          );
          const mine = log.length > 0 ? ['mine'] : [];
          const expected = [...(emailsOf(asRecord(without)) ?? []), ...mine];
          expect(emailsOf(now())?.toSorted()).toEqual(expected.toSorted());
        },
      ),
      { numRuns: Number(process.env.RUNS ?? 500) },
    );
  });
});

describe('any record, patch and failures', () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.constant(null));
  const members = fc.letrec<{ members: Members; value: unknown }>((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(leaf, { maxLength: 2 }), tie('members')),
    members: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('value'), { maxKeys: 4 }),
  })).members;
  const event = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<Event>('ok', 'lostBefore', 'lostAfter', 'throttled') },
    { weight: 1, arbitrary: fc.record({ edit: members }) },
  );

  test('an update loses no value, is not written twice, and is reported correctly, for any record, patch and failures', async () => {
    await fc.assert(
      fc.asyncProperty(
        members,
        members,
        fc.array(event, { maxLength: 4 }),
        fc.integer({ min: 0, max: 3 }),
        async (content, patch, events, lag) => {
          const edits = events.filter((one) => typeof one === 'object');
          const { store, now, log } = createStore(content, [...events], lag);
          const outcome = await update(store, [pending(patch)]).then(
            ([settled]) => settled?.kind ?? 'none',
            (error: Fault) => error.code,
          );
          expect(log.length).toBeLessThanOrEqual(1);
          // All other edits are stored, and every value of the patch unless another user has set the same field since.
          const others = edits.flatMap(({ edit }) => leafPaths(edit));
          if (outcome === 'done' && overlap(leafPaths(patch), others).length === 0)
            expect(changedFields(writable(now()), merge(writable(now()), patch))).toEqual([]);
          if (log.length === 0 && outcome !== 'done') {
            const untouched = edits.length === 0;
            if (untouched) expect(writable(now())).toEqual(writable(asRecord({ id: 'O1', ...content })));
          }
          if (log.length === 1) expect(['done', 'unknown']).toContain(outcome);
          if (['conflict', 'THROTTLED', 'CONFLICT'].includes(outcome)) expect(log).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
