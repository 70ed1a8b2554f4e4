/**
 * @generated SignedSource<<ef4b0ca344d54969d1c467e45f9468c2>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ConcreteRequest } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type ReviewStatus = "ACTION_REQUIRED" | "APPROVED" | "IN_REVIEW" | "PENDING_SUBMISSION" | "REJECTED" | "SUBMITTED" | "%future added value";
export type Stage = "BUSINESS_VALIDATION" | "CLOSED_LOST" | "COMMITTED" | "LAUNCHED" | "PROSPECT" | "QUALIFIED" | "TECHNICAL_VALIDATION" | "%future added value";
export type OpportunityFilter = {
  createdDate?: DateTimeRange | null | undefined;
  customerCompanyNames?: ReadonlyArray<string> | null | undefined;
  ids?: ReadonlyArray<string> | null | undefined;
  lastModifiedDate?: DateTimeRange | null | undefined;
  reviewStatuses?: ReadonlyArray<ReviewStatus> | null | undefined;
  search?: string | null | undefined;
  stages?: ReadonlyArray<Stage> | null | undefined;
  targetCloseDate?: DateRange | null | undefined;
};
export type DateTimeRange = {
  after?: string | null | undefined;
  before?: string | null | undefined;
};
export type DateRange = {
  after?: string | null | undefined;
  before?: string | null | undefined;
};
export type boardListPaginationQuery$variables = {
  count?: number | null | undefined;
  cursor?: string | null | undefined;
  filter?: OpportunityFilter | null | undefined;
};
export type boardListPaginationQuery$data = {
  readonly " $fragmentSpreads": FragmentRefs<"board_list">;
};
export type boardListPaginationQuery = {
  response: boardListPaginationQuery$data;
  variables: boardListPaginationQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": 20,
    "kind": "LocalArgument",
    "name": "count"
  },
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "cursor"
  },
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "filter"
  }
],
v1 = {
  "kind": "Variable",
  "name": "filter",
  "variableName": "filter"
},
v2 = [
  {
    "kind": "Variable",
    "name": "after",
    "variableName": "cursor"
  },
  (v1/*:: as any*/),
  {
    "kind": "Variable",
    "name": "first",
    "variableName": "count"
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "boardListPaginationQuery",
    "selections": [
      {
        "args": [
          {
            "kind": "Variable",
            "name": "count",
            "variableName": "count"
          },
          {
            "kind": "Variable",
            "name": "cursor",
            "variableName": "cursor"
          },
          (v1/*:: as any*/)
        ],
        "kind": "FragmentSpread",
        "name": "board_list"
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "boardListPaginationQuery",
    "selections": [
      {
        "alias": null,
        "args": (v2/*:: as any*/),
        "concreteType": "OpportunityConnection",
        "kind": "LinkedField",
        "name": "opportunities",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "OpportunityEdge",
            "kind": "LinkedField",
            "name": "edges",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Opportunity",
                "kind": "LinkedField",
                "name": "node",
                "plural": false,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "id",
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "LifeCycle",
                    "kind": "LinkedField",
                    "name": "lifeCycle",
                    "plural": false,
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "stage",
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "targetCloseDate",
                        "storageKey": null
                      }
                    ],
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Customer",
                    "kind": "LinkedField",
                    "name": "customer",
                    "plural": false,
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "Account",
                        "kind": "LinkedField",
                        "name": "account",
                        "plural": false,
                        "selections": [
                          {
                            "alias": null,
                            "args": null,
                            "kind": "ScalarField",
                            "name": "companyName",
                            "storageKey": null
                          }
                        ],
                        "storageKey": null
                      }
                    ],
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "__typename",
                    "storageKey": null
                  }
                ],
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "cursor",
                "storageKey": null
              }
            ],
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "PageInfo",
            "kind": "LinkedField",
            "name": "pageInfo",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "endCursor",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "hasNextPage",
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      },
      {
        "alias": null,
        "args": (v2/*:: as any*/),
        "filters": [
          "filter"
        ],
        "handle": "connection",
        "key": "board_opportunities",
        "kind": "LinkedHandle",
        "name": "opportunities"
      }
    ]
  },
  "params": {
    "cacheID": "763074c73b0e8b58e71e8ffa3c666ba7",
    "id": null,
    "metadata": {},
    "name": "boardListPaginationQuery",
    "operationKind": "query",
    "text": "query boardListPaginationQuery(\n  $count: Int = 20\n  $cursor: String\n  $filter: OpportunityFilter\n) {\n  ...board_list_3KQYpM\n}\n\nfragment board_card on Opportunity {\n  id\n  lifeCycle {\n    stage\n    targetCloseDate\n  }\n  customer {\n    account {\n      companyName\n    }\n  }\n}\n\nfragment board_list_3KQYpM on Query {\n  opportunities(first: $count, after: $cursor, filter: $filter) {\n    edges {\n      node {\n        id\n        ...board_card\n        __typename\n      }\n      cursor\n    }\n    pageInfo {\n      endCursor\n      hasNextPage\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "cf6d47d47e275b88abf5ded763fb4ccf";

export default node;
