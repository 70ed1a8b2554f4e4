import { asObject, asString, getIn, isObject, type Json, type JsonObject, withValue } from '../json.ts';
import { isClosed } from '../rules/editable.ts';
import { lockedChanges } from '../rules/locks.ts';
import type { EmulatorState } from '../state.ts';
import { changeOf } from './change.ts';
import type { Opportunity } from './record.ts';
import { writtenMembers } from './write.ts';

/**
 * What an update makes of a record before any rule is asked. All that it leaves out is gone, but for a few members that
 * the service is known, or may be told by a switch, to keep.
 */
export function replacement(input: JsonObject, before: Opportunity, state: EmulatorState): JsonObject {
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
  // Reviewers write these two, and partners only where they play the reviewer.
  if (catalog !== 'Sandbox')
    for (const name of ['ReviewComments', 'ReviewStatusReason']) keep('LifeCycle', name);
  if (settings.closedEdits === 'ignore' && isClosed(before))
    for (const path of lockedChanges(changeOf(catalog, before, after, state))) keep(...path.split('.'));
  return after;
}

/**
 * The duration of a contract is kept when it is omitted and cleared only by an explicit null, which is why the request
 * is asked as it came, nulls and all. AWS: deal sizing; the one documented exception.
 */
function keepsDuration(input: JsonObject, before: Opportunity): boolean {
  const stored: Json | undefined = getIn(before, 'Project', 'ExpectedContractDuration');
  return isObject(stored) && !Object.hasOwn(asObject(input.Project), 'ExpectedContractDuration');
}
