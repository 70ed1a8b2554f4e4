import { describe, expect, test } from 'vitest';
import { type Body, edited, testEmulator, validCreate, violations } from '../kit.ts';

const on = testEmulator();

const estimateUrl = (id: string) => `https://calculator.aws/#/estimate?id=${id.padEnd(32, 'a')}`;
const aws = (more: Body = {}) => ({
  Amount: '100',
  CurrencyCode: 'USD',
  Frequency: 'Monthly',
  TargetCompany: 'AWS',
  ...more,
});
const self = (more: Body = {}) => aws({ TargetCompany: 'Self', Amount: '12000', ...more });
const months = (Value: string) => ({ Term: 'Months', Value });

const create = (project: Body) =>
  on.wire(
    'CreateOpportunity',
    edited(
      validCreate(),
      Object.fromEntries(Object.entries(project).map(([name, value]) => [`Project.${name}`, value])),
    ),
  );
const { read, change: update } = on;
const spendOf = async (id: unknown) => ((await read(id)).Project as Body).ExpectedCustomerSpend as Body[];

describe('expected customer spend', () => {
  test.each<[string, Body]>([
    ['of the smallest amount', { ExpectedCustomerSpend: [aws({ Amount: '0.01' })] }],
    ['of the largest amount', { ExpectedCustomerSpend: [aws({ Amount: '1000000000000000' })] }],
    ['in euros', { ExpectedCustomerSpend: [aws({ CurrencyCode: 'EUR' })] }],
    [
      'in euros on the sovereign partition',
      { AwsPartition: 'aws-eusc', ExpectedCustomerSpend: [aws({ CurrencyCode: 'EUR' })] },
    ],
    [
      'by an estimate instead of an amount',
      { ExpectedCustomerSpend: [aws({ Amount: undefined, EstimationUrl: estimateUrl('1') })] },
    ],
    [
      'with a contract and its duration',
      { ExpectedCustomerSpend: [aws(), self()], ExpectedContractDuration: months('144') },
    ],
  ])('accepts a spend %s', async (_what, project) => {
    expect(violations((await create(project)).body)).toEqual([]);
  });

  const spendField = 'project.expectedCustomerSpend';
  test.each<[string, Body, string, string]>([
    [
      'without an amount',
      { ExpectedCustomerSpend: [aws({ Amount: '' })] },
      'REQUIRED_FIELD_MISSING',
      `${spendField}.amount`,
    ],
    ['of zero', { ExpectedCustomerSpend: [aws({ Amount: '0' })] }, 'INVALID_VALUE', `${spendField}.amount`],
    [
      'above the largest amount',
      { ExpectedCustomerSpend: [aws({ Amount: '1000000000000001' })] },
      'INVALID_VALUE',
      `${spendField}.amount`,
    ],
    [
      'by an unknown estimate',
      { ExpectedCustomerSpend: [aws({ Amount: undefined, EstimationUrl: estimateUrl('0000') })] },
      'INVALID_VALUE',
      `${spendField}.estimationUrl`,
    ],
    [
      'in yen',
      { ExpectedCustomerSpend: [aws({ CurrencyCode: 'JPY' })] },
      'INVALID_VALUE',
      `${spendField}.currencyCode`,
    ],
    [
      'in dollars on the sovereign partition',
      { AwsPartition: 'aws-eusc' },
      'INVALID_VALUE',
      'ExpectedCustomerSpend.CurrencyCode',
    ],
    [
      'with a contract but no duration',
      { ExpectedCustomerSpend: [aws(), self()] },
      'INVALID_VALUE',
      'project.expectedContractDuration',
    ],
    [
      'with a duration but no contract',
      { ExpectedContractDuration: months('12') },
      'INVALID_VALUE',
      'project.expectedContractDuration',
    ],
    [
      'with two contracts',
      { ExpectedCustomerSpend: [self(), self()], ExpectedContractDuration: months('12') },
      'INVALID_VALUE',
      `${spendField}.targetCompany`,
    ],
    [
      'in two currencies',
      {
        ExpectedCustomerSpend: [aws(), self({ CurrencyCode: 'EUR' })],
        ExpectedContractDuration: months('12'),
      },
      'INVALID_VALUE',
      `${spendField}.currencyCode`,
    ],
    [
      'with a contract by estimate',
      {
        ExpectedCustomerSpend: [self({ EstimationUrl: estimateUrl('1') })],
        ExpectedContractDuration: months('12'),
      },
      'INVALID_VALUE',
      `${spendField}.estimationUrl`,
    ],
    [
      'with a contract of zero months',
      { ExpectedCustomerSpend: [self()], ExpectedContractDuration: months('0') },
      'INVALID_VALUE',
      'project.expectedContractDuration',
    ],
    [
      'with a contract of more than twelve years',
      { ExpectedCustomerSpend: [self()], ExpectedContractDuration: months('145') },
      'INVALID_VALUE',
      'project.expectedContractDuration',
    ],
    [
      'with a contract of half a month',
      { ExpectedCustomerSpend: [self()], ExpectedContractDuration: months('0.5') },
      'INVALID_VALUE',
      'project.expectedContractDuration',
    ],
  ])('refuses a spend %s', async (_what, project, code, field) => {
    expect(violations((await create(project)).body)).toEqual([[code, field]]);
  });
});

