import * as sdk from '@aws-sdk/client-partnercentral-selling';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../emulator/json.ts';
import { opportunityAnswer, opportunitySummary } from '../../emulator/shapes/answers.ts';
import { awsSummary } from '../../emulator/shapes/aws-summary.ts';
import { check } from '../../emulator/shapes/check.ts';
import { contextPayload } from '../../emulator/shapes/engagement.ts';
import { engagementAnswer, engagementSummary } from '../../emulator/shapes/engagement-answers.ts';
import * as engagement from '../../emulator/shapes/engagement-requests.ts';
import * as invitation from '../../emulator/shapes/invitation-requests.ts';
import * as leads from '../../emulator/shapes/lead-requests.ts';
import * as lifecycle from '../../emulator/shapes/lifecycle-requests.ts';
import { patterns } from '../../emulator/shapes/patterns.ts';
import {
  createOpportunityRequest,
  getOpportunityRequest,
  listOpportunitiesRequest,
  updateOpportunityRequest,
} from '../../emulator/shapes/requests.ts';
import type { Shape } from '../../emulator/shapes/shape.ts';
import { jobAnswer } from '../../emulator/shapes/snapshot-answers.ts';
import * as snapshots from '../../emulator/shapes/snapshot-requests.ts';
import { taskShapes } from '../../emulator/shapes/task.ts';

/** Every member path of one of the emulator's shapes, required ones with `*`. */
function ours(shape: Shape, at = ''): string[] {
  if (shape.kind === 'list') return ours(shape.item, at);
  if (shape.kind !== 'structure') return [];
  return Object.entries(shape.members).flatMap(([name, member]) => {
    const path = at === '' ? name : `${at}.${name}`;
    return [member.required ? `${path}*` : path, ...ours(member, path)];
  });
}

/**
 * The same for one of the SDK's schemas. A structure is `[3, namespace, name, traits, names, types, count of required]`
 * with the required members first; a list is `[1, namespace, name, traits, item]`; a sensitive one is wrapped in a pair.
 */
function theirs(schema: unknown, at = ''): string[] {
  const resolved = typeof schema === 'function' ? schema() : schema;
  if (!Array.isArray(resolved)) return [];
  if (resolved.length === 2) return theirs(resolved[0], at);
  if (resolved[0] === 1) return theirs(resolved[4], at);
  // A union, 4, has the form of a structure.
  if (resolved[0] !== 3 && resolved[0] !== 4) return [];
  const [, , , , names, types, required = 0] = resolved as [
    3 | 4,
    string,
    string,
    unknown,
    string[],
    unknown[],
    number?,
  ];
  return names.flatMap((name, index) => {
    const path = at === '' ? name : `${at}.${name}`;
    return [index < required ? `${path}*` : path, ...theirs(types[index], path)];
  });
}

