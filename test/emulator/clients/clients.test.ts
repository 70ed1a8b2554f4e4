/**
 * Unmodified clients in other languages. Neither npm nor Debian (whose packages predate the service) has them, so they
 * may be missing. Their tests are then not registered at all: a skipped test would look like something to fix. The
 * first test below reports what was found.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../../emulator/server.ts';
import { type Body, validCreate } from '../kit.ts';
import { hasBoto3, hasCli, type Run, run } from './foreign.ts';

const found = { boto3: await hasBoto3(), 'AWS CLI': await hasCli() };
const closeDate = new Date(Date.now() + 180 * 86_400_000).toISOString().slice(0, 10);
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

describe('clients on this machine', () => {
  test.each(Object.entries(found))('reports whether %s is installed: %s', (client, present) => {
    if (!present) process.stderr.write(`${client} with this service's model is not installed: not tested\n`);
    expect(typeof present).toBe('boolean');
  });
});

if (found.boto3)
  describe('boto3, unmodified', () => {
    let seen: Record<string, Body>;

    beforeAll(async () => {
      await fetch(`${emulator.url}/_emulator/reset`, { method: 'POST', body: '{}' });
      const { code, stdout, stderr } = await run('python3', [
        join(import.meta.dirname, 'session.py'),
        emulator.url,
        closeDate,
      ]);
      expect(stderr).toBe('');
      expect(code).toBe(0);
      seen = JSON.parse(stdout) as Record<string, Body>;
    });

    test('lets boto3 create and read', () => {
      expect(seen.create).toMatchObject({ Id: 'O6000001', PartnerOpportunityIdentifier: 'BOTO-1' });
      expect(seen.get).toMatchObject({
        title: 'Line controllers in the cloud',
        status: 'Pending Submission',
      });
    });

    test('lets boto3 update what it read, and answers a stale update with a conflict', () => {
      expect(seen.update).toEqual({ Id: 'O6000001', moved: true });
      expect(seen.stale).toMatchObject({ code: 'ConflictException', status: 400 });
    });

    test('lets boto3 read the violations of a refused create', () => {
      expect(seen.invalid).toMatchObject({
        code: 'ValidationException',
        reason: 'BUSINESS_VALIDATION_FAILED',
        errors: [
          { Code: 'BUSINESS_VALIDATION_EXCEPTION', FieldName: 'lifeCycle.targetCloseDate' },
          { Code: 'REQUIRED_FIELD_MISSING', FieldName: 'project.otherCompetitorNames' },
        ],
      });
      expect(seen.unknown).toMatchObject({ code: 'ResourceNotFoundException' });
    });

    test('lets boto3 page through a list to its end', () => {
      expect(seen.pages).toEqual([100, 100, 51]);
    });

    test('lets boto3 associate, submit and list solutions', () => {
      expect(seen.task).toMatchObject({
        status: 'FAILED',
        message: expect.stringContaining('primaryNeedsFromAws'),
      });
      expect(seen.solutions).toContain('S-1234567');
    });
  });

if (found['AWS CLI'])
  describe('the AWS CLI, unmodified', () => {
    const aws = (...args: string[]): Promise<Run> =>
      run('aws', ['partnercentral-selling', ...args, '--endpoint-url', emulator.url, '--output', 'json']);
    const get = async (id: string) =>
      JSON.parse((await aws('get-opportunity', '--catalog', 'Sandbox', '--identifier', id)).stdout) as Body;

    beforeAll(async () => {
      await fetch(`${emulator.url}/_emulator/reset`, { method: 'POST', body: '{}' });
    });

    test('lets the AWS CLI create, read and update, and answers a stale update with a conflict', async () => {
      const body = { ...validCreate('cli-1'), LifeCycle: { TargetCloseDate: closeDate } };
      const created = await aws('create-opportunity', '--cli-input-json', JSON.stringify(body));
      expect(created.stderr).toBe('');
      const { Id } = JSON.parse(created.stdout) as { Id: string };
      const { LastModifiedDate, Customer, Project, Marketing, LifeCycle } = await get(Id);
      const pruned = JSON.parse(
        JSON.stringify(
          { Customer, Project, Marketing, LifeCycle },
          (_name, value: unknown) => value ?? undefined,
        ),
      ) as Body;
      const whole = JSON.stringify({ Catalog: 'Sandbox', Identifier: Id, LastModifiedDate, ...pruned });
      const updated = await aws('update-opportunity', '--cli-input-json', whole);
      expect(JSON.parse(updated.stdout)).toMatchObject({ Id });
      const stale = await aws('update-opportunity', '--cli-input-json', whole);
      expect(stale.code).not.toBe(0);
      expect(stale.stderr).toContain('ConflictException');
    });

    test('lets the AWS CLI page through a list, and read a validation error', async () => {
      const list = await aws(
        'list-opportunities',
        '--catalog',
        'Sandbox',
        '--page-size',
        '100',
        '--query',
        'OpportunitySummaries[].Id',
      );
      expect((JSON.parse(list.stdout) as string[]).length).toBeGreaterThanOrEqual(250);
      const invalid = await aws(
        'create-opportunity',
        '--cli-input-json',
        JSON.stringify({ ...validCreate('cli-2'), LifeCycle: { TargetCloseDate: '2020-01-01' } }),
      );
      expect(invalid.stderr).toContain('ValidationException');
    });
  });