describe('estimates', () => {
  test('takes the amount of a spend from its estimate if none is given', async () => {
    await on.control('POST', 'settings', { estimates: { ['b'.repeat(32)]: '4200.50' } });
    const { body } = await create({
      ExpectedCustomerSpend: [aws({ Amount: undefined, EstimationUrl: estimateUrl('b'.repeat(32)) })],
    });
    expect(await spendOf(body.Id)).toMatchObject([
      { Amount: '4200.50', EstimationUrl: estimateUrl('b'.repeat(32)) },
    ]);
  });

  test('keeps amount and estimate if they agree, and drops the estimate if they do not', async () => {
    await on.control('POST', 'settings', {
      estimates: { ['b'.repeat(32)]: '4200.50', ['c'.repeat(32)]: null },
    });
    const pair = (Amount: string, id: string) => aws({ Amount, EstimationUrl: estimateUrl(id.repeat(32)) });
    const { body } = await create({
      ExpectedCustomerSpend: [pair('4200.5', 'b'), pair('4200', 'b'), pair('4200', 'c')],
    });
    const urls = (await spendOf(body.Id)).map(({ EstimationUrl }) => EstimationUrl);
    expect(urls).toEqual([estimateUrl('b'.repeat(32)), null, null]);
  });

  test('leaves a stored pair of amount and estimate alone if it comes back unchanged', async () => {
    const { body } = await create({});
    const odd = { ExpectedCustomerSpend: [aws({ Amount: '7', EstimationUrl: estimateUrl('1') })] };
    await on.control('PATCH', `opportunities/${body.Id}`, { Project: odd });
    await update(body.Id, { 'LifeCycle.NextSteps': 'Call' });
    expect(await spendOf(body.Id)).toMatchObject(odd.ExpectedCustomerSpend);
    await update(body.Id, {
      'Project.ExpectedCustomerSpend': [aws({ Amount: '8', EstimationUrl: estimateUrl('1') })],
    });
    expect(await spendOf(body.Id)).toMatchObject([{ Amount: '8', EstimationUrl: null }]);
  });
});

describe('contracts', () => {
  const contract = { ExpectedCustomerSpend: [aws(), self()], ExpectedContractDuration: months('12') };

  test('restores a contract that an update omits, in the currency of the rest', async () => {
    const { body } = await create(contract);
    await update(body.Id, { 'Project.ExpectedCustomerSpend': [aws({ Amount: '7', CurrencyCode: 'EUR' })] });
    expect(await spendOf(body.Id)).toMatchObject([
      { Amount: '7' },
      { TargetCompany: 'Self', Amount: '12000', CurrencyCode: 'EUR' },
    ]);
  });

  test('clears a contract only together with its duration', async () => {
    const { body } = await create(contract);
    const kept = await update(body.Id, { 'Project.ExpectedContractDuration': null });
    expect(violations(kept.body)).toEqual([['INVALID_VALUE', 'project.expectedContractDuration']]);
    await update(body.Id, {
      'Project.ExpectedCustomerSpend': [aws()],
      'Project.ExpectedContractDuration': null,
    });
    expect((await read(body.Id)).Project).toMatchObject({
      ExpectedCustomerSpend: [{ TargetCompany: 'AWS' }],
      ExpectedContractDuration: null,
    });
  });

  test('returns the frequency None for a Self spend with selfFrequency: none, and accepts it back', async () => {
    await on.control('POST', 'settings', { selfFrequency: 'none' });
    const { body } = await create(contract);
    expect(await spendOf(body.Id)).toMatchObject([{ Frequency: 'Monthly' }, { Frequency: 'None' }]);
    expect(violations((await update(body.Id, { 'LifeCycle.NextSteps': 'Call' })).body)).toEqual([]);
    expect(await spendOf(body.Id)).toMatchObject([{ Frequency: 'Monthly' }, { Frequency: 'None' }]);
  });
});
