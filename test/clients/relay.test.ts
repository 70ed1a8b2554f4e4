import {
  commitMutation,
  createOperationDescriptor,
  fetchQuery,
  type GraphQLTaggedNode,
  getRequest,
  getSingularSelector,
} from 'relay-runtime';
import { describe, expect, test } from 'vitest';
import Card from '../../examples/clients/relay/__generated__/board_card.graphql.ts';
import List from '../../examples/clients/relay/__generated__/board_list.graphql.ts';
import Again from '../../examples/clients/relay/__generated__/boardCardQuery.graphql.ts';
import NextPage from '../../examples/clients/relay/__generated__/boardListPaginationQuery.graphql.ts';
import Move from '../../examples/clients/relay/__generated__/boardMoveMutation.graphql.ts';
import Page from '../../examples/clients/relay/__generated__/boardPageQuery.graphql.ts';
import { createEnvironment } from '../../examples/clients/relay/environment.ts';
import { type Data, gateway } from '../kit.ts';

/** A page of fragments in its own Relay environment, read as a component would read it. */
function pageOn(url: string) {
  const environment = createEnvironment(url);
  const read = (fragment: Data, of: Data): Data => {
    const selector = getSingularSelector(fragment, of);
    return selector && environment.lookup(selector).data;
  };
  const filter = { stages: ['QUALIFIED'] };
  const fetched = (query: GraphQLTaggedNode, variables: object) =>
    fetchQuery(environment, query, variables).toPromise();
  const operation = createOperationDescriptor(getRequest(Page as GraphQLTaggedNode), { filter });
  environment.retain(operation);
  return {
    environment,
    open: () => fetched(Page as GraphQLTaggedNode, { filter }),
    list: () => read(List, environment.lookup(operation.fragment).data).opportunities,
    more: (cursor: string) => fetched(NextPage as GraphQLTaggedNode, { count: 20, cursor, filter }),
    card: (node: Data) => read(Card, node),
    again: async (id: string) =>
      read(Card, ((await fetched(Again as GraphQLTaggedNode, { id })) as Data).node.card),
  };
}

describe('Relay', () => {
  test('Relay pages the connection of a fragment', async () => {
    await using gw = await gateway();
    const page = pageOn(`${gw.url}/graphql`);
    await page.open();
    const first = page.list();
    expect(first.edges).toHaveLength(20);
    await page.more(first.pageInfo.endCursor);
    const ids = page.list().edges.map(({ node }: Data) => node.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(20);
    expect(page.list().edges.every(({ node }: Data) => page.card(node).lifeCycle.stage === 'QUALIFIED')).toBe(
      true,
    );
  });

  test('Relay refetches a card by its id, and updates it everywhere after a patch', async () => {
    await using gw = await gateway();
    const page = pageOn(`${gw.url}/graphql`);
    await page.open();
    const { node } = page.list().edges[0];
    expect(await page.again(node.id)).toEqual(page.card(node));
    const input = { id: node.id, patch: { lifeCycle: { targetCloseDate: '2031-05-06' } } };
    const answer = await new Promise<Data>((resolve, reject) => {
      commitMutation(page.environment, {
        mutation: Move as GraphQLTaggedNode,
        variables: { input },
        onCompleted: resolve,
        onError: reject,
      });
    });
    expect(answer.updateOpportunity.userErrors).toEqual([]);
    expect(page.card(node).lifeCycle.targetCloseDate).toBe('2031-05-06');
  });
});
