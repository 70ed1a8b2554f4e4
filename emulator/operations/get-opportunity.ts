import { notFound } from '../errors.ts';
import type { Operation } from '../operation.ts';
import type { Opportunity } from '../records/record.ts';
import type { Settings } from '../settings.ts';
import { opportunityAnswer } from '../shapes/answers.ts';
import { encodePicklists } from '../shapes/html.ts';
import { present } from '../shapes/present.ts';
import { getOpportunityRequest } from '../shapes/requests.ts';

/** Returns the partner's view of one record. */
export const getOpportunity: Operation = {
  request: getOpportunityRequest,
  kind: 'read',
  run(input, { view, settings }) {
    const id = String(input.Identifier);
    const record = view.get(String(input.Catalog), id);
    if (!record) throw notFound(id);
    return answerJson(record, settings);
  },
};

/** Records are immutable, so the JSON of a record never changes. */
const cache = { explicit: new WeakMap<Opportunity, string>(), omit: new WeakMap<Opportunity, string>() };

function answerJson(record: Opportunity, { nulls, picklistText }: Settings): string {
  const known = picklistText === 'plain' ? cache[nulls].get(record) : undefined;
  if (known !== undefined) return known;
  const answer = present(opportunityAnswer, record, { unknown: 'keep', nulls });
  if (picklistText === 'html') return JSON.stringify(encodePicklists(answer));
  const text = JSON.stringify(answer);
  cache[nulls].set(record, text);
  return text;
}
