import { describe, expect, test } from 'vitest';
import { gateway } from './kit.ts';

const everything = `
  id arn catalog createdDate lastModifiedDate partnerOpportunityIdentifier opportunityType nationalSecurity
  primaryNeedsFromAws
  customer {
    account {
      companyName industry otherIndustry websiteUrl awsAccountId duns
      address { city postalCode stateOrRegion countryCode streetAddress }
    }
    contacts { email firstName lastName businessTitle phone }
  }
  lifeCycle {
    stage closedLostReason nextSteps targetCloseDate reviewStatus reviewComments reviewStatusReason
    nextStepsHistory { value time }
  }
  project {
    deliveryModels title apnPrograms customerBusinessProblem customerUseCase relatedOpportunityIdentifier
    salesActivities competitorName otherCompetitorNames otherSolutionDescription additionalComments awsPartition
    expectedCustomerSpend { currencyCode frequency targetCompany amount estimationUrl }
    expectedContractDuration { term value }
  }
  marketing { campaignName source useCases channels awsFundingUsed }
  softwareRevenue { deliveryModel value { amount currencyCode } effectiveDate expirationDate }
  opportunityTeam { email firstName lastName businessTitle phone }
  relatedEntityIdentifiers {
    awsMarketplaceOffers awsMarketplaceOfferSets solutions awsProducts awsMarketplaceSolutions awsMarketplaceProducts
  }`;

