/** Nothing that the emulator has confirmed is lost, however it ends. `RUNS=200` kills it more often; `SEED` chooses when. */
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startEmulator } from '../../emulator/server.ts';
import { preload } from '../program.ts';
import { type Body, edited, envelope, noon, signature, submittableCreate, validCreate } from './kit.ts';
import { addressOf, startProgram, startWithSmallFiles } from './program.ts';

let folder: string;
let stateFile: string;
let journal: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emulator-'));
  stateFile = join(folder, 'state.json');
  journal = `${stateFile}.journal`;
});
afterEach(() => rm(folder, { recursive: true }));

const start = (file = stateFile) => startEmulator({ stateFile: file, seed: false, now: () => noon });

async function post(url: string, headers: Record<string, string>, body: object, method = 'POST') {
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Body };
}
const call = (url: string, operation: string, body: object) => post(url, envelope(operation), body);
const control = (url: string, path: string, body: object) => post(`${url}/_emulator/${path}`, {}, body);
/** Changes members of a record. */
const patch = (url: string, id: unknown, members: Body) =>
  post(`${url}/_emulator/opportunities/${id}?touch=true`, {}, { Project: members }, 'PATCH');
const sqs = (url: string, operation: string, body: object) =>
  post(
    url,
    { 'x-amz-target': `AmazonSQS.${operation}`, authorization: signature('sqs') },
    { QueueUrl: `${url}/123456789012/partner-central-events`, ...body },
  );

/** A create for a day far enough from both the emulator's clock and the system's. */
const create = (url: string, token: string) =>
  call(url, 'CreateOpportunity', edited(validCreate(token), { 'LifeCycle.TargetCloseDate': '2060-01-01' }));
const count = async (url: string): Promise<unknown> =>
  ((await (await fetch(`${url}/_emulator/health`)).json()) as Body).opportunities;
const read = (url: string, Identifier: unknown) =>
  call(url, 'GetOpportunity', { Catalog: 'Sandbox', Identifier });

/** The files as they are at this moment, in another folder: what a process finds after another was killed now. */
async function copyOfFiles(): Promise<string> {
  const other = join(folder, 'copy');
  await mkdir(other, { recursive: true });
  for (const name of await readdir(folder))
    if (name !== 'copy') await cp(join(folder, name), join(other, name));
  return join(other, 'state.json');
}

/** The content of a state file. */
async function contentOf(file: string): Promise<Body> {
  const { journal: _id, ...content } = JSON.parse(await readFile(file, 'utf8')) as Body;
  return content;
}

describe('after the end of its process, an emulator has', () => {
  test('everything that writes of all kinds have changed', async () => {
    const { url, stop } = await start();
    const { Id } = (await call(url, 'CreateOpportunity', submittableCreate())).body;
    const target = { Catalog: 'Sandbox', OpportunityIdentifier: Id };
    const solution = { RelatedEntityType: 'Solutions', RelatedEntityIdentifier: 'S-0000001' };
    await call(url, 'AssociateOpportunity', { ...target, ...solution });
    await call(url, 'DisassociateOpportunity', { ...target, ...solution });
    await create(url, 'second');
    await control(url, 'settings', { reviewAfterMs: 1_000 });
    const AwsSubmission = { InvolvementType: 'Co-Sell', Visibility: 'Full' };
    const submission = { Catalog: 'Sandbox', ClientToken: 't', Identifier: Id, AwsSubmission };
    expect((await call(url, 'StartEngagementFromOpportunityTask', submission)).status).toBe(200);
    const referral = { ...validCreate('referral'), Origin: 'AWS Referral' };
    expect((await call(url, 'CreateOpportunity', referral)).status).toBe(200);
    const partner = { accessKeyId: 'OTHER', accountId: '210987654321', name: 'Other', alias: 'other' };
    await control(url, 'accounts', partner);
    await control(url, 'queues', { maxReceiveCount: 9 });
    const role = { Catalog: 'Sandbox', ResourceSnapshotJobRoleIdentifier: 'Snapshots' };
    await call(url, 'PutSellingSystemSettings', role);
    const ResourceArn = `arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/opportunity/${Id}`;
    await call(url, 'TagResource', { ResourceArn, Tags: [{ Key: 'a', Value: '1' }] });
    await call(url, 'UntagResource', { ResourceArn, TagKeys: ['a'] });
    await control(url, 'clock', { advanceMs: 1_000 });
    await sqs(url, 'SendMessage', { MessageBody: 'last' });
    const [message] = (await sqs(url, 'ReceiveMessage', {})).body.Messages as Body[];
    expect((await sqs(url, 'DeleteMessage', { ReceiptHandle: message?.ReceiptHandle })).status).toBe(200);
    const copy = await copyOfFiles();
    await stop();
    await (await start(copy)).stop();
    const content = await contentOf(copy);
    expect(content).toEqual(await contentOf(stateFile));
    expect(Object.keys(content.tables as Body)).toEqual(
      expect.arrayContaining(['records', 'tokens', 'invitations', 'tasks', 'snapshots', 'tags', 'messages']),
    );
  });

  test('the messages of its queue, without those that were deleted', async () => {
    const { url, stop } = await start();
    for (const MessageBody of ['A', 'B']) await sqs(url, 'SendMessage', { MessageBody });
    const [first] = (await sqs(url, 'ReceiveMessage', {})).body.Messages as Body[];
    await sqs(url, 'DeleteMessage', { ReceiptHandle: first?.ReceiptHandle });
    const copy = await copyOfFiles();
    await stop();
    const again = await start(copy);
    const { Messages } = (await sqs(again.url, 'ReceiveMessage', { MaxNumberOfMessages: 10 })).body;
    await again.stop();
    expect(Messages).toMatchObject([{ Body: 'B' }]);
  });

  test('nothing left of a reset', async () => {
    const { url, stop } = await start();
    await create(url, 'a');
    await control(url, 'reset', { seed: false });
    const copy = await copyOfFiles();
    await stop();
    const again = await start(copy);
    expect(await count(again.url)).toBe(0);
    await again.stop();
  });

  test('all writes, while the journal stays in proportion to the state file', async () => {
    const { url, stop } = await start();
    const { Id } = (await create(url, 'a')).body;
    let largest = 0;
    for (let n = 0; n < 100; n++) {
      await patch(url, Id, { Title: `${n}`, Note: 'x'.repeat(3_000) });
      largest = Math.max(largest, (await stat(journal).catch(() => ({ size: 0 }))).size);
    }
    const copy = await copyOfFiles();
    await stop();
    const again = await start(copy);
    expect((await read(again.url, Id)).body).toMatchObject({ Project: { Title: '99' } });
    await again.stop();
    expect(largest).toBeGreaterThan(60_000);
    expect(largest).toBeLessThan(80_000);
    expect(await readdir(folder)).toEqual(['copy', 'state.json']);
  });
});

describe('a write', () => {
  test('is answered when its change is on the disk, while reads go on', async () => {
    const { url, stop } = await start();
    await create(url, 'first');
    const file = await open(journal);
    const sync = Promise.withResolvers<void>();
    const isSyncing = Promise.withResolvers<void>();
    const datasync = vi.spyOn(Object.getPrototypeOf(file) as typeof file, 'datasync');
    datasync.mockImplementation(() => {
      isSyncing.resolve();
      return sync.promise;
    });
    await file.close();
    const answers: string[] = [];
    const tokens = ['a', 'b', 'c'];
    const writes = tokens.map((token) => create(url, token).then(() => answers.push(token)));
    await isSyncing.promise;
    while ((await count(url)) !== 4) await new Promise(setImmediate);
    expect(answers).toEqual([]);
    sync.resolve();
    await Promise.all(writes);
    // Those that came while the first was being written were written together.
    expect(datasync).toHaveBeenCalledTimes(2);
    datasync.mockRestore();
    await stop();
  });
});

