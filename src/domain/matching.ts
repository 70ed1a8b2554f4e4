/** The conditions of a filter, for opportunities that are at hand. */
import type { OpportunityFilter } from '../generated/schema-types.ts';
import type { OpportunitySummary } from '../upstream/wire.ts';
import { badInput } from './bad-input.ts';
import { listInput } from './filters.ts';
import { compareInstants } from './instants.ts';

/** The longest text to search for. */
const maxSearch = 255;

type Test = (summary: OpportunitySummary) => boolean;

/** A string without the differences that a search ignores: case, accents, blanks at the ends. */
const folded = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();

/** What `OpportunityFilter.search` looks in. Lists lack titles. */
const searched = ({ id, partnerOpportunityIdentifier, customer }: OpportunitySummary): string[] =>
  [id, partnerOpportunityIdentifier, customer?.account?.companyName, customer?.account?.websiteUrl]
    .filter((text) => typeof text === 'string')
    .map(folded);

/** Made with the first search of an opportunity, since it takes ten times as long as the search. */
const searchedTexts = new WeakMap<OpportunitySummary, string[]>();

function contains(search: string): Test | undefined {
  if (search.length > maxSearch)
    throw badInput('filter.search', `${search.length} characters`, `at most ${maxSearch}`);
  const part = folded(search);
  if (part === '') return undefined;
  return (summary) => {
    const strings = searchedTexts.get(summary) ?? searched(summary);
    searchedTexts.set(summary, strings);
    return strings.some((text) => text.includes(part));
  };
}

const among = (
  values: readonly (string | null)[] | null | undefined,
  of: (summary: OpportunitySummary) => string | null | undefined,
): Test | undefined => {
  if (!values?.length) return undefined;
  const allowed = new Set<string | null | undefined>(values);
  return (summary) => allowed.has(of(summary));
};

/** From `after`, inclusive, to `before`, exclusive: as AWS filters, as far as its documentation agrees. */
function within(
  range: { after?: string | null | undefined; before?: string | null | undefined } | null | undefined,
  of: (summary: OpportunitySummary) => string | null | undefined,
): Test | undefined {
  const { after, before } = range ?? {};
  if (!after && !before) return undefined;
  return (summary) => {
    const value = of(summary);
    if (!value) return false;
    return (!after || compareInstants(value, after) >= 0) && (!before || compareInstants(value, before) < 0);
  };
}

/** Checks whether a filter asks for what AWS's list cannot do. */
export const isSearch = (filter: OpportunityFilter | null | undefined): boolean =>
  typeof filter?.search === 'string' && folded(filter.search) !== '';

/** Checks whether an opportunity fulfils a filter, as AWS's list would. @throws Fault BAD_USER_INPUT for a wrong filter */
export function matcherOf(filter: OpportunityFilter | null | undefined): Test {
  if (!filter) return () => true;
  listInput(filter, undefined);
  // An empty list of ids matches nothing; any other condition without values filters nothing.
  if (filter.ids?.length === 0) return () => false;
  const tests = [
    among(filter.ids, ({ id }) => id),
    among(filter.stages, ({ lifeCycle }) => lifeCycle?.stage),
    among(filter.reviewStatuses, ({ lifeCycle }) => lifeCycle?.reviewStatus),
    among(filter.customerCompanyNames, ({ customer }) => customer?.account?.companyName),
    within(filter.lastModifiedDate, ({ lastModifiedDate }) => lastModifiedDate),
    within(filter.createdDate, ({ createdDate }) => createdDate),
    within(filter.targetCloseDate, ({ lifeCycle }) => lifeCycle?.targetCloseDate),
    contains(filter.search ?? ''),
  ].filter((test) => test !== undefined);
  return (summary) => tests.every((test) => test(summary));
}
