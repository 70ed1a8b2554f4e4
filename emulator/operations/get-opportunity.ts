import { notFound } from '../errors.ts';
import type { Operation } from '../operation.ts';
import type { Opportunity } from '../records/record.ts';
import type { Settings } from '../settings.ts';
import { opportunityAnswer } from '../shapes/answers.ts';
import { present } from '../shapes/present.ts';
import { getOpportunityRequest } from '../shapes/requests.ts';

/** Answers the partner's view of one record. */
export const getOpportunity: Operation = {
  request: getOpportunityRequest,
  writes: false,
  run(input, { store, settings }) {
    const id = String(input.Identifier);
    const record = store.get(String(input.Catalog), id);
    if (record === undefined) throw notFound(id);
    return answerText(record, settings.nulls);
  },
};

/** A record never changes, so neither does the text that answers it. */
const texts = { explicit: new WeakMap<Opportunity, string>(), omit: new WeakMap<Opportunity, string>() };

function answerText(record: Opportunity, nulls: Settings['nulls']): string {
  const known = texts[nulls].get(record);
  if (known !== undefined) return known;
  const text = JSON.stringify(present(opportunityAnswer, record, { unknown: 'keep', nulls }));
  texts[nulls].set(record, text);
  return text;
}
