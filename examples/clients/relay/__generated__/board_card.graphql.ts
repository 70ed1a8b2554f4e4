/**
 * @generated SignedSource<<30f9a67c3f3b7893a1c31273a46b4482>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type Stage = "BUSINESS_VALIDATION" | "CLOSED_LOST" | "COMMITTED" | "LAUNCHED" | "PROSPECT" | "QUALIFIED" | "TECHNICAL_VALIDATION" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type board_card$data = {
  readonly customer: {
    readonly account: {
      readonly companyName: string | null | undefined;
    } | null | undefined;
  } | null | undefined;
  readonly id: string;
  readonly lifeCycle: {
    readonly stage: Stage | null | undefined;
    readonly targetCloseDate: string | null | undefined;
  } | null | undefined;
  readonly " $fragmentType": "board_card";
};
export type board_card$key = {
  readonly " $data"?: board_card$data;
  readonly " $fragmentSpreads": FragmentRefs<"board_card">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "board_card",
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
    }
  ],
  "type": "Opportunity",
  "abstractKey": null
};

(node as any).hash = "5b7bc7470d46b611445d1a7281245510";

export default node;