describe('one opportunity', () => {
  test('an opportunity is returned with all its fields for one call', async () => {
    await using gw = await gateway();
    const stored = await gw.emulator.record('O5000002');

    const { data, errors, calls } = await gw.query(`{ opportunity(id: "O5000002") { ${everything} } }`);

    expect(errors).toBeUndefined();
    expect(calls).toEqual({ GetOpportunity: 1 });
    expect(data.opportunity).toMatchObject({
      id: 'O5000002',
      catalog: 'Sandbox',
      customer: { account: { companyName: stored.Customer.Account.CompanyName } },
      lifeCycle: {
        stage: 'QUALIFIED',
        reviewStatus: 'APPROVED',
        targetCloseDate: stored.LifeCycle.TargetCloseDate,
      },
      project: { title: stored.Project.Title, customerUseCase: stored.Project.CustomerUseCase },
      relatedEntityIdentifiers: { solutions: stored.RelatedEntityIdentifiers.Solutions },
    });
    expect(data.opportunity.project.expectedCustomerSpend).toHaveLength(
      stored.Project.ExpectedCustomerSpend.length,
    );
  });

  test('an opportunity is null if AWS has none with this id', async () => {
    await using gw = await gateway();
    const { data, errors, calls } = await gw.query('{ opportunity(id: "O999") { id } }');
    expect(errors).toBeUndefined();
    expect(data).toEqual({ opportunity: null });
    expect(calls).toEqual({ GetOpportunity: 1 });
  });

  test('a malformed opportunity id is refused without a call', async () => {
    await using gw = await gateway();
    for (const id of ['', '5000001', 'o5000001', 'O', 'O12345678901234567890', 'arn:aws:x', 'O1 ']) {
      const { data, errors, calls } = await gw.query('query ($id: ID!) { opportunity(id: $id) { id } }', {
        id,
      });
      expect(data).toEqual({ opportunity: null });
      expect(errors).toMatchObject([{ path: ['opportunity'], extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(errors?.[0]?.message).toBe(
        `id: got ${JSON.stringify(id)}, expected an opportunity's id such as O1234567`,
      );
      expect(calls).toEqual({});
    }
  });

  test('an opportunity costs one call, however many aliases, nodes and entities select it', async () => {
    await using gw = await gateway();
    const aliases = Array.from(
      { length: 10 },
      (_, n) => `a${n}: opportunity(id: "O5000002") { project { title } }`,
    );
    const { data, errors, calls } = await gw.query(
      `query ($refs: [_Any!]!) {
        ${aliases.join('\n')}
        node(id: "O5000002") { ... on Opportunity { marketing { source } } }
        _entities(representations: $refs) { ... on Opportunity { nationalSecurity } }
      }`,
      { refs: [1, 2].map(() => ({ __typename: 'Opportunity', id: 'O5000002' })) },
    );
    expect(errors).toBeUndefined();
    expect(Object.keys(data)).toHaveLength(12);
    expect(calls).toEqual({ GetOpportunity: 1 });
  });

  test('an opportunity whose read fails is null, and its siblings are returned', async () => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'error', operation: 'GetOpportunity', times: 9 });
    const { data, errors } = await gw.query(
      '{ picklists { apnPrograms { value } } opportunity(id: "O5000001") { id } }',
    );
    expect(data.picklists.apnPrograms.length).toBeGreaterThan(0);
    expect(data.opportunity).toBeNull();
    expect(errors).toMatchObject([{ path: ['opportunity'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
  });
});

describe('an unknown enum value', () => {
  test('an unknown enum value is null, with the value in an error, and all other fields are returned', async () => {
    await using gw = await gateway();
    await gw.emulator.patchRecord('O5000002', {
      LifeCycle: { Stage: 'Closed Won' },
      Project: { CompetitorName: 'Skynet', SalesActivities: ['SOW Signed', 'Toasted'] },
    });
    const { data, errors, extensions } = await gw.query(
      '{ opportunity(id: "O5000002") { id lifeCycle { stage } project { title competitorName salesActivities } } }',
    );
    expect(data.opportunity).toMatchObject({
      lifeCycle: { stage: null },
      project: { title: expect.any(String), competitorName: null, salesActivities: ['SOW_SIGNED', null] },
    });
    expect(errors).toBeUndefined();
    expect(extensions.unknownEnumValues).toEqual([
      { path: ['opportunity', 'lifeCycle', 'stage'], type: 'Stage', value: 'Closed Won' },
      { path: ['opportunity', 'project', 'competitorName'], type: 'CompetitorName', value: 'Skynet' },
      { path: ['opportunity', 'project', 'salesActivities', 1], type: 'SalesActivity', value: 'Toasted' },
    ]);
  });

  test('is reported of in production too, at its alias, and not where everything is known', async () => {
    await using gw = await gateway({ NODE_ENV: 'production' });
    await gw.emulator.patchRecord('O5000002', { LifeCycle: { Stage: 'Closed Won' } });
    const query = 'query ($id: ID!) { o: opportunity(id: $id) { where: lifeCycle { at: stage } } }';
    expect((await gw.query(query, { id: 'O5000002' })).extensions).toEqual({
      unknownEnumValues: [{ path: ['o', 'where', 'at'], type: 'Stage', value: 'Closed Won' }],
    });
    expect((await gw.query(query, { id: 'O5000003' })).extensions).toBeUndefined();
  });

  test('is listed a thousand times at most', async () => {
    await using gw = await gateway();
    const activities = Array.from({ length: 1_300 }, (_, n) => `Toasted ${n}`);
    await gw.emulator.patchRecord('O5000002', { Project: { SalesActivities: activities } });
    const { data, extensions } = await gw.query(
      '{ opportunity(id: "O5000002") { project { salesActivities } } }',
    );
    expect(data.opportunity.project.salesActivities).toEqual(activities.map(() => null));
    expect(extensions.unknownEnumValues).toHaveLength(1_000);
  });

  test('is one that real records hold and the SDK does not list, under a name of its own', async () => {
    await using gw = await gateway();
    await gw.emulator.patchRecord('O5000002', {
      PrimaryNeedsFromAws: ['Do Not Need Support from AWS Sales Rep'],
    });
    const { data, extensions } = await gw.query('{ opportunity(id: "O5000002") { primaryNeedsFromAws } }');
    expect(data.opportunity.primaryNeedsFromAws).toEqual(['DO_NOT_NEED_SUPPORT_FROM_AWS_SALES_REP']);
    expect(extensions).not.toHaveProperty('unknownEnumValues');
  });
});

describe('a timestamp', () => {
  test('a timestamp is returned as AWS sent it, to the nanosecond', async () => {
    await using gw = await gateway();
    await gw.emulator.patchRecord('O5000001', { LastModifiedDate: '2026-02-04T05:18:25.803123456Z' });
    const { data } = await gw.query('{ opportunity(id: "O5000001") { lastModifiedDate } }');
    expect(data.opportunity.lastModifiedDate).toBe('2026-02-04T05:18:25.803123456Z');
  });
});

describe('node', () => {
  test('node returns an opportunity by its id', async () => {
    await using gw = await gateway();
    const { data } = await gw.query('{ node(id: "O5000001") { __typename id } }');
    expect(data.node).toEqual({ __typename: 'Opportunity', id: 'O5000001' });
  });

  test('node refuses an id of no type in the graph', async () => {
    await using gw = await gateway();
    const { errors, calls } = await gw.query('{ node(id: "X-1234567") { id } }');
    expect(errors?.[0]?.message).toBe('id: got "X-1234567", expected an id of this graph, such as O1234567');
    expect(calls).toEqual({});
  });
});

describe('picklists', () => {
  test('picklists contain the values that AWS requires for free text, and cost nothing', async () => {
    await using gw = await gateway();
    const { data, calls } = await gw.query(
      `{ picklists { customerUseCases { value label } apnPrograms { value } useCases { value } statesOrRegions { value }
        stages { value label } competitorNames { value label } countryCodes { value label } } }`,
    );
    type Value = { value: string; label?: string };
    const { customerUseCases, apnPrograms, useCases, statesOrRegions, ...enums } = data.picklists;
    const open: Value[][] = [customerUseCases, apnPrograms, useCases, statesOrRegions];
    expect(open.map((list) => new Set(list.map(({ value }) => value)).size)).toEqual([39, 16, 26, 62]);
    expect(statesOrRegions).toContainEqual({ value: 'Dist. of Columbia' });
    const useCase = 'Migration / Database Migration';
    expect(customerUseCases).toContainEqual({ value: useCase, label: useCase });
    expect(enums.stages).toContainEqual({ value: 'CLOSED_LOST', label: 'Closed Lost' });
    expect(enums.competitorNames).toContainEqual({ value: 'OTHER', label: 'Other' });
    expect(enums.countryCodes).toContainEqual({ value: 'DE', label: 'Germany' });
    expect(calls).toEqual({});
  });
});
