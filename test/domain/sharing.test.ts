import { describe, expect, test } from 'vitest';
import { type OwnShare, sharingProblems } from '../../src/domain/sharing.ts';

const graceBegan = '2031-05-14T12:00:00Z';
/** A job that has done its work. */
const works = {
  id: 'job-0123456789abc',
  status: 'Running' as const,
  createdAt: '2031-05-01T00:00:00.123456789Z',
  lastSuccessfulExecutionDate: '2031-05-14T11:00:06Z',
};
const changed = '2031-05-14T11:00:00.5Z';
const later = '2031-05-14T11:30:00Z';
const share = (job: object | null, lastModifiedDate: string | null = changed): OwnShare => ({
  jobs: job ? [{ ...works, ...job }] : [],
  lastModifiedDate,
});

describe('the problems of sharing', () => {
  test.each<[string, OwnShare[], boolean, string[]]>([
    ['nothing is shared', [], false, []],
    ['the job has run since the change', [share({})], true, []],
    ['the time of its change is unknown', [share({}, null)], true, []],
    ['it failed before it succeeded', [share({ lastFailure: 'once' })], true, []],
    ['there is no role', [share({})], false, ['NO_JOB_ROLE']],
    ['there is no job', [share(null)], true, ['NO_JOB']],
    ['there is neither', [share(null)], false, ['NO_JOB_ROLE', 'NO_JOB']],
    ['the job is stopped', [share({ status: 'Stopped' })], true, ['JOB_STOPPED']],
    ['it changed after the run, and a while ago', [share({}, later)], true, ['BEHIND']],
    ['it has just changed', [share({}, '2031-05-14T12:00:30Z')], true, []],
    [
      'the run failed since the change',
      [share({ lastFailure: 'no' }, later)],
      true,
      ['LAST_RUN_FAILED', 'BEHIND'],
    ],
    [
      'it has just changed, and the run failed',
      [share({ lastFailure: 'no' }, '2031-05-14T12:00:30Z')],
      true,
      ['LAST_RUN_FAILED'],
    ],
    ['the job has never run', [share({ lastSuccessfulExecutionDate: null })], true, ['BEHIND']],
    [
      'a new job has not run yet',
      [share({ lastSuccessfulExecutionDate: null, createdAt: '2031-05-14T12:00:30Z' })],
      true,
      [],
    ],
    [
      'one of several opportunities has no job, and one a stopped one',
      [share({}), share(null), share({ status: 'Stopped' })],
      true,
      ['NO_JOB', 'JOB_STOPPED'],
    ],
    [
      'one of two jobs works',
      [
        {
          jobs: [{ ...works, lastSuccessfulExecutionDate: null, lastFailure: 'no' }, works],
          lastModifiedDate: changed,
        },
      ],
      true,
      [],
    ],
  ])('if %s', (_, shares, hasRole, expected) => {
    expect(sharingProblems(shares, { hasRole, graceBegan })).toEqual(expected);
  });
});
