/** Files of items: what they mean, and that every value survives a spreadsheet. */
import fc from 'fast-check';
import type { GraphQLInputObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { guard, unguard } from '../../src/jobs/files/cells.ts';
import { csvHeader, csvRows, readCsv } from '../../src/jobs/files/csv.ts';
import { type FileItem, readJsonLines } from '../../src/jobs/files/json-lines.ts';
import { readLines } from '../../src/jobs/files/lines.ts';
import { cellsOf } from '../../src/jobs/files/rows.ts';
import { gatewaySchema } from '../schema.ts';

const schema = gatewaySchema();
const inputType = (name: string) => schema.getType(name) as GraphQLInputObjectType;
const update = inputType('UpdateOpportunityInput');
const upsert = inputType('UpsertOpportunityInput');

const maxLength = 10_000;

/** The chunks of a file, cut anywhere. */
async function* chunks(file: string | Buffer, size = 7): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(file as string);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const jsonLines = (file: string | Buffer, size?: number) =>
  all(readJsonLines(readLines(chunks(file, size), maxLength)));
const csv = (file: string | Buffer, item = update, size?: number): Promise<FileItem[]> =>
  all(readCsv(readLines(chunks(file, size), maxLength), { item, maxLength }));
const inputs = async (items: Promise<FileItem[]>) => (await items).map(({ input }) => input);

describe('JSON Lines', () => {
  test('every line is an item, with U+2028 in a string, CRLF, a byte order mark, and no line feed at the end', async () => {
    const file = '\ufeff{"id":"O1","t":"a\u2028b"}\r\n\n  \n{"id":"O2"}\r\n{"id":"O3"}';
    for (const size of [1, 2, 3, 1_000])
      expect(await inputs(jsonLines(file, size))).toEqual([
        { id: 'O1', t: 'a\u2028b' },
        { id: 'O2' },
        { id: 'O3' },
      ]);
  });

  test('a line that cannot be read is an item with a problem, and the others are read', async () => {
    const long = `{"id":"${'x'.repeat(maxLength)}"}`;
    const file = Buffer.concat([
      Buffer.from('{"id":"O1"}\n{"id":\n[1]\nnull\n'),
      Buffer.from([0xff, 0xfe, 0x00, 0x0a]),
      Buffer.from(`${long}\n{"id":"O7"}\n`),
    ]);
    expect(await jsonLines(file, 4_096)).toEqual([
      { line: 1, input: { id: 'O1' }, problems: [] },
      { line: 2, input: null, problems: ['The line is not JSON.'] },
      { line: 3, input: null, problems: ['The line is JSON, but not an object.'] },
      { line: 4, input: null, problems: ['The line is JSON, but not an object.'] },
      { line: 5, input: null, problems: ['The line is not valid UTF-8.'] },
      { line: 6, input: null, problems: [`The line is longer than ${maxLength} bytes.`] },
      { line: 7, input: { id: 'O7' }, problems: [] },
    ]);
  });

  test('of a line without an end only what a line may have is kept', async () => {
    async function* endless() {
      const chunk = Buffer.alloc(65_536, 'x');
      for (let sent = 0; sent < 20_000_000; sent += chunk.length) yield chunk;
    }
    const before = process.memoryUsage().arrayBuffers;
    const [item, ...others] = await all(readJsonLines(readLines(endless(), maxLength)));
    expect(item?.problems).toHaveLength(1);
    expect(others).toEqual([]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
  });
});

describe('the columns of a CSV file', () => {
  test('columns are paths of the item; those of the patch are named without it, and nothing is guessed from a cell', async () => {
    const file = [
      'id,project.title,customer.account.address.postalCode,customer.account.awsAccountId,primaryNeedsFromAws,customer.contacts[0].email,customer.contacts[0].phone,patch.partnerOpportunityIdentifier,onConflict',
      'O1,1e5,02139,000000000012,CO_SELL_ARCHITECTURAL_VALIDATION; CO_SELL_PRICING_ASSISTANCE,a@example.com,#N/A,true,FAIL',
      'O2,,,,,,,,',
    ].join('\n');
    expect(await inputs(csv(file))).toEqual([
      {
        id: 'O1',
        onConflict: 'FAIL',
        patch: {
          project: { title: '1e5' },
          customer: {
            account: { address: { postalCode: '02139' }, awsAccountId: '000000000012' },
            contacts: [{ email: 'a@example.com', phone: null }],
          },
          primaryNeedsFromAws: ['CO_SELL_ARCHITECTURAL_VALIDATION', 'CO_SELL_PRICING_ASSISTANCE'],
          partnerOpportunityIdentifier: 'true',
        },
      },
      { id: 'O2' },
    ]);
  });

  test('in an upsert a field is both for the new opportunity and for the changes, as far as they have it', async () => {
    const file =
      'partnerOpportunityIdentifier,project.title,origin,patch.lifeCycle.nextSteps\nP-1,A,PARTNER_REFERRAL,Call';
    expect(await inputs(csv(file, upsert))).toEqual([
      {
        partnerOpportunityIdentifier: 'P-1',
        create: { project: { title: 'A' }, origin: 'PARTNER_REFERRAL' },
        patch: { project: { title: 'A' }, lifeCycle: { nextSteps: 'Call' } },
      },
    ]);
  });

  test('a list of objects has columns by index, of which empty ones are left out, or JSON in one cell', async () => {
    const file =
      'id,customer.contacts[0].email,customer.contacts[2].email\nO1,,c@example.com\nO2,a@example.com,c@example.com';
    expect(await inputs(csv(file))).toEqual([
      { id: 'O1', patch: { customer: { contacts: [{ email: 'c@example.com' }] } } },
      {
        id: 'O2',
        patch: { customer: { contacts: [{ email: 'a@example.com' }, { email: 'c@example.com' }] } },
      },
    ]);
    const edits = 'id,contactEdits\nO1,"[{""remove"":{""index"":1}}]"';
    expect(await inputs(csv(edits))).toEqual([
      { id: 'O1', patch: { contactEdits: [{ remove: { index: 1 } }] } },
    ]);
  });

  test.each([
    ['id,project.titel', '"project.titel"'],
    ['id,__proto__.x', '"__proto__.x"'],
    ['id,customer.contacts[100].email', '"customer.contacts[100].email"'],
    ['id,project.title,project.title', 'twice'],
    ['#row,#outcome', 'none that is read'],
    ['"id', 'quotes'],
    ['', 'empty'],
    [Buffer.from('\ufeffid\n', 'utf16le'), 'UTF-8'],
    [Buffer.alloc(20_000, 'x'), 'longer than'],
  ])('the header %# is refused with its reason', async (header, reason) => {
    await expect(csv(header, update, 4_096)).rejects.toThrow(reason);
  });

  test('columns for people, the last row of a result and rows without text are not read', async () => {
    const file = '#row,id,#errors,project.title\n1,O1,no,A\n,,,\nend of 1 rows,,,\n';
    expect(await csv(file)).toEqual([
      { line: 2, input: { id: 'O1', patch: { project: { title: 'A' } } }, problems: [] },
    ]);
  });

  test('two cells about one field are a problem of their row', async () => {
    const [first, second] = await csv('id,project.title,patch.project.title\nO1,A,B\nO2,A,\n');
    expect(first?.problems).toEqual([
      'The cell in patch.project.title contradicts that of another column about the same field.',
    ]);
    expect(second).toMatchObject({ input: { patch: { project: { title: 'A' } } }, problems: [] });
  });
});

describe('the rows of a CSV file', () => {
  test.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('cells are separated by %s', async (_name, mark) => {
    const file = `\ufeffid${mark}project.title\r\nO1${mark}"a${mark}b\r\nc ""d"""\r\n`;
    expect(await inputs(csv(file))).toEqual([
      { id: 'O1', patch: { project: { title: `a${mark}b\r\nc "d"` } } },
    ]);
  });

  test('a row that is too short, too long, malformed or not UTF-8 is an item with a problem', async () => {
    const file = Buffer.concat([
      Buffer.from('id,project.title\nO1,A\nO2\nO3,A,B\nO4,"A"x"\nO5,a"b"\n'),
      Buffer.from([0x4f, 0x36, 0x2c, 0xe4, 0x0a]),
      Buffer.from('O7,B\n'),
    ]);
    const items = await csv(file);
    expect(items.map(({ line, problems }) => [line, problems.length])).toEqual([
      [2, 0],
      [3, 1],
      [4, 1],
      [5, 1],
      [6, 1],
      [7, 1],
      [8, 0],
    ]);
    expect(items[1]?.problems).toEqual(['The row has 1 cells, expected 2 as in the header.']);
    expect(items[5]?.problems).toEqual(['The line is not valid UTF-8.']);
  });

  test('a quote that is not closed costs its own row, and nothing after it', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => `O${index},"title, ${index}"`);
    rows[3] = 'O3,"title';
    rows[400] = 'O400,title"';
    rows[499] = 'O499,"title';
    const items = await csv(['id,project.title', ...rows].join('\n'), update, 1_000);
    expect(items).toHaveLength(500);
    expect(items.filter(({ problems }) => problems.length > 0).map(({ line }) => line)).toEqual([
      5, 402, 501,
    ]);
    expect(items[4]?.input).toEqual({ id: 'O4', patch: { project: { title: 'title, 4' } } });
  });
});

