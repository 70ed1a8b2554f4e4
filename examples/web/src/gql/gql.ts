/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query Deals($filter: OpportunityFilter!, $after: String) {\n    opportunities(first: 20, after: $after, filter: $filter) {\n      edges {\n        node {\n          ...deal\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.DealsDocument,
    "\n  query Totals($filter: OpportunityFilter!) {\n    pipeline(filter: $filter, groupBy: [STAGE]) {\n      stage\n      count\n      overdue\n      expectedMonthlySpend {\n        amount\n        currencyCode\n      }\n    }\n  }\n": typeof types.TotalsDocument,
    "\n  mutation Move($input: UpdateOpportunityInput!) {\n    updateOpportunity(input: $input) {\n      opportunity {\n        ...deal\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.MoveDocument,
    "\n  query Detail($id: ID!) {\n    opportunity(id: $id) {\n      ...form\n    }\n  }\n\n  fragment form on Opportunity {\n    id\n    lastModifiedDate\n    customer {\n      account {\n        companyName\n        industry\n      }\n    }\n    project {\n      title\n      customerBusinessProblem\n    }\n    lifeCycle {\n      stage\n      reviewStatus\n      targetCloseDate\n      nextSteps\n    }\n    editability {\n      reason\n      lockedFields\n    }\n  }\n": typeof types.DetailDocument,
    "\n  mutation Save($input: UpdateOpportunityInput!) {\n    updateOpportunity(input: $input) {\n      changedFields\n      opportunity {\n        ...form\n      }\n      conflict {\n        overlappingFields\n        current {\n          ...form\n        }\n      }\n      warnings {\n        path\n        message\n      }\n      userErrors {\n        path\n        code\n        message\n      }\n    }\n  }\n": typeof types.SaveDocument,
    "\n  fragment deal on Opportunity {\n    id\n    lastModifiedDate\n    lifeCycle {\n      stage\n      reviewStatus\n      targetCloseDate\n    }\n    customer {\n      account {\n        companyName\n      }\n    }\n    project {\n      expectedCustomerSpend {\n        amount\n        currencyCode\n        frequency\n        targetCompany\n      }\n    }\n  }\n": typeof types.DealFragmentDoc,
    "\n  query Picklists {\n    picklists {\n      closedLostReasons {\n        ...choice\n      }\n      countryCodes {\n        ...choice\n      }\n      currencyCodes {\n        ...choice\n      }\n      customerUseCases {\n        ...choice\n      }\n      deliveryModels {\n        ...choice\n      }\n      industries {\n        ...choice\n      }\n      involvementTypes {\n        ...choice\n      }\n      opportunityTypes {\n        ...choice\n      }\n      primaryNeedsFromAws {\n        ...choice\n      }\n      reviewStatuses {\n        ...choice\n      }\n      salesActivities {\n        ...choice\n      }\n      stages {\n        ...choice\n      }\n      statesOrRegions {\n        ...choice\n      }\n      visibilities {\n        ...choice\n      }\n    }\n  }\n\n  fragment choice on PicklistValue {\n    value\n    label\n  }\n": typeof types.PicklistsDocument,
};
const documents: Documents = {
    "\n  query Deals($filter: OpportunityFilter!, $after: String) {\n    opportunities(first: 20, after: $after, filter: $filter) {\n      edges {\n        node {\n          ...deal\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.DealsDocument,
    "\n  query Totals($filter: OpportunityFilter!) {\n    pipeline(filter: $filter, groupBy: [STAGE]) {\n      stage\n      count\n      overdue\n      expectedMonthlySpend {\n        amount\n        currencyCode\n      }\n    }\n  }\n": types.TotalsDocument,
    "\n  mutation Move($input: UpdateOpportunityInput!) {\n    updateOpportunity(input: $input) {\n      opportunity {\n        ...deal\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": types.MoveDocument,
    "\n  query Detail($id: ID!) {\n    opportunity(id: $id) {\n      ...form\n    }\n  }\n\n  fragment form on Opportunity {\n    id\n    lastModifiedDate\n    customer {\n      account {\n        companyName\n        industry\n      }\n    }\n    project {\n      title\n      customerBusinessProblem\n    }\n    lifeCycle {\n      stage\n      reviewStatus\n      targetCloseDate\n      nextSteps\n    }\n    editability {\n      reason\n      lockedFields\n    }\n  }\n": types.DetailDocument,
    "\n  mutation Save($input: UpdateOpportunityInput!) {\n    updateOpportunity(input: $input) {\n      changedFields\n      opportunity {\n        ...form\n      }\n      conflict {\n        overlappingFields\n        current {\n          ...form\n        }\n      }\n      warnings {\n        path\n        message\n      }\n      userErrors {\n        path\n        code\n        message\n      }\n    }\n  }\n": types.SaveDocument,
    "\n  fragment deal on Opportunity {\n    id\n    lastModifiedDate\n    lifeCycle {\n      stage\n      reviewStatus\n      targetCloseDate\n    }\n    customer {\n      account {\n        companyName\n      }\n    }\n    project {\n      expectedCustomerSpend {\n        amount\n        currencyCode\n        frequency\n        targetCompany\n      }\n    }\n  }\n": types.DealFragmentDoc,
    "\n  query Picklists {\n    picklists {\n      closedLostReasons {\n        ...choice\n      }\n      countryCodes {\n        ...choice\n      }\n      currencyCodes {\n        ...choice\n      }\n      customerUseCases {\n        ...choice\n      }\n      deliveryModels {\n        ...choice\n      }\n      industries {\n        ...choice\n      }\n      involvementTypes {\n        ...choice\n      }\n      opportunityTypes {\n        ...choice\n      }\n      primaryNeedsFromAws {\n        ...choice\n      }\n      reviewStatuses {\n        ...choice\n      }\n      salesActivities {\n        ...choice\n      }\n      stages {\n        ...choice\n      }\n      statesOrRegions {\n        ...choice\n      }\n      visibilities {\n        ...choice\n      }\n    }\n  }\n\n  fragment choice on PicklistValue {\n    value\n    label\n  }\n": types.PicklistsDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Deals($filter: OpportunityFilter!, $after: String) {\n    opportunities(first: 20, after: $after, filter: $filter) {\n      edges {\n        node {\n          ...deal\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query Deals($filter: OpportunityFilter!, $after: String) {\n    opportunities(first: 20, after: $after, filter: $filter) {\n      edges {\n        node {\n          ...deal\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Totals($filter: OpportunityFilter!) {\n    pipeline(filter: $filter, groupBy: [STAGE]) {\n      stage\n      count\n      overdue\n      expectedMonthlySpend {\n        amount\n        currencyCode\n      }\n    }\n  }\n"): (typeof documents)["\n  query Totals($filter: OpportunityFilter!) {\n    pipeline(filter: $filter, groupBy: [STAGE]) {\n      stage\n      count\n      overdue\n      expectedMonthlySpend {\n        amount\n        currencyCode\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Move($input: UpdateOpportunityInput!) {\n    updateOpportunity(input: $input) {\n      opportunity {\n        ...deal\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Move($input: UpdateOpportunityInput!) {\n    updateOpportunity(input: $input) {\n      opportunity {\n        ...deal\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Detail($id: ID!) {\n    opportunity(id: $id) {\n      ...form\n    }\n  }\n\n  fragment form on Opportunity {\n    id\n    lastModifiedDate\n    customer {\n      account {\n        companyName\n        industry\n      }\n    }\n    project {\n      title\n      customerBusinessProblem\n    }\n    lifeCycle {\n      stage\n      reviewStatus\n      targetCloseDate\n      nextSteps\n    }\n    editability {\n      reason\n      lockedFields\n    }\n  }\n"): (typeof documents)["\n  query Detail($id: ID!) {\n    opportunity(id: $id) {\n      ...form\n    }\n  }\n\n  fragment form on Opportunity {\n    id\n    lastModifiedDate\n    customer {\n      account {\n        companyName\n        industry\n      }\n    }\n    project {\n      title\n      customerBusinessProblem\n    }\n    lifeCycle {\n      stage\n      reviewStatus\n      targetCloseDate\n      nextSteps\n    }\n    editability {\n      reason\n      lockedFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Save($input: UpdateOpportunityInput!) {\n    updateOpportunity(input: $input) {\n      changedFields\n      opportunity {\n        ...form\n      }\n      conflict {\n        overlappingFields\n        current {\n          ...form\n        }\n      }\n      warnings {\n        path\n        message\n      }\n      userErrors {\n        path\n        code\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Save($input: UpdateOpportunityInput!) {\n    updateOpportunity(input: $input) {\n      changedFields\n      opportunity {\n        ...form\n      }\n      conflict {\n        overlappingFields\n        current {\n          ...form\n        }\n      }\n      warnings {\n        path\n        message\n      }\n      userErrors {\n        path\n        code\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment deal on Opportunity {\n    id\n    lastModifiedDate\n    lifeCycle {\n      stage\n      reviewStatus\n      targetCloseDate\n    }\n    customer {\n      account {\n        companyName\n      }\n    }\n    project {\n      expectedCustomerSpend {\n        amount\n        currencyCode\n        frequency\n        targetCompany\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment deal on Opportunity {\n    id\n    lastModifiedDate\n    lifeCycle {\n      stage\n      reviewStatus\n      targetCloseDate\n    }\n    customer {\n      account {\n        companyName\n      }\n    }\n    project {\n      expectedCustomerSpend {\n        amount\n        currencyCode\n        frequency\n        targetCompany\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Picklists {\n    picklists {\n      closedLostReasons {\n        ...choice\n      }\n      countryCodes {\n        ...choice\n      }\n      currencyCodes {\n        ...choice\n      }\n      customerUseCases {\n        ...choice\n      }\n      deliveryModels {\n        ...choice\n      }\n      industries {\n        ...choice\n      }\n      involvementTypes {\n        ...choice\n      }\n      opportunityTypes {\n        ...choice\n      }\n      primaryNeedsFromAws {\n        ...choice\n      }\n      reviewStatuses {\n        ...choice\n      }\n      salesActivities {\n        ...choice\n      }\n      stages {\n        ...choice\n      }\n      statesOrRegions {\n        ...choice\n      }\n      visibilities {\n        ...choice\n      }\n    }\n  }\n\n  fragment choice on PicklistValue {\n    value\n    label\n  }\n"): (typeof documents)["\n  query Picklists {\n    picklists {\n      closedLostReasons {\n        ...choice\n      }\n      countryCodes {\n        ...choice\n      }\n      currencyCodes {\n        ...choice\n      }\n      customerUseCases {\n        ...choice\n      }\n      deliveryModels {\n        ...choice\n      }\n      industries {\n        ...choice\n      }\n      involvementTypes {\n        ...choice\n      }\n      opportunityTypes {\n        ...choice\n      }\n      primaryNeedsFromAws {\n        ...choice\n      }\n      reviewStatuses {\n        ...choice\n      }\n      salesActivities {\n        ...choice\n      }\n      stages {\n        ...choice\n      }\n      statesOrRegions {\n        ...choice\n      }\n      visibilities {\n        ...choice\n      }\n    }\n  }\n\n  fragment choice on PicklistValue {\n    value\n    label\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;