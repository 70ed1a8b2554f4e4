/** The engagements that opportunities are shared in: what they cost, alone and on a page. */
import {
  PartnerCentralSellingClient,
  StartEngagementFromOpportunityTaskCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { submittable } from './create-input.ts';
import { type Data, gatewayOn, type TestGateway } from './kit.ts';
import { stopTime } from './time.ts';

/** Opportunities that are shared in an engagement each. */
const count = 25;
let emulator: Emulator;
let shared: string[];
/** One that is not shared. */
let unshared: string;
let gw: TestGateway;

/** Submits opportunities as another program of the same partner does. */
async function submit(endpoint: string, ids: readonly string[]): Promise<void> {
  const client = new PartnerCentralSellingClient({
    region: 'us-east-1',
    endpoint,
    credentials: { accessKeyId: 'TEST', secretAccessKey: 'test' },
  });
  for (const Identifier of ids)
    await client.send(
      new StartEngagementFromOpportunityTaskCommand({
        Catalog: 'Sandbox',
        ClientToken: `submission-of-${Identifier}`,
        Identifier,
        AwsSubmission: { InvolvementType: 'Co-Sell', Visibility: 'Full' },
      }),
    );
  client.destroy();
}

beforeAll(async () => {
  emulator = await startEmulator({ seed: false });
  await using first = await gatewayOn(emulator.url);
  const creates = Array.from(
    { length: count + 1 },
    (_, n) => `c${n}: createOpportunity(input: $input) { id userErrors { message } }`,
  );
  const { data } = await first.query(`mutation ($input: CreateOpportunityInput!) { ${creates.join('\n')} }`, {
    input: { ...submittable, partnerOpportunityIdentifier: null },
  });
  [unshared = '', ...shared] = Object.values(data as Record<string, { id: string }>).map(({ id }) => id);
  await submit(emulator.url, shared);
});
beforeEach(async () => {
  gw = await gatewayOn(emulator.url);
  return () => gw[Symbol.asyncDispose]();
});
afterAll(() => emulator.stop());

const one = (id: string) => `{ opportunity(id: "${id}") { id engagements { id } } }`;
const page = (first: number) =>
  `{ opportunities(first: ${first}) { nodes { id engagements { id title } } } }`;
const calls = (engagements: number) => ({
  ListOpportunities: 1,
  ListEngagementResourceAssociations: 1,
  ListEngagements: engagements,
});

describe('Opportunity.engagements', () => {
  test('the engagements of one opportunity cost two calls beside the record', async () => {
    const answer = await gw.query(one(shared[0] ?? ''));
    expect(answer.errors).toBeUndefined();
    expect(answer.data.opportunity.engagements).toEqual([
      { id: expect.stringMatching(/^eng-[0-9a-z]{14}$/) },
    ]);
    expect(answer.calls).toEqual({
      GetOpportunity: 1,
      ListEngagementResourceAssociations: 1,
      ListEngagements: 1,
    });
  });

  test('an opportunity that is not shared has none, and needs no list of engagements', async () => {
    const answer = await gw.query(one(unshared));
    expect(answer.data.opportunity.engagements).toEqual([]);
    expect(answer.calls).toEqual({ GetOpportunity: 1, ListEngagementResourceAssociations: 1 });
  });

  test('a page costs one call for all associations, and one for every ten engagements', async () => {
    const { data, errors, calls: made } = await gw.query(page(100));
    expect(errors).toBeUndefined();
    const found = data.opportunities.nodes.flatMap(({ engagements }: Data) => engagements);
    expect(found).toHaveLength(count);
    expect(new Set(found.map(({ id }: Data) => id)).size).toBe(count);
    expect(made).toEqual(calls(Math.ceil(count / 10)));
  });

  test('a dry run counts an engagement for each opportunity, the most that is likely', async () => {
    const dry = await gw.query(page(count), {}, { 'x-upstream-dry-run': '1' });
    expect([dry.calls, dry.extensions.upstream.dryRun.calls]).toEqual([{}, calls(Math.ceil(count / 10))]);
    expect((await gw.query(page(count))).calls).toEqual(dry.extensions.upstream.dryRun.calls);
  });

  test('associations are fresh for a minute, also for one opportunity once all are read', async () => {
    using time = stopTime();
    await gw.query(page(100));
    const alone = { GetOpportunity: 1, ListEngagements: 1 };
    expect((await gw.query(one(shared[1] ?? ''))).calls).toEqual(alone);
    await time.pass(60_000);
    expect((await gw.query(one(shared[1] ?? ''))).calls).toEqual({
      ...alone,
      ListEngagementResourceAssociations: 1,
    });
  });

  test('an error of AWS is an error of the field alone', async () => {
    await gw.emulator.injectFault({
      kind: 'access-denied',
      operation: 'ListEngagementResourceAssociations',
    });
    const { data, errors } = await gw.query(one(shared[0] ?? ''));
    expect(data.opportunity).toEqual({ id: shared[0], engagements: null });
    expect(errors?.map(({ path }) => path)).toEqual([['opportunity', 'engagements']]);
  });
});

describe('an engagement', () => {
  const fields = 'id arn title createdAt createdBy memberCount modifiedAt modifiedBy contextTypes';

  test('an engagement is found by its id, with what AWS’s list has', async () => {
    const { data } = await gw.query(one(shared[0] ?? ''));
    const { id } = data.opportunity.engagements[0];
    const answer = await gw.query(
      `{ node(id: "${id}") { ... on Engagement { ${fields} } } none: node(id: "eng-00000000000000") { id } }`,
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({
      node: {
        id,
        arn: expect.stringMatching(new RegExp(`:catalog/Sandbox/engagement/${id}$`)),
        title: expect.any(String),
        createdAt: expect.any(String),
        createdBy: expect.any(String),
        memberCount: expect.any(Number),
        modifiedAt: expect.any(String),
        modifiedBy: expect.any(String),
        contextTypes: ['CUSTOMER_PROJECT'],
      },
      none: null,
    });
    expect(answer.calls).toEqual({ ListEngagements: 1 });
  });

  test('a router finds an engagement by its id or ARN, and none by the ARN of another catalog', async () => {
    const { data } = await gw.query(`{ opportunity(id: "${shared[0]}") { engagements { id arn } } }`);
    const { id, arn } = data.opportunity.engagements[0];
    const refs = [{ id }, { arn }, { arn: arn.replace('Sandbox', 'AWS') }, { arn: 'arn:x' }, {}];
    const answer = await gw.query(
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Engagement { id } } }',
      { refs: refs.map((ref) => ({ __typename: 'Engagement', ...ref })) },
    );
    expect(answer.data._entities).toEqual([{ id }, { id }, null, null, null]);
    expect(answer.errors?.map(({ path, extensions }) => [path?.[1], extensions.code])).toEqual([
      [3, 'BAD_USER_INPUT'],
      [4, 'BAD_USER_INPUT'],
    ]);
    expect(answer.calls).toEqual({ ListEngagements: 1 });
  });
});
