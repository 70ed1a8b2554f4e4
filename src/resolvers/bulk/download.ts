/** The results of a job with mutations as a file: each item with its outcome, and as it was sent, so that it can be sent again. */
import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
} from 'graphql';
import { isPlainObject, type PlainObject } from '../../domain/paths.ts';
import { isFinished, type NumberedItem } from '../../jobs/bulk/model.ts';
import { guard } from '../../jobs/files/cells.ts';
import { columnName } from '../../jobs/files/columns.ts';
import { csvHeader, csvRows, endCell, notRead, rowColumn } from '../../jobs/files/csv.ts';
import { cellsOf } from '../../jobs/files/rows.ts';
import { modelOfItem } from './models.ts';
import { assertWhole, type Download, lastLine, pagesOf } from './pages.ts';
import { itemTypeOf, sourceOf, type UploadKind } from './upload.ts';

/** A value inside the gateway as callers send it: enum values by name. */
function asSent(value: unknown, type: GraphQLInputType): unknown {
  const nullable = getNullableType(type);
  if (value === null || value === undefined) return value;
  if (isEnumType(nullable)) return nullable.serialize(value);
  if (isListType(nullable))
    return Array.isArray(value) ? value.map((item) => asSent(item, nullable.ofType)) : value;
  if (!isInputObjectType(nullable) || !isPlainObject(value)) return value;
  const fields = nullable.getFields();
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      fields[name] ? asSent(member, fields[name].type) : member,
    ]),
  );
}

/** The input of an item as it was sent; of one that could not be read, what could. */
const sentInput = ({ item: { input, source } }: NumberedItem, type: GraphQLInputObjectType): PlainObject =>
  input ? (asSent(input, type) as PlainObject) : sourceOf(source);

/** The results as JSON Lines; the last line has their number. */
export async function* jsonLinesOf(download: Download): AsyncGenerator<string> {
  const { job, schema } = download;
  const type = itemTypeOf(schema, job.kind as UploadKind);
  let rows = 0;
  for await (const items of pagesOf(download)) {
    rows += items.length;
    yield items
      .map((one) => {
        const { outcome, userErrors, warnings, steps } = modelOfItem(one, job);
        const id = one.item.result?.id ?? null;
        const record = {
          index: one.index,
          outcome,
          id,
          userErrors,
          warnings,
          steps,
          input: sentInput(one, type),
        };
        return `${JSON.stringify(record)}\n`;
      })
      .join('');
  }
  assertWhole(download, rows);
  yield lastLine(job, rows);
}

/** The columns before those of the items. They are not read when the file is sent again. */
const resultColumns = [rowColumn, `${notRead}outcome`, `${notRead}opportunity`, `${notRead}errors`];

/** The errors of an item as one string: a line for each, with the column that it is about, if it is about one. */
function errorsOf({ item: { result } }: NumberedItem): string {
  const lines = (result?.userErrors ?? []).map(({ path, message }) => {
    const steps = path.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const column = columnName(['patch', 'create'].includes(String(steps[0])) ? steps.slice(1) : steps);
    return column ? `${column}: ${message}` : message;
  });
  return guard(lines.join('\n'));
}

/** The results as CSV; the last row has their number. All items are read twice, since their columns come first. */
export async function* csvOf(download: Download): AsyncGenerator<string> {
  const { job, schema } = download;
  const type = itemTypeOf(schema, job.kind as UploadKind);
  const names = new Set<string>();
  // Of all items, regardless of their outcomes, which may change while they are read.
  for await (const items of pagesOf({ ...download, outcomes: undefined }))
    for (const one of items) for (const name of cellsOf(sentInput(one, type), type).keys()) names.add(name);
  const columns = [...names];
  yield csvHeader([...resultColumns, ...columns]);
  let rows = 0;
  for await (const items of pagesOf(download)) {
    rows += items.length;
    yield csvRows(
      items.map((one) => {
        const cells = cellsOf(sentInput(one, type), type);
        const errors = one.item.result?.userErrors.length ? errorsOf(one) : '';
        return [
          String(one.index + 1),
          modelOfItem(one, job).outcome,
          one.item.result?.id ?? '',
          errors,
          ...columns.map((name) => cells.get(name) ?? ''),
        ];
      }),
    );
  }
  assertWhole(download, rows);
  yield csvRows([
    [
      endCell(rows, isFinished(job)),
      ...Array.from({ length: resultColumns.length + columns.length - 1 }, () => ''),
    ],
  ]);
}