describe('a journal whose end was not written', () => {
  /** Two creates in the journal: its text, and where the line of the second begins. */
  async function twoCreates() {
    const { url, stop } = await start();
    await create(url, 'a');
    await create(url, 'b');
    const copy = await copyOfFiles();
    await stop();
    const text = await readFile(`${copy}.journal`, 'utf8');
    return { copy, text, lastLine: text.lastIndexOf('\n', text.length - 2) + 1 };
  }
  /** The number of records in the files; the emulator can write them on from there. */
  async function countIn(copy: string): Promise<unknown> {
    const { url, stop } = await start(copy);
    const found = await count(url);
    expect((await create(url, 'c')).status).toBe(200);
    await stop();
    const again = await start(copy);
    expect(await count(again.url)).toBe(Number(found) + 1);
    await again.stop();
    return found;
  }

  test('has what was written completely, wherever it ends', async () => {
    const { copy, text, lastLine } = await twoCreates();
    const snapshot = await readFile(copy);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: lastLine, max: text.length }), async (length) => {
        await writeFile(copy, snapshot);
        await writeFile(`${copy}.journal`, text);
        await truncate(`${copy}.journal`, length);
        // The line break at its end does not matter.
        expect(await countIn(copy)).toBe(length >= text.length - 1 ? 2 : 1);
      }),
      { numRuns: Number(process.env.RUNS ?? 20), examples: [[lastLine], [text.length - 1], [text.length]] },
    );
  });

  test('has the rest if its last line is zeros, as after a power cut', async () => {
    const { copy, text, lastLine } = await twoCreates();
    const zeros = '\0'.repeat(text.length - lastLine - 1);
    await writeFile(`${copy}.journal`, `${text.slice(0, lastLine)}${zeros}\n`);
    expect(await countIn(copy)).toBe(1);
  });

  test('is refused if a line in its middle is damaged, and left unchanged', async () => {
    const { copy, text, lastLine } = await twoCreates();
    const damaged = `${text.slice(0, lastLine - 10)}\n${text.slice(lastLine)}`;
    await writeFile(`${copy}.journal`, damaged);
    await expect(start(copy)).rejects.toThrow(/state\.json has a damaged journal, in line 2/);
    expect(await readFile(`${copy}.journal`, 'utf8')).toBe(damaged);
  });

  test('of an earlier snapshot is not applied to a later one', async () => {
    const { copy, text } = await twoCreates();
    const later = await start(copy);
    await create(later.url, 'c');
    await control(later.url, 'reset', { seed: false });
    await later.stop();
    await writeFile(`${copy}.journal`, text);
    expect(await countIn(copy)).toBe(0);
  });

  test('is not applied without its snapshot', async () => {
    const { copy } = await twoCreates();
    await rm(copy);
    expect(await countIn(copy)).toBe(0);
  });

  test('and half a state file next to the old one do no harm', async () => {
    const { copy } = await twoCreates();
    await writeFile(`${copy}.tmp`, '{"version":3,"journ');
    expect(await countIn(copy)).toBe(2);
    expect(await readdir(join(folder, 'copy'))).toEqual(['state.json']);
  });
});

