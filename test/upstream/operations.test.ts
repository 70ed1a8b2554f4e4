/** The facts about each AWS operation. The tests fail if an SDK adds an operation. */
import { expect, expectTypeOf, test } from 'vitest';
import { type Input, operationFacts, operations } from '../../src/upstream/operations.ts';

/** The class, whether the request has a token, whether it may be repeated after an unknown outcome, the list member. */
const table = `
AcceptEngagementInvitation write - once -
AssignOpportunity write - repeat -
AssociateOpportunity write - once -
CreateEngagement createEngagement token repeat -
CreateEngagementContext write token repeat -
CreateEngagementInvitation write token repeat -
CreateOpportunity write token repeat -
CreateResourceSnapshot write token repeat -
CreateResourceSnapshotJob write token repeat -
DeleteResourceSnapshotJob write - repeat -
DisassociateOpportunity write - once -
GetAwsOpportunitySummary read - repeat -
GetEngagement read - repeat -
GetEngagementInvitation read - repeat -
GetOpportunity read - repeat -
GetProspectingFromEngagementTask prospectingGet - repeat -
GetResourceSnapshot read - repeat -
GetResourceSnapshotJob read - repeat -
GetSellingSystemSettings read - repeat -
ListEngagementByAcceptingInvitationTasks read - repeat taskSummaries
ListEngagementFromOpportunityTasks read - repeat taskSummaries
ListEngagementInvitations read - repeat engagementInvitationSummaries
ListEngagementMembers read - repeat engagementMemberList
ListEngagementResourceAssociations read - repeat engagementResourceAssociationSummaries
ListEngagements read - repeat engagementSummaryList
ListOpportunities read - repeat opportunitySummaries
ListOpportunityFromEngagementTasks read - repeat taskSummaries
ListProspectingFromEngagementTasks prospectingList - repeat taskSummaries
ListResourceSnapshotJobs read - repeat resourceSnapshotJobSummaries
ListResourceSnapshots read - repeat resourceSnapshotSummaries
ListSolutions read - repeat solutionSummaries
ListTagsForResource read - repeat tags
PutSellingSystemSettings write - repeat -
RejectEngagementInvitation write - once -
StartEngagementByAcceptingInvitationTask write token repeat -
StartEngagementFromOpportunityTask write token repeat -
StartOpportunityFromEngagementTask write token repeat -
StartProspectingFromEngagementTask prospectingStart token repeat -
StartResourceSnapshotJob write - repeat -
StopResourceSnapshotJob write - repeat -
SubmitOpportunity write - once -
TagResource write - repeat -
UntagResource write - repeat -
UpdateEngagementContext write - once -
UpdateOpportunity write - once -
`;

test('the facts cover every operation of the SDK, and no others', () => {
  const lines = operations.toSorted().map((operation) => {
    const { callClass, hasClientToken, isRepeatable, listMember } = operationFacts[operation];
    const words = [
      operation,
      callClass,
      hasClientToken ? 'token' : '-',
      isRepeatable ? 'repeat' : 'once',
      listMember ?? '-',
    ];
    return words.join(' ');
  });
  expect(lines).toEqual(table.trim().split('\n'));
});

test('the required members of a response are those of AWS’s model', () => {
  expect(operationFacts.GetOpportunity.requiredMembers).toEqual([
    'catalog',
    'id',
    'lastModifiedDate',
    'createdDate',
    'relatedEntityIdentifiers',
  ]);
  expect(operationFacts.UpdateOpportunity.requiredMembers).toEqual(['id', 'lastModifiedDate']);
  expect(operationFacts.ListOpportunities.requiredMembers).toEqual(['opportunitySummaries']);
  expect(operationFacts.SubmitOpportunity.requiredMembers).toEqual([]);
});

test('operations that change an opportunity without returning its new date name it in their request', () => {
  const moving = operations.filter((operation) => operationFacts[operation].movesDateOf);
  expect(moving.toSorted()).toEqual([
    'AssignOpportunity',
    'AssociateOpportunity',
    'DisassociateOpportunity',
    'StartEngagementFromOpportunityTask',
    'SubmitOpportunity',
  ]);
});

test('an input requires what the SDK requires, except the catalog, which `send` fills in', () => {
  type Association = Input<'AssociateOpportunity'>;
  expectTypeOf<Association['opportunityIdentifier']>().toEqualTypeOf<string>();
  expectTypeOf<object>().not.toExtend<Association>();
  expectTypeOf<'catalog'>().not.toExtend<keyof Association>();
  expectTypeOf<{ identifier: undefined }>().not.toExtend<Input<'GetOpportunity'>>();
  expectTypeOf<{ clientToken: string; customer: null }>().toExtend<Input<'CreateOpportunity'>>();
  expectTypeOf<object>().toExtend<Input<'ListOpportunities'>>();
});
