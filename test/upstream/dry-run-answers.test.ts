import { expect, test } from 'vitest';
import { dryRunSend } from '../../src/upstream/dry-run-answers.ts';
import { swapFirstCase } from '../../src/upstream/naming.ts';
import { type Operation, operationFacts, operations } from '../../src/upstream/operations.ts';

const { signal } = new AbortController();
const answerTo = async (operation: Operation, request: object) =>
  (await dryRunSend()(operation, request, signal)) as Record<string, unknown>;

test('a simulated response has every required member of the operation’s response', async () => {
  for (const operation of operations) {
    const members = Object.keys(await answerTo(operation, {})).map(swapFirstCase);
    expect(members, operation).toEqual(
      expect.arrayContaining([...operationFacts[operation].requiredMembers]),
    );
  }
});

test('a simulated list of any operation is as long as the request allows', async () => {
  for (const operation of operations) {
    const { listMember } = operationFacts[operation];
    if (!listMember) continue;
    const answer = await answerTo(operation, { MaxResults: 7 });
    expect(answer[swapFirstCase(listMember)], operation).toHaveLength(7);
  }
});

test('a simulated response contains the ids of the request', async () => {
  expect(await answerTo('GetOpportunity', { Identifier: 'O7' })).toMatchObject({ Id: 'O7' });
  const list = await answerTo('ListOpportunities', { Identifier: ['O1', 'O2'], MaxResults: 20 });
  expect(list.OpportunitySummaries).toMatchObject([{ Id: 'O1' }, { Id: 'O2' }]);
});

test('the objects of simulated lists are all different', async () => {
  const send = dryRunSend();
  const pages = [1, 2].map(() => send('ListOpportunities', { MaxResults: 50 }, signal));
  const ids = (await Promise.all(pages)).flatMap((page) =>
    (page as { OpportunitySummaries: { Id: string }[] }).OpportunitySummaries.map(({ Id }) => Id),
  );
  expect(new Set(ids).size).toBe(100);
});