describe('request and response shapes', () => {
  test.each([
    ['CreateOpportunity', createOpportunityRequest, sdk.CreateOpportunityRequest$],
    ['UpdateOpportunity', updateOpportunityRequest, sdk.UpdateOpportunityRequest$],
    ['GetOpportunity', getOpportunityRequest, sdk.GetOpportunityRequest$],
    ['ListOpportunities', listOpportunitiesRequest, sdk.ListOpportunitiesRequest$],
    ['ListSolutions', lifecycle.listSolutionsRequest, sdk.ListSolutionsRequest$],
    ['AssociateOpportunity', lifecycle.associationRequest, sdk.AssociateOpportunityRequest$],
    ['DisassociateOpportunity', lifecycle.associationRequest, sdk.DisassociateOpportunityRequest$],
    ['AssignOpportunity', lifecycle.assignOpportunityRequest, sdk.AssignOpportunityRequest$],
    ['SubmitOpportunity', lifecycle.submitOpportunityRequest, sdk.SubmitOpportunityRequest$],
    ['StartEngagement…', lifecycle.startEngagementRequest, sdk.StartEngagementFromOpportunityTaskRequest$],
    ['List…Tasks', lifecycle.listTasksRequest, sdk.ListEngagementFromOpportunityTasksRequest$],
    ['List…Invitations', lifecycle.listInvitationsRequest, sdk.ListEngagementInvitationsRequest$],
    ['CreateEngagement', engagement.createEngagementRequest, sdk.CreateEngagementRequest$],
    ['GetEngagement', engagement.getEngagementRequest, sdk.GetEngagementRequest$],
    ['ListEngagements', engagement.listEngagementsRequest, sdk.ListEngagementsRequest$],
    [
      'CreateEngagementContext',
      engagement.createEngagementContextRequest,
      sdk.CreateEngagementContextRequest$,
    ],
    [
      'UpdateEngagementContext',
      engagement.updateEngagementContextRequest,
      sdk.UpdateEngagementContextRequest$,
    ],
    ['ListEngagementMembers', engagement.listEngagementMembersRequest, sdk.ListEngagementMembersRequest$],
    [
      'ListEngagementResourceAssociations',
      engagement.listResourceAssociationsRequest,
      sdk.ListEngagementResourceAssociationsRequest$,
    ],
    ['PutSellingSystemSettings', engagement.putSettingsRequest, sdk.PutSellingSystemSettingsRequest$],
    ['TagResource', engagement.tagResourceRequest, sdk.TagResourceRequest$],
    ['UntagResource', engagement.untagResourceRequest, sdk.UntagResourceRequest$],
    [
      'CreateEngagementInvitation',
      invitation.createInvitationRequest,
      sdk.CreateEngagementInvitationRequest$,
    ],
    ['GetEngagementInvitation', invitation.getInvitationRequest, sdk.GetEngagementInvitationRequest$],
    [
      'AcceptEngagementInvitation',
      invitation.acceptInvitationRequest,
      sdk.AcceptEngagementInvitationRequest$,
    ],
    [
      'RejectEngagementInvitation',
      invitation.rejectInvitationRequest,
      sdk.RejectEngagementInvitationRequest$,
    ],
    [
      'StartEngagementByAcceptingInvitationTask',
      invitation.startByAcceptingRequest,
      sdk.StartEngagementByAcceptingInvitationTaskRequest$,
    ],
    [
      'ListEngagementByAcceptingInvitationTasks',
      invitation.listByAcceptingTasksRequest,
      sdk.ListEngagementByAcceptingInvitationTasksRequest$,
    ],
    [
      'StartOpportunityFromEngagementTask',
      leads.startFromEngagementRequest,
      sdk.StartOpportunityFromEngagementTaskRequest$,
    ],
    [
      'ListOpportunityFromEngagementTasks',
      leads.listFromEngagementTasksRequest,
      sdk.ListOpportunityFromEngagementTasksRequest$,
    ],
    ['StartProspecting…', leads.startProspectingRequest, sdk.StartProspectingFromEngagementTaskRequest$],
    ['GetProspecting…', leads.getProspectingRequest, sdk.GetProspectingFromEngagementTaskRequest$],
    ['ListProspecting…', leads.listProspectingRequest, sdk.ListProspectingFromEngagementTasksRequest$],
    ['CreateResourceSnapshot', snapshots.createSnapshotRequest, sdk.CreateResourceSnapshotRequest$],
    ['GetResourceSnapshot', snapshots.getSnapshotRequest, sdk.GetResourceSnapshotRequest$],
    ['ListResourceSnapshots', snapshots.listSnapshotsRequest, sdk.ListResourceSnapshotsRequest$],
    ['CreateResourceSnapshotJob', snapshots.createJobRequest, sdk.CreateResourceSnapshotJobRequest$],
    ['GetResourceSnapshotJob', snapshots.jobRequest, sdk.GetResourceSnapshotJobRequest$],
    ['StartResourceSnapshotJob', snapshots.jobRequest, sdk.StartResourceSnapshotJobRequest$],
    ['StopResourceSnapshotJob', snapshots.jobRequest, sdk.StopResourceSnapshotJobRequest$],
    ['DeleteResourceSnapshotJob', snapshots.jobRequest, sdk.DeleteResourceSnapshotJobRequest$],
    ['ListResourceSnapshotJobs', snapshots.listJobsRequest, sdk.ListResourceSnapshotJobsRequest$],
    ['GetAwsOpportunitySummary', lifecycle.awsSummaryRequest, sdk.GetAwsOpportunitySummaryRequest$],
  ])('%s has the request members of the service model, and requires the same', (_name, shape, schema) => {
    // The SDK generates client tokens, so its schema does not require one, although the service does.
    const model = theirs(schema).map((path) => (path === 'ClientToken' ? 'ClientToken*' : path));
    expect(model.length).toBeGreaterThan(1);
    expect(ours(shape).sort()).toEqual(model.sort());
  });

  test.each([
    ['a record', opportunityAnswer, sdk.GetOpportunityResponse$],
    ['a summary', opportunitySummary, sdk.OpportunitySummary$],
    [
      'a task of a submission',
      taskShapes['engagement-from-opportunity'],
      sdk.StartEngagementFromOpportunityTaskResponse$,
    ],
    [
      'a task of an accepted invitation',
      taskShapes['engagement-by-accepting-invitation'],
      sdk.StartEngagementByAcceptingInvitationTaskResponse$,
    ],
    [
      'a task of a converted lead',
      taskShapes['opportunity-from-engagement'],
      sdk.StartOpportunityFromEngagementTaskResponse$,
    ],
    ['AWS’s view', awsSummary, sdk.GetAwsOpportunitySummaryResponse$],
    ['an engagement', engagementAnswer, sdk.GetEngagementResponse$],
    ['a summary of an engagement', engagementSummary, sdk.EngagementSummary$],
    ['a snapshot job', jobAnswer, sdk.GetResourceSnapshotJobResponse$],
  ])('%s has the response members of the service model', (_name, shape, schema) => {
    // What is below a payload is the same as in requests.
    const bare = (paths: string[]) =>
      paths
        .map((path) => path.replace('*', ''))
        .filter((path) => !path.includes('Payload.'))
        .sort();
    expect(bare(ours(shape))).toEqual(bare(theirs(schema)));
  });

  test('defines every enum with the values of the service model', () => {
    const lists = new Map<string, string[]>();
    const collect = (shape: Shape): void => {
      if (shape.kind === 'list') collect(shape.item);
      if (shape.kind === 'structure') Object.values(shape.members).forEach(collect);
      if (shape.kind === 'string' && shape.list) lists.set(shape.list.name, [...shape.list.values].sort());
    };
    [createOpportunityRequest, listOpportunitiesRequest, ...Object.values(lifecycle)].forEach(collect);
    const constants = Object.fromEntries(Object.entries(sdk)) as Record<string, Record<string, string>>;
    expect(lists.size).toBe(33);
    for (const [name, values] of lists)
      expect(values, name).toEqual(Object.values(constants[name] ?? {}).sort());
  });
});

describe('a union', () => {
  const shape = contextPayload;
  const project = { CustomerProject: {} };

  test.each<[object, string]>([
    [{}, "Expected one of CustomerProject, Lead, ProspectingResult at '', got none of them"],
    [{ Document: {} }, 'got none of them'],
    [{ ...project, ProspectingResult: {} }, 'got CustomerProject and ProspectingResult'],
  ])('is refused as %j', (value, message) => {
    expect(() => check(shape, value as JsonObject, { enumValues: {} })).toThrow(message);
  });

  test('is accepted with one member, an unset one beside it', () => {
    expect(check(shape, { ...project, Lead: null }, { enumValues: {} })).toEqual([]);
  });
});

describe('a pattern that is not the model’s own', () => {
  const scheme = fc.constantFrom('', 'http://', 'https://', 'ftp://');
  const piece = fc.string({
    unit: fc.constantFrom('w', 'a', '.', '-', '/', '?', '(', '~', 'é'),
    maxLength: 12,
  });

  test('of a website matches the same strings', () => {
    const models =
      /^(?:(?=.{4,255}$)((http|https):\/\/)??(www[.])??([a-zA-Z0-9]|-)+?([.][a-zA-Z0-9(-|/|=|?)??]+?)+?)$/;
    const ours = new RegExp(`^(?:${patterns.websiteUrl})$`, 'u');
    fc.assert(
      fc.property(scheme, piece, (start, rest) => {
        expect(ours.test(start + rest)).toBe(models.test(start + rest));
      }),
      { numRuns: Number(process.env.RUNS ?? 500) },
    );
  });

  test('of a sender’s e-mail matches the same strings', () => {
    const models = /^(?:(?=.{1,80}$)[a-zA-Z0-9.!#$%&'*+/=?^_{|}~-]+@[a-zA-Z0-9-]+(?:.[a-zA-Z0-9-]+)*)$/;
    const ours = new RegExp(`^(?:${patterns.senderEmail})$`, 'u');
    fc.assert(
      fc.property(piece, piece, (local, host) => {
        expect(ours.test(`${local}@${host}`)).toBe(models.test(`${local}@${host}`));
      }),
      { numRuns: Number(process.env.RUNS ?? 500) },
    );
  });

  test.each([
    ['a website', patterns.websiteUrl, `www.${'a.'.repeat(120)}~`],
    ['an e-mail', patterns.senderEmail, `a@${'a'.repeat(75)}!!`],
  ])('refuses a hostile text for %s in time linear in its length', (_what, pattern, text) => {
    const before = process.cpuUsage();
    expect(new RegExp(`^(?:${pattern})$`, 'u').test(text)).toBe(false);
    expect(process.cpuUsage(before).user).toBeLessThan(500_000);
  });
});
