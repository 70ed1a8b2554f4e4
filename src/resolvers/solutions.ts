import { badInput, quoted } from '../domain/bad-input.ts';
import { idForms } from '../domain/ids.ts';
import { entityOf } from '../graphql/entities.ts';
import { pageInfoOf } from './connections.ts';
import type { Resolvers } from './types.generated.ts';

/** Rejects a string that cannot be a solution's id before a call is spent on it. @throws Fault BAD_USER_INPUT */
function assertSolutionId(id: string, field: string): void {
  if (!idForms.Solution.test(id)) throw badInput(field, quoted(id), "a solution's id such as S-1234567");
}

export const resolvers: Resolvers = {
  Query: {
    solutions(_root, args, { related }) {
      for (const [index, id] of (args.filter?.ids ?? []).entries())
        assertSolutionId(id, `filter.ids[${index}]`);
      return related.solutions(args);
    },
  },

  Solution: {
    async __resolveReference({ id }, { related }) {
      assertSolutionId(id, 'representation');
      const solution = await related.solution.load(id);
      return solution && entityOf(solution);
    },
    awsMarketplaceSolution: ({ awsMarketplaceSolutionArn: arn }) => (arn ? { arn } : null),
  },

  SolutionConnection: {
    nodes: ({ edges }) => edges.map(({ summary }) => summary),
    pageInfo: pageInfoOf,
  },

  SolutionEdge: {
    node: ({ summary }) => summary,
  },
};
