/**
 * The schema against the SDK's schemas, member by member: if the SDK changes, these tests fail and name the change.
 */
import * as sdk from '@aws-sdk/client-partnercentral-selling';
import {
  type GraphQLInputObjectType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { enumValueName, observed } from '../../scripts/enums.ts';
import { engagementInput } from '../../src/domain/engagements.ts';
import { listInput } from '../../src/domain/filters.ts';
import { invitationInput } from '../../src/domain/invitations.ts';
import { lists } from '../../src/domain/list-edits.ts';
import { solutionInput } from '../../src/domain/solutions.ts';
import { type FieldTree, fieldTree } from '../../src/upstream/sdk-schemas.ts';
import { gatewaySchema } from '../schema.ts';

const schema = gatewaySchema();

/** The differences between a type and a shape of the SDK, as paths: `-x` is missing in the graph, `+x` in the SDK. */
function differences(type: GraphQLNamedType, shape: FieldTree, path = ''): string[] {
  if (!isObjectType(type) && !isInputObjectType(type))
    return Object.keys(shape).map((name) => `-${path}${name}`);
  const fields: ReturnType<(GraphQLObjectType | GraphQLInputObjectType)['getFields']> = type.getFields();
  const stray = Object.keys(fields).filter((name) => !(name in shape));
  return [
    ...stray.map((name) => `+${path}${name}`),
    ...Object.entries(shape).flatMap(([name, inner]) => {
      const field = fields[name];
      return field ? differences(getNamedType(field.type), inner, `${path}${name}.`) : [`-${path}${name}`];
    }),
  ];
}

const type = (name: string): GraphQLNamedType => {
  const found = schema.getType(name);
  if (!found) throw new Error(`The schema has no type ${name}`);
  return found;
};

describe('the schema has exactly the members of the SDK', () => {
  test('Opportunity has the members of GetOpportunityResponse, and fields of its own', () => {
    expect(differences(type('Opportunity'), fieldTree(sdk.GetOpportunityResponse$)).toSorted()).toEqual([
      '+awsMarketplaceOfferSets',
      '+awsMarketplaceOffers',
      '+awsMarketplaceProducts',
      '+awsMarketplaceSolutions',
      '+awsProducts',
      '+awsSummary',
      '+differences',
      '+editability',
      '+engagements',
      '+history',
      '+owner',
      '+pendingEdits',
      '+relatedOpportunity',
      '+solutions',
      '+submission',
      '+submissionReadiness',
      '+submissions',
      '+tags',
    ]);
  });

  test('AwsOpportunitySummary has the members of GetAwsOpportunitySummaryResponse at every depth, its maps as pairs', () => {
    const members = fieldTree(sdk.GetAwsOpportunitySummaryResponse$);
    const ofProducts = (source: string) =>
      ['category', 'amount'].map(
        (name) => `+insights.awsProductsSpendInsightsBySource.${source}.totalAmountByCategory.${name}`,
      );
    expect(differences(type('AwsOpportunitySummary'), members).toSorted()).toEqual(
      [
        '+asOf',
        '-catalog',
        '-relatedOpportunityId',
        '+insights.recommendations.attributes.key',
        '+insights.recommendations.attributes.value',
        ...ofProducts('partner'),
        ...ofProducts('aws'),
      ].toSorted(),
    );
  });

  test('Engagement has the members of EngagementSummary and of GetEngagementResponse, and fields of its own', () => {
    const { contexts, ...members } = fieldTree(sdk.GetEngagementResponse$);
    const { contexts: _, ...fields } = (type('Engagement') as GraphQLObjectType).getFields();
    expect(differences(type('EngagementContext'), { ...contexts, payload: {} })).toEqual([]);
    const all = { ...fieldTree(sdk.EngagementSummary$), ...members };
    const own = Object.keys(fields).filter((name) => !(name in all));
    expect(own.toSorted()).toEqual([
      'customerProject',
      'invitations',
      'lead',
      'members',
      'opportunities',
      'prospectingResult',
      'sharing',
      'snapshots',
      'timeline',
    ]);
    expect(Object.keys(all).filter((name) => !(name in fields))).toEqual([]);
  });

  test('the payload of a context can be each member of AWS’s union, with all of its members', () => {
    const shapes = {
      customerProject: ['CustomerProjectsContext', sdk.CustomerProjectsContext$],
      lead: ['LeadContext', sdk.LeadContext$],
      prospectingResult: ['ProspectingResult', sdk.ProspectingResult$],
    } as const;
    expect(Object.keys(fieldTree(sdk.EngagementContextPayload$))).toEqual(Object.keys(shapes));
    for (const [name, shape] of Object.values(shapes))
      expect(differences(type(name), fieldTree(shape)), name).toEqual([]);
  });

  test('EngagementMember has the members of AWS’s', () => {
    expect(differences(type('EngagementMember'), fieldTree(sdk.EngagementMember$))).toEqual([]);
  });

  test('ResourceSnapshot has the members of GetResourceSnapshotResponse, each view all of its own', () => {
    const { payload, ...members } = fieldTree(sdk.GetResourceSnapshotResponse$);
    const fields = Object.keys((type('ResourceSnapshot') as GraphQLObjectType).getFields());
    expect(fields.filter((name) => !(name in members))).toEqual(['id', 'engagement', 'payload']);
    expect(Object.keys(members).filter((name) => !fields.includes(name))).toEqual([
      'catalog',
      'engagementId',
    ]);
    const shapes = {
      opportunitySummary: ['OpportunitySummaryView', sdk.OpportunitySummaryView$],
      awsOpportunitySummaryFullView: ['AwsOpportunitySummaryFullView', sdk.AwsOpportunitySummaryFullView$],
    } as const;
    expect(Object.keys(payload ?? {})).toEqual(Object.keys(shapes));
    const isMap = (path: string) => /\.(totalAmountByCategory|attributes)\./.test(path);
    for (const [name, shape] of Object.values(shapes))
      expect(
        differences(type(name), fieldTree(shape)).filter((path) => !isMap(path)),
        name,
      ).toEqual([]);
  });

  test('ResourceSnapshotJob has the members of GetResourceSnapshotJobResponse, and objects', () => {
    expect(
      differences(type('ResourceSnapshotJob'), fieldTree(sdk.GetResourceSnapshotJobResponse$)).toSorted(),
    ).toEqual(['+engagement', '+opportunity', '-catalog', '-engagementId']);
  });

  test('EngagementFilter and the arguments of a list cover ListEngagementsRequest', () => {
    const filter = {
      ids: ['eng-0123456789abcd'],
      createdBy: ['aws'],
      excludeCreatedBy: ['aws'],
      contextTypes: ['Lead' as const],
      excludeContextTypes: ['Lead' as const],
    };
    expect(Object.keys((type('EngagementFilter') as GraphQLInputObjectType).getFields()).sort()).toEqual(
      Object.keys(filter).sort(),
    );
    const { catalog, maxResults, nextToken, ...filters } = fieldTree(sdk.ListEngagementsRequest$);
    expect(Object.keys(engagementInput(filter)).sort()).toEqual(Object.keys(filters).sort());
  });

  test('EngagementInvitation has the members of AWS’s list and of the whole invitation, with companies as objects', () => {
    const own = [
      '+acceptance',
      '+daysLeft',
      '+engagement',
      '+receiver.alias',
      '+receiver.awsAccountId',
      '+sender',
    ];
    const companies = ['-engagementId', '-receiver.account', '-senderAwsAccountId', '-senderCompanyName'];
    const receiver = ['+receiver.companyName', '+receiver.websiteUrl'];
    const found = new Set([
      ...differences(type('EngagementInvitation'), {
        ...fieldTree(sdk.GetEngagementInvitationResponse$),
        ...fieldTree(sdk.EngagementInvitationSummary$),
        payload: {},
      }),
    ]);
    const members = ['+existingMembers.awsAccountId', '+existingMembers.alias'];
    expect([...found].toSorted()).toEqual([...own, ...receiver, ...members, ...companies].toSorted());
    expect(
      differences(type('OpportunityInvitationPayload'), fieldTree(sdk.OpportunityInvitationPayload$)),
    ).toEqual([]);
    expect(differences(type('LeadInvitationPayload'), fieldTree(sdk.LeadInvitationPayload$))).toEqual([]);
    const { catalog, maxResults, nextToken, ...filters } = fieldTree(sdk.ListEngagementInvitationsRequest$);
    expect(Object.keys(invitationInput('SENDER', {})).toSorted()).toEqual(Object.keys(filters).toSorted());
  });

  test('Lead has the members of LeadContext, and fields of its own', () => {
    const { customer, interactions, insights, ...own } = (type('Lead') as GraphQLObjectType).getFields();
    expect(Object.keys(own).toSorted()).toEqual(
      ['id', 'engagement', 'contextId', 'modifiedAt', 'qualificationStatus', 'prospecting']
        .concat(['opportunity', 'conversion'])
        .toSorted(),
    );
    const all = Object.keys(fieldTree(sdk.LeadContext$));
    expect(all.filter((name) => !(name in { ...own, customer, interactions, insights }))).toEqual([]);
  });

  test('the inputs of leads have the members of LeadContext and UpdateLeadContext, without what AWS concludes', () => {
    const engagement = Object.keys(fieldTree(sdk.CreateEngagementRequest$)).filter(
      (name) => name !== 'contexts',
    );
    expect(differences(type('CreateLeadInput'), fieldTree(sdk.LeadContext$)).toSorted()).toEqual(
      ['-insights', ...engagement.filter((name) => name !== 'catalog').map((name) => `+${name}`)].toSorted(),
    );
    const { interaction, ...members } = fieldTree(sdk.UpdateLeadContext$);
    expect(differences(type('LeadPatch'), members)).toEqual(['-insights']);
    expect(differences(type('LeadInteractionInput'), interaction ?? {})).toEqual([]);
    expect(Object.keys((type('UpdateLeadInput') as GraphQLInputObjectType).getFields()).toSorted()).toEqual([
      'addInteraction',
      'expectedModifiedAt',
      'id',
      'patch',
    ]);
  });

  test('the settings have the members of AWS’s, and tags those of Tag', () => {
    expect(
      differences(type('SellingSystemSettings'), fieldTree(sdk.GetSellingSystemSettingsResponse$)),
    ).toEqual([]);
    const put = fieldTree(sdk.PutSellingSystemSettingsRequest$);
    expect(Object.keys(put).sort()).toEqual(['catalog', 'resourceSnapshotJobRoleIdentifier']);
    expect(differences(type('TagInput'), fieldTree(sdk.Tag$))).toEqual([]);
  });

  test('a prospecting task has the members of AWS’s list of them, and an engagement’s result all of its own', () => {
    const own = ['+engagement'];
    expect(
      differences(type('EngagementProspectingResult'), fieldTree(sdk.EngagementProspectingResult$)),
    ).toEqual(own);
    expect(Object.keys(fieldTree(sdk.ProspectingTaskSummary$)).sort()).toEqual([
      'completedEngagementCount',
      'endTime',
      'failedEngagementCount',
      'startTime',
      'taskArn',
      'taskId',
      'taskName',
      'totalEngagementCount',
    ]);
  });

  test('Solution has the members of SolutionBase, and the Marketplace solution as an object', () => {
    expect(differences(type('Solution'), fieldTree(sdk.SolutionBase$))).toEqual([
      '+awsMarketplaceSolution',
      '-awsMarketplaceSolutionArn',
    ]);
  });

  test('SolutionFilter and the arguments of a list cover ListSolutionsRequest', () => {
    const filter = {
      ids: ['S-1'],
      statuses: ['Active' as const],
      categories: ['A'],
      awsMarketplaceSolutionArns: ['arn:A'],
    };
    expect(Object.keys((type('SolutionFilter') as GraphQLInputObjectType).getFields()).sort()).toEqual(
      Object.keys(filter).sort(),
    );
    const sort = { sortBy: 'Name' as const, sortOrder: 'ASCENDING' as const };
    const { catalog, maxResults, nextToken, ...filters } = fieldTree(sdk.ListSolutionsRequest$);
    expect(Object.keys(solutionInput(filter, sort)).sort()).toEqual(Object.keys(filters).sort());
    expect(differences(type('SolutionSort'), filters.sort ?? {})).toEqual([]);
  });

  test('CreateOpportunityInput has the members of CreateOpportunityRequest without the catalog, associations and a submission', () => {
    expect(differences(type('CreateOpportunityInput'), fieldTree(sdk.CreateOpportunityRequest$))).toEqual([
      '+associate',
      '+submit',
      '-catalog',
    ]);
  });

  test('the inputs of associations and assignments have the members of their requests, with the opportunity as id', () => {
    const entity = ['+id', '-catalog', '-opportunityIdentifier'];
    expect(
      differences(type('AssociateOpportunityInput'), fieldTree(sdk.AssociateOpportunityRequest$)),
    ).toEqual(entity);
    expect(
      differences(type('DisassociateOpportunityInput'), fieldTree(sdk.DisassociateOpportunityRequest$)),
    ).toEqual(entity);
    expect(differences(type('AssignOpportunityInput'), fieldTree(sdk.AssigneeContact$))).toEqual(['+id']);
    expect(Object.keys(fieldTree(sdk.AssignOpportunityRequest$)).sort()).toEqual([
      'assignee',
      'catalog',
      'identifier',
    ]);
  });

  test('UpdateOpportunityInput has the members of UpdateOpportunityRequest, as a patch with list edits, its id and lock', () => {
    expect(differences(type('OpportunityPatch'), fieldTree(sdk.UpdateOpportunityRequest$))).toEqual([
      ...Object.keys(lists).map((name) => `+${name}`),
      '-catalog',
      '-lastModifiedDate',
      '-identifier',
    ]);
    expect(
      Object.keys((type('UpdateOpportunityInput') as GraphQLInputObjectType).getFields()).sort(),
    ).toEqual(['expectedLastModifiedDate', 'id', 'onConflict', 'onLocked', 'patch']);
  });

  test('Opportunity has all members of OpportunitySummary, so that lists can return it', () => {
    const lacking = differences(type('Opportunity'), fieldTree(sdk.OpportunitySummary$)).filter((path) =>
      path.startsWith('-'),
    );
    expect(lacking).toEqual([]);
  });

  test('OpportunityFilter and the arguments of a list cover ListOpportunitiesRequest', () => {
    const range = { after: '2026-01-01T00:00:00Z', before: '2026-01-02T00:00:00Z' };
    const filter = {
      ids: ['O1'],
      stages: ['Prospect' as const],
      reviewStatuses: ['Approved' as const],
      customerCompanyNames: ['A'],
      lastModifiedDate: range,
      createdDate: range,
      targetCloseDate: { after: '2026-01-01', before: '2026-01-02' },
    };
    expect(Object.keys((type('OpportunityFilter') as GraphQLInputObjectType).getFields()).sort()).toEqual(
      // The search is the index's.
      [...Object.keys(filter), 'search'].sort(),
    );
    const built = listInput(filter, { sortBy: 'Identifier', sortOrder: 'ASCENDING' });
    const tree = (value: unknown): FieldTree =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, tree(inner)]))
        : {};
    const { catalog, maxResults, nextToken, ...filters } = fieldTree(sdk.ListOpportunitiesRequest$);
    expect(tree(built)).toEqual(filters);
    expect(differences(type('OpportunitySort'), filters.sort ?? {})).toEqual([]);
  });

  test('every enum has the values of the SDK and the observed ones, each described by its wire value', () => {
    const enums = Object.values(schema.getTypeMap())
      .filter(isEnumType)
      .filter(({ name }) => name in sdk);
    expect(enums.length).toBeGreaterThan(20);
    for (const { name, getValues } of enums.map((one) => ({
      name: one.name,
      getValues: () => one.getValues(),
    }))) {
      const wire: string[] = [...Object.values<string>(Reflect.get(sdk, name)), ...(observed[name] ?? [])];
      expect(
        getValues().map(({ value }) => value),
        name,
      ).toEqual(wire);
      expect(
        getValues().map(({ description }) => description),
        name,
      ).toEqual(wire);
      expect(
        getValues().map((value) => value.name),
        name,
      ).toEqual(wire.map(enumValueName));
    }
  });
});

