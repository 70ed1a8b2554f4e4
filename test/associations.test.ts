/** Associations through GraphQL: single ones, and the declarative set. */
import { describe, expect, test } from 'vitest';
import { type Data, gateway, type TestGateway } from './kit.ts';
import { stopTime } from './time.ts';

const id = 'O5000001';
const arn = (resource: string) => `arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/${resource}`;
const offer = (n: number) => arn(`Offer/offer-${n}`);

const setMutation = `mutation ($input: SetOpportunityAssociationsInput!) {
  setOpportunityAssociations(input: $input) {
    steps { action type id outcome error { path code message field sent } }
    complete warnings { path message } userErrors { path code message field limit }
  }
}`;
const change = (verb: string, type: string, entity: string, more = '') => `mutation {
  ${verb}Opportunity(input: { id: "${id}", relatedEntityType: ${type}, relatedEntityIdentifier: "${entity}" }) {
    userErrors { path code message field sent } warnings { path message } ${more}
  }
}`;
const associate = (type: string, entity: string, more = '') => change('associate', type, entity, more);
const disassociate = (type: string, entity: string, more = '') => change('disassociate', type, entity, more);
const selected = 'opportunity { relatedEntityIdentifiers { solutions } }';

/** A gateway on an emulator whose opportunity has these associations, and this stage. */
async function having(
  associations: object,
  stage = 'Qualified',
  env = {},
  options = {},
): Promise<TestGateway> {
  const gw = await gateway(env, options);
  await gw.emulator.patchRecord(id, {
    LifeCycle: { Stage: stage },
    RelatedEntityIdentifiers: associations,
    Project: { OtherSolutionDescription: null },
  });
  return gw;
}
const stored = async (gw: TestGateway): Promise<Data> =>
  (await gw.emulator.record(id)).RelatedEntityIdentifiers;
/** The last line of the audit log. */
const audited = (gw: TestGateway): Data =>
  gw.logged.map((line) => JSON.parse(line)).findLast(({ audit }) => audit);
const setTo = async (gw: TestGateway, wanted: object) => {
  const { data, errors, calls } = await gw.query(setMutation, { input: { id, ...wanted } });
  return { payload: data?.setOpportunityAssociations, errors, calls };
};
const short = (steps: Data[]) =>
  steps.map(({ action, id: entity, outcome }) => `${action === 'ASSOCIATE' ? '+' : '-'}${entity} ${outcome}`);

