import { type OperationDefinitionNode, parse } from 'graphql';
import { expect, test, vi } from 'vitest';
import { createMemo } from '../../src/graphql/by-variables.ts';

const operationOf = (source: string) => parse(source).definitions[0] as OperationDefinitionNode;
const operation = operationOf('{ a }');

test('what depends on no variable is computed once, and again for another document', () => {
  const compute = vi.fn(() => 1);
  const remembered = createMemo<number>();
  for (const id of ['O1', 'O2', 'O3']) expect(remembered(operation, { id }, compute)).toBe(1);
  expect(compute).toHaveBeenCalledTimes(1);
  remembered(operationOf('{ a }'), {}, compute);
  expect(compute).toHaveBeenCalledTimes(2);
});

test('what depends on a variable is computed once for each of its values, and for its absence', () => {
  const compute = vi.fn(({ first = 10 }: { first?: number }) => first * 2);
  const remembered = createMemo<number>();
  const values = [{ first: 5, after: 'a' }, { first: 5, after: 'b' }, {}, { after: 'c' }, { first: 7 }];
  expect(values.map((value) => remembered(operation, value, compute))).toEqual([10, 10, 20, 20, 14]);
  expect(compute).toHaveBeenCalledTimes(3);
});

test('a variable that is not looked at for the values of others does not count', () => {
  const compute = vi.fn((given: Record<string, unknown>) => (given.all ? given.first : given.last));
  const remembered = createMemo<unknown>();
  const values = [
    { all: true, first: 1, last: 2 },
    { all: true, first: 1, last: 3 },
    { all: false, first: 1, last: 2 },
    { all: false, first: 1, last: 3 },
  ];
  expect(values.map((value) => remembered(operation, value, compute))).toEqual([1, 1, 2, 3]);
  expect(compute).toHaveBeenCalledTimes(3);
});

test('what depends on a list is computed each time, and at most eight results are remembered', () => {
  const ids = ['O1'];
  const compute = vi.fn(({ ids }: { ids?: string[] }) => ids?.length ?? 0);
  const remembered = createMemo<number>();
  remembered(operation, { ids }, compute);
  ids.push('O2');
  expect(remembered(operation, { ids }, compute)).toBe(2);
  const square = vi.fn(({ n = 0 }: { n?: number }) => n * n);
  const squares = createMemo<number>();
  for (let round = 0; round < 2; round++)
    for (let n = 0; n < 10; n++) expect(squares(operation, { n }, square)).toBe(n * n);
  expect(square).toHaveBeenCalledTimes(12);
});
