/**
 * The columns of CSV files: a column is named after a field of an item's input, as a dotted path in which items of a list
 * have their index: `lifeCycle.stage`, `customer.contacts[0].email`. What a cell means depends on the field's type, which
 * is read from the schema; nothing is guessed from the text.
 */
import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isListType,
} from 'graphql';
import { guard, nullCell, unguard } from './cells.ts';

/** A path in an input: names of fields and indexes. */
export type Steps = readonly (string | number)[];

/** A column, and the places of the input that it is about: one, or two in an upsert, see `columnOf`. */
export type Column = { name: string; targets: readonly Steps[]; type: GraphQLInputType };

/** Higher indexes are refused: AWS has no list as long. */
const maxIndex = 99;

/** The members of an item that have the fields of an opportunity: in a column's name they are left out. */
const wrappers = ['create', 'patch'];

function stepsOf(name: string): Steps | undefined {
  if (!/^[\w.[\]]+$/.test(name)) return undefined;
  const steps = name.split('.').flatMap((part): (string | number | undefined)[] => {
    const [, field, indexes = ''] = /^([A-Za-z_]\w*)((?:\[\d{1,2}\])*)$/.exec(part) ?? [];
    return [field, ...[...indexes.matchAll(/\d+/g)].map(Number)];
  });
  return steps.includes(undefined) ? undefined : (steps as Steps);
}

/** The type at a path; undefined if the schema has none. */
export function typeAt(type: GraphQLInputType, steps: Steps): GraphQLInputType | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return type;
  const nullable = getNullableType(type);
  const next =
    typeof step === 'number'
      ? isListType(nullable) && step <= maxIndex
        ? nullable.ofType
        : undefined
      : isInputObjectType(nullable)
        ? nullable.getFields()[step]?.type
        : undefined;
  return next && typeAt(next, rest);
}

/**
 * The column with a name. A field of the opportunity may be named without the member that has it: `lifeCycle.stage` for
 * `patch.lifeCycle.stage`. In an upsert it is then about both `create` and `patch`, as far as they have it.
 *
 * @param item the input type of an item
 * @returns undefined if the item has no such field
 */
export function columnOf(name: string, item: GraphQLInputObjectType): Column | undefined {
  const steps = stepsOf(name);
  if (!steps) return undefined;
  const own = typeAt(item, steps);
  if (own) return { name, targets: [steps], type: own };
  const within = wrappers.map((wrapper) => [wrapper, ...steps]).filter((target) => typeAt(item, target));
  const [first] = within;
  return first && { name, targets: within, type: typeAt(item, first) as GraphQLInputType };
}

/** The name of the column for a path. */
export const columnName = (steps: Steps): string =>
  steps
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');

/** Parses JSON, and returns anything else as it is: the schema's own check of the input then reports what is wrong. */
function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A cell as GraphQL's types take it: numbers and booleans are parsed, everything else remains a string. */
function leafValue(text: string, { name }: GraphQLLeafType): unknown {
  if (name === 'String' || name === 'ID') return text;
  const trimmed = text.trim();
  if (name === 'Int' || name === 'Float') return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
  if (name === 'Boolean') return { true: true, false: false }[trimmed.toLowerCase()] ?? trimmed;
  return trimmed;
}

/** The items of a list: separated by semicolons, or, if one contains a semicolon, JSON. */
function listValue(text: string, type: GraphQLLeafType): unknown {
  const json = text.trim().startsWith('[') ? jsonOr(text) : undefined;
  if (Array.isArray(json)) return json;
  const items = text.split(';').map((item) => item.trim());
  return items.filter((item) => item !== '').map((item) => leafValue(item, type));
}

/** The value of a cell; undefined if it is empty. */
export function readCell(cell: string, type: GraphQLInputType): unknown {
  if (cell === '') return undefined;
  if (cell.trim() === nullCell) return null;
  const text = unguard(cell);
  const nullable = getNullableType(type);
  if (isLeafType(nullable)) return leafValue(text, nullable);
  const item = isListType(nullable) ? getNullableType(nullable.ofType) : undefined;
  return isLeafType(item) ? listValue(text, item) : jsonOr(text);
}

/** Whether the items of a list can be separated by semicolons. */
const isPlainList = (value: readonly unknown[]): value is string[] =>
  value.length > 0 &&
  value.every(
    (item) => typeof item === 'string' && item === item.trim() && item !== '' && !item.includes(';'),
  ) &&
  !String(value[0]).startsWith('[');

/** The cell for a value; the inverse of `readCell`. */
export function writeCell(value: unknown): string {
  if (value === undefined) return '';
  if (value === null) return nullCell;
  if (typeof value === 'string') return guard(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return guard(Array.isArray(value) && isPlainList(value) ? value.join(';') : JSON.stringify(value));
}
