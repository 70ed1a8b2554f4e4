/** Prospecting: AWS adds what it has on the companies of leads. */

import { ApiError } from '../errors.ts';
import { asObject, asString, type Json, type JsonObject, prune } from '../json.ts';
import { formatNanoseconds } from '../records/dates.ts';
import type { PartnerState } from '../state.ts';
import { countries } from '../values/countries.ts';
import { enums } from '../values/enums.ts';
import { maxContexts } from './context.ts';
import { engagementToChange, putContext } from './engagement.ts';
import { aws, type Engagement, type Task } from './model.ts';
import { nextId } from './store.ts';
import { endTask } from './task.ts';

/** Enriches the engagements of a task: each of them succeeds or fails by itself. */
export function runProspecting(state: PartnerState, task: Task): void {
  const EndTime = formatNanoseconds(state.clock.now());
  const Engagements = identifiersOf(task).map((id) => prospect(state, task, id, EndTime));
  const failed = Engagements.every(({ Status }) => Status === 'FAILED');
  endTask(state, task, { EndTime, Engagements, TaskStatus: failed ? 'FAILED' : 'COMPLETED' });
}

export const identifiersOf = ({ answer }: Task): string[] =>
  Array.isArray(answer.Identifiers) ? answer.Identifiers.map(String) : [];

function prospect(state: PartnerState, task: Task, EngagementIdentifier: string, end: string): JsonObject {
  const failed = (ReasonCode: string, Message: string) => ({
    EngagementIdentifier,
    Status: 'FAILED',
    ReasonCode,
    Message,
  });
  try {
    const engagement = engagementToChange(state, task.catalog, EngagementIdentifier);
    const lead = engagement.Contexts.findLast(({ Type }) => Type === 'Lead')?.Payload?.Lead;
    if (lead === undefined) return failed('EngagementValidationFailed', 'The engagement has no lead');
    const result = { ...knownOf(asObject(asObject(lead).Customer)), ...taskOf(task), EndTime: end };
    if (!putProspectingResult(state, engagement, result))
      return failed('ServiceQuotaExceeded', `The engagement has ${maxContexts} contexts, the maximum`);
    // The service's ids of results are of another form than those in the engagement. AWS: the data model.
    const EngagementContextId = nextId(state.engagements, 'ctx-', 14);
    return { EngagementIdentifier, EngagementContextId, Status: 'COMPLETED' };
  } catch (thrown) {
    if (!(thrown instanceof ApiError)) throw thrown;
    return failed('EngagementAccessDenied', thrown.message);
  }
}

const taskOf = ({ answer }: Task): JsonObject => ({
  StartTime: answer.StartTime,
  TaskId: answer.TaskId,
  TaskArn: answer.TaskArn,
  TaskName: answer.TaskName ?? null,
});

/** Puts AWS's result into an engagement, in place of an earlier one; `undefined` if it has no room for a context. */
export function putProspectingResult(
  state: PartnerState,
  engagement: Engagement,
  result: JsonObject,
): Engagement | undefined {
  const { Contexts } = engagement;
  const isAdded = state.settings.repeatedProspecting === 'add';
  const earlier = isAdded ? undefined : Contexts.find(({ Type }) => Type === 'ProspectingResult');
  if (!earlier && Contexts.length >= maxContexts) return undefined;
  const context = { Type: 'ProspectingResult', Payload: { ProspectingResult: { Aws: result } } } as const;
  return putContext(state, engagement, { ...earlier, ...context }, aws).engagement;
}

const scores = ['Low', 'Medium', 'High'];
const segments = ['Small', 'Medium', 'Large', 'Enterprise'];
const sizes = ['1-50', '51-500', '501-5000', 'over 5000'];
const geos: Readonly<Record<string, string>> = {
  US: 'AMER',
  CA: 'AMER',
  BR: 'AMER',
  JP: 'APJ',
  AU: 'APJ',
  IN: 'APJ',
};

/** Made up: AWS has this from its own data. The same company always gets the same. */
function knownOf(customer: JsonObject): JsonObject {
  const name = asString(customer.CompanyName) ?? '';
  const number = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);
  const pick = (values: readonly string[], step: number) => values[(number * step) % values.length] ?? null;
  const country = knownOne(asObject(customer.Address).CountryCode, countries);
  return asObject(
    prune({
      Customer: {
        AccountName: name,
        Geo: country && (geos[country] ?? 'EMEA'),
        Country: country,
        Industry: knownOne(customer.Industry, enums.Industry),
        Segment: pick(segments, 1),
        CompanySize: pick(sizes, 1),
        EligiblePrograms: number % 2 === 0 ? ['Greenfield'] : [],
        PublicProfileSummary: `${name} is a company that exists in this emulator only.`,
      },
      Insights: {
        MarketplaceEngagementScore: pick(scores, 1),
        SolutionScore: pick(scores, 2),
        SolutionCategory: 'Business Applications',
        SolutionSubCategory: 'Data Protection',
      },
    }),
  );
}

const knownOne = (value: Json | undefined, values: readonly string[]): string | null =>
  values.find((one) => one === value) ?? null;
