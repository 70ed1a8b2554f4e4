import {
  CreateOpportunityCommand,
  GetOpportunityCommand,
  ListOpportunitiesCommand,
  UpdateOpportunityCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Body, refusal, testEmulator, validCreate } from './kit.ts';

const on = testEmulator();
const Catalog = 'Sandbox';
const mine = { accountId: '123456789012', name: 'Example Partner' };
const theirs = { accountId: '210987654321', name: 'Second Partner', alias: 'second' };

describe('connections', () => {
  const pair = { accountId: mine.accountId, otherAccountId: theirs.accountId };

  test('are made and ended between two partners, in either order', async () => {
    await on.partner('SECOND');
    const expected = { connections: [{ accounts: [mine.accountId, theirs.accountId] }] };
    expect((await on.control('POST', 'connections', pair)).body).toEqual(expected);
    expect((await on.control('GET', 'connections')).body).toEqual(expected);
    const reverse = { accountId: theirs.accountId, otherAccountId: mine.accountId };
    expect((await on.control('DELETE', 'connections', reverse)).body).toEqual({ connections: [] });
    const { status, body } = await on.control('DELETE', 'connections', pair);
    expect([status, body.error]).toEqual([
      404,
      `The accounts ${mine.accountId} and ${theirs.accountId} are not connected`,
    ]);
  });

  test.each([
    [{ ...pair, otherAccountId: '9' }, 'otherAccountId is "9"; expected one of 123456789012, 210987654321'],
    [{ ...pair, otherAccountId: mine.accountId }, 'expected another account'],
  ])('are refused with %j', async (body, message) => {
    await on.partner('SECOND');
    const answer = await on.control('POST', 'connections', body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(message);
  });
});

describe('partner accounts', () => {
  test('unknown access keys are the default partner; a registered key is its partner', async () => {
    const client = await on.partner('SECOND');
    expect((await on.control('GET', 'accounts')).body).toEqual({
      accounts: [
        { ...mine, alias: 'example-partner', websiteUrl: 'https://partner.example', accessKeyIds: [] },
        { ...theirs, accessKeyIds: ['SECOND'] },
      ],
    });
    const { Id: own } = await on.client.send(new CreateOpportunityCommand(validCreate('a')));
    const { Id: other } = await client.send(new CreateOpportunityCommand(validCreate('a')));
    const arn = async (sender: typeof client, Identifier: string | undefined) =>
      (await sender.send(new GetOpportunityCommand({ Catalog, Identifier }))).Arn;
    expect(await arn(on.client, own)).toBe(
      `arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/opportunity/${own}`,
    );
    expect(await arn(client, other)).toBe(
      `arn:aws:partnercentral:us-east-1:210987654321:catalog/Sandbox/opportunity/${other}`,
    );
  });

  test('a partner reads, lists and writes only its own opportunities', async () => {
    const client = await on.partner('SECOND');
    const { Id, LastModifiedDate } = await on.client.send(new CreateOpportunityCommand(validCreate('a')));
    const { OpportunitySummaries } = await client.send(new ListOpportunitiesCommand({ Catalog }));
    expect(OpportunitySummaries).toEqual([]);
    const refused = await Promise.all([
      refusal(client.send(new GetOpportunityCommand({ Catalog, Identifier: Id }))),
      refusal(client.send(new UpdateOpportunityCommand({ Catalog, Identifier: Id, LastModifiedDate }))),
    ]);
    for (const error of refused) expect(error).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('two partners may use the same client token and partner identifier', async () => {
    const client = await on.partner('SECOND');
    const input = { ...validCreate('a'), PartnerOpportunityIdentifier: 'CRM-1' };
    const first = await on.client.send(new CreateOpportunityCommand(input));
    const second = await client.send(new CreateOpportunityCommand(input));
    expect(second.Id).not.toBe(first.Id);
  });

  test('each partner has quotas of its own', async () => {
    const client = await on.partner('SECOND');
    await on.control('POST', 'settings', { quotas: 'on', readsPerSecond: 1 });
    const list = (sender: typeof client) => sender.send(new ListOpportunitiesCommand({ Catalog }));
    await list(on.client);
    await list(client);
    const { body } = await on.wire('ListOpportunities', { Catalog });
    expect(body.__type).toContain('ThrottlingException');
  });

  test('the call log names the account of a call, and counts the calls of one account', async () => {
    const client = await on.partner('SECOND');
    await client.send(new ListOpportunitiesCommand({ Catalog }));
    await on.client.send(new ListOpportunitiesCommand({ Catalog }));
    const { body } = await on.control('GET', `calls?account=${theirs.accountId}`);
    expect(body).toMatchObject({ total: 1, log: [{ account: theirs.accountId }] });
    expect((await on.control('GET', 'calls')).body.total).toBe(2);
  });

  test('a fault can hit one account only', async () => {
    const client = await on.partner('SECOND');
    await on.control('POST', 'faults', { kind: 'access-denied', times: 1, account: theirs.accountId });
    await on.client.send(new ListOpportunitiesCommand({ Catalog }));
    expect(await refusal(client.send(new ListOpportunitiesCommand({ Catalog })))).toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test('the control surface reads and writes the records of the account that the query names', async () => {
    await on.partner('SECOND');
    await on.control('PUT', `opportunities/O42?account=${theirs.accountId}`, {});
    expect((await on.control('GET', 'opportunities/O42')).status).toBe(404);
    expect((await on.control('GET', `opportunities/O42?account=${theirs.accountId}`)).body.Arn).toContain(
      theirs.accountId,
    );
  });

  test('a reset removes registered partners', async () => {
    const client = await on.partner('SECOND');
    await on.control('POST', 'reset', { seed: false });
    const { Id } = await client.send(new CreateOpportunityCommand(validCreate('a')));
    expect((await on.read(Id)).Id).toBe(Id);
  });

  test.each<[Body, string]>([
    [{ accountId: '12' }, 'accountId is "12"; expected twelve digits'],
    [{ accessKeyId: '' }, 'accessKeyId is ""; expected an access key id'],
    [{ name: undefined }, 'name is undefined; expected 1 to 120 characters'],
    [{ alias: 'x'.repeat(81) }, 'expected 1 to 80 characters'],
    [{ websiteUrl: 7 }, 'websiteUrl is 7; expected a string'],
    [{ company: 'x' }, 'Unknown member company'],
  ])('refuses to register an account with %j', async (edits, message) => {
    const { status, body } = await on.control('POST', 'accounts', {
      accessKeyId: 'SECOND',
      ...theirs,
      ...edits,
    });
    expect(status).toBe(400);
    expect(body.error).toContain(message);
  });

  test.each(['calls', 'opportunities/O1'])('refuses an unknown account in the query of %s', async (path) => {
    const { status, body } = await on.control('GET', `${path}?account=9`);
    expect([status, body.error]).toEqual([400, 'account is 9; expected one of 123456789012']);
  });
});
