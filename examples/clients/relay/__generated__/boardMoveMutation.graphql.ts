/**
 * @generated SignedSource<<d7c50344d3457e50150b090e4d8c7069>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ConcreteRequest } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type AwsFundingUsed = "NO" | "YES" | "%future added value";
export type AwsPartition = "AWS_EUSC" | "%future added value";
export type Channel = "AWS_MARKETING_CENTRAL" | "CONTENT_SYNDICATION" | "DISPLAY" | "EMAIL" | "LIVE_EVENT" | "OUT_OF_HOME_OOH" | "PRINT" | "SEARCH" | "SOCIAL" | "TELEMARKETING" | "TV" | "VIDEO" | "VIRTUAL_EVENT" | "%future added value";
export type ClosedLostReason = "CUSTOMER_DEFICIENCY" | "CUSTOMER_EXPERIENCE" | "DELAY_CANCELLATION_OF_PROJECT" | "FINANCIAL_COMMERCIAL" | "LEGAL_TAX_REGULATORY" | "LOST_TO_COMPETITOR_GOOGLE" | "LOST_TO_COMPETITOR_MICROSOFT" | "LOST_TO_COMPETITOR_OTHER" | "LOST_TO_COMPETITOR_SOFTLAYER" | "LOST_TO_COMPETITOR_VMWARE" | "NO_OPPORTUNITY" | "ON_PREMISES_DEPLOYMENT" | "OTHER" | "PARTNER_GAP" | "PEOPLE_RELATIONSHIP_GOVERNANCE" | "PRICE" | "PRODUCT_TECHNOLOGY" | "SECURITY_COMPLIANCE" | "TECHNICAL_LIMITATIONS" | "%future added value";
export type CompetitorName = "AKAMAI" | "ALI_CLOUD" | "CO_LOCATION" | "GOOGLE_CLOUD_PLATFORM" | "IBM_SOFTLAYER" | "MICROSOFT_AZURE" | "NO_COMPETITION" | "ON_PREM" | "ORACLE_CLOUD" | "OTHER" | "OTHER_COST_OPTIMIZATION" | "%future added value";
export type ConflictPolicy = "FAIL" | "REBASE" | "%future added value";
export type CountryCode = "AD" | "AE" | "AF" | "AG" | "AI" | "AL" | "AM" | "AN" | "AO" | "AQ" | "AR" | "AS" | "AT" | "AU" | "AW" | "AX" | "AZ" | "BA" | "BB" | "BD" | "BE" | "BF" | "BG" | "BH" | "BI" | "BJ" | "BL" | "BM" | "BN" | "BO" | "BQ" | "BR" | "BS" | "BT" | "BV" | "BW" | "BY" | "BZ" | "CA" | "CC" | "CD" | "CF" | "CG" | "CH" | "CI" | "CK" | "CL" | "CM" | "CN" | "CO" | "CR" | "CU" | "CV" | "CW" | "CX" | "CY" | "CZ" | "DE" | "DJ" | "DK" | "DM" | "DO" | "DZ" | "EC" | "EE" | "EG" | "EH" | "ER" | "ES" | "ET" | "FI" | "FJ" | "FK" | "FM" | "FO" | "FR" | "GA" | "GB" | "GD" | "GE" | "GF" | "GG" | "GH" | "GI" | "GL" | "GM" | "GN" | "GP" | "GQ" | "GR" | "GS" | "GT" | "GU" | "GW" | "GY" | "HK" | "HM" | "HN" | "HR" | "HT" | "HU" | "ID" | "IE" | "IL" | "IM" | "IN" | "IO" | "IQ" | "IR" | "IS" | "IT" | "JE" | "JM" | "JO" | "JP" | "KE" | "KG" | "KH" | "KI" | "KM" | "KN" | "KR" | "KW" | "KY" | "KZ" | "LA" | "LB" | "LC" | "LI" | "LK" | "LR" | "LS" | "LT" | "LU" | "LV" | "LY" | "MA" | "MC" | "MD" | "ME" | "MF" | "MG" | "MH" | "MK" | "ML" | "MM" | "MN" | "MO" | "MP" | "MQ" | "MR" | "MS" | "MT" | "MU" | "MV" | "MW" | "MX" | "MY" | "MZ" | "NA" | "NC" | "NE" | "NF" | "NG" | "NI" | "NL" | "NO" | "NP" | "NR" | "NU" | "NZ" | "OM" | "PA" | "PE" | "PF" | "PG" | "PH" | "PK" | "PL" | "PM" | "PN" | "PR" | "PS" | "PT" | "PW" | "PY" | "QA" | "RE" | "RO" | "RS" | "RU" | "RW" | "SA" | "SB" | "SC" | "SD" | "SE" | "SG" | "SH" | "SI" | "SJ" | "SK" | "SL" | "SM" | "SN" | "SO" | "SR" | "SS" | "ST" | "SV" | "SX" | "SY" | "SZ" | "TC" | "TD" | "TF" | "TG" | "TH" | "TJ" | "TK" | "TL" | "TM" | "TN" | "TO" | "TR" | "TT" | "TV" | "TW" | "TZ" | "UA" | "UG" | "UM" | "US" | "UY" | "UZ" | "VA" | "VC" | "VE" | "VG" | "VI" | "VN" | "VU" | "WF" | "WS" | "YE" | "YT" | "ZA" | "ZM" | "ZW" | "%future added value";
export type CurrencyCode = "AED" | "AFN" | "ALL" | "AMD" | "ANG" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BGN" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BOV" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHE" | "CHF" | "CHW" | "CLF" | "CLP" | "CNY" | "COP" | "COU" | "CRC" | "CUC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HRK" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MXV" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLL" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "USN" | "UYI" | "UYU" | "UZS" | "VEF" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XDR" | "XOF" | "XPF" | "XSU" | "XUA" | "YER" | "ZAR" | "ZMW" | "ZWL" | "%future added value";
export type DeliveryModel = "BYOL_OR_AMI" | "MANAGED_SERVICES" | "OTHER" | "PROFESSIONAL_SERVICES" | "RESELL" | "SAAS_OR_PAAS" | "%future added value";
export type ExpectedContractDurationTerm = "MONTHS" | "%future added value";
export type Industry = "AEROSPACE" | "AGRICULTURE" | "AUTOMOTIVE" | "COMPUTERS_AND_ELECTRONICS" | "CONSUMER_GOODS" | "EDUCATION" | "ENERGY_OIL_AND_GAS" | "ENERGY_POWER_AND_UTILITIES" | "FINANCIAL_SERVICES" | "GAMING" | "GOVERNMENT" | "HEALTHCARE" | "HOSPITALITY" | "LIFE_SCIENCES" | "MANUFACTURING" | "MARKETING_AND_ADVERTISING" | "MEDIA_AND_ENTERTAINMENT" | "MINING" | "NON_PROFIT_ORGANIZATION" | "OTHER" | "PROFESSIONAL_SERVICES" | "REAL_ESTATE_AND_CONSTRUCTION" | "RETAIL" | "SOFTWARE_AND_INTERNET" | "TELECOMMUNICATIONS" | "TRANSPORTATION_AND_LOGISTICS" | "TRAVEL" | "WHOLESALE_AND_DISTRIBUTION" | "%future added value";
export type LockedPolicy = "DEFER" | "REFUSE" | "%future added value";
export type MarketingSource = "MARKETING_ACTIVITY" | "NONE" | "%future added value";
export type NationalSecurity = "NO" | "YES" | "%future added value";
export type OpportunityType = "EXPANSION" | "FLAT_RENEWAL" | "NET_NEW_BUSINESS" | "%future added value";
export type PaymentFrequency = "MONTHLY" | "%future added value";
export type PrimaryNeedFromAws = "CO_SELL_ARCHITECTURAL_VALIDATION" | "CO_SELL_BUSINESS_PRESENTATION" | "CO_SELL_COMPETITIVE_INFORMATION" | "CO_SELL_DEAL_SUPPORT" | "CO_SELL_PRICING_ASSISTANCE" | "CO_SELL_SUPPORT_FOR_PUBLIC_TENDER_RFX" | "CO_SELL_TECHNICAL_CONSULTATION" | "CO_SELL_TOTAL_COST_OF_OWNERSHIP_EVALUATION" | "DO_NOT_NEED_SUPPORT_FROM_AWS_SALES_REP" | "%future added value";
export type RevenueModel = "CONTRACT" | "PAY_AS_YOU_GO" | "SUBSCRIPTION" | "%future added value";
export type ReviewStatus = "ACTION_REQUIRED" | "APPROVED" | "IN_REVIEW" | "PENDING_SUBMISSION" | "REJECTED" | "SUBMITTED" | "%future added value";
export type SalesActivity = "AGREED_ON_SOLUTION_TO_BUSINESS_PROBLEM" | "COMPLETED_ACTION_PLAN" | "CONDUCTED_POC_DEMO" | "CUSTOMER_HAS_SHOWN_INTEREST_IN_SOLUTION" | "FINALIZED_DEPLOYMENT_NEED" | "INITIALIZED_DISCUSSIONS_WITH_CUSTOMER" | "IN_EVALUATION_PLANNING_STAGE" | "SOW_SIGNED" | "%future added value";
export type Stage = "BUSINESS_VALIDATION" | "CLOSED_LOST" | "COMMITTED" | "LAUNCHED" | "PROSPECT" | "QUALIFIED" | "TECHNICAL_VALIDATION" | "%future added value";
export type UserErrorCode = "ACTION_NOT_PERMITTED" | "ALREADY_ACCEPTED" | "CONFIRMATION_REQUIRED" | "CONFLICT" | "DUPLICATE_KEY_VALUE" | "IDEMPOTENCY_CONFLICT" | "INVALID_ENUM_VALUE" | "INVALID_RESOURCE_STATE" | "INVALID_STRING_FORMAT" | "INVALID_VALUE" | "INVITATION_EXPIRED" | "NOT_CONNECTED" | "NOT_EDITABLE" | "NOT_ENOUGH_VALUES" | "NOT_FOUND" | "OUTCOME_UNKNOWN" | "REFUSED_BY_AWS" | "REQUIRED_FIELD_MISSING" | "ROOM_FULL" | "TOO_MANY_VALUES" | "VALUE_OUT_OF_RANGE" | "%future added value";
export type UpdateOpportunityInput = {
  expectedLastModifiedDate?: string | null | undefined;
  id: string;
  onConflict?: ConflictPolicy | null | undefined;
  onLocked?: LockedPolicy | null | undefined;
  patch: OpportunityPatch;
};
export type OpportunityPatch = {
  apnProgramEdits?: TextListEdit | null | undefined;
  channelEdits?: ChannelListEdit | null | undefined;
  contactEdits?: ReadonlyArray<ContactEdit> | null | undefined;
  customer?: CustomerInput | null | undefined;
  deliveryModelEdits?: DeliveryModelListEdit | null | undefined;
  lifeCycle?: LifeCycleInput | null | undefined;
  marketing?: MarketingInput | null | undefined;
  nationalSecurity?: NationalSecurity | null | undefined;
  opportunityType?: OpportunityType | null | undefined;
  partnerOpportunityIdentifier?: string | null | undefined;
  primaryNeedEdits?: PrimaryNeedListEdit | null | undefined;
  primaryNeedsFromAws?: ReadonlyArray<PrimaryNeedFromAws> | null | undefined;
  project?: ProjectInput | null | undefined;
  salesActivityEdits?: SalesActivityListEdit | null | undefined;
  softwareRevenue?: SoftwareRevenueInput | null | undefined;
  spendEdits?: ReadonlyArray<SpendEdit> | null | undefined;
  useCaseEdits?: TextListEdit | null | undefined;
};
export type CustomerInput = {
  account?: AccountInput | null | undefined;
  contacts?: ReadonlyArray<ContactInput> | null | undefined;
};
export type AccountInput = {
  address?: AddressInput | null | undefined;
  awsAccountId?: string | null | undefined;
  companyName?: string | null | undefined;
  duns?: string | null | undefined;
  industry?: Industry | null | undefined;
  otherIndustry?: string | null | undefined;
  websiteUrl?: string | null | undefined;
};
export type AddressInput = {
  city?: string | null | undefined;
  countryCode?: CountryCode | null | undefined;
  postalCode?: string | null | undefined;
  stateOrRegion?: string | null | undefined;
  streetAddress?: string | null | undefined;
};
export type ContactInput = {
  businessTitle?: string | null | undefined;
  email?: string | null | undefined;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  phone?: string | null | undefined;
};
export type ProjectInput = {
  additionalComments?: string | null | undefined;
  apnPrograms?: ReadonlyArray<string> | null | undefined;
  awsPartition?: AwsPartition | null | undefined;
  competitorName?: CompetitorName | null | undefined;
  customerBusinessProblem?: string | null | undefined;
  customerUseCase?: string | null | undefined;
  deliveryModels?: ReadonlyArray<DeliveryModel> | null | undefined;
  expectedContractDuration?: ExpectedContractDurationInput | null | undefined;
  expectedCustomerSpend?: ReadonlyArray<ExpectedCustomerSpendInput> | null | undefined;
  otherCompetitorNames?: string | null | undefined;
  otherSolutionDescription?: string | null | undefined;
  relatedOpportunityIdentifier?: string | null | undefined;
  salesActivities?: ReadonlyArray<SalesActivity> | null | undefined;
  title?: string | null | undefined;
};
export type ExpectedCustomerSpendInput = {
  amount?: string | null | undefined;
  currencyCode: CurrencyCode;
  estimationUrl?: string | null | undefined;
  frequency: PaymentFrequency;
  targetCompany: string;
};
export type ExpectedContractDurationInput = {
  term: ExpectedContractDurationTerm;
  value: string;
};
export type MarketingInput = {
  awsFundingUsed?: AwsFundingUsed | null | undefined;
  campaignName?: string | null | undefined;
  channels?: ReadonlyArray<Channel> | null | undefined;
  source?: MarketingSource | null | undefined;
  useCases?: ReadonlyArray<string> | null | undefined;
};
export type SoftwareRevenueInput = {
  deliveryModel?: RevenueModel | null | undefined;
  effectiveDate?: string | null | undefined;
  expirationDate?: string | null | undefined;
  value?: MonetaryValueInput | null | undefined;
};
export type MonetaryValueInput = {
  amount: string;
  currencyCode: CurrencyCode;
};
export type LifeCycleInput = {
  closedLostReason?: ClosedLostReason | null | undefined;
  nextSteps?: string | null | undefined;
  nextStepsHistory?: ReadonlyArray<NextStepsHistoryInput> | null | undefined;
  reviewComments?: string | null | undefined;
  reviewStatus?: ReviewStatus | null | undefined;
  reviewStatusReason?: string | null | undefined;
  stage?: Stage | null | undefined;
  targetCloseDate?: string | null | undefined;
};
export type NextStepsHistoryInput = {
  time: string;
  value: string;
};
export type ContactEdit = {
  add: ContactInput;
  remove?: never;
  update?: never;
} | {
  add?: never;
  remove?: never;
  update: ContactChange;
} | {
  add?: never;
  remove: ContactMatch;
  update?: never;
};
export type ContactChange = {
  match: ContactMatch;
  set: ContactPatch;
};
export type ContactMatch = {
  email?: string | null | undefined;
  expect?: ContactInput | null | undefined;
  index?: number | null | undefined;
};
export type ContactPatch = {
  businessTitle?: string | null | undefined;
  email?: string | null | undefined;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  phone?: string | null | undefined;
};
export type SpendEdit = {
  removeSelf?: never;
  setAws: SpendAmount;
  setEstimationUrl?: never;
  setSelf?: never;
} | {
  removeSelf?: never;
  setAws?: never;
  setEstimationUrl?: never;
  setSelf: SpendAmount;
} | {
  removeSelf: boolean;
  setAws?: never;
  setEstimationUrl?: never;
  setSelf?: never;
} | {
  removeSelf?: never;
  setAws?: never;
  setEstimationUrl: string;
  setSelf?: never;
};
export type SpendAmount = {
  amount: string;
  currencyCode: CurrencyCode;
};
export type DeliveryModelListEdit = {
  add?: ReadonlyArray<DeliveryModel> | null | undefined;
  remove?: ReadonlyArray<DeliveryModel> | null | undefined;
};
export type TextListEdit = {
  add?: ReadonlyArray<string> | null | undefined;
  remove?: ReadonlyArray<string> | null | undefined;
};
export type SalesActivityListEdit = {
  add?: ReadonlyArray<SalesActivity> | null | undefined;
  remove?: ReadonlyArray<SalesActivity> | null | undefined;
};
export type ChannelListEdit = {
  add?: ReadonlyArray<Channel> | null | undefined;
  remove?: ReadonlyArray<Channel> | null | undefined;
};
export type PrimaryNeedListEdit = {
  add?: ReadonlyArray<PrimaryNeedFromAws> | null | undefined;
  remove?: ReadonlyArray<PrimaryNeedFromAws> | null | undefined;
};
export type boardMoveMutation$variables = {
  input: UpdateOpportunityInput;
};
export type boardMoveMutation$data = {
  readonly updateOpportunity: {
    readonly opportunity: {
      readonly " $fragmentSpreads": FragmentRefs<"board_card">;
    } | null | undefined;
    readonly userErrors: ReadonlyArray<{
      readonly code: UserErrorCode;
      readonly message: string;
      readonly path: ReadonlyArray<string>;
    }>;
  } | null | undefined;
};
export type boardMoveMutation = {
  response: boardMoveMutation$data;
  variables: boardMoveMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "input",
    "variableName": "input"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "concreteType": "UserError",
  "kind": "LinkedField",
  "name": "userErrors",
  "plural": true,
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "path",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "code",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "message",
      "storageKey": null
    }
  ],
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "boardMoveMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "UpdateOpportunityPayload",
        "kind": "LinkedField",
        "name": "updateOpportunity",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "Opportunity",
            "kind": "LinkedField",
            "name": "opportunity",
            "plural": false,
            "selections": [
              {
                "args": null,
                "kind": "FragmentSpread",
                "name": "board_card"
              }
            ],
            "storageKey": null
          },
          (v2/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "boardMoveMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "UpdateOpportunityPayload",
        "kind": "LinkedField",
        "name": "updateOpportunity",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "Opportunity",
            "kind": "LinkedField",
            "name": "opportunity",
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
              }
            ],
            "storageKey": null
          },
          (v2/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "4b543dbc955bde2778681144aa49ecb0",
    "id": null,
    "metadata": {},
    "name": "boardMoveMutation",
    "operationKind": "mutation",
    "text": "mutation boardMoveMutation(\n  $input: UpdateOpportunityInput!\n) {\n  updateOpportunity(input: $input) {\n    opportunity {\n      ...board_card\n      id\n    }\n    userErrors {\n      path\n      code\n      message\n    }\n  }\n}\n\nfragment board_card on Opportunity {\n  id\n  lifeCycle {\n    stage\n    targetCloseDate\n  }\n  customer {\n    account {\n      companyName\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "5f7f41ec75c279fbd604f4157941acd3";

export default node;
