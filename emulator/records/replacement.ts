import { asObject, asString, getIn, isObject, type Json, type JsonObject, withValue } from '../json.ts';
import { isClosed } from '../rules/editable.ts';
import { lockedChanges } from '../rules/locks.ts';
import type { PartnerState } from '../state.ts';
import { changeOf } from './change.ts';
import type { Opportunity } from './record.ts';
import { writtenMembers } from './write.ts';

/**
 * The record after an update, before any rule is checked. Omitted members are cleared, except for a few that the
 * service is known, or set by a switch, to keep.
 */
export function replacement(input: JsonObject, before: Opportunity, state: PartnerState): JsonObject {
  const { settings } = state;
  const catalog = before.Catalog;
  let after = writtenMembers(input);
  const keep = (...path: string[]) => {
    after = withValue(after, path, getIn(before, ...path));
  };

  if (keepsDuration(input, before)) keep('Project', 'ExpectedContractDuration');
  if (
    settings.omittedReviewStatus === 'preserve' &&
    asString(getIn(after, 'LifeCycle', 'ReviewStatus')) === undefined
  )
    keep('LifeCycle', 'ReviewStatus');
  // Reviewers write these two, and in the Sandbox the partner simulates the reviewer.
  if (catalog !== 'Sandbox')
    for (const name of ['ReviewComments', 'ReviewStatusReason']) keep('LifeCycle', name);
  if (settings.closedEdits === 'ignore' && isClosed(before))
    for (const path of lockedChanges(changeOf(catalog, before, after, state))) keep(...path.split('.'));
  return after;
}

/**
 * An omitted contract duration is kept; only an explicit null clears it, so this reads the raw request, nulls
 * included. AWS: deal sizing; the one documented exception.
 */
function keepsDuration(input: JsonObject, before: Opportunity): boolean {
  const stored: Json | undefined = getIn(before, 'Project', 'ExpectedContractDuration');
  return isObject(stored) && !Object.hasOwn(asObject(input.Project), 'ExpectedContractDuration');
}
