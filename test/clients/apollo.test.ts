import { describe, expect, expectTypeOf, test } from 'vitest';
import { createApolloClient } from '../../examples/clients/apollo/client.ts';
import { Pipeline, SaveNextSteps } from '../../examples/clients/apollo/documents.ts';
import type { PipelineQuery, Stage } from '../../examples/clients/gql/graphql.ts';
import { gateway } from '../kit.ts';

describe('Apollo Client', () => {
  const variables = { first: 5, filter: { stages: ['QUALIFIED' as const] } };
  const idsOf = (data: PipelineQuery | null | undefined) =>
    data?.opportunities?.edges.map(({ node }) => node?.id);

  test('Apollo Client merges pages into one list per filter, in order and without duplicates', async () => {
    await using gw = await gateway();
    const client = createApolloClient(`${gw.url}/graphql`);
    const { data: first } = await client.query({ query: Pipeline, variables });
    const watched = client.watchQuery({ query: Pipeline, variables });
    const subscription = watched.subscribe({});
    await watched.fetchMore({ variables: { after: first?.opportunities?.pageInfo.endCursor ?? null } });
    subscription.unsubscribe();
    const both = client.readQuery({ query: Pipeline, variables });
    expect(idsOf(both)).toHaveLength(10);
    expect(new Set(idsOf(both)).size).toBe(10);
    expect(idsOf(both)?.slice(0, 5)).toEqual(idsOf(first));
    const others = await client.query({
      query: Pipeline,
      variables: { first: 5, filter: { stages: ['COMMITTED'] } },
    });
    expect(idsOf(others.data)?.some((id) => idsOf(both)?.includes(id))).toBe(false);
    client.stop();
  });

  test('Apollo Client updates every list from the payload of a patch, without a refetch and without losing other fields', async () => {
    await using gw = await gateway();
    const client = createApolloClient(`${gw.url}/graphql`);
    const { data } = await client.query({ query: Pipeline, variables });
    const [edge] = data?.opportunities?.edges ?? [];
    const { id = '', lastModifiedDate = null, lifeCycle } = edge?.node ?? {};
    await gw.emulator.clearCalls();
    const saved = await client.mutate({
      mutation: SaveNextSteps,
      variables: {
        input: {
          id,
          expectedLastModifiedDate: lastModifiedDate,
          patch: { lifeCycle: { nextSteps: 'Call' } },
        },
      },
    });
    expect(saved.data?.updateOpportunity?.userErrors).toEqual([]);
    const [after] = client.readQuery({ query: Pipeline, variables })?.opportunities?.edges ?? [];
    expect(after?.node?.lastModifiedDate).not.toBe(lastModifiedDate);
    expect(after?.node?.lifeCycle).toEqual(lifeCycle);
    expect((await gw.emulator.calls()).ListOpportunities).toBeUndefined();
    client.stop();
  });

  test('Apollo Client receives user errors as data, at their paths in the input', async () => {
    await using gw = await gateway();
    const client = createApolloClient(`${gw.url}/graphql`);
    const { data, error } = await client.mutate({
      mutation: SaveNextSteps,
      variables: { input: { id: 'O5000002', patch: { lifeCycle: { nextSteps: 'x'.repeat(256) } } } },
    });
    expect(error).toBeUndefined();
    expect(data?.updateOpportunity?.userErrors).toMatchObject([
      { path: ['input', 'patch', 'lifeCycle', 'nextSteps'] },
    ]);
    client.stop();
  });

  test('a response with an enum value that the schema does not know arrives whole under the default error policy', async () => {
    await using gw = await gateway();
    await gw.emulator.patchRecord('O5000002', { LifeCycle: { Stage: 'Closed Won' } });
    const client = createApolloClient(`${gw.url}/graphql`);
    const { data, error } = await client.query({
      query: Pipeline,
      variables: { first: 5, filter: { ids: ['O5000001', 'O5000002', 'O5000003'] } },
    });
    expect(error).toBeUndefined();
    const nodes = data?.opportunities?.edges.map(({ node }) => node) ?? [];
    expect(nodes).toHaveLength(3);
    for (const node of nodes)
      expect(node).toMatchObject({
        lastModifiedDate: expect.any(String),
        lifeCycle: {
          stage: node?.id === 'O5000002' ? null : expect.any(String),
          reviewStatus: expect.any(String),
        },
        customer: { account: { companyName: expect.any(String) } },
      });
    client.stop();
  });

  test('the types generated for Apollo Client have enums as unions and scalars as strings', () => {
    type Node = NonNullable<NonNullable<PipelineQuery['opportunities']>['edges'][number]['node']>;
    expectTypeOf<NonNullable<Node['lifeCycle']>['stage']>().toEqualTypeOf<Stage | null>();
    expectTypeOf<'QUALIFIED'>().toExtend<Stage>();
    expectTypeOf<'Qualified'>().not.toExtend<Stage>();
    expectTypeOf<Node['lastModifiedDate']>().toEqualTypeOf<string | null>();
  });
});
