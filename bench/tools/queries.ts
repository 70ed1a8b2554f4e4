/** What the callers of a benchmark ask. */
import { type GraphQLSchema, getNamedType, isObjectType } from 'graphql';

/** What a table of opportunities shows: all of it is in AWS's lists. */
export const summary =
  'id lastModifiedDate lifeCycle { stage reviewStatus targetCloseDate } customer { account { companyName industry } }';

/** What a form shows: about a half of it is in no list. */
export const detail = `id lastModifiedDate opportunityType partnerOpportunityIdentifier primaryNeedsFromAws
  lifeCycle { stage reviewStatus targetCloseDate nextSteps }
  customer { account { companyName industry websiteUrl address { city stateOrRegion postalCode countryCode } }
    contacts { firstName lastName email } }
  project { title customerBusinessProblem deliveryModels salesActivities
    expectedCustomerSpend { amount currencyCode frequency targetCompany } }
  marketing { source channels awsFundingUsed }`;

export const oneQuery = (fields: string): string =>
  `query One($id: ID!) { opportunity(id: $id) { ${fields} } }`;
export const pageQuery = (fields: string): string =>
  `query Page($first: Int!, $after: String) { opportunities(first: $first, after: $after) {
    nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`;
export const entitiesQuery = (fields: string): string =>
  `query Entities($refs: [_Any!]!) { _entities(representations: $refs) { ... on Opportunity { ${fields} } } }`;
export const refsOf = (ids: readonly string[]): object => ({
  refs: ids.map((id) => ({ __typename: 'Opportunity', id })),
});
export const aliasesQuery = (ids: readonly string[], fields: string): string =>
  `{ ${ids.map((id, index) => `a${index}: opportunity(id: "${id}") { ${fields} }`).join('\n')} }`;

/** Every field of a type, and of what it holds, but for what is computed here instead of being AWS's. */
export function everyField(schema: GraphQLSchema, typeName: string): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return '';
  return Object.values(type.getFields())
    .filter(({ name }) => name !== 'editability')
    .map(({ name, type: fieldType }) => {
      const inner = getNamedType(fieldType);
      return isObjectType(inner) ? `${name} { ${everyField(schema, inner.name)} }` : name;
    })
    .join(' ');
}
