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
    "\n  query Pipeline($first: Int!, $after: String, $filter: OpportunityFilter, $sort: OpportunitySort) {\n    opportunities(first: $first, after: $after, filter: $filter, sort: $sort) {\n      edges {\n        cursor\n        node {\n          id\n          lastModifiedDate\n          lifeCycle {\n            stage\n            reviewStatus\n          }\n          customer {\n            account {\n              companyName\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.PipelineDocument,
    "\n  mutation SaveNextSteps($input: UpdateOpportunityInput!) {\n    updateOpportunity(input: $input) {\n      changed\n      opportunity {\n        id\n        lastModifiedDate\n        lifeCycle {\n          stage\n          reviewStatus\n          nextSteps\n        }\n      }\n      userErrors {\n        path\n        code\n        message\n      }\n    }\n  }\n": typeof types.SaveNextStepsDocument,
    "\n  query Spend($ids: [ID!]!) {\n    opportunities(first: 100, filter: { ids: $ids }) {\n      nodes {\n        id\n        lifeCycle {\n          stage\n        }\n        project {\n          expectedCustomerSpend {\n            amount\n            currencyCode\n          }\n        }\n      }\n    }\n  }\n": typeof types.SpendDocument,
    "\n  query Deal($id: ID!) {\n    opportunity(id: $id) {\n      id\n      lastModifiedDate\n      project {\n        title\n        expectedCustomerSpend {\n          amount\n          currencyCode\n        }\n      }\n      lifeCycle {\n        targetCloseDate\n      }\n    }\n  }\n": typeof types.DealDocument,
    "\n  mutation PostponeDeal($id: ID!, $to: Date!, $expected: DateTime) {\n    updateOpportunity(\n      input: { id: $id, patch: { lifeCycle: { targetCloseDate: $to } }, expectedLastModifiedDate: $expected }\n    ) {\n      opportunity {\n        id\n        lastModifiedDate\n        lifeCycle {\n          targetCloseDate\n        }\n      }\n      userErrors {\n        path\n        code\n        message\n      }\n    }\n  }\n": typeof types.PostponeDealDocument,
};
const documents: Documents = {
    "\n  query Pipeline($first: Int!, $after: String, $filter: OpportunityFilter, $sort: OpportunitySort) {\n    opportunities(first: $first, after: $after, filter: $filter, sort: $sort) {\n      edges {\n        cursor\n        node {\n          id\n          lastModifiedDate\n          lifeCycle {\n            stage\n            reviewStatus\n          }\n          customer {\n            account {\n              companyName\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.PipelineDocument,
    "\n  mutation SaveNextSteps($input: UpdateOpportunityInput!) {\n    updateOpportunity(input: $input) {\n      changed\n      opportunity {\n        id\n        lastModifiedDate\n        lifeCycle {\n          stage\n          reviewStatus\n          nextSteps\n        }\n      }\n      userErrors {\n        path\n        code\n        message\n      }\n    }\n  }\n": types.SaveNextStepsDocument,
    "\n  query Spend($ids: [ID!]!) {\n    opportunities(first: 100, filter: { ids: $ids }) {\n      nodes {\n        id\n        lifeCycle {\n          stage\n        }\n        project {\n          expectedCustomerSpend {\n            amount\n            currencyCode\n          }\n        }\n      }\n    }\n  }\n": types.SpendDocument,
    "\n  query Deal($id: ID!) {\n    opportunity(id: $id) {\n      id\n      lastModifiedDate\n      project {\n        title\n        expectedCustomerSpend {\n          amount\n          currencyCode\n        }\n      }\n      lifeCycle {\n        targetCloseDate\n      }\n    }\n  }\n": types.DealDocument,
    "\n  mutation PostponeDeal($id: ID!, $to: Date!, $expected: DateTime) {\n    updateOpportunity(\n      input: { id: $id, patch: { lifeCycle: { targetCloseDate: $to } }, expectedLastModifiedDate: $expected }\n    ) {\n      opportunity {\n        id\n        lastModifiedDate\n        lifeCycle {\n          targetCloseDate\n        }\n      }\n      userErrors {\n        path\n        code\n        message\n      }\n    }\n  }\n": types.PostponeDealDocument,
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
export function graphql(source: "\n  query Pipeline($first: Int!, $after: String, $filter: OpportunityFilter, $sort: OpportunitySort) {\n    opportunities(first: $first, after: $after, filter: $filter, sort: $sort) {\n      edges {\n        cursor\n        node {\n          id\n          lastModifiedDate\n          lifeCycle {\n            stage\n            reviewStatus\n          }\n          customer {\n            account {\n              companyName\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query Pipeline($first: Int!, $after: String, $filter: OpportunityFilter, $sort: OpportunitySort) {\n    opportunities(first: $first, after: $after, filter: $filter, sort: $sort) {\n      edges {\n        cursor\n        node {\n          id\n          lastModifiedDate\n          lifeCycle {\n            stage\n            reviewStatus\n          }\n          customer {\n            account {\n              companyName\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveNextSteps($input: UpdateOpportunityInput!) {\n    updateOpportunity(input: $input) {\n      changed\n      opportunity {\n        id\n        lastModifiedDate\n        lifeCycle {\n          stage\n          reviewStatus\n          nextSteps\n        }\n      }\n      userErrors {\n        path\n        code\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SaveNextSteps($input: UpdateOpportunityInput!) {\n    updateOpportunity(input: $input) {\n      changed\n      opportunity {\n        id\n        lastModifiedDate\n        lifeCycle {\n          stage\n          reviewStatus\n          nextSteps\n        }\n      }\n      userErrors {\n        path\n        code\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Spend($ids: [ID!]!) {\n    opportunities(first: 100, filter: { ids: $ids }) {\n      nodes {\n        id\n        lifeCycle {\n          stage\n        }\n        project {\n          expectedCustomerSpend {\n            amount\n            currencyCode\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Spend($ids: [ID!]!) {\n    opportunities(first: 100, filter: { ids: $ids }) {\n      nodes {\n        id\n        lifeCycle {\n          stage\n        }\n        project {\n          expectedCustomerSpend {\n            amount\n            currencyCode\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Deal($id: ID!) {\n    opportunity(id: $id) {\n      id\n      lastModifiedDate\n      project {\n        title\n        expectedCustomerSpend {\n          amount\n          currencyCode\n        }\n      }\n      lifeCycle {\n        targetCloseDate\n      }\n    }\n  }\n"): (typeof documents)["\n  query Deal($id: ID!) {\n    opportunity(id: $id) {\n      id\n      lastModifiedDate\n      project {\n        title\n        expectedCustomerSpend {\n          amount\n          currencyCode\n        }\n      }\n      lifeCycle {\n        targetCloseDate\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PostponeDeal($id: ID!, $to: Date!, $expected: DateTime) {\n    updateOpportunity(\n      input: { id: $id, patch: { lifeCycle: { targetCloseDate: $to } }, expectedLastModifiedDate: $expected }\n    ) {\n      opportunity {\n        id\n        lastModifiedDate\n        lifeCycle {\n          targetCloseDate\n        }\n      }\n      userErrors {\n        path\n        code\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation PostponeDeal($id: ID!, $to: Date!, $expected: DateTime) {\n    updateOpportunity(\n      input: { id: $id, patch: { lifeCycle: { targetCloseDate: $to } }, expectedLastModifiedDate: $expected }\n    ) {\n      opportunity {\n        id\n        lastModifiedDate\n        lifeCycle {\n          targetCloseDate\n        }\n      }\n      userErrors {\n        path\n        code\n        message\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;