/** The file of an export: JSON Lines with all that was read, or CSV with what an update takes. */
import { type GraphQLInputObjectType, getNullableType, isInputObjectType, isListType } from 'graphql';
import { isPlainObject, type PlainObject } from '../../domain/paths.ts';
import { isFinished, type NumberedItem } from '../../jobs/bulk/model.ts';
import { columnOf, writeCell } from '../../jobs/files/columns.ts';
import { csvHeader, csvRows, endCell, notRead, rowColumn } from '../../jobs/files/csv.ts';
import { cellsOf } from '../../jobs/files/rows.ts';
import { assertWhole, type Download, lastLine, pagesOf } from './pages.ts';
import { withoutEmpty } from './plain.ts';
import { itemTypeOf } from './upload.ts';

const recordOf = ({ item: { source } }: NumberedItem): PlainObject => (isPlainObject(source) ? source : {});

/** The opportunities as JSON Lines; one that could not be read has the reason. */
export async function* exportedLines(download: Download): AsyncGenerator<string> {
  let rows = 0;
  for await (const items of pagesOf(download)) {
    rows += items.length;
    yield items
      .map((one) => {
        const { outcome = 'QUEUED', userErrors = [] } = one.item.result ?? {};
        const record = outcome === 'DONE' ? recordOf(one) : { ...recordOf(one), outcome, userErrors };
        return `${JSON.stringify(record)}\n`;
      })
      .join('');
  }
  assertWhole(download, rows);
  yield lastLine(download.job, rows);
}

/**
 * What a cell is about that must not be written back as it is: an update replaces a whole list of objects, and a spreadsheet
 * may have lost columns of it. The partner's identifier names the opportunity in an update, as the id does.
 */
function isReadOnly(name: string, item: GraphQLInputObjectType): boolean {
  const type = getNullableType(columnOf(name, item)?.type);
  const isListOfObjects = isListType(type) && isInputObjectType(getNullableType(type.ofType));
  return isListOfObjects || /\[|^patch\./.test(name);
}

/** The cells of an opportunity by column: those of the update that changes nothing, and what else people look at. */
function cellsOfRecord(record: PlainObject, item: GraphQLInputObjectType): Map<string, string> {
  const { id, lastModifiedDate: expectedLastModifiedDate, createdDate, ...patch } = record;
  const update = withoutEmpty({ id, expectedLastModifiedDate, patch });
  const cells = new Map<string, string>();
  for (const [name, cell] of cellsOf(update, item))
    cells.set(isReadOnly(name, item) ? `${notRead}${name.replace(/^patch\./, '')}` : name, cell);
  return createdDate ? cells.set(`${notRead}createdDate`, writeCell(createdDate)) : cells;
}

/** The opportunities as CSV; all are read twice, since their columns come first. */
export async function* exportedCsv(download: Download): AsyncGenerator<string> {
  const { job, schema } = download;
  const item = itemTypeOf(schema, 'UPDATE');
  const names = new Set<string>();
  for await (const items of pagesOf({ ...download, outcomes: undefined }))
    for (const one of items) for (const name of cellsOfRecord(recordOf(one), item).keys()) names.add(name);
  const [first, ...columns] = [...names];
  const header = [...(first ? [first] : []), rowColumn, `${notRead}outcome`, ...columns];
  yield csvHeader(header);
  let rows = 0;
  for await (const items of pagesOf(download)) {
    const before = rows;
    rows += items.length;
    yield csvRows(
      items.map((one, index) => {
        const cells = cellsOfRecord(recordOf(one), item);
        cells
          .set(rowColumn, String(before + index + 1))
          .set(`${notRead}outcome`, one.item.result?.outcome ?? 'QUEUED');
        return header.map((name) => cells.get(name) ?? '');
      }),
    );
  }
  assertWhole(download, rows);
  const end = endCell(rows, isFinished(job));
  yield csvRows([header.map((name) => (name === rowColumn ? end : ''))]);
}
