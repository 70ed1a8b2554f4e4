import { type EngagementsContent, engagementsContent, restoreEngagements } from '../engagements/store.ts';
import type { Partners } from '../partners.ts';
import type { Message, QueueSettings } from '../queues/queue.ts';
import type { AccountQueues } from '../queues/queues.ts';
import type { Opportunity } from '../records/record.ts';
import type { Tokens } from '../records/tokens.ts';
import type { EmulatorState } from '../state.ts';

/**
 * What outlives the process, as tables of values by key, in order. Values are immutable: a change replaces one, which
 * is how it is found.
 */
export type Tables = Map<string, Map<string, unknown>>;

/** A value of a table, or the removal of one. */
export type Change = [table: string, key: string, value: unknown] | [table: string, key: string];

type Entry = [key: string, value: unknown];

/** The entries of each table as they are now. */
function entriesOf({ partners, accounts, engagements, queues }: EmulatorState): Record<string, Entry[]> {
  const { due, count, ...collections } = engagementsContent(engagements);
  const all = accounts.all();
  const allQueues = queues
    .all()
    .flatMap(([account, own]) => Object.entries(own).map(([name, queue]) => ({ account, name, queue })));
  return {
    partners: partners.list().map((partner) => [partner.accountId, partner]),
    records: all.flatMap(({ accountId, store }) =>
      store.all().map((record): Entry => [`${accountId}/${record.Catalog}/${record.Id}`, record]),
    ),
    tokens: all.flatMap(({ accountId, tokens }) =>
      tokens.entries().map(([key, spent]): Entry => [`${accountId}/${key}`, spent]),
    ),
    ...collections,
    due: due.map((entry) => [
      [entry.at, entry.what, entry.account, entry.catalog, entry.id].join('/'),
      entry,
    ]),
    counts: [['ids', count]],
    queues: allQueues.map(({ account, name, queue }) => [`${account}/${name}`, queue.settings]),
    messages: allQueues.flatMap(({ account, name, queue }) =>
      [...queue.messages].map(([id, message]): Entry => [`${account}/${name}/${id}`, message]),
    ),
  };
}

/** Replaces the state's content. Opportunity ids that were issued since are not issued again. */
export function restore(state: EmulatorState, tables: Tables): void {
  const { partners, accounts, engagements, opportunityIds, queues } = state;
  const entries = (name: string) => [...(tables.get(name) ?? [])];
  const values = (name: string) => entries(name).map(([, value]) => value);
  accounts.clear();
  queues.clear();
  partners.restore(values('partners') as ReturnType<Partners['list']>);
  for (const [key, record] of entries('records'))
    accounts.of(accountIn(key)).store.put(record as Opportunity);
  for (const [key, spent] of entries('tokens'))
    accounts
      .of(accountIn(key))
      .tokens.restore([[key.slice(accountIn(key).length + 1), spent]] as ReturnType<Tokens['entries']>);
  const collections = Object.fromEntries([...tables].map(([name]) => [name, entries(name)]));
  const due = (values('due') as EngagementsContent['due']).sort((a, b) => a.at - b.at);
  const count = Number(tables.get('counts')?.get('ids') ?? 0);
  restoreEngagements(engagements, { ...collections, due, count });
  for (const { referral } of engagements.invitations.values())
    if (referral) opportunityIds.reserve(referral.Id);
  const queueIn = (key: string) => queues.of(accountIn(key))[key.split('/')[1] as keyof AccountQueues];
  for (const [key, settings] of entries('queues')) queueIn(key).settings = settings as QueueSettings;
  for (const [key, message] of entries('messages')) queueIn(key).put(message as Message);
}

/** The account that a key begins with. */
const accountIn = (key: string): string => key.slice(0, key.indexOf('/'));

/** All changes between tables as they were and the state as it is. */
export function changesSince(tables: Tables, state: EmulatorState): Change[] {
  return Object.entries(entriesOf(state)).flatMap(([name, entries]) => {
    const before = tables.get(name) ?? new Map<string, unknown>();
    const now = new Map(entries);
    const put = [...now].filter(([key, value]) => !isSame(before.get(key), value));
    const removed = [...before.keys()].filter((key) => !now.has(key));
    return [
      ...put.map(([key, value]): Change => [name, key, value]),
      ...removed.map((key): Change => [name, key]),
    ];
  });
}

/** Most values are the same objects; a few are made anew each time, such as the partners. */
const isSame = (before: unknown, now: unknown): boolean =>
  before === now || (before !== undefined && JSON.stringify(before) === JSON.stringify(now));

export function applyChanges(tables: Tables, changes: readonly Change[]): void {
  for (const [name, key, ...value] of changes) {
    const table = tables.get(name) ?? new Map<string, unknown>();
    tables.set(name, table);
    if (value.length === 0) table.delete(key);
    else table.set(key, value[0]);
  }
}
