import fc from 'fast-check';
import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';
import { Fault } from '../src/fault.ts';
import { formatError } from '../src/graphql/plugins/errors.ts';
import { gateway } from './kit.ts';

/** An error as graphql-js wraps what a resolver throws. */
const thrown = (originalError: Error) =>
  new GraphQLError(originalError.message, { path: ['a'], originalError });
const format = (error: GraphQLError) => formatError(error.toJSON(), error);

describe('an unexpected error', () => {
  test('an unexpected error is masked, and keeps its path and the request id', () => {
    const error = thrown(new TypeError('Cannot read properties of Acme Robotics'));
    error.extensions.requestId = 'r-1';
    expect(format(error)).toEqual({
      message: 'Internal error; see the log for request r-1.',
      path: ['a'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'r-1' },
    });
  });

  test.each([
    [
      'an error of another executor, which has no extensions',
      Object.assign(Object.create(GraphQLError.prototype), { message: 'Acme Robotics' }),
    ],
    ['nothing', undefined],
    ['null', null],
    ['a string', 'Acme Robotics'],
    ['an object without a prototype', Object.create(null)],
    [
      'an error whose members throw',
      new Proxy(new Error(), {
        get: () => {
          throw new Error('Acme Robotics');
        },
      }),
    ],
  ])('an unexpected error is masked if it is %s', (_, error) => {
    const masked = formatError({ message: 'Acme Robotics', path: ['a'] }, error);
    expect(masked).toEqual({
      message: 'Internal error.',
      path: ['a'],
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
  });

  test('an unexpected error of a plugin, which has no path, is masked too', () => {
    const bug = new TypeError('Cannot read properties of Acme Robotics');
    const error = new GraphQLError(bug.message, { originalError: bug });
    expect(format(error).message).toBe('Internal error.');
  });

  test('an unexpected error is masked if it is any value', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (error) => {
        expect(formatError({ message: 'Acme Robotics' }, error).message).toBe('Internal error.');
      }),
    );
  });
});

test('a response from AWS that does not match the schema is an internal error, and is not quoted', async () => {
  await using gw = await gateway();
  await gw.emulator.patchRecord('O5000002', { Project: { Title: { text: 'Acme Robotics' } } });
  const { errors, data } = await gw.query('{ opportunity(id: "O5000002") { id project { title } } }');
  expect(data).toEqual({ opportunity: { id: 'O5000002', project: { title: null } } });
  expect(errors).toMatchObject([
    { path: ['opportunity', 'project', 'title'], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
  ]);
  expect(errors?.[0]?.message).toMatch(/^Internal error; see the log for request /);
  expect(gw.logged.join('')).toContain('"msg":"internal error"');
});

test('null for a non-null argument with a default is bad input', async () => {
  await using gw = await gateway();
  const query = 'query ($n: Int) { opportunities(first: $n) { nodes { id } } }';
  const { status, errors } = await gw.query(query, { n: null });
  expect(errors).toMatchObject([
    {
      message: 'Argument "first" of non-null type "Int!" must not be null.',
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ]);
  expect([200, 400]).toContain(status);
});

describe('an expected error', () => {
  test('an expected error keeps its message and code', () => {
    const formatted = format(
      thrown(new Fault('THROTTLED', 'AWS throttled GetOpportunity.', { retryAfterMs: 1000 })),
    );
    expect(formatted).toMatchObject({
      message: 'AWS throttled GetOpportunity.',
      extensions: { code: 'THROTTLED', retryAfterMs: 1000 },
    });
  });

  test('a fault sends clients its code and `retryAfterMs`, and none of its other details', () => {
    const details = {
      cause: new Error('Acme Robotics'),
      issues: [{ code: 'INVALID', fieldName: 'Title', message: 'Acme Robotics' }],
      isTransient: true,
      retryAfterMs: 1000,
      // A detail added later must not reach clients by default.
      later: 'Acme Robotics',
    };
    const fault = new Fault('THROTTLED', 'AWS throttled GetOpportunity.', details).withUnknownOutcome();
    expect(format(thrown(fault)).extensions).toEqual({ code: 'THROTTLED', retryAfterMs: 1000 });
    expect(fault).toMatchObject({
      cause: details.cause,
      issues: details.issues,
      isTransient: true,
      mayHaveBeenApplied: true,
    });
  });

  test('a validation error from AWS for a query is bad input', () => {
    expect(format(thrown(new Fault('VALIDATION', 'Bad token.'))).extensions?.code).toBe('BAD_USER_INPUT');
  });

  test('an error that graphql-js reports for the request is unchanged', () => {
    const error = new GraphQLError('Unknown argument.', {
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
    expect(format(error)).toEqual(error.toJSON());
  });
});
