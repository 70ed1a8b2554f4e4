/**
 * Edits of single items in a record's lists. A patch with edits is resolved against a version of the record: the edits
 * become the lists that they make of it, and the rest is a merge patch. On a newer version they are resolved again, so
 * that edits of different items commute, and items that no edit means are kept as AWS returned them.
 */
import type { ContactEdit, ContactMatch, SpendEdit } from '../generated/schema-types.ts';
import { isEmpty, isSame, merge } from './patch.ts';
import { fieldOf, getIn, getOwn, isPlainObject, leafPaths, type PlainObject } from './paths.ts';

/** The fields of a patch that are edits, and the list that each edits. */
export const lists = {
  contactEdits: 'customer.contacts',
  spendEdits: 'project.expectedCustomerSpend',
  deliveryModelEdits: 'project.deliveryModels',
  apnProgramEdits: 'project.apnPrograms',
  salesActivityEdits: 'project.salesActivities',
  useCaseEdits: 'marketing.useCases',
  channelEdits: 'marketing.channels',
  primaryNeedEdits: 'primaryNeedsFromAws',
};

/** Checks whether a field of a patch is one of edits. */
export const isEdits = (name: string): boolean => Object.hasOwn(lists, name);

/** The common form of all edits of a list of enum values or strings. */
export type ValueListEdit = { add?: readonly string[] | null; remove?: readonly string[] | null };

/** An edit of a list: which of its items it means, and what becomes of them. */
export type Edit = {
  /** The path of the edit in the patch. */
  path: readonly string[];
  /** The list, as a field of the record. */
  list: string;
  /** The indexes of the items that are meant. */
  find(items: readonly unknown[]): number[];
  /** The members to merge into these items; null removes them, undefined keeps them. */
  change?: PlainObject | null;
  /** The item to append if none is meant. */
  added?: unknown;
  /** The path of a member of `change` or `added` in the patch, if it is not below `path`. */
  pathOf?(member: string): string[];
  /** The error for the caller if the list lacks the item; undefined if the edit then appends it or has no effect. */
  absence?: string;
};

const indexesOf = (items: readonly unknown[], isMeant: (item: unknown) => boolean): number[] =>
  items.flatMap((item, index) => (isMeant(item) ? [index] : []));

const contactFields = ['email', 'firstName', 'lastName', 'businessTitle', 'phone'];

/** Checks whether an item has the values of a contact; members that no input has are not compared. */
const isSameContact = (item: unknown, contact: PlainObject): boolean =>
  isPlainObject(item) && contactFields.every((name) => isSame(getOwn(item, name), getOwn(contact, name)));

/** The contact that is meant: the one at its index unless it has moved. */
function findContact({ email, index, expect }: ContactMatch, items: readonly unknown[]): number[] {
  if (!expect) return indexesOf(items, (item) => getIn(item, 'email') === email);
  const found = indexesOf(items, (item) => isSameContact(item, expect));
  return index !== undefined && index !== null && found.includes(index) ? [index] : found;
}

function contactEdit({ add, update, remove }: ContactEdit, at: readonly string[]): Omit<Edit, 'list'> {
  if (add) {
    const find: Edit['find'] = (items) => indexesOf(items, (item) => isSameContact(item, add));
    return { path: [...at, 'add'], find, added: add };
  }
  const [match, change, path] = update
    ? [update.match, update.set, [...at, 'update']]
    : [remove, null, [...at, 'remove']];
  return {
    path,
    find: (items) => findContact(match, items),
    change,
    ...(update && { pathOf: (member) => [...path, 'set', member] }),
    absence: match.expect ? 'no contact is the expected one' : 'no contact has this email address',
  };
}

/** The target company of the line that an edit of the expected spend means. */
export const companyOf = ({ setAws, setEstimationUrl }: SpendEdit): 'AWS' | 'Self' =>
  setAws || setEstimationUrl !== undefined ? 'AWS' : 'Self';

/** An edit of one of the two lines of the expected spend; a new one is monthly. */
function spendEdit(edit: SpendEdit, at: readonly string[]): Omit<Edit, 'list'> {
  const { setAws, setSelf, setEstimationUrl: estimationUrl } = edit;
  const [name = ''] = Object.keys(edit);
  const path = [...at, name];
  const targetCompany = companyOf(edit);
  const find: Edit['find'] = (items) =>
    indexesOf(items, (item) => getIn(item, 'targetCompany') === targetCompany);
  // AWS computes the amount of an estimate only if none is sent.
  if (estimationUrl !== undefined)
    return {
      path,
      find,
      change: { estimationUrl, amount: null },
      pathOf: () => path,
      absence: 'the expected spend has no line for AWS',
    };
  const amount = setAws ?? setSelf;
  return amount
    ? { path, find, change: amount, added: { ...amount, frequency: 'Monthly', targetCompany } }
    : { path, find, change: null };
}

