import { describe, expect, test } from 'vitest';
import { input } from './create-input.ts';
import { type Data, gateway, type TestGateway } from './kit.ts';

const line = (targetCompany: string, amount: string, more: object = {}) => ({
  amount,
  currencyCode: 'USD',
  frequency: 'MONTHLY',
  targetCompany,
  ...more,
});
const update = (selection: string) => `mutation ($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) { changed ${selection} warnings { path message allowedValues } userErrors { code message } }
}`;
const spendPath = ['input', 'patch', 'project', 'expectedCustomerSpend'];

/** A record with a contract: a line for AWS, and one for Self. */
async function withContract(gw: TestGateway): Promise<void> {
  await gw.emulator.patchRecord('O5000001', {
    Project: {
      ExpectedCustomerSpend: [
        { Amount: '900', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' },
        { Amount: '12000', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'Self' },
      ],
      ExpectedContractDuration: { Term: 'Months', Value: '12' },
    },
  });
}
const patchOf = async (gw: TestGateway, selection: string, project: object): Promise<Data> => {
  const { data, errors, calls } = await gw.query(update(selection), {
    input: { id: 'O5000001', patch: { project } },
  });
  expect(errors).toBeUndefined();
  expect(data.updateOpportunity).toMatchObject({ changed: true, userErrors: [] });
  return { ...data.updateOpportunity, calls };
};

describe('a value that AWS stores otherwise', () => {
  test('a list that AWS did not replace is a warning with what is stored, for no further call', async () => {
    await using gw = await gateway();
    await withContract(gw);
    const { warnings, calls } = await patchOf(gw, 'opportunity { id }', {
      expectedCustomerSpend: [line('AWS', '1000')],
    });
    expect(warnings).toEqual([
      {
        path: spendPath,
        message:
          'Expected spend: AWS has stored 1000 USD Monthly AWS; 12000 USD Monthly Self, which is not what was sent.',
        allowedValues: null,
      },
    ]);
    expect(calls).toEqual({ GetOpportunity: 2, UpdateOpportunity: 1 });
  });

  test('a line for Self that AWS is known to keep is a warning even if the record is not read again', async () => {
    await using gw = await gateway();
    await withContract(gw);
    const { warnings, calls } = await patchOf(gw, '', { expectedCustomerSpend: [line('AWS', '1000')] });
    expect(warnings).toEqual([
      {
        path: spendPath,
        message:
          'Expected spend: AWS keeps the line for Self as long as there is a contract duration; clear that too to remove the line.',
        allowedValues: null,
      },
    ]);
    expect(calls).toEqual({ GetOpportunity: 1, UpdateOpportunity: 1 });
  });

  test.each(['', 'opportunity { id }'])(
    'a line for Self is removed without a warning together with the contract duration: %j',
    async (selection) => {
      await using gw = await gateway();
      await withContract(gw);
      const { warnings } = await patchOf(gw, selection, {
        expectedCustomerSpend: [line('AWS', '1000')],
        expectedContractDuration: null,
      });
      expect(warnings).toEqual([]);
    },
  );

  test('a list that AWS stored in another form is not a warning', async () => {
    await using gw = await gateway();
    await withContract(gw);
    await gw.emulator.control('POST', 'settings', { selfFrequency: 'none' });
    const { warnings } = await patchOf(gw, 'opportunity { id }', {
      expectedCustomerSpend: [line('Self', '12500.00'), line('AWS', '1000.0')],
      salesActivities: ['CONDUCTED_POC_DEMO', 'INITIALIZED_DISCUSSIONS_WITH_CUSTOMER'],
    });
    expect(warnings).toEqual([]);
  });

  test('an estimate that AWS dropped, and a program that it does not know, are warnings with what is stored', async () => {
    await using gw = await gateway();
    const estimationUrl = 'https://calculator.aws/#/estimate?id=0123456789abcdef0123456789abcdef';
    const { warnings } = await patchOf(gw, 'opportunity { id }', {
      expectedCustomerSpend: [line('AWS', '77', { estimationUrl })],
      apnPrograms: ['P3', 'No such program'],
      expectedContractDuration: null,
    });
    const stored = warnings.filter(({ message }: Data) => message.includes('has stored'));
    expect(stored.map(({ path, message }: Data) => [path.at(-1), message]).sort()).toEqual([
      ['apnPrograms', 'APN programs: AWS has stored "P3", which is not what was sent.'],
      [
        'expectedCustomerSpend',
        'Expected spend: AWS has stored 77 USD Monthly AWS, which is not what was sent.',
      ],
    ]);
  });

  test('a change that AWS ignores is a warning with the value that it kept', async () => {
    await using gw = await gateway();
    await gw.emulator.patchRecord('O5000002', { OpportunityType: 'Net New Business' });
    const patch = { project: { relatedOpportunityIdentifier: 'O5000001' } };
    const { data } = await gw.query(update('opportunity { id }'), { input: { id: 'O5000002', patch } });
    expect(data.updateOpportunity.warnings).toEqual([
      {
        path: ['input', 'patch', 'project', 'relatedOpportunityIdentifier'],
        message: 'Related opportunity identifier: AWS has stored nothing, which is not what was sent.',
        allowedValues: null,
      },
    ]);
  });

  test('a create warns of what AWS stored otherwise, only if it reads the opportunity', async () => {
    await using gw = await gateway();
    const create = (selection: string, partnerOpportunityIdentifier: string) =>
      gw.query(
        `mutation ($input: CreateOpportunityInput!) {
          createOpportunity(input: $input) { ${selection} warnings { path message } userErrors { message } }
        }`,
        {
          input: {
            ...input,
            partnerOpportunityIdentifier,
            tags: [{ key: 'team', value: 'blue' }],
            project: { ...input.project, relatedOpportunityIdentifier: 'O5000001' },
          },
        },
      );
    const read = await create('opportunity { id }', 'crm-1');
    expect(read.data.createOpportunity.userErrors).toEqual([]);
    expect(read.data.createOpportunity.warnings).toEqual([
      {
        path: ['input', 'project', 'relatedOpportunityIdentifier'],
        message: 'Related opportunity identifier: AWS has stored nothing, which is not what was sent.',
      },
    ]);
    expect(read.calls).toEqual({ CreateOpportunity: 1, GetOpportunity: 1 });
    const unread = await create('', 'crm-2');
    expect(unread.data.createOpportunity.warnings).toEqual([]);
    expect(unread.calls).toEqual({ CreateOpportunity: 1 });
  });

  test('a record that cannot be read back does not fail the warnings', async () => {
    await using gw = await gateway({ REQUEST_TIMEOUT_MS: '3000' });
    await gw.emulator.injectFault({ kind: 'error', operation: 'GetOpportunity', times: 9 });
    const create = await gw.query(
      `mutation ($input: CreateOpportunityInput!) {
        createOpportunity(input: $input) { id opportunity { id } warnings { message } userErrors { message } }
      }`,
      { input },
    );
    expect(create.data.createOpportunity).toMatchObject({ opportunity: null, warnings: [], userErrors: [] });
    expect(create.errors?.map(({ path }) => path?.join('.'))).toEqual(['createOpportunity.opportunity']);
  });
});
