/** The queries of the benchmarks. */
import { type GraphQLSchema, getNamedType, isObjectType } from 'graphql';

/** The fields of a table of opportunities: AWS's lists contain all of them. */
export const summary =
  'id lastModifiedDate lifeCycle { stage reviewStatus targetCloseDate } customer { account { companyName industry } }';

/** The fields of a form: AWS's lists lack about half of them. */
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

/**
 * A selection of all fields of a type, nested ones included, except those with a price of their own: the gateway computes
 * them, or reads them by other calls.
 */
export function everyField(schema: GraphQLSchema, typeName: string): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return '';
  return Object.values(type.getFields())
    .filter(({ astNode }) => !astNode?.directives?.some(({ name }) => name.value === 'cost'))
    .map(({ name, type: fieldType }) => {
      const inner = getNamedType(fieldType);
      return isObjectType(inner) ? `${name} { ${everyField(schema, inner.name)} }` : name;
    })
    .join(' ');
}
