import { expect, test } from 'vitest';
import { swapFirstCase } from '../../src/upstream/naming.ts';
import { facts, type Operation, operations } from '../../src/upstream/operations.ts';
import { pretendingSend } from '../../src/upstream/pretend.ts';

const { signal } = new AbortController();
const pretend = async (operation: Operation, request: object) =>
  (await pretendingSend()(operation, request, signal)) as Record<string, unknown>;

test('a simulated response has every required member of the operation’s response', async () => {
  for (const operation of operations) {
    const members = Object.keys(await pretend(operation, {})).map(swapFirstCase);
    expect(members, operation).toEqual(expect.arrayContaining([...facts[operation].requiredMembers]));
  }
});

test('a simulated list of any operation is as long as the request allows', async () => {
  for (const operation of operations) {
    const { listMember } = facts[operation];
    if (!listMember) continue;
    const answer = await pretend(operation, { MaxResults: 7 });
    expect(answer[swapFirstCase(listMember)], operation).toHaveLength(7);
  }
});

test('a simulated response contains the ids of the request', async () => {
  expect(await pretend('GetOpportunity', { Identifier: 'O7' })).toMatchObject({ Id: 'O7' });
  const list = await pretend('ListOpportunities', { Identifier: ['O1', 'O2'], MaxResults: 20 });
  expect(list.OpportunitySummaries).toMatchObject([{ Id: 'O1' }, { Id: 'O2' }]);
});

test('the objects of simulated lists are all different', async () => {
  const send = pretendingSend();
  const pages = [1, 2].map(() => send('ListOpportunities', { MaxResults: 50 }, signal));
  const ids = (await Promise.all(pages)).flatMap((page) =>
    (page as { OpportunitySummaries: { Id: string }[] }).OpportunitySummaries.map(({ Id }) => Id),
  );
  expect(new Set(ids).size).toBe(100);
});
