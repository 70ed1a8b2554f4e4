import { describe, expect, test } from 'vitest';
import { envelope, testEmulator } from './kit.ts';

const on = testEmulator({ seed: true });
const recordPath = 'opportunities/O5000001';
const get = { Catalog: 'Sandbox', Identifier: 'O5000001' };

describe('the control surface', () => {
  test('counts calls, and logs the input and outcome of each', async () => {
    const { headers } = await on.wire('GetOpportunity', get);
    await on.wire('GetOpportunity', { ...get, Identifier: 'O1' });
    const { body } = await on.control('GET', 'calls');
    expect(body).toEqual({
      total: 2,
      byOperation: { GetOpportunity: 2 },
      log: [
        {
          account: '123456789012',
          operation: 'GetOpportunity',
          at: '2031-05-14T12:00:00.000Z',
          status: 200,
          input: get,
          requestId: headers.get('x-amzn-requestid'),
        },
        expect.objectContaining({ status: 400, error: 'ResourceNotFoundException' }),
      ],
    });
    expect((await on.control('DELETE', 'calls')).body).toEqual({ total: 0, byOperation: {}, log: [] });
  });

  test('returns a record as it is stored, without nulls', async () => {
    const { body } = await on.control('GET', recordPath);
    expect(body.Id).toBe('O5000001');
    expect(JSON.stringify(body)).not.toContain('null');
  });

  test('merges a patch into a record, and moves its date only with touch=true', async () => {
    const before = (await on.control('GET', recordPath)).body;
    const { body } = await on.control('PATCH', recordPath, {
      Marketing: null,
      Project: { Title: 'New', ApnPrograms: ['P3'] },
    });
    expect(body).toMatchObject({
      LastModifiedDate: before.LastModifiedDate,
      Project: { Title: 'New', ApnPrograms: ['P3'] },
    });
    expect(body).not.toHaveProperty('Marketing');
    const touched = (await on.control('PATCH', `${recordPath}?touch=true`, {})).body;
    expect(touched.LastModifiedDate).toBe('2031-05-14T12:00:00Z');
  });

  test('stores a whole record in either catalog', async () => {
    const record = { LifeCycle: { Stage: 'Prospect' }, LastModifiedDate: '2030-01-01T00:00:00.123456789Z' };
    await on.control('PUT', 'opportunities/O42?catalog=AWS', record);
    const { body } = await on.wire('GetOpportunity', { Catalog: 'AWS', Identifier: 'O42' });
    expect(body).toMatchObject({ ...record, Id: 'O42', Catalog: 'AWS', CreatedDate: '2031-05-14T12:00:00Z' });
  });

  test('hides a record from its partner without an event, until a whole one is stored again', async () => {
    const record = (await on.control('GET', recordPath)).body;
    const events = (await on.control('GET', 'events')).body;
    expect((await on.control('DELETE', recordPath)).body).toEqual(record);
    expect((await on.wire('GetOpportunity', get)).status).toBe(400);
    const listed = async () =>
      (await on.wire('ListOpportunities', { Catalog: 'Sandbox', Identifier: ['O5000001'] })).body
        .OpportunitySummaries;
    expect(await listed()).toEqual([]);
    expect((await on.control('GET', 'events')).body).toEqual(events);
    await on.control('PUT', recordPath, record);
    expect(await listed()).toHaveLength(1);
  });

  test('sets and advances the clock', async () => {
    expect((await on.control('POST', 'clock', { now: '2040-01-01T00:00:00Z' })).body).toEqual({
      now: '2040-01-01T00:00:00.000Z',
    });
    expect((await on.control('POST', 'clock', { advanceMs: 1500 })).body).toEqual({
      now: '2040-01-01T00:00:01.500Z',
    });
  });

  test('resets records, calls, faults, clock and switches', async () => {
    await on.control('POST', 'settings', { httpStatus: 'model' });
    await on.control('POST', 'clock', { advanceMs: 1 });
    await on.control('POST', 'faults', { kind: 'error', times: 1 });
    await on.wire('GetOpportunity', get);
    expect((await on.control('POST', 'reset', { seed: false })).body).toEqual({ opportunities: 0 });
    expect((await on.control('GET', 'settings')).body).toMatchObject({ httpStatus: 'pages', enumValues: {} });
    expect((await on.control('GET', 'clock')).body).toEqual({ now: '2031-05-14T12:00:00.000Z' });
    expect((await on.control('GET', 'faults')).body).toEqual({ waiting: [], held: [] });
    expect((await on.control('GET', 'calls')).body).toMatchObject({ total: 0 });
  });
});

describe('bad input', () => {
  test.each([
    ['POST', 'faults', { kind: 'boom', times: 1 }, 400, 'drop-after'],
    ['POST', 'faults', { kind: 'error' }, 400, 'times'],
    ['POST', 'faults', { kind: 'error', times: 0 }, 400, 'times'],
    ['POST', 'faults', { kind: 'delay', times: 1 }, 400, 'delayMs'],
    ['POST', 'faults', { kind: 'hold' }, 400, 'times'],
    ['POST', 'faults/release', { operation: 'GetOpportunity' }, 400, 'no members'],
    ['GET', 'faults/release', undefined, 405, 'POST'],
    ['POST', 'faults', { kind: 'error', times: 1, operation: 'Get' }, 400, 'GetOpportunity'],
    ['POST', 'faults', { kind: 'error', times: 1, after: 2 }, 400, 'after'],
    ['POST', 'clock', {}, 400, 'advanceMs'],
    ['POST', 'clock', { now: 'soon' }, 400, 'RFC 3339'],
    ['POST', 'clock', { advanceMs: -1 }, 400, 'advanceMs'],
    ['POST', 'settings', { httpStatus: '418' }, 400, 'pages, model'],
    ['POST', 'settings', { http: 'model' }, 400, 'httpStatus'],
    ['POST', 'settings', { enumValues: { Stage: 'New' } }, 400, 'enumValues'],
    ['POST', 'settings', { estimates: { a1: 0 } }, 400, 'estimates'],
    ['POST', 'settings', { readLagMs: -1 }, 400, 'readLagMs'],
    ['POST', 'faults', { kind: 'error', probability: 1.5 }, 400, 'probability'],
    ['POST', 'invitations/engi-1/accept', {}, 404, 'engi-1'],
    ['POST', 'reset', { seed: 'yes' }, 400, 'true or false'],
    ['PATCH', 'opportunities/O1', {}, 404, 'O1'],
    ['PATCH', `${recordPath}?touch=maybe`, {}, 400, 'touch'],
    ['PATCH', `${recordPath}?catalog=Other`, {}, 400, 'Sandbox or AWS'],
    ['PATCH', recordPath, { LastModifiedDate: 5 }, 400, 'RFC 3339'],
    ['PUT', 'opportunities/S-1', {}, 400, 'S-1'],
    ['DELETE', 'opportunities/O1', {}, 404, 'O1'],
    ['POST', 'health', {}, 405, 'GET'],
    ['GET', 'nothing', undefined, 404, '/_emulator/health'],
  ])('refuses %s %s %j, and names what would be right', async (method, path, body, status, hint) => {
    const answer = await on.control(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toContain(hint);
  });

  test('refuses a control request whose body is not JSON', async () => {
    const response = await fetch(`${on.url}/_emulator/reset`, {
      method: 'POST',
      body: '{',
      headers: envelope('x'),
    });
    expect(response.status).toBe(400);
  });
});
