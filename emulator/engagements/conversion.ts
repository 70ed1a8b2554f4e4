/** Converting a lead: the partner's opportunity, made from a Lead context, in the same engagement. */
import { toDay } from '../instant.ts';
import { asObject, asString, type JsonObject, prune } from '../json.ts';
import { newRecord } from '../records/new-record.ts';
import type { Opportunity } from '../records/record.ts';
import { listAt } from '../rules/rule.ts';
import type { PartnerState } from '../state.ts';
import { maxContexts } from './context.ts';
import { putContext } from './engagement.ts';
import type { Context, Engagement, Task } from './model.ts';
import { customerProject } from './payloads.ts';
import { saveOpportunity } from './save.ts';
import { startSharing } from './sharing.ts';
import { attachTags } from './tag.ts';
import { completeTask, failTask } from './task.ts';

/** A draft closes so many days after its conversion. AWS: recorded. */
const daysToClose = 90;
const dayMs = 86_400_000;

/** Converts the lead of a task into a draft, links it to the engagement, and adds the context of its project. */
export function runConversion(state: PartnerState, task: Task): void {
  const engagement = state.engagements.engagements.get(String(task.answer.EngagementId));
  const lead = engagement?.Contexts.find(({ Id }) => Id === task.answer.ContextId);
  if (!engagement || !lead) {
    failTask(state, task, 'ContextNotFound', `There is no context ${task.answer.ContextId}`);
    return;
  }
  const refusal = refusalOf(lead, engagement, state);
  if (refusal) {
    failTask(state, task, ...refusal);
    return;
  }
  const record = draftOf(lead, engagement, state);
  saveOpportunity(state, record);
  const Contexts = engagement.Contexts.map((one) =>
    one === lead ? { ...one, opportunity: record.Id } : one,
  );
  const project = { Type: 'CustomerProject', Payload: customerProject(record) } as const;
  const put = putContext(state, { ...engagement, Contexts }, project, state.accountId);
  attachTags(state, record.Arn, task.input.Tags);
  completeTask(state, task, {
    OpportunityId: record.Id,
    ResourceSnapshotJobId: startSharing(state, put.engagement, record).Id,
    ContextId: state.settings.convertedContext === 'new' ? put.context.Id : lead.Id,
  });
}

/** Why a context cannot be converted, as a reason code and a message. */
function refusalOf(
  { Id, Type, Payload, opportunity }: Context,
  { Contexts }: Engagement,
  { settings }: PartnerState,
): [reason: string, message: string] | undefined {
  const status = asString(asObject(Payload?.Lead).QualificationStatus);
  if (Type === 'CustomerProject')
    return ['CustomerProjectContextNotPermitted', `Context ${Id} is a customer's project, not a lead`];
  if (Type !== 'Lead') return ['EngagementValidationFailed', `Context ${Id} is a ${Type}, not a lead`];
  if (status === 'Disqualified') return ['DisqualifiedLeadNotPermitted', `The lead ${Id} is disqualified`];
  if (status !== 'Qualified' && settings.leadConversion === 'qualified')
    return ['EngagementValidationFailed', `The lead ${Id} is not qualified`];
  if (opportunity !== undefined)
    return ['EngagementConflict', `The lead ${Id} has been converted to ${opportunity}`];
  if (Contexts.length >= maxContexts)
    return ['ServiceQuotaExceeded', `The engagement has ${maxContexts} contexts, the maximum`];
  return undefined;
}

/**
 * What the service takes from a lead: the company, and the problem of its latest interaction, in forms that an
 * opportunity itself might refuse. AWS: recorded; the title is a guess.
 */
function draftOf(lead: Context, { Catalog, Title }: Engagement, state: PartnerState): Opportunity {
  const { Customer, Interactions } = asObject(lead.Payload?.Lead);
  const { CompanyName, Industry, WebsiteUrl, Address } = asObject(Customer);
  const problems = listAt({ Interactions: Interactions ?? null }, 'Interactions').map(
    (one) => asObject(one).BusinessProblem,
  );
  const written = {
    Customer: { Account: { CompanyName, Industry, WebsiteUrl, Address } },
    Project: {
      Title,
      CustomerBusinessProblem: problems.findLast((problem) => problem),
      ExpectedCustomerSpend: [],
    },
    LifeCycle: { TargetCloseDate: toDay(state.clock.now() + daysToClose * dayMs) },
  } as JsonObject;
  return newRecord(Catalog, asObject(prune(written)), state);
}
