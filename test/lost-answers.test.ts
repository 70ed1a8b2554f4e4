import { describe, expect, test } from 'vitest';
import { input } from './create-input.ts';
import { gateway, type TestGateway } from './kit.ts';
import { stopTime } from './time.ts';

const update = `mutation ($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) { changed changedFields userErrors { path code message } }
}`;
const create = `mutation ($input: CreateOpportunityInput!) {
  createOpportunity(input: $input) { clientToken opportunity { id } userErrors { path code message } }
}`;
const company = input.customer.account.companyName;
const stored = async (gw: TestGateway) =>
  (
    await gw.query(
      `{ opportunities(first: 100, filter: { customerCompanyNames: [${JSON.stringify(company)}] }) { nodes { id } } }`,
    )
  ).data.opportunities.nodes as { id: string }[];

const faults = ['throttle', 'error', 'error-after', 'drop-before', 'drop-after', 'html-503'];

describe('an update', () => {
  test.each(faults)('an update that meets %s once is made once', async (kind) => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind, operation: 'UpdateOpportunity' });
    const before = await gw.emulator.record('O5000002');
    const { data, errors } = await gw.query(update, {
      input: { id: 'O5000002', patch: { lifeCycle: { nextSteps: 'Once' } } },
    });
    expect(errors).toBeUndefined();
    expect(data.updateOpportunity).toEqual({
      changed: true,
      changedFields: ['lifeCycle.nextSteps'],
      userErrors: [],
    });
    const after = await gw.emulator.record('O5000002');
    expect(after.LifeCycle.NextSteps).toBe('Once');
    // A second write would have added an entry to AWS's history of next steps.
    expect(
      after.LifeCycle.NextStepsHistory.length - (before.LifeCycle.NextStepsHistory?.length ?? 0),
    ).toBeLessThanOrEqual(1);
  });

  test('the outcome of an update is unknown if AWS does not respond in time, and the error names what to check', async () => {
    await using gw = await gateway({ REQUEST_TIMEOUT_MS: '8000' });
    await gw.emulator.hold('UpdateOpportunity');
    const { data, errors } = await gw.query(update, {
      input: { id: 'O5000002', patch: { lifeCycle: { nextSteps: 'Late' } } },
    });
    expect(errors).toBeUndefined();
    expect(data.updateOpportunity).toMatchObject({
      changed: false,
      userErrors: [{ path: ['input', 'patch'], code: 'OUTCOME_UNKNOWN' }],
    });
    expect(data.updateOpportunity.userErrors[0].message).toContain('Read it again');
  });

  test('a failed read before an update is an upstream error, because no write was sent', async () => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'error-after', operation: 'GetOpportunity', times: 5 });
    const { errors, calls } = await gw.query(update, {
      input: { id: 'O5000002', patch: { lifeCycle: { nextSteps: 'Never' } } },
    });
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
    expect(calls.UpdateOpportunity).toBeUndefined();
  });

  test('an update that AWS keeps throttling fails with THROTTLED and a time to retry, and is not made', async () => {
    using time = stopTime();
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'throttle', operation: 'UpdateOpportunity', times: 100 });
    const before = await gw.emulator.record('O5000002');
    const { errors } = await time.until(
      gw.query(update, { input: { id: 'O5000002', patch: { lifeCycle: { nextSteps: 'Never' } } } }),
    );
    expect(errors).toMatchObject([{ extensions: { code: 'THROTTLED', retryAfterMs: 1000 } }]);
    expect(await gw.emulator.record('O5000002')).toEqual(before);
  });
});

describe('a create', () => {
  test.each(faults)('a create that meets %s once is made once', async (kind) => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind, operation: 'CreateOpportunity' });
    const { data, errors } = await gw.query(create, { input });
    expect(errors).toBeUndefined();
    expect(data.createOpportunity.userErrors).toEqual([]);
    expect(await stored(gw)).toEqual([{ id: data.createOpportunity.opportunity.id }]);
  });

  test('the outcome of a create is unknown if every response is lost, and a retry with its token resolves it', async () => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'error-after', operation: 'CreateOpportunity', times: 9 });
    const { data, errors } = await gw.query(create, { input });
    expect(errors).toBeUndefined();
    const { clientToken, opportunity, userErrors } = data.createOpportunity;
    expect(opportunity).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'OUTCOME_UNKNOWN' }]);
    expect(userErrors[0].message).toContain(clientToken);
    await gw.emulator.control('DELETE', 'faults');
    const again = (await gw.query(create, { input: { ...input, clientToken } })).data.createOpportunity;
    expect(await stored(gw)).toEqual([{ id: again.opportunity.id }]);
  });
});

describe('several failures in a row', () => {
  test.each(['drop-after', 'error-after', 'truncate'])(
    'the outcome of a create is unknown if AWS applies it, %s loses the response, and its repetition is a conflict',
    async (kind) => {
      await using gw = await gateway();
      await gw.emulator.injectFault({ kind, operation: 'CreateOpportunity' });
      await gw.emulator.injectFault({ kind: 'conflict', operation: 'CreateOpportunity' });
      const { data, errors, calls } = await gw.query(create, { input });
      expect(errors).toBeUndefined();
      expect(calls).toMatchObject({ CreateOpportunity: 2 });
      const { clientToken, opportunity, userErrors } = data.createOpportunity;
      expect(opportunity).toBeNull();
      expect(userErrors).toMatchObject([{ code: 'OUTCOME_UNKNOWN' }]);
      const again = (await gw.query(create, { input: { ...input, clientToken } })).data.createOpportunity;
      expect(again.userErrors).toEqual([]);
      expect(await stored(gw)).toEqual([{ id: again.opportunity.id }]);
    },
  );

  test('the outcome of a create is unknown, not failed, if a response is lost and the retries are throttled', async () => {
    using time = stopTime();
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'CreateOpportunity' });
    await gw.emulator.injectFault({ kind: 'throttle', operation: 'CreateOpportunity', times: 100 });
    const { data, errors } = await time.until(gw.query(create, { input }));
    expect(errors).toBeUndefined();
    const { clientToken, userErrors } = data.createOpportunity;
    expect(userErrors).toMatchObject([{ code: 'OUTCOME_UNKNOWN' }]);
    await gw.emulator.control('DELETE', 'faults');
    const again = (await time.until(gw.query(create, { input: { ...input, clientToken } }))).data
      .createOpportunity;
    expect(await stored(gw)).toEqual([{ id: again.opportunity.id }]);
  });

  test('an update is refused if its first call is lost before AWS receives it, and AWS refuses the second', async () => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'drop-before', operation: 'UpdateOpportunity' });
    const patch = { customer: { account: { websiteUrl: null } } };
    const { data, calls } = await gw.query(update, { input: { id: 'O5000001', patch } });
    expect(data.updateOpportunity.userErrors).toMatchObject([{ code: 'REQUIRED_FIELD_MISSING' }]);
    expect(calls.UpdateOpportunity).toBe(2);
  });
});
