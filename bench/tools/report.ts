/** The result of a section: tables to read, data for programs, and notes on both. */
export type Section = {
  title: string;
  tables: Table[];
  notes: string[];
  data: Record<string, unknown>;
};

export type Table = { columns: readonly string[]; rows: readonly (readonly (string | number)[])[] };

/** Formats a table as plain text: the first column left-aligned, the others right-aligned. */
export function tableText({ columns, rows }: Table): string {
  const lines = [columns, ...rows].map((row) => row.map((cell) => formatCell(cell)));
  const widths = columns.map((_, index) => Math.max(...lines.map((row) => row[index]?.length ?? 0)));
  return lines
    .map((row) =>
      row
        .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const formatCell = (cell: string | number): string =>
  typeof cell === 'number' ? cell.toLocaleString('en', { maximumFractionDigits: 2 }) : cell;

export function sectionText({ title, tables, notes }: Section): string {
  const rule = '-'.repeat(title.length);
  return `\n${title}\n${rule}\n${[...tables.map(tableText), ...notes.map((note) => `* ${note}`)].join('\n\n')}\n`;
}