describe('a state file that can no longer be written', () => {
  /** Folders in the place of the files that the next write would create. */
  const block = async () => {
    await rm(journal, { force: true });
    await mkdir(journal);
    await mkdir(`${stateFile}.tmp`);
  };
  const unblock = async () => {
    await rm(journal, { recursive: true });
    await rm(`${stateFile}.tmp`, { recursive: true });
  };

  test('refuses writes, which then have not happened, and serves reads; later it stores writes again', async () => {
    const { url, stop } = await start();
    await block();
    const refused = await create(url, 'a');
    expect(refused.status).toBe(500);
    expect(refused.body).toMatchObject({
      __type: expect.stringContaining('InternalServerException'),
      Message: expect.stringContaining(`The state file ${stateFile} cannot be written`),
    });
    expect((await control(url, 'accounts', { ...other })).status).toBe(500);
    expect((await sqs(url, 'SendMessage', { MessageBody: 'A' })).status).toBe(500);
    expect(await count(url)).toBe(0);
    expect((await sqs(url, 'ReceiveMessage', {})).body).toEqual({});
    await unblock();
    const { body } = await create(url, 'a');
    const copy = await copyOfFiles();
    await stop();
    const again = await start(copy);
    expect((await read(again.url, body.Id)).body.Id).toBe(body.Id);
    expect(await count(again.url)).toBe(1);
    await again.stop();
  });

  test('refuses all of the writes that come at once', async () => {
    const { url, stop } = await start();
    await block();
    const tokens = Array.from({ length: 30 }, (_, n) => `token-${n}`);
    const answers = await Promise.all(tokens.map((token) => create(url, token)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([500]));
    expect(await count(url)).toBe(0);
    await unblock();
    expect((await create(url, 'token-0')).status).toBe(200);
    expect(await count(url)).toBe(1);
    await stop();
  });

  test('with a full disk, the program confirms only what it has stored', async () => {
    await writeFile(stateFile, '{"version":3,"journal":"","tables":{}}');
    const program = startWithSmallFiles(200, { EMULATOR_STATE_FILE: stateFile });
    const url = await addressOf(program);
    const confirmed: unknown[] = [];
    let refusals = 0;
    for (let n = 0; refusals < 5; n++) {
      const { status, body } = await create(url, `token-${n}`);
      if (status === 200) confirmed.push(body.Id);
      else refusals += 1;
    }
    expect(confirmed.length).toBeGreaterThan(5);
    expect(await count(url)).toBe(confirmed.length);
    program.kill('SIGKILL');
    await once(program, 'exit');
    const again = await start();
    expect(await count(again.url)).toBe(confirmed.length);
    for (const id of confirmed) expect((await read(again.url, id)).status).toBe(200);
    await again.stop();
  });
});

describe('kill -9 of the program', () => {
  /** A disk that takes its time, so that the program is killed between an answer that came too early and its write. */
  const slowDisk = preload(`
    import { open } from 'node:fs/promises';
    import { setTimeout } from 'node:timers/promises';
    const file = await open(process.execPath);
    const methods = Object.getPrototypeOf(file);
    const { writeFile } = methods;
    methods.writeFile = async function (text) {
      await setTimeout(10);
      return writeFile.call(this, text);
    };
    await file.close();
  `);

  test('loses no confirmed write, however many it interrupts', async () => {
    await writeFile(stateFile, '{"version":3,"journal":"","tables":{}}');
    const seed = process.env.SEED ? { seed: Number(process.env.SEED) } : {};
    const rounds = fc.sample(fc.integer({ min: 1, max: 80 }), {
      numRuns: Number(process.env.RUNS ?? 5),
      ...seed,
    });
    const titles = new Map<string, { token: string; possible: string[] }>();
    for (const [round, confirmations] of rounds.entries()) {
      const program = startProgram({ EMULATOR_STATE_FILE: stateFile, ...slowDisk });
      const url = await addressOf(program);
      await expectAll(url, titles);
      let left = confirmations;
      const confirm = () => {
        left -= 1;
        if (left === 0) program.kill('SIGKILL');
      };
      const writers = [1, 2, 3, 4].map((writer) => write(url, `${round}-${writer}`, titles, confirm));
      await Promise.all([once(program, 'exit'), ...writers]);
    }
    const { url, stop } = await startEmulator({ stateFile });
    await expectAll(url, titles);
    expect(titles.size).toBeGreaterThan(0);
    await stop();
  });

  /** Creates and changes records until the program is gone, and notes what it has confirmed, and what it may have done. */
  async function write(
    url: string,
    name: string,
    titles: Map<string, { token: string; possible: string[] }>,
    confirm: () => void,
  ): Promise<void> {
    for (let n = 0; ; n++) {
      const token = `${name}-${n}`;
      const created = await create(url, token).catch(() => undefined);
      if (!created) return;
      expect(created.status).toBe(200);
      const id = String(created.body.Id);
      titles.set(id, { token, possible: [validCreate().Project.Title] });
      confirm();
      for (const Title of [`${token} first`, `${token} second`]) {
        titles.get(id)?.possible.push(Title);
        const changed = await patch(url, id, { Title }).catch(() => undefined);
        if (!changed) return;
        expect(changed.status).toBe(200);
        titles.set(id, { token, possible: [Title] });
        confirm();
      }
    }
  }

  async function expectAll(url: string, titles: Map<string, { token: string; possible: string[] }>) {
    const found = [...titles].map(async ([id, { token, possible }]) => {
      const { Project } = (await read(url, id)).body;
      expect(possible).toContain((Project as Body | undefined)?.Title);
      // The client token was stored with the record.
      expect((await create(url, token)).body.Id).toBe(id);
    });
    await Promise.all(found);
  }
});

const other = { accessKeyId: 'OTHER', accountId: '210987654321', name: 'Other', alias: 'other' };