describe('an enum value', () => {
  test.each([
    ['Other- Cost Optimization', 'OTHER_COST_OPTIMIZATION'],
    ['*Other', 'OTHER'],
    ['In review', 'IN_REVIEW'],
    ['SaaS or PaaS', 'SAAS_OR_PAAS'],
    ['LastModifiedDate', 'LAST_MODIFIED_DATE'],
    ['AWSAccountOwner', 'AWS_ACCOUNT_OWNER'],
    ['Out Of Home (OOH)', 'OUT_OF_HOME_OOH'],
    ['People/Relationship/Governance', 'PEOPLE_RELATIONSHIP_GOVERNANCE'],
    ['aws-eusc', 'AWS_EUSC'],
    ['AliCloud', 'ALI_CLOUD'],
    ['US', 'US'],
  ])('the enum value %s is named %s', (wire, name) => expect(enumValueName(wire)).toBe(name));
});

describe('the descriptions', () => {
  test('every type, field, argument, input field and enum value has a description', () => {
    const undescribed: string[] = [];
    const check = (name: string, description: string | null | undefined) =>
      void (description?.trim() || undescribed.push(name));
    for (const one of Object.values(schema.getTypeMap())) {
      // The types of the federation library and of graphql-js are not ours to describe.
      if (/^_|^(link__|federation__)|^(String|Int|Float|Boolean|ID)$/.test(one.name)) continue;
      check(one.name, one.description);
      if (isEnumType(one))
        for (const value of one.getValues()) check(`${one.name}.${value.name}`, value.description);
    }
    for (const one of Object.values(schema.getTypeMap())) {
      if (/^_|^(link__|federation__)/.test(one.name) || !('getFields' in one)) continue;
      for (const field of Object.values(one.getFields())) {
        if (field.name.startsWith('_')) continue;
        check(`${one.name}.${field.name}`, field.description);
        if ('args' in field)
          for (const arg of field.args) check(`${one.name}.${field.name}(${arg.name})`, arg.description);
      }
    }
    expect(undescribed).toEqual([]);
  });

  test('UserErrorCode has every code of AWS’s ValidationException', () => {
    const codes = type('UserErrorCode');
    const names = isEnumType(codes) ? codes.getValues().map(({ name }) => name) : [];
    expect(names).toEqual(expect.arrayContaining(Object.values(sdk.ValidationExceptionErrorCode)));
  });
});
