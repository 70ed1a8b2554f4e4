/** What a section has found: its tables for people, its figures for programs, and what a reader has to know of both. */
export type Section = {
  title: string;
  tables: Table[];
  notes: string[];
  figures: Record<string, unknown>;
};

export type Table = { columns: readonly string[]; rows: readonly (readonly (string | number)[])[] };

/** A table as lines of text: the first column to the left, the others to the right. */
export function tableText({ columns, rows }: Table): string {
  const lines = [columns, ...rows].map((row) => row.map((cell) => shown(cell)));
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

const shown = (cell: string | number): string =>
  typeof cell === 'number' ? cell.toLocaleString('en', { maximumFractionDigits: 2 }) : cell;

export function sectionText({ title, tables, notes }: Section): string {
  const rule = '-'.repeat(title.length);
  return `\n${title}\n${rule}\n${[...tables.map(tableText), ...notes.map((note) => `* ${note}`)].join('\n\n')}\n`;
}
