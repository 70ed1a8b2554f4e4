/**
 * @generated SignedSource<<3717b9f40a6adcca45df4ac555dd6220>>
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
export type boardPageQuery$variables = {
  filter?: OpportunityFilter | null | undefined;
};
export type boardPageQuery$data = {
  readonly " $fragmentSpreads": FragmentRefs<"board_list">;
};
export type boardPageQuery = {
  response: boardPageQuery$data;
  variables: boardPageQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
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
  (v1/*:: as any*/),
  {
    "kind": "Literal",
    "name": "first",
    "value": 20
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "boardPageQuery",
    "selections": [
      {
        "args": [
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
    "name": "boardPageQuery",
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
    "cacheID": "ab4859ee3d242370c1d582cd632818ee",
    "id": null,
    "metadata": {},
    "name": "boardPageQuery",
    "operationKind": "query",
    "text": "query boardPageQuery(\n  $filter: OpportunityFilter\n) {\n  ...board_list_Vt7Yj\n}\n\nfragment board_card on Opportunity {\n  id\n  lifeCycle {\n    stage\n    targetCloseDate\n  }\n  customer {\n    account {\n      companyName\n    }\n  }\n}\n\nfragment board_list_Vt7Yj on Query {\n  opportunities(first: 20, filter: $filter) {\n    edges {\n      node {\n        id\n        ...board_card\n        __typename\n      }\n      cursor\n    }\n    pageInfo {\n      endCursor\n      hasNextPage\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "a3fceeab92fa42d7c0b9a1e4870de5df";

export default node;
