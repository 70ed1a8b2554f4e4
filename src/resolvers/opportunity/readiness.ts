import { calendar } from '../../clock.ts';
import { type Involvement, submissionBlockers, submissionDoubts } from '../../domain/readiness.ts';
import type { OpportunityModel } from '../models.ts';
import { blockersOf, inSubmit, submissionPath } from '../submission-paths.ts';
import type { Resolvers } from '../types.generated.ts';

/** Reads of the record before and after, a list of its tasks, and the start of the task. */
const callsIfReady = 4;
/** The read of the record. */
const callsIfBlocked = 1;

export const resolvers: Resolvers = {
  Opportunity: {
    submissionReadiness(record: OpportunityModel, involvement: Involvement, _context, { schema }) {
      const blockers = submissionBlockers(record, involvement, calendar.today());
      const ready = blockers.length === 0;
      return {
        ready,
        blockers: blockersOf(blockers, schema, inSubmit()),
        warnings: submissionDoubts(record).map(({ path, message }) => ({
          path: submissionPath(path, inSubmit()),
          message,
          allowedValues: null,
        })),
        upstreamCalls: ready ? callsIfReady : callsIfBlocked,
      };
    },
  },
};
