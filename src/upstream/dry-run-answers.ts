/** The answers of a dry run, where nothing is sent: the most that AWS could return, made from the answer's schema. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { swapFirstCase } from './naming.ts';
import { type Operation, operationFacts, schemasOf } from './operations.ts';
import { membersOf } from './sdk-schemas.ts';
import type { SdkSend } from './send.ts';

type WireValue = string | number | boolean | WireValue[] | { [name: string]: WireValue };
/** The members of a request that affect its answer. */
type Request = {
  Identifier?: string | string[];
  EngagementIdentifier?: string | string[];
  MaxResults?: number;
};

type IdForm = readonly [prefix: string, digits: number];
const engagementId: IdForm = ['eng-', 14];
const jobId: IdForm = ['job-', 13];
const taskId: IdForm = ['task-', 13];

/** The form of ids that are not an opportunity's, by the operation that lists or creates them: their prefix and their digits. */
const idForms: { readonly [O in Operation]?: IdForm } = {
  CreateEngagement: engagementId,
  CreateEngagementInvitation: ['engi-', 13],
  CreateResourceSnapshotJob: jobId,
  ListEngagementInvitations: ['engi-', 13],
  ListEngagements: engagementId,
  ListResourceSnapshotJobs: jobId,
};

/** The most engagements of a task that enriches leads (API model). */
const maxEnriched = 100;

/** AWS's default page size. */
const defaultPageSize = 20;

/** The date of what is made up, newer than any cached version. */
export const madeUpDate = '9999-01-01T00:00:00Z';

/** Stands for an ARN. */
const arnOf = (id: string): string => `arn:${id}`;

/** A value of a schema: structures have their required members, lists are empty. */
function sample(schema: NormalizedSchema): WireValue {
  if (schema.isListSchema()) return [];
  if (schema.isStructSchema())
    return Object.fromEntries(
      membersOf(schema)
        .filter(({ isRequired }) => isRequired)
        .map(({ name, schema }) => [name, sample(schema)]),
    );
  if (schema.isTimestampSchema()) return madeUpDate;
  if (schema.isNumericSchema()) return 0;
  return schema.isBooleanSchema() ? false : '';
}

/**
 * An `SdkSend` that sends nothing. It returns the object with the id in the request, and for a list a full page of
 * objects that are not cached, so that reading them is counted too.
 */
export function dryRunSend(): SdkSend {
  let invented = 0;
  const invent = ([prefix, digits]: IdForm = ['O', 10]) => prefix + String(invented++).padStart(digits, '0');

  function itemOf(operation: Operation, schema: NormalizedSchema, Id: string): WireValue {
    const type = schema.getValueSchema();
    const value = sample(type);
    const has = (member: string) => membersOf(type).some(({ name }) => name === member);
    if (!has('Id')) return value;
    return {
      ...(value as object),
      Id,
      ...(has('Arn') && { Arn: arnOf(Id) }),
      ...(has('LastModifiedDate') && { LastModifiedDate: madeUpDate }),
      ...itemLinks[operation]?.(),
    };
  }

  /** A task that is complete at once, with the opportunity that it has created. */
  const completed = () => ({ TaskId: invent(taskId), TaskStatus: 'COMPLETE', OpportunityId: invent() });

  /**
   * Members that lead to further calls: each context of an engagement is a lead; a record has an ARN, and names a solution,
   * which most records share, and another record; an invitation is one to an opportunity; a task has done what it is for.
   */
  const links: { readonly [O in Operation]?: (id: string) => { [name: string]: WireValue } } = {
    GetEngagementInvitation: () => ({
      EngagementId: invent(engagementId),
      PayloadType: 'OpportunityInvitation',
      Status: 'PENDING',
    }),
    GetProspectingFromEngagementTask: () => ({
      Engagements: Array.from({ length: maxEnriched }, () => ({
        EngagementIdentifier: invent(engagementId),
        Status: 'COMPLETED',
      })),
    }),
    StartEngagementByAcceptingInvitationTask: completed,
    StartOpportunityFromEngagementTask: completed,
    StartProspectingFromEngagementTask: () => ({ TaskId: invent(['task-', 14]) }),
    GetEngagement: () => ({
      ModifiedAt: madeUpDate,
      Contexts: ['1', '2', '3', '4', '5'].map((Id) => ({
        Id,
        Type: 'Lead',
        Payload: { Lead: { Interactions: [] } },
      })),
    }),
    GetOpportunity: (id) => ({
      Arn: arnOf(id),
      RelatedEntityIdentifiers: { Solutions: ['S-0'] },
      Project: { RelatedOpportunityIdentifier: invent() },
    }),
  };

  /** The same for each item of a list. */
  const itemLinks: { readonly [O in Operation]?: () => { [name: string]: WireValue } } = {
    ListEngagementInvitations: () => ({ EngagementId: invent(engagementId) }),
  };

  return async (operation: Operation, request) => {
    const { Identifier, EngagementIdentifier, MaxResults = defaultPageSize } = request as Request;
    const asked = [Identifier, EngagementIdentifier].find(Array.isArray);
    const form = idForms[operation];
    const listed = asked ?? Array.from({ length: MaxResults }, () => invent(form));
    const id = typeof Identifier === 'string' ? Identifier : form ? invent(form) : 'O0';
    const required = Object.fromEntries(
      schemasOf(operation).answer.flatMap(({ name, schema, isRequired }) => {
        if (swapFirstCase(name) === operationFacts[operation].listMember)
          return [[name, listed.map((each) => itemOf(operation, schema, each))]];
        if (name === 'Id') return [[name, id]];
        return isRequired ? [[name, sample(schema)]] : [];
      }),
    );
    return { ...required, ...links[operation]?.(id) };
  };
}
