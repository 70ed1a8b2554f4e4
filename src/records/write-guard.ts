/** Keeps the writes of a caller with a row-level view inside of it. */
import { quoted } from '../domain/bad-input.ts';
import { getIn } from '../domain/paths.ts';
import { isInView } from '../domain/view.ts';
import { Fault, faultCodes, type Issue } from '../fault.ts';
import { type Operation, operationFacts } from '../upstream/operations.ts';
import type { OpportunityRecord } from '../upstream/wire.ts';
import type { BackgroundWrites } from './background-writes.ts';
import type { Viewer } from './viewer.ts';

/** The id of an opportunity at the end of its ARN. */
const idAtEnd = /O[0-9]{1,19}$/;

/** The opportunity that a write changes; undefined for one that changes none. */
function targetOf(operation: Operation, input: object): string | undefined {
  const { movesDateOf } = operationFacts[operation];
  const member = operation === 'UpdateOpportunity' ? 'identifier' : movesDateOf;
  const members = input as Record<string, unknown>;
  if (member) return String(members[member]);
  const isTagging = operation === 'TagResource' || operation === 'UntagResource';
  return isTagging ? idAtEnd.exec(String(members.resourceArn))?.[0] : undefined;
}

const refused = (fieldName: string, message: string): Fault => {
  const issue: Issue = { code: 'INVALID_VALUE', fieldName, message };
  return new Fault('VALIDATION', message, { issues: [issue] });
};

type GuardTools = {
  viewer: Viewer;
  request: { isDryRun: boolean };
  /** Present for work that outlives a request: its errors are stored, and others read them. */
  background: BackgroundWrites | undefined;
  /** Reads an opportunity as the caller sees it; null if there is none. @throws Fault */
  load(id: string): Promise<object | null>;
};

/** Checks a write before it is sent. @throws Fault NOT_FOUND, VALIDATION or FORBIDDEN */
export type WriteGuard = (operation: Operation, input: object, base?: OpportunityRecord) => Promise<void>;

/**
 * An opportunity outside of the view is as one that does not exist: AWS is not sent the write, since its refusals differ. What is
 * written must stay in the view, and must not refer to an opportunity outside of it, since AWS checks whether that exists.
 */
export function createWriteGuard({ viewer, request, background, load }: GuardTools): WriteGuard {
  const isSeen = async (id: string) => viewer.isAdmitted(id) || (await load(id)) !== null;

  async function checkContent(input: object, base: OpportunityRecord | undefined): Promise<void> {
    const { partnerOpportunityIdentifier: identifier } = input as { partnerOpportunityIdentifier?: string };
    // The record that a dry run makes up has none.
    const isMadeUp = request.isDryRun && identifier === undefined;
    if (!isMadeUp && !isInView(viewer.view, { partnerOpportunityIdentifier: identifier })) {
      const prefixes = viewer.view.prefixes.map(quoted).join(' or ') || 'nothing: you see no opportunities';
      const expected = background
        ? 'one within the view of the caller who made this change'
        : `one that begins with ${prefixes}`;
      const got = identifier ? quoted(identifier) : 'nothing';
      throw refused('partnerOpportunityIdentifier', `Your identifier: expected ${expected}, got ${got}.`);
    }
    const field = 'project.relatedOpportunityIdentifier';
    const related = getIn(input, field);
    if (typeof related !== 'string' || related === getIn(base, field) || (await isSeen(related))) return;
    throw refused(field, `Opportunity ${related} does not exist or is not accessible.`);
  }

  return async (operation, input, base) => {
    if (operation === 'CreateOpportunity') return checkContent(input, base);
    const id = targetOf(operation, input);
    if (id === undefined)
      throw new Fault('FORBIDDEN', 'Callers who see only some of the opportunities may not do this.');
    if (!(await isSeen(id))) throw new Fault('NOT_FOUND', faultCodes.NOT_FOUND);
    if (operation === 'UpdateOpportunity') await checkContent(input, base);
  };
}