const text = fc.oneof(
  fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed()),
  fc.stringMatching(/^[ '\ufeff\u00a0\t\n]{0,3}[=+@0-9#N/A;[\-.]{0,4}[a-z"',;\r\n]{0,4}$/),
);

test('a guarded value is neither a formula nor a number, and comes back as it was', () => {
  fc.assert(
    fc.property(text, (value) => {
      const cell = guard(value);
      expect(unguard(cell)).toBe(value);
      expect(cell.replace(/^[\s\p{Z}\p{Cf}]+/u, '')).not.toMatch(/^[=+\-@|%]/);
      if (/^\d[\d.,:/ -]*$/.test(cell)) expect(cell).toMatch(/^(0|[1-9]\d{0,10})$/);
    }),
    { numRuns: 2_000 },
  );
});

const leaf = fc.oneof(text, fc.constant(null));
const contact = fc.record({ email: leaf, firstName: leaf }, { requiredKeys: ['email'] });
const patch = fc.record(
  {
    partnerOpportunityIdentifier: leaf,
    primaryNeedsFromAws: fc.oneof(fc.constant(null), fc.array(fc.constantFrom('A_B', 'C'))),
    customer: fc.record(
      { account: fc.record({ companyName: leaf }), contacts: fc.array(contact, { maxLength: 25 }) },
      { requiredKeys: ['account'] },
    ),
    marketing: fc.record({ useCases: fc.array(text), source: fc.constant('NONE') }),
    contactEdits: fc.constant([{ remove: { index: 1 } }]),
  },
  { requiredKeys: ['customer'] },
);

test('every update and upsert comes back from its CSV file as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text.filter(Boolean), patch, patch, fc.nat(3)), { minLength: 1 }),
      async (rows) => {
        for (const [item, values] of [
          [update, rows.map(([id, one]) => ({ id, patch: one }))],
          [
            upsert,
            rows.map(([id, one, other, which]) => ({
              partnerOpportunityIdentifier: id,
              ...(which !== 1 && { create: { ...one, contactEdits: undefined } }),
              ...(which > 0 && { patch: which === 2 ? other : one }),
            })),
          ],
        ] as const) {
          const cells = values.map((value) => cellsOf(value, item));
          const names = [...new Set(cells.flatMap((row) => [...row.keys()]))];
          const file =
            csvHeader(names) + csvRows(cells.map((row) => names.map((name) => row.get(name) ?? '')));
          const read = await all(readCsv(readLines(chunks(file, 1_000), 1e6), { item, maxLength: 1e6 }));
          expect(read.flatMap(({ problems }) => problems)).toEqual([]);
          expect(read.map(({ input }) => input)).toEqual(values);
        }
      },
    ),
    { numRuns: 50 },
  );
});