describe('a single association', () => {
  test('costs one write, and one read if the opportunity is selected', async () => {
    await using gw = await having({});
    const { data, calls } = await gw.query(associate('SOLUTIONS', 'S-1234567', selected));
    expect(data.associateOpportunity).toEqual({
      userErrors: [],
      warnings: [],
      opportunity: { relatedEntityIdentifiers: { solutions: ['S-1234567'] } },
    });
    expect(calls).toEqual({ AssociateOpportunity: 1, GetOpportunity: 1 });
    const removed = await gw.query(disassociate('SOLUTIONS', 'S-1234567'));
    expect(removed.data.disassociateOpportunity.userErrors).toEqual([]);
    expect(removed.calls).toEqual({ DisassociateOpportunity: 1 });
    expect((await stored(gw)).Solutions).toEqual([]);
  });

  test.each(['refuse', 'conflict', 'ignore'])(
    'an association that is there already succeeds, where AWS’s answer to it is %s',
    async (duplicateAssociation) => {
      await using gw = await having({ Solutions: ['S-1234567'], AwsMarketplaceOffers: [offer(1)] });
      await gw.emulator.control('POST', 'settings', { duplicateAssociation });
      for (const [type, entity] of [
        ['SOLUTIONS', 'S-1234567'],
        ['AWS_MARKETPLACE_OFFERS', offer(1)],
      ] as const) {
        const { data } = await gw.query(associate(type, entity));
        expect(data.associateOpportunity.userErrors).toEqual([]);
      }
      expect(await stored(gw)).toMatchObject({ Solutions: ['S-1234567'], AwsMarketplaceOffers: [offer(1)] });
    },
  );

  test('removing what is not associated succeeds, after a read that shows that the opportunity exists', async () => {
    await using gw = await having({});
    const { data, calls } = await gw.query(disassociate('AWS_PRODUCTS', 'AmazonEC2Linux'));
    expect(data.disassociateOpportunity.userErrors).toEqual([]);
    expect(calls).toEqual({ DisassociateOpportunity: 1, GetOpportunity: 1 });
  });

  test.each(['drop-after', 'error-after', 'drop-before', 'error', 'html-503'])(
    'it is made once if a response is lost (%s)',
    async (kind) => {
      await using gw = await having({});
      await gw.emulator.injectFault({ kind, operation: 'AssociateOpportunity' });
      const { data, calls } = await gw.query(associate('SOLUTIONS', 'S-1234567'));
      expect(data.associateOpportunity.userErrors).toEqual([]);
      expect((await stored(gw)).Solutions).toEqual(['S-1234567']);
      const isApplied = ['drop-after', 'error-after'].includes(kind);
      expect(calls).toEqual({ AssociateOpportunity: isApplied ? 1 : 2, GetOpportunity: 1 });
    },
  );

  test('the outcome is unknown if the response is lost and the record cannot be read', async () => {
    await using gw = await having({});
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'AssociateOpportunity' });
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'GetOpportunity' });
    const { data, errors } = await gw.query(associate('SOLUTIONS', 'S-1234567'));
    expect(errors).toBeUndefined();
    expect(data.associateOpportunity.userErrors).toMatchObject([{ code: 'OUTCOME_UNKNOWN' }]);
  });

  test.each<[string, string, string, object]>([
    [
      'SOLUTIONS',
      'Other',
      'INVALID_STRING_FORMAT',
      { path: ['input', 'relatedEntityIdentifier'], field: 'relatedEntityIdentifiers.solutions' },
    ],
    ['SOLUTIONS', 'S-404', 'NOT_FOUND', { path: ['input'] }],
    [
      'AWS_MARKETPLACE_OFFERS',
      offer(2),
      'INVALID_VALUE',
      {
        path: ['input', 'relatedEntityIdentifier'],
        field: 'relatedEntityIdentifiers.awsMarketplaceOffers',
      },
    ],
  ])('%s %s is refused with %s', async (type, entity, code, place) => {
    await using gw = await having({ AwsMarketplaceOfferSets: [arn('OfferSet/offerset-1')] });
    const { data, calls } = await gw.query(associate(type, entity));
    expect(data.associateOpportunity.userErrors).toMatchObject([{ code, ...place }]);
    expect(calls).toEqual(code === 'INVALID_STRING_FORMAT' ? {} : { AssociateOpportunity: 1 });
  });

  test('an offer of another opportunity is refused after a read, and the write is not repeated', async () => {
    await using gw = await having({});
    await gw.emulator.patchRecord('O5000002', {
      RelatedEntityIdentifiers: { AwsMarketplaceOffers: [offer(1)] },
    });
    const { data, calls } = await gw.query(associate('AWS_MARKETPLACE_OFFERS', offer(1)));
    expect(data.associateOpportunity.userErrors).toMatchObject([{ code: 'DUPLICATE_KEY_VALUE' }]);
    expect(calls).toEqual({ AssociateOpportunity: 1, GetOpportunity: 1 });
  });

  test('an opportunity that AWS does not have is not found', async () => {
    await using gw = await gateway();
    for (const verb of ['associate', 'disassociate']) {
      const missing = change(verb, 'SOLUTIONS', 'S-1234567', selected).replace(id, 'O404');
      const payload = (await gw.query(missing)).data[`${verb}Opportunity`];
      expect(payload).toMatchObject({ opportunity: null, userErrors: [{ code: 'NOT_FOUND' }] });
    }
  });

  test('a fault that the caller cannot fix is an error of the field', async () => {
    await using gw = await having({});
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'AssociateOpportunity' });
    const { data, errors } = await gw.query(associate('SOLUTIONS', 'S-1234567'));
    expect(data.associateOpportunity).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test('a solution warns about the description that AWS drops, if the record is cached', async () => {
    await using gw = await having({}, 'Qualified', { CACHE_FRESH_MS: '60000' });
    await gw.emulator.patchRecord(id, { Project: { OtherSolutionDescription: 'Our own' } });
    await gw.query(`{ opportunity(id: "${id}") { marketing { source } } }`);
    const { data } = await gw.query(associate('SOLUTIONS', 'S-1234567'));
    expect(data.associateOpportunity.warnings).toEqual([
      {
        path: ['input', 'relatedEntityIdentifier'],
        message: 'AWS drops the description of another solution as soon as a solution is associated.',
      },
    ]);
    expect((await gw.emulator.record(id)).Project.OtherSolutionDescription ?? null).toBeNull();
  });

  test('it waits for the opportunity’s other writes, and they wait for it', async () => {
    await using gw = await having({});
    await gw.emulator.hold('AssociateOpportunity');
    const first = gw.query(associate('SOLUTIONS', 'S-1234567'));
    await gw.emulator.untilHeld();
    const patch = `mutation { updateOpportunity(input: { id: "${id}", patch: { project: { additionalComments: "Later" } } }) {
      changed userErrors { code } } }`;
    const second = fetch(`${gw.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: patch }),
    });
    await gw.emulator.release();
    const answer = (await (await second).json()) as Data;
    await first;
    expect(answer.data.updateOpportunity).toEqual({ changed: true, userErrors: [] });
    // Without the queue the patch would have read before the association, and conflicted.
    expect(await gw.emulator.calls()).toEqual({
      AssociateOpportunity: 1,
      GetOpportunity: 1,
      UpdateOpportunity: 1,
    });
  });
});

describe('the associations that an opportunity should have', () => {
  test('are made by one read and a write per difference: what is missing first, what is surplus last', async () => {
    await using gw = await having({ Solutions: ['S-1234567', 'S-0051201'], AwsProducts: ['AmazonEC2Linux'] });
    const { payload, calls } = await setTo(gw, {
      solutions: ['S-0051202', 'S-0051201'],
      awsMarketplaceOffer: offer(1),
    });
    expect(payload).toMatchObject({ complete: true, warnings: [], userErrors: [] });
    expect(short(payload.steps)).toEqual(['+S-0051202 DONE', `+${offer(1)} DONE`, '-S-1234567 DONE']);
    expect(payload.steps.map(({ type }: Data) => type)).toEqual([
      'SOLUTIONS',
      'AWS_MARKETPLACE_OFFERS',
      'SOLUTIONS',
    ]);
    expect(calls).toEqual({ GetOpportunity: 1, AssociateOpportunity: 2, DisassociateOpportunity: 1 });
    expect(audited(gw)).toMatchObject({
      mutation: 'setOpportunityAssociations',
      subject: id,
      fields: ['id', 'solutions', 'awsMarketplaceOffer'],
      outcome: 'written',
      steps: [
        'ASSOCIATE Solutions DONE',
        'ASSOCIATE AwsMarketplaceOffers DONE',
        'DISASSOCIATE Solutions DONE',
      ],
    });
    expect(await stored(gw)).toMatchObject({
      Solutions: ['S-0051201', 'S-0051202'],
      AwsProducts: ['AmazonEC2Linux'],
      AwsMarketplaceOffers: [offer(1)],
    });
    const again = await setTo(gw, { solutions: ['S-0051201', 'S-0051202'], awsMarketplaceOffer: offer(1) });
    expect(again.payload).toMatchObject({ complete: true, steps: [] });
    expect(again.calls).toEqual({ GetOpportunity: 1 });
    expect(audited(gw)).toMatchObject({ outcome: 'unchanged' });
  });

  test('the selected opportunity is read after the last step, and not again if there was none', async () => {
    await using gw = await having({ Solutions: ['S-1234567'] });
    const query = `mutation ($input: SetOpportunityAssociationsInput!) {
      setOpportunityAssociations(input: $input) { complete ${selected} } }`;
    const made = await gw.query(query, { input: { id, solutions: ['S-0051201'] } });
    expect(made.data.setOpportunityAssociations).toEqual({
      complete: true,
      opportunity: { relatedEntityIdentifiers: { solutions: ['S-0051201'] } },
    });
    expect(made.calls.GetOpportunity).toBe(2);
    const same = await gw.query(query, { input: { id, solutions: ['S-0051201'] } });
    expect(same.calls).toEqual({ GetOpportunity: 1 });
  });

  test('cannot leave a committed opportunity without a solution, and are refused before a write', async () => {
    await using gw = await having({ Solutions: ['S-1234567'] }, 'Committed');
    const { payload, calls } = await setTo(gw, { solutions: [], awsProducts: ['AmazonEC2Linux'] });
    expect(payload).toMatchObject({
      complete: false,
      steps: [],
      userErrors: [
        {
          path: ['input', 'solutions'],
          code: 'NOT_ENOUGH_VALUES',
          field: 'relatedEntityIdentifiers.solutions',
          limit: 1,
        },
      ],
    });
    expect(calls).toEqual({ GetOpportunity: 1 });
    const replaced = await setTo(gw, { solutions: ['S-0051201'] });
    expect(short(replaced.payload.steps)).toEqual(['+S-0051201 DONE', '-S-1234567 DONE']);
  });

  test('what is wrong with the input alone costs no call', async () => {
    await using gw = await having({});
    const { payload, calls } = await setTo(gw, {
      solutions: ['S-1', 'Other'],
      awsMarketplaceOffer: offer(1),
      awsMarketplaceOfferSet: arn('OfferSet/offerset-1'),
    });
    expect(payload.userErrors).toMatchObject([
      { path: ['input', 'solutions', '1'], code: 'INVALID_STRING_FORMAT' },
      { path: ['input', 'awsMarketplaceOfferSet'], code: 'INVALID_VALUE' },
    ]);
    expect(calls).toEqual({});
    const negative = await setTo(gw, { waitMs: -1 });
    expect(negative.errors?.[0]?.message).toBe('input.waitMs: got -1, expected 0 or more');
    expect((await setTo(gw, { id: 'O404' })).payload).toMatchObject({
      complete: false,
      userErrors: [{ path: ['input', 'id'], code: 'NOT_FOUND' }],
    });
  });

  test('a solution that AWS refuses is a failed step at its own path; others are made, and nothing is removed', async () => {
    await using gw = await having({ Solutions: ['S-1234567'] });
    const { payload } = await setTo(gw, { solutions: ['S-404', 'S-0051201'] });
    expect(payload.complete).toBe(false);
    expect(short(payload.steps)).toEqual(['+S-404 FAILED', '+S-0051201 DONE', '-S-1234567 PENDING']);
    const error = {
      path: ['input', 'solutions', '0'],
      code: 'NOT_FOUND',
      field: 'relatedEntityIdentifiers.solutions',
    };
    expect(payload.steps[0].error).toMatchObject({ ...error, sent: true });
    expect(payload.userErrors).toMatchObject([error]);
    expect((await stored(gw)).Solutions).toEqual(['S-1234567', 'S-0051201']);
  });

  test('a step whose response is lost is looked up, and counts as done if the record shows it', async () => {
    await using gw = await having({});
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'AssociateOpportunity', times: 2 });
    const { payload, calls } = await setTo(gw, { solutions: ['S-1234567', 'S-0051201'] });
    expect(short(payload.steps)).toEqual(['+S-1234567 DONE', '+S-0051201 DONE']);
    expect(calls).toEqual({ GetOpportunity: 3, AssociateOpportunity: 2 });
  });

  test('a step whose outcome is unknown ends the request, and the same input continues', async () => {
    await using gw = await having({ Solutions: ['S-1234567'] });
    await gw.emulator.hold('AssociateOpportunity', 1);
    const asked = setTo(gw, { solutions: ['S-0051201', 'S-0051202'] });
    await gw.emulator.untilHeld();
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'AssociateOpportunity' });
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'GetOpportunity' });
    await gw.emulator.release();
    const { payload } = await asked;
    expect(payload.complete).toBe(false);
    expect(short(payload.steps)).toEqual(['+S-0051201 PENDING', '+S-0051202 PENDING', '-S-1234567 PENDING']);
    expect(payload.userErrors).toMatchObject([
      { path: ['input', 'solutions', '0'], code: 'OUTCOME_UNKNOWN' },
    ]);
    await gw.emulator.control('DELETE', 'faults');
    const again = await setTo(gw, { solutions: ['S-0051201', 'S-0051202'] });
    expect(short(again.payload.steps)).toEqual(['+S-0051202 DONE', '-S-1234567 DONE']);
    expect((await stored(gw)).Solutions).toEqual(['S-0051201', 'S-0051202']);
  });

  test('a fault after the first step leaves the rest pending; before it, it is the field’s error', async () => {
    await using gw = await having({});
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'DisassociateOpportunity', times: 9 });
    await gw.emulator.patchRecord(id, { RelatedEntityIdentifiers: { AwsProducts: ['AmazonEC2Linux'] } });
    const { payload } = await setTo(gw, { solutions: ['S-1234567'], awsProducts: [] });
    expect(short(payload.steps)).toEqual(['+S-1234567 DONE', '-AmazonEC2Linux FAILED']);
    expect(payload.userErrors).toMatchObject([{ path: ['input', 'awsProducts'], code: 'REFUSED_BY_AWS' }]);
    const { payload: none, errors } = await setTo(gw, { awsProducts: [] });
    expect(none).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test('waitMs: 0 plans the steps and makes none', async () => {
    await using gw = await having({ Solutions: ['S-1234567'] });
    const { payload, calls } = await setTo(gw, { solutions: ['S-0051201'], waitMs: 0 });
    expect(payload).toMatchObject({ complete: false, userErrors: [] });
    expect(short(payload.steps)).toEqual(['+S-0051201 PENDING', '-S-1234567 PENDING']);
    expect(audited(gw)).toMatchObject({ outcome: 'incomplete' });
    expect(calls).toEqual({ GetOpportunity: 1 });
  });

  test('they stop between two steps when the request has a second left, and the same input continues', async () => {
    using time = stopTime();
    const env = { QUOTA_WRITES_PER_SECOND: '0.5', REQUEST_TIMEOUT_MS: '6000' };
    await using gw = await having({}, 'Qualified', env);
    const wanted = { solutions: ['S-1234567', 'S-0051201', 'S-0051202', 'S-0051203'] };
    const first = await time.until(setTo(gw, wanted));
    const made = short(first.payload.steps).filter((one) => one.endsWith('DONE')).length;
    expect(first.payload).toMatchObject({ complete: false, userErrors: [] });
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(4);
    const second = await time.until(setTo(gw, wanted));
    expect(second.payload.steps).toHaveLength(4 - made);
    expect((await stored(gw)).Solutions.slice(0, made)).toEqual(wanted.solutions.slice(0, made));
  });

  test('a dry run counts the read and a write for each entity, and nothing is sent', async () => {
    await using gw = await having({});
    const input = { id, solutions: ['S-1234567', 'S-0051201'], awsMarketplaceOffer: offer(1) };
    const { extensions, calls } = await gw.query(setMutation, { input }, { 'x-upstream-dry-run': '1' });
    expect(extensions.upstream.dryRun.calls).toEqual({ GetOpportunity: 1, AssociateOpportunity: 3 });
    expect(calls).toEqual({});
  });

  test('an input with more entities than the limit of calls is refused before a call', async () => {
    await using gw = await gateway({ MAX_UPSTREAM_CALLS: '3' });
    const input = { id, solutions: ['S-1234567', 'S-0051201'], awsProducts: ['AmazonEC2Linux'] };
    const { errors, calls } = await gw.query(setMutation, { input });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'OPERATION_TOO_EXPENSIVE', upstreamCalls: 4 });
    expect(calls).toEqual({});
  });

  test('the description that AWS drops is warned about', async () => {
    await using gw = await having({});
    await gw.emulator.patchRecord(id, { Project: { OtherSolutionDescription: 'Our own' } });
    const { payload } = await setTo(gw, { solutions: ['S-1234567'] });
    expect(payload.warnings).toEqual([
      {
        path: ['input'],
        message: 'AWS drops the description of another solution as soon as a solution is associated.',
      },
    ]);
  });
});