/** Edits of a list of enum values or strings. */
function valueEdits({ add, remove }: ValueListEdit, at: readonly string[]): Omit<Edit, 'list'>[] {
  const edit = (verb: string, value: string, index: number) => ({
    path: [...at, verb, String(index)],
    find: (items: readonly unknown[]) => indexesOf(items, (item) => item === value),
  });
  return [
    ...(add ?? []).map((value, index) => ({ ...edit('add', value, index), added: value })),
    ...(remove ?? []).map((value, index) => ({ ...edit('remove', value, index), change: null })),
  ];
}

/** All edits of a patch, in their order within each list. */
export function editsOf(patch: PlainObject): Edit[] {
  return Object.entries(lists).flatMap(([name, list]) => {
    const edits = getOwn(patch, name);
    const found = Array.isArray(edits)
      ? edits.map((edit, index) =>
          (name === 'contactEdits' ? contactEdit : spendEdit)(edit, [name, String(index)]),
        )
      : valueEdits((edits ?? {}) as ValueListEdit, [name]);
    return found.map((edit) => ({ ...edit, list }));
  });
}

/** The items of a list of a record. */
export function itemsOf(record: unknown, list: string): readonly unknown[] {
  const items = getIn(record, list);
  return Array.isArray(items) ? items : [];
}

/** The items after some edits, all of which refer to the items before. */
function applyEdits(items: readonly unknown[], edits: readonly Edit[]): unknown[] {
  const changed = [...items];
  const removed = new Set<number>();
  const appended: unknown[] = [];
  for (const { find, change, added } of edits) {
    const found = find(items);
    if (change === null) for (const index of found) removed.add(index);
    else if (change) for (const index of found) changed[index] = merge(changed[index], change);
    if (found.length === 0 && added !== undefined && find(appended).length === 0) appended.push(added);
  }
  return [...changed.filter((_, index) => !removed.has(index)), ...appended];
}

/** The merge patch that a patch contains besides its edits. */
const withoutEdits = (patch: PlainObject): PlainObject =>
  Object.fromEntries(Object.entries(patch).filter(([name]) => !isEdits(name)));

function setIn(target: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const members = isPlainObject(target) ? target : {};
  return { ...members, [name]: setIn(getOwn(members, name), rest, value) };
}

/** The merge patch of a patch, with the items that its edits make of each list that they change. */
function withLists(
  patch: PlainObject,
  result: (list: string, edits: readonly Edit[]) => unknown,
): PlainObject {
  const byList = Map.groupBy(editsOf(patch), ({ list }) => list);
  let merged: unknown = withoutEdits(patch);
  for (const [list, edits] of byList) {
    const items = result(list, edits);
    if (items !== undefined) merged = setIn(merged, list.split('.'), items);
  }
  return merged as PlainObject;
}

/** The merge patch that makes the changes of a patch to this version of a record. Changes neither of its inputs. */
export function resolveEdits(patch: PlainObject, record: unknown): PlainObject {
  return withLists(patch, (list, edits) => {
    const items = itemsOf(record, list);
    const after = applyEdits(items, edits);
    return isSame(items, after) ? undefined : after;
  });
}

/** A merge patch that changes every list that a patch edits, to count its write where there is no record. */
export const withoutRecord = (patch: PlainObject): PlainObject => withLists(patch, (_, edits) => edits);

/** A record with a patch applied. */
export const applyPatch = (record: PlainObject, patch: PlainObject): PlainObject =>
  merge(record, resolveEdits(patch, record)) as PlainObject;

/** The fields of a patch that replace a value; edits are not among them. */
export const replacedFields = (patch: PlainObject): string[] => leafPaths(withoutEdits(patch));

/** The fields of a record that a patch can change. */
export const patchedFields = (patch: PlainObject): string[] => [
  ...replacedFields(patch),
  ...new Set(editsOf(patch).map(({ list }) => list)),
];

/** The fields of a patch with the values to add to a list of the record. */
export const addedIn = (list: string): string[] =>
  Object.entries(lists).flatMap(([name, edited]) => (edited === list ? [`${name}.add`] : []));

/** The path in a patch for a field of the record: that of the edits, if they are what the patch has for it. */
export function pathInPatch(patch: unknown, path: readonly string[]): string[] {
  const field = fieldOf(path);
  const found = Object.entries(lists).find(
    ([name, list]) => (field === list || field.startsWith(`${list}.`)) && !isEmpty(getIn(patch, name)),
  );
  return found ? [found[0]] : [...path];
}
