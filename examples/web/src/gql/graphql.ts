/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Input fields for the customer's company. */
export type AccountInput = {
  /** The company's address. */
  address?: AddressInput | null | undefined;
  /** The company's AWS account ID, 12 digits. */
  awsAccountId?: string | null | undefined;
  /** The company's name, at most 120 characters. Required on create; cannot be changed afterward. */
  companyName?: string | null | undefined;
  /** The company's D-U-N-S number, 9 digits. */
  duns?: string | null | undefined;
  /** The company's industry. Required on create. */
  industry?: Industry | null | undefined;
  /** Free-text industry, at most 255 characters; required if `industry` is `OTHER`. */
  otherIndustry?: string | null | undefined;
  /** The company's website, 4 to 255 characters. Required on create unless `nationalSecurity` is `YES`. */
  websiteUrl?: string | null | undefined;
};

/** Input fields for a postal address. */
export type AddressInput = {
  /** City, at most 255 characters. */
  city?: string | null | undefined;
  /** Country, as a two-letter ISO 3166 code. Required on create. */
  countryCode?: CountryCode | null | undefined;
  /** Postal code, at most 20 characters, in the country's format. */
  postalCode?: string | null | undefined;
  /** State or region. In the United States, one of `picklists.statesOrRegions`. */
  stateOrRegion?: string | null | undefined;
  /** Street and number, at most 255 characters. */
  streetAddress?: string | null | undefined;
};

/** Why something needs attention. */
export type AttentionKind =
  /** AWS has returned an opportunity for changes: correct it and submit it again. */
  | 'ACTION_REQUIRED'
  /** The target close date of an open opportunity is in the past. */
  | 'CLOSE_DATE_PASSED'
  /** A change that waited for AWS's review could not be made: see `Opportunity.pendingEdits`. Correct it, or cancel it. */
  | 'DEFERRED_EDIT_STUCK'
  /**
   * An invitation that was received expires within three days. Of the oldest 500 pending ones. Needs the scope
   * `engagements:read`.
   */
  | 'INVITATION_EXPIRING'
  /**
   * A lead came three days ago or earlier, is not converted, and has no qualification status, or `Unqualified`, with which
   * leads begin. Of the newest 500 engagements with leads. Needs the scope `leads:read`.
   */
  | 'LEAD_UNTOUCHED'
  /** An opportunity was never submitted to AWS. */
  | 'NOT_SUBMITTED'
  /**
   * The latest submission of an opportunity has failed, and it has not been submitted since. `Opportunity.submission` has the
   * reason. Of the latest 1,000 submissions.
   */
  | 'SUBMISSION_FAILED';

/** Whether AWS marketing funds were used. Each value's description is AWS's own string. */
export type AwsFundingUsed =
  /** No */
  | 'NO'
  /** Yes */
  | 'YES';

/** The role of a person at AWS. Each value's description is AWS's own string. */
export type AwsMemberBusinessTitle =
  /** AWSAccountOwner */
  | 'AWS_ACCOUNT_OWNER'
  /** AWSSalesRep */
  | 'AWS_SALES_REP'
  /** ISVSM */
  | 'ISVSM'
  /** PDM */
  | 'PDM'
  /** PSM */
  | 'PSM'
  /** Signatory */
  | 'SIGNATORY'
  /** WWPSPDM */
  | 'WWPSPDM';

/** A stage of AWS's sales process. Each value's description is AWS's own string. */
export type AwsOpportunityStage =
  /** Building Integration */
  | 'BUILDING_INTEGRATION'
  /** Business Validation */
  | 'BUSINESS_VALIDATION'
  /** Closed Incomplete */
  | 'CLOSED_INCOMPLETE'
  /** Closed Lost */
  | 'CLOSED_LOST'
  /** Committed */
  | 'COMMITTED'
  /** Completed */
  | 'COMPLETED'
  /** Contract Negotiation */
  | 'CONTRACT_NEGOTIATION'
  /** Deferred to Partner */
  | 'DEFERRED_TO_PARTNER'
  /** Engaged */
  | 'ENGAGED'
  /** Evaluating */
  | 'EVALUATING'
  /** Identified */
  | 'IDENTIFIED'
  /** In Progress */
  | 'IN_PROGRESS'
  /** Launched */
  | 'LAUNCHED'
  /** Not Started */
  | 'NOT_STARTED'
  /** Onboarding */
  | 'ONBOARDING'
  /** On-hold */
  | 'ON_HOLD'
  /** Prospect */
  | 'PROSPECT'
  /** Qualified */
  | 'QUALIFIED'
  /** Qualify */
  | 'QUALIFY'
  /** Research */
  | 'RESEARCH'
  /** Seller Engaged */
  | 'SELLER_ENGAGED'
  /** Seller Registered */
  | 'SELLER_REGISTERED'
  /** Technical Validation */
  | 'TECHNICAL_VALIDATION'
  /** Term Sheet Negotiation */
  | 'TERM_SHEET_NEGOTIATION';

/** An AWS partition other than the commercial one. Each value's description is AWS's own string. */
export type AwsPartition =
  /** aws-eusc */
  | 'AWS_EUSC';

/** What a bulk job does to each of its items. */
export type BulkJobKind =
  /** `createOpportunity`. */
  | 'CREATE'
  /** It reads each opportunity for a file, see `exportOpportunities`. */
  | 'EXPORT'
  /** `submitOpportunity`. */
  | 'SUBMIT'
  /** `updateOpportunity`. */
  | 'UPDATE'
  /** `upsertOpportunity`. */
  | 'UPSERT';

/** How far a bulk job is. */
export type BulkJobStatus =
  /** It was ended before all items were settled. */
  | 'CANCELED'
  /** All items are settled. */
  | 'DONE'
  /** It was paused, and continues when it is resumed. */
  | 'PAUSED'
  /** It has not begun: its time has not come, or earlier jobs of its caller go first. */
  | 'QUEUED'
  /** It has begun, and has items left. */
  | 'RUNNING';

/** Why a bulk job does not go on at the moment. */
export type BulkJobWait =
  /** AWS cannot be reached, or fails. */
  | 'AWS'
  /** Earlier jobs of the same caller go first. */
  | 'EARLIER_JOBS'
  /** The index of opportunities is not complete, or switched off (`INDEX`). */
  | 'INDEX'
  /** AWS's quota has no slot, or only what jobs leave to people of the daily one (`BULK_DAILY_RESERVE`). */
  | 'QUOTA'
  /** `startAfter` has not come yet. */
  | 'START_TIME'
  /** The store of jobs does not answer, or cannot be written: its disk is full, for example. */
  | 'STORE'
  /** The gateway does not write to this catalog at the moment (`ALLOW_PRODUCTION_WRITES`). */
  | 'WRITES_DISABLED';

/** Changes to one of many opportunities, which either its ID or the partner's own identifier names. */
export type BulkUpdateItem = {
  /** As in `UpdateOpportunityInput`. */
  expectedLastModifiedDate?: string | null | undefined;
  /** The opportunity's ID. */
  id?: string | number | null | undefined;
  /** As in `UpdateOpportunityInput`. */
  onConflict?: ConflictPolicy | null | undefined;
  /** The partner's own identifier of the opportunity. Needs the index (`INDEX=on`). */
  partnerOpportunityIdentifier?: string | null | undefined;
  /** The changes. Everything else is kept. */
  patch: OpportunityPatch;
};

/** Changes to many opportunities. */
export type BulkUpdateOpportunitiesInput = {
  /**
   * A token of the caller, 1 to 255 characters: of several requests with the same one, the first creates the job, and the
   * others return it. Default: that of the request's `Idempotency-Key`, if it has one.
   */
  clientToken?: string | null | undefined;
  /** The changes, 1 to 10,000, as many as fit `MAX_BODY_BYTES`. Those of the same opportunity are made in this order. */
  items: Array<BulkUpdateItem>;
  /** A name for people, at most 100 characters. */
  name?: string | null | undefined;
  /** The earliest start, at most a year ahead. Default: at once. */
  startAfter?: string | null | undefined;
};

/** What has happened to an opportunity. */
export type ChangeKind =
  /** It was created, and has not been modified since. */
  | 'CREATED'
  /**
   * AWS does not show it to this account any more, as after a rejected invitation. Only the index notices: it looks for such
   * opportunities every hour, and forgets them when the gateway restarts without Redis.
   */
  | 'LOST'
  /** It has been modified since it was created. This may be the first you hear of it. */
  | 'UPDATED';

/** A marketing channel. Each value's description is AWS's own string. */
export type Channel =
  /** AWS Marketing Central */
  | 'AWS_MARKETING_CENTRAL'
  /** Content Syndication */
  | 'CONTENT_SYNDICATION'
  /** Display */
  | 'DISPLAY'
  /** Email */
  | 'EMAIL'
  /** Live Event */
  | 'LIVE_EVENT'
  /** Out Of Home (OOH) */
  | 'OUT_OF_HOME_OOH'
  /** Print */
  | 'PRINT'
  /** Search */
  | 'SEARCH'
  /** Social */
  | 'SOCIAL'
  /** Telemarketing */
  | 'TELEMARKETING'
  /** TV */
  | 'TV'
  /** Video */
  | 'VIDEO'
  /** Virtual Event */
  | 'VIRTUAL_EVENT';

/** Changes to the marketing channels. Adding a value that is in the list, or removing one that is not, changes nothing. */
export type ChannelListEdit = {
  /** The values to add. */
  add?: Array<Channel> | null | undefined;
  /** The values to remove; none of those to add. */
  remove?: Array<Channel> | null | undefined;
};

/** Why a deal was lost. Each value's description is AWS's own string. */
export type ClosedLostReason =
  /** Customer Deficiency */
  | 'CUSTOMER_DEFICIENCY'
  /** Customer Experience */
  | 'CUSTOMER_EXPERIENCE'
  /** Delay / Cancellation of Project */
  | 'DELAY_CANCELLATION_OF_PROJECT'
  /** Financial/Commercial */
  | 'FINANCIAL_COMMERCIAL'
  /** Legal / Tax / Regulatory */
  | 'LEGAL_TAX_REGULATORY'
  /** Lost to Competitor - Google */
  | 'LOST_TO_COMPETITOR_GOOGLE'
  /** Lost to Competitor - Microsoft */
  | 'LOST_TO_COMPETITOR_MICROSOFT'
  /** Lost to Competitor - Other */
  | 'LOST_TO_COMPETITOR_OTHER'
  /** Lost to Competitor - SoftLayer */
  | 'LOST_TO_COMPETITOR_SOFTLAYER'
  /** Lost to Competitor - VMWare */
  | 'LOST_TO_COMPETITOR_VMWARE'
  /** No Opportunity */
  | 'NO_OPPORTUNITY'
  /** On Premises Deployment */
  | 'ON_PREMISES_DEPLOYMENT'
  /** Other */
  | 'OTHER'
  /** Partner Gap */
  | 'PARTNER_GAP'
  /** People/Relationship/Governance */
  | 'PEOPLE_RELATIONSHIP_GOVERNANCE'
  /** Price */
  | 'PRICE'
  /** Product/Technology */
  | 'PRODUCT_TECHNOLOGY'
  /** Security / Compliance */
  | 'SECURITY_COMPLIANCE'
  /** Technical Limitations */
  | 'TECHNICAL_LIMITATIONS';

/** A competitor for the deal. Each value's description is AWS's own string. */
export type CompetitorName =
  /** Akamai */
  | 'AKAMAI'
  /** AliCloud */
  | 'ALI_CLOUD'
  /** Co-location */
  | 'CO_LOCATION'
  /** Google Cloud Platform */
  | 'GOOGLE_CLOUD_PLATFORM'
  /** IBM Softlayer */
  | 'IBM_SOFTLAYER'
  /** Microsoft Azure */
  | 'MICROSOFT_AZURE'
  /** No Competition */
  | 'NO_COMPETITION'
  /** On-Prem */
  | 'ON_PREM'
  /** Oracle Cloud */
  | 'ORACLE_CLOUD'
  /** *Other */
  | 'OTHER'
  /** Other- Cost Optimization */
  | 'OTHER_COST_OPTIMIZATION';

/** What to do if someone else has changed the record. */
export type ConflictPolicy =
  /** Reports anyone else's change as a `CONFLICT`. */
  | 'FAIL'
  /**
   * Applies the patch to the new record if the gateway still has the version the caller has seen, and no one else has set
   * a patched field to a different value. Otherwise nothing is written and `userErrors` contains `CONFLICT`.
   */
  | 'REBASE';

/** A contact, and the changes to it. */
export type ContactChange = {
  /** The contact. If it no longer exists, nothing is written and `userErrors` contains `CONFLICT`. */
  match: ContactMatch;
  /** The changes. */
  set: ContactPatch;
};

/** One change to the customer's contacts. */
export type ContactEdit =
  {   /** Appends a contact, unless the list already has one with the same five values. */
  add: ContactInput; remove?: never; update?: never; }
  |  { add?: never;   /** Removes a contact. */
  remove: ContactMatch; update?: never; }
  |  { add?: never; remove?: never;   /** Changes fields of a contact and keeps the others. */
  update: ContactChange; };

/** Input fields for a person. List items are always replaced as a whole. */
export type ContactInput = {
  /** Job title, at most 80 characters. Must be `PartnerAccountManager` in `opportunityTeam`. */
  businessTitle?: string | null | undefined;
  /** Email address in lower case, at most 80 characters. */
  email?: string | null | undefined;
  /** First name, at most 80 characters. */
  firstName?: string | null | undefined;
  /** Last name, at most 80 characters. */
  lastName?: string | null | undefined;
  /** Phone number in E.164 format, such as `+14155550123`. */
  phone?: string | null | undefined;
};

/** Identifies a contact in the list: by `email`, or by `index` and `expect`. */
export type ContactMatch = {
  /** The contact's email address. Only one contact may have it. */
  email?: string | null | undefined;
  /** The contact as the caller has seen it, required with `index`. All five fields are compared; an absent one is empty. */
  expect?: ContactInput | null | undefined;
  /**
   * The contact's position in the list before the patch, from 0. If another contact is there by now, the one that equals
   * `expect` is meant.
   */
  index?: number | null | undefined;
};

/** Changes to a contact: an absent field keeps its value, null clears it. */
export type ContactPatch = {
  /** Job title, at most 80 characters. */
  businessTitle?: string | null | undefined;
  /** Email address in lower case, at most 80 characters. */
  email?: string | null | undefined;
  /** First name, at most 80 characters. */
  firstName?: string | null | undefined;
  /** Last name, at most 80 characters. */
  lastName?: string | null | undefined;
  /** Phone number in E.164 format, such as `+14155550123`. */
  phone?: string | null | undefined;
};

/** A two-letter ISO 3166 country code. Each value's description is AWS's own string. */
export type CountryCode =
  /** AD */
  | 'AD'
  /** AE */
  | 'AE'
  /** AF */
  | 'AF'
  /** AG */
  | 'AG'
  /** AI */
  | 'AI'
  /** AL */
  | 'AL'
  /** AM */
  | 'AM'
  /** AN */
  | 'AN'
  /** AO */
  | 'AO'
  /** AQ */
  | 'AQ'
  /** AR */
  | 'AR'
  /** AS */
  | 'AS'
  /** AT */
  | 'AT'
  /** AU */
  | 'AU'
  /** AW */
  | 'AW'
  /** AX */
  | 'AX'
  /** AZ */
  | 'AZ'
  /** BA */
  | 'BA'
  /** BB */
  | 'BB'
  /** BD */
  | 'BD'
  /** BE */
  | 'BE'
  /** BF */
  | 'BF'
  /** BG */
  | 'BG'
  /** BH */
  | 'BH'
  /** BI */
  | 'BI'
  /** BJ */
  | 'BJ'
  /** BL */
  | 'BL'
  /** BM */
  | 'BM'
  /** BN */
  | 'BN'
  /** BO */
  | 'BO'
  /** BQ */
  | 'BQ'
  /** BR */
  | 'BR'
  /** BS */
  | 'BS'
  /** BT */
  | 'BT'
  /** BV */
  | 'BV'
  /** BW */
  | 'BW'
  /** BY */
  | 'BY'
  /** BZ */
  | 'BZ'
  /** CA */
  | 'CA'
  /** CC */
  | 'CC'
  /** CD */
  | 'CD'
  /** CF */
  | 'CF'
  /** CG */
  | 'CG'
  /** CH */
  | 'CH'
  /** CI */
  | 'CI'
  /** CK */
  | 'CK'
  /** CL */
  | 'CL'
  /** CM */
  | 'CM'
  /** CN */
  | 'CN'
  /** CO */
  | 'CO'
  /** CR */
  | 'CR'
  /** CU */
  | 'CU'
  /** CV */
  | 'CV'
  /** CW */
  | 'CW'
  /** CX */
  | 'CX'
  /** CY */
  | 'CY'
  /** CZ */
  | 'CZ'
  /** DE */
  | 'DE'
  /** DJ */
  | 'DJ'
  /** DK */
  | 'DK'
  /** DM */
  | 'DM'
  /** DO */
  | 'DO'
  /** DZ */
  | 'DZ'
  /** EC */
  | 'EC'
  /** EE */
  | 'EE'
  /** EG */
  | 'EG'
  /** EH */
  | 'EH'
  /** ER */
  | 'ER'
  /** ES */
  | 'ES'
  /** ET */
  | 'ET'
  /** FI */
  | 'FI'
  /** FJ */
  | 'FJ'
  /** FK */
  | 'FK'
  /** FM */
  | 'FM'
  /** FO */
  | 'FO'
  /** FR */
  | 'FR'
  /** GA */
  | 'GA'
  /** GB */
  | 'GB'
  /** GD */
  | 'GD'
  /** GE */
  | 'GE'
  /** GF */
  | 'GF'
  /** GG */
  | 'GG'
  /** GH */
  | 'GH'
  /** GI */
  | 'GI'
  /** GL */
  | 'GL'
  /** GM */
  | 'GM'
  /** GN */
  | 'GN'
  /** GP */
  | 'GP'
  /** GQ */
  | 'GQ'
  /** GR */
  | 'GR'
  /** GS */
  | 'GS'
  /** GT */
  | 'GT'
  /** GU */
  | 'GU'
  /** GW */
  | 'GW'
  /** GY */
  | 'GY'
  /** HK */
  | 'HK'
  /** HM */
  | 'HM'
  /** HN */
  | 'HN'
  /** HR */
  | 'HR'
  /** HT */
  | 'HT'
  /** HU */
  | 'HU'
  /** ID */
  | 'ID'
  /** IE */
  | 'IE'
  /** IL */
  | 'IL'
  /** IM */
  | 'IM'
  /** IN */
  | 'IN'
  /** IO */
  | 'IO'
  /** IQ */
  | 'IQ'
  /** IR */
  | 'IR'
  /** IS */
  | 'IS'
  /** IT */
  | 'IT'
  /** JE */
  | 'JE'
  /** JM */
  | 'JM'
  /** JO */
  | 'JO'
  /** JP */
  | 'JP'
  /** KE */
  | 'KE'
  /** KG */
  | 'KG'
  /** KH */
  | 'KH'
  /** KI */
  | 'KI'
  /** KM */
  | 'KM'
  /** KN */
  | 'KN'
  /** KR */
  | 'KR'
  /** KW */
  | 'KW'
  /** KY */
  | 'KY'
  /** KZ */
  | 'KZ'
  /** LA */
  | 'LA'
  /** LB */
  | 'LB'
  /** LC */
  | 'LC'
  /** LI */
  | 'LI'
  /** LK */
  | 'LK'
  /** LR */
  | 'LR'
  /** LS */
  | 'LS'
  /** LT */
  | 'LT'
  /** LU */
  | 'LU'
  /** LV */
  | 'LV'
  /** LY */
  | 'LY'
  /** MA */
  | 'MA'
  /** MC */
  | 'MC'
  /** MD */
  | 'MD'
  /** ME */
  | 'ME'
  /** MF */
  | 'MF'
  /** MG */
  | 'MG'
  /** MH */
  | 'MH'
  /** MK */
  | 'MK'
  /** ML */
  | 'ML'
  /** MM */
  | 'MM'
  /** MN */
  | 'MN'
  /** MO */
  | 'MO'
  /** MP */
  | 'MP'
  /** MQ */
  | 'MQ'
  /** MR */
  | 'MR'
  /** MS */
  | 'MS'
  /** MT */
  | 'MT'
  /** MU */
  | 'MU'
  /** MV */
  | 'MV'
  /** MW */
  | 'MW'
  /** MX */
  | 'MX'
  /** MY */
  | 'MY'
  /** MZ */
  | 'MZ'
  /** NA */
  | 'NA'
  /** NC */
  | 'NC'
  /** NE */
  | 'NE'
  /** NF */
  | 'NF'
  /** NG */
  | 'NG'
  /** NI */
  | 'NI'
  /** NL */
  | 'NL'
  /** NO */
  | 'NO'
  /** NP */
  | 'NP'
  /** NR */
  | 'NR'
  /** NU */
  | 'NU'
  /** NZ */
  | 'NZ'
  /** OM */
  | 'OM'
  /** PA */
  | 'PA'
  /** PE */
  | 'PE'
  /** PF */
  | 'PF'
  /** PG */
  | 'PG'
  /** PH */
  | 'PH'
  /** PK */
  | 'PK'
  /** PL */
  | 'PL'
  /** PM */
  | 'PM'
  /** PN */
  | 'PN'
  /** PR */
  | 'PR'
  /** PS */
  | 'PS'
  /** PT */
  | 'PT'
  /** PW */
  | 'PW'
  /** PY */
  | 'PY'
  /** QA */
  | 'QA'
  /** RE */
  | 'RE'
  /** RO */
  | 'RO'
  /** RS */
  | 'RS'
  /** RU */
  | 'RU'
  /** RW */
  | 'RW'
  /** SA */
  | 'SA'
  /** SB */
  | 'SB'
  /** SC */
  | 'SC'
  /** SD */
  | 'SD'
  /** SE */
  | 'SE'
  /** SG */
  | 'SG'
  /** SH */
  | 'SH'
  /** SI */
  | 'SI'
  /** SJ */
  | 'SJ'
  /** SK */
  | 'SK'
  /** SL */
  | 'SL'
  /** SM */
  | 'SM'
  /** SN */
  | 'SN'
  /** SO */
  | 'SO'
  /** SR */
  | 'SR'
  /** SS */
  | 'SS'
  /** ST */
  | 'ST'
  /** SV */
  | 'SV'
  /** SX */
  | 'SX'
  /** SY */
  | 'SY'
  /** SZ */
  | 'SZ'
  /** TC */
  | 'TC'
  /** TD */
  | 'TD'
  /** TF */
  | 'TF'
  /** TG */
  | 'TG'
  /** TH */
  | 'TH'
  /** TJ */
  | 'TJ'
  /** TK */
  | 'TK'
  /** TL */
  | 'TL'
  /** TM */
  | 'TM'
  /** TN */
  | 'TN'
  /** TO */
  | 'TO'
  /** TR */
  | 'TR'
  /** TT */
  | 'TT'
  /** TV */
  | 'TV'
  /** TW */
  | 'TW'
  /** TZ */
  | 'TZ'
  /** UA */
  | 'UA'
  /** UG */
  | 'UG'
  /** UM */
  | 'UM'
  /** US */
  | 'US'
  /** UY */
  | 'UY'
  /** UZ */
  | 'UZ'
  /** VA */
  | 'VA'
  /** VC */
  | 'VC'
  /** VE */
  | 'VE'
  /** VG */
  | 'VG'
  /** VI */
  | 'VI'
  /** VN */
  | 'VN'
  /** VU */
  | 'VU'
  /** WF */
  | 'WF'
  /** WS */
  | 'WS'
  /** YE */
  | 'YE'
  /** YT */
  | 'YT'
  /** ZA */
  | 'ZA'
  /** ZM */
  | 'ZM'
  /** ZW */
  | 'ZW';

/**
 * A new opportunity. AWS requires at least: the customer's company name, industry, country and, by country, postal code
 * and state; a website; title, business problem and expected spend; a target close date. Missing fields are reported in
 * `userErrors`.
 */
export type CreateOpportunityInput = {
  /**
   * What to associate the new opportunity with: costs one read, and one write each. If an association fails or the time is too short, the
   * opportunity exists nevertheless: send the same input with the same `clientToken` again, or continue with
   * `setOpportunityAssociations`.
   */
  associate?: SetAssociations | null | undefined;
  /**
   * AWS's idempotency token, 1 to 255 characters. Retrying with the same token and input returns the opportunity that the
   * first request created, whichever caller of this account made it. Default: a token derived from the caller and the
   * `Idempotency-Key` header, which is the caller's own, or a generated token.
   */
  clientToken?: string | null | undefined;
  /** The customer. */
  customer?: CustomerInput | null | undefined;
  /** Target close date, next steps and initial stage. */
  lifeCycle?: LifeCycleInput | null | undefined;
  /** The marketing source. */
  marketing?: MarketingInput | null | undefined;
  /** Whether it concerns national security. Cannot be changed later; `YES` requires the industry `GOVERNMENT`. */
  nationalSecurity?: NationalSecurity | null | undefined;
  /** The partner's team for this deal, at most 10 people. Accepted on create only. */
  opportunityTeam?: Array<ContactInput> | null | undefined;
  /** New business, renewal or expansion. Default: new business. */
  opportunityType?: OpportunityType | null | undefined;
  /** Who brought the deal. `AWS_REFERRAL` only simulates a referral, in the `Sandbox` catalog. */
  origin?: OpportunityOrigin | null | undefined;
  /** The partner's own identifier, at most 64 characters, unique within the account. */
  partnerOpportunityIdentifier?: string | null | undefined;
  /** What the partner needs from AWS. */
  primaryNeedsFromAws?: Array<PrimaryNeedFromAws> | null | undefined;
  /** What the customer plans to build, and the expected spend. */
  project?: ProjectInput | null | undefined;
  /** The revenue of the partner's software in this deal. */
  softwareRevenue?: SoftwareRevenueInput | null | undefined;
  /**
   * Submits the new opportunity to AWS, once `associate` is made, as `submitOpportunity` does; nothing is created if AWS would
   * refuse the submission. If AWS refuses it all the same, or the time is too short, the opportunity exists nevertheless: send
   * the same input with the same `clientToken` again, or continue with `submitOpportunity`. Requires the scope
   * `opportunities:submit`.
   */
  submit?: SubmitOptions | null | undefined;
  /** Tags of the AWS resource, 1 to 200. Accepted on create only. */
  tags?: Array<TagInput> | null | undefined;
};

/** An ISO 4217 currency code. Each value's description is AWS's own string. */
export type CurrencyCode =
  /** AED */
  | 'AED'
  /** AFN */
  | 'AFN'
  /** ALL */
  | 'ALL'
  /** AMD */
  | 'AMD'
  /** ANG */
  | 'ANG'
  /** AOA */
  | 'AOA'
  /** ARS */
  | 'ARS'
  /** AUD */
  | 'AUD'
  /** AWG */
  | 'AWG'
  /** AZN */
  | 'AZN'
  /** BAM */
  | 'BAM'
  /** BBD */
  | 'BBD'
  /** BDT */
  | 'BDT'
  /** BGN */
  | 'BGN'
  /** BHD */
  | 'BHD'
  /** BIF */
  | 'BIF'
  /** BMD */
  | 'BMD'
  /** BND */
  | 'BND'
  /** BOB */
  | 'BOB'
  /** BOV */
  | 'BOV'
  /** BRL */
  | 'BRL'
  /** BSD */
  | 'BSD'
  /** BTN */
  | 'BTN'
  /** BWP */
  | 'BWP'
  /** BYN */
  | 'BYN'
  /** BZD */
  | 'BZD'
  /** CAD */
  | 'CAD'
  /** CDF */
  | 'CDF'
  /** CHE */
  | 'CHE'
  /** CHF */
  | 'CHF'
  /** CHW */
  | 'CHW'
  /** CLF */
  | 'CLF'
  /** CLP */
  | 'CLP'
  /** CNY */
  | 'CNY'
  /** COP */
  | 'COP'
  /** COU */
  | 'COU'
  /** CRC */
  | 'CRC'
  /** CUC */
  | 'CUC'
  /** CUP */
  | 'CUP'
  /** CVE */
  | 'CVE'
  /** CZK */
  | 'CZK'
  /** DJF */
  | 'DJF'
  /** DKK */
  | 'DKK'
  /** DOP */
  | 'DOP'
  /** DZD */
  | 'DZD'
  /** EGP */
  | 'EGP'
  /** ERN */
  | 'ERN'
  /** ETB */
  | 'ETB'
  /** EUR */
  | 'EUR'
  /** FJD */
  | 'FJD'
  /** FKP */
  | 'FKP'
  /** GBP */
  | 'GBP'
  /** GEL */
  | 'GEL'
  /** GHS */
  | 'GHS'
  /** GIP */
  | 'GIP'
  /** GMD */
  | 'GMD'
  /** GNF */
  | 'GNF'
  /** GTQ */
  | 'GTQ'
  /** GYD */
  | 'GYD'
  /** HKD */
  | 'HKD'
  /** HNL */
  | 'HNL'
  /** HRK */
  | 'HRK'
  /** HTG */
  | 'HTG'
  /** HUF */
  | 'HUF'
  /** IDR */
  | 'IDR'
  /** ILS */
  | 'ILS'
  /** INR */
  | 'INR'
  /** IQD */
  | 'IQD'
  /** IRR */
  | 'IRR'
  /** ISK */
  | 'ISK'
  /** JMD */
  | 'JMD'
  /** JOD */
  | 'JOD'
  /** JPY */
  | 'JPY'
  /** KES */
  | 'KES'
  /** KGS */
  | 'KGS'
  /** KHR */
  | 'KHR'
  /** KMF */
  | 'KMF'
  /** KPW */
  | 'KPW'
  /** KRW */
  | 'KRW'
  /** KWD */
  | 'KWD'
  /** KYD */
  | 'KYD'
  /** KZT */
  | 'KZT'
  /** LAK */
  | 'LAK'
  /** LBP */
  | 'LBP'
  /** LKR */
  | 'LKR'
  /** LRD */
  | 'LRD'
  /** LSL */
  | 'LSL'
  /** LYD */
  | 'LYD'
  /** MAD */
  | 'MAD'
  /** MDL */
  | 'MDL'
  /** MGA */
  | 'MGA'
  /** MKD */
  | 'MKD'
  /** MMK */
  | 'MMK'
  /** MNT */
  | 'MNT'
  /** MOP */
  | 'MOP'
  /** MRU */
  | 'MRU'
  /** MUR */
  | 'MUR'
  /** MVR */
  | 'MVR'
  /** MWK */
  | 'MWK'
  /** MXN */
  | 'MXN'
  /** MXV */
  | 'MXV'
  /** MYR */
  | 'MYR'
  /** MZN */
  | 'MZN'
  /** NAD */
  | 'NAD'
  /** NGN */
  | 'NGN'
  /** NIO */
  | 'NIO'
  /** NOK */
  | 'NOK'
  /** NPR */
  | 'NPR'
  /** NZD */
  | 'NZD'
  /** OMR */
  | 'OMR'
  /** PAB */
  | 'PAB'
  /** PEN */
  | 'PEN'
  /** PGK */
  | 'PGK'
  /** PHP */
  | 'PHP'
  /** PKR */
  | 'PKR'
  /** PLN */
  | 'PLN'
  /** PYG */
  | 'PYG'
  /** QAR */
  | 'QAR'
  /** RON */
  | 'RON'
  /** RSD */
  | 'RSD'
  /** RUB */
  | 'RUB'
  /** RWF */
  | 'RWF'
  /** SAR */
  | 'SAR'
  /** SBD */
  | 'SBD'
  /** SCR */
  | 'SCR'
  /** SDG */
  | 'SDG'
  /** SEK */
  | 'SEK'
  /** SGD */
  | 'SGD'
  /** SHP */
  | 'SHP'
  /** SLL */
  | 'SLL'
  /** SOS */
  | 'SOS'
  /** SRD */
  | 'SRD'
  /** SSP */
  | 'SSP'
  /** STN */
  | 'STN'
  /** SVC */
  | 'SVC'
  /** SYP */
  | 'SYP'
  /** SZL */
  | 'SZL'
  /** THB */
  | 'THB'
  /** TJS */
  | 'TJS'
  /** TMT */
  | 'TMT'
  /** TND */
  | 'TND'
  /** TOP */
  | 'TOP'
  /** TRY */
  | 'TRY'
  /** TTD */
  | 'TTD'
  /** TWD */
  | 'TWD'
  /** TZS */
  | 'TZS'
  /** UAH */
  | 'UAH'
  /** UGX */
  | 'UGX'
  /** USD */
  | 'USD'
  /** USN */
  | 'USN'
  /** UYI */
  | 'UYI'
  /** UYU */
  | 'UYU'
  /** UZS */
  | 'UZS'
  /** VEF */
  | 'VEF'
  /** VND */
  | 'VND'
  /** VUV */
  | 'VUV'
  /** WST */
  | 'WST'
  /** XAF */
  | 'XAF'
  /** XCD */
  | 'XCD'
  /** XDR */
  | 'XDR'
  /** XOF */
  | 'XOF'
  /** XPF */
  | 'XPF'
  /** XSU */
  | 'XSU'
  /** XUA */
  | 'XUA'
  /** YER */
  | 'YER'
  /** ZAR */
  | 'ZAR'
  /** ZMW */
  | 'ZMW'
  /** ZWL */
  | 'ZWL';

/**
 * Input fields for the customer. On create, absent fields stay empty. In a patch, absent fields keep their values, null
 * clears a field, `account` is merged and `contacts` replaces the stored list.
 */
export type CustomerInput = {
  /** The customer's company. */
  account?: AccountInput | null | undefined;
  /** The customer's contacts. Replaces the stored list. */
  contacts?: Array<ContactInput> | null | undefined;
};

/**
 * A date range; `after` must not be later than `before`. AWS's documentation is inconsistent about whether the bounds are
 * inclusive; assume they may be.
 */
export type DateRange = {
  /** The earliest day. */
  after?: string | null | undefined;
  /** The latest day. */
  before?: string | null | undefined;
};

/**
 * A time range; `after` must not be later than `before`. AWS's documentation is inconsistent about whether the bounds are
 * inclusive; assume they may be.
 */
export type DateTimeRange = {
  /** The earliest time. */
  after?: string | null | undefined;
  /** The latest time. */
  before?: string | null | undefined;
};

/** How the partner delivers the solution. Each value's description is AWS's own string. */
export type DeliveryModel =
  /** BYOL or AMI */
  | 'BYOL_OR_AMI'
  /** Managed Services */
  | 'MANAGED_SERVICES'
  /** Other */
  | 'OTHER'
  /** Professional Services */
  | 'PROFESSIONAL_SERVICES'
  /** Resell */
  | 'RESELL'
  /** SaaS or PaaS */
  | 'SAAS_OR_PAAS';

/** Changes to the delivery models. Adding a value that is in the list, or removing one that is not, changes nothing. */
export type DeliveryModelListEdit = {
  /** The values to add. */
  add?: Array<DeliveryModel> | null | undefined;
  /** The values to remove; none of those to add. */
  remove?: Array<DeliveryModel> | null | undefined;
};

/** What an invitation is about. Each value's description is AWS's own string. */
export type EngagementInvitationPayloadType =
  /** LeadInvitation */
  | 'LEAD_INVITATION'
  /** OpportunityInvitation */
  | 'OPPORTUNITY_INVITATION';

/** How likely AWS's sellers are to engage. Each value's description is AWS's own string. */
export type EngagementScore =
  /** High */
  | 'HIGH'
  /** Low */
  | 'LOW'
  /** Medium */
  | 'MEDIUM';

/** Input fields for the contract duration. Always replaced as a whole. */
export type ExpectedContractDurationInput = {
  /** The unit of `value`. */
  term: ExpectedContractDurationTerm;
  /** Number of units, 1 to 144, as a string. */
  value: string;
};

/** The unit of a contract duration. Each value's description is AWS's own string. */
export type ExpectedContractDurationTerm =
  /** Months */
  | 'MONTHS';

/** Input fields for an expected spend. List items are always replaced as a whole. */
export type ExpectedCustomerSpendInput = {
  /** Amount in units of the currency, above zero, with at most two decimals. Required unless `estimationUrl` is given. */
  amount?: string | null | undefined;
  /** The currency; AWS documents only US dollars and euros. */
  currencyCode: CurrencyCode;
  /** A shared AWS Pricing Calculator estimate, from which AWS computes the amount. */
  estimationUrl?: string | null | undefined;
  /** How often the amount is spent. AWS accepts monthly amounts. */
  frequency: PaymentFrequency;
  /** Who is paid: `AWS`, or `Self` for the partner's total contract value. */
  targetCompany: string;
};

/** The customer's industry. Each value's description is AWS's own string. */
export type Industry =
  /** Aerospace */
  | 'AEROSPACE'
  /** Agriculture */
  | 'AGRICULTURE'
  /** Automotive */
  | 'AUTOMOTIVE'
  /** Computers and Electronics */
  | 'COMPUTERS_AND_ELECTRONICS'
  /** Consumer Goods */
  | 'CONSUMER_GOODS'
  /** Education */
  | 'EDUCATION'
  /** Energy - Oil and Gas */
  | 'ENERGY_OIL_AND_GAS'
  /** Energy - Power and Utilities */
  | 'ENERGY_POWER_AND_UTILITIES'
  /** Financial Services */
  | 'FINANCIAL_SERVICES'
  /** Gaming */
  | 'GAMING'
  /** Government */
  | 'GOVERNMENT'
  /** Healthcare */
  | 'HEALTHCARE'
  /** Hospitality */
  | 'HOSPITALITY'
  /** Life Sciences */
  | 'LIFE_SCIENCES'
  /** Manufacturing */
  | 'MANUFACTURING'
  /** Marketing and Advertising */
  | 'MARKETING_AND_ADVERTISING'
  /** Media and Entertainment */
  | 'MEDIA_AND_ENTERTAINMENT'
  /** Mining */
  | 'MINING'
  /** Non-Profit Organization */
  | 'NON_PROFIT_ORGANIZATION'
  /** Other */
  | 'OTHER'
  /** Professional Services */
  | 'PROFESSIONAL_SERVICES'
  /** Real Estate and Construction */
  | 'REAL_ESTATE_AND_CONSTRUCTION'
  /** Retail */
  | 'RETAIL'
  /** Software and Internet */
  | 'SOFTWARE_AND_INTERNET'
  /** Telecommunications */
  | 'TELECOMMUNICATIONS'
  /** Transportation and Logistics */
  | 'TRANSPORTATION_AND_LOGISTICS'
  /** Travel */
  | 'TRAVEL'
  /** Wholesale and Distribution */
  | 'WHOLESALE_AND_DISTRIBUTION';

/** The state of an invitation. Each value's description is AWS's own string. */
export type InvitationStatus =
  /** ACCEPTED */
  | 'ACCEPTED'
  /** EXPIRED */
  | 'EXPIRED'
  /** PENDING */
  | 'PENDING'
  /** REJECTED */
  | 'REJECTED';

/** Input fields for the life cycle. In a patch, absent fields keep their values. */
export type LifeCycleInput = {
  /** Why the deal was lost; required with, and only with, stage `CLOSED_LOST`. */
  closedLostReason?: ClosedLostReason | null | undefined;
  /** The next steps, at most 255 characters. */
  nextSteps?: string | null | undefined;
  /** Maintained by AWS: ignored on create, locked in a patch. */
  nextStepsHistory?: Array<NextStepsHistoryInput> | null | undefined;
  /** Set by AWS; writable only in the `Sandbox` catalog, together with `reviewStatus`. */
  reviewComments?: string | null | undefined;
  /**
   * Set by AWS; writable only in the `Sandbox` catalog, to simulate the reviewer. Cannot be cleared: without a review
   * status, an opportunity can never be submitted.
   */
  reviewStatus?: ReviewStatus | null | undefined;
  /** Set by AWS; writable only in the `Sandbox` catalog, together with `reviewStatus`. */
  reviewStatusReason?: string | null | undefined;
  /** The partner's sales stage. Cannot be cleared, and cannot be changed before AWS has approved the opportunity. */
  stage?: Stage | null | undefined;
  /** The day the deal is expected to close: in the future, at most 60 years ahead. Required on create. */
  targetCloseDate?: string | null | undefined;
};

/** What to do with the fields of a patch that are locked while AWS reviews the opportunity. */
export type LockedPolicy =
  /**
   * Fields that are locked now, and open once AWS has decided, wait in this gateway: see `pendingEdit`. The rest of the patch is
   * written at once. Nothing is written and nothing waits if a field is locked for good, or if anything else is wrong with the
   * patch. Needs a place for what waits: `JOBS_FILE` or `REDIS_URL`, else with `UPSTREAM=aws` the error is `JOBS_UNAVAILABLE`.
   */
  | 'DEFER'
  /** Nothing is written, and `userErrors` contains `NOT_EDITABLE`. */
  | 'REFUSE';

/** Input fields for the marketing source. With source `NONE`, leave the other fields empty. */
export type MarketingInput = {
  /** Whether AWS marketing funds were used; required with source `MARKETING_ACTIVITY`. */
  awsFundingUsed?: AwsFundingUsed | null | undefined;
  /** The campaign's name. */
  campaignName?: string | null | undefined;
  /** The channels the campaign ran on. Replaces the stored list. */
  channels?: Array<Channel> | null | undefined;
  /** Whether a marketing activity led to this opportunity. */
  source?: MarketingSource | null | undefined;
  /** The campaign's use cases: values of `picklists.useCases`. Replaces the stored list. */
  useCases?: Array<string> | null | undefined;
};

/** Whether a marketing activity led to the opportunity. Each value's description is AWS's own string. */
export type MarketingSource =
  /** Marketing Activity */
  | 'MARKETING_ACTIVITY'
  /** None */
  | 'NONE';

/** Input fields for an amount of money. Always replaced as a whole. */
export type MonetaryValueInput = {
  /** Amount in units of the currency, with at most two decimals. */
  amount: string;
  /** The currency, as an ISO 4217 code. */
  currencyCode: CurrencyCode;
};

/** Whether the opportunity concerns national security. Each value's description is AWS's own string. */
export type NationalSecurity =
  /** No */
  | 'NO'
  /** Yes */
  | 'YES';

/** Input fields for an earlier value of `nextSteps`. */
export type NextStepsHistoryInput = {
  /** When it was written. */
  time: string;
  /** The value. */
  value: string;
};

/** Filters opportunities. All conditions must match; within a list, any value may match. */
export type OpportunityFilter = {
  /** Opportunities created in this range. */
  createdDate?: DateTimeRange | null | undefined;
  /** Opportunities of these customer companies, at most 10. An empty list is ignored. */
  customerCompanyNames?: Array<string> | null | undefined;
  /** Opportunities with these IDs, at most 200; every 20 cost one upstream call. An empty list matches nothing. */
  ids?: Array<string | number> | null | undefined;
  /** Opportunities last modified in this range. */
  lastModifiedDate?: DateTimeRange | null | undefined;
  /** Opportunities in these review statuses, at most 10. An empty list is ignored. */
  reviewStatuses?: Array<ReviewStatus> | null | undefined;
  /**
   * Opportunities with this text, in any case, in the company name, the website, the partner's own identifier or the ID; not
   * in titles, which AWS omits from lists. At most 255 characters; an empty text is ignored. Needs the index (`INDEX=on`),
   * which answers without an upstream call, as it is: usually some seconds old.
   */
  search?: string | null | undefined;
  /** Opportunities in these stages, at most 10. An empty list is ignored. */
  stages?: Array<Stage> | null | undefined;
  /** Opportunities with a target close date in this range. */
  targetCloseDate?: DateRange | null | undefined;
};

/** Who brought the deal. Each value's description is AWS's own string. */
export type OpportunityOrigin =
  /** AWS Referral */
  | 'AWS_REFERRAL'
  /** Partner Referral */
  | 'PARTNER_REFERRAL';

/**
 * Changes to an opportunity, with JSON Merge Patch semantics (RFC 7396): an absent field keeps its value, null clears it,
 * an object is merged field by field, a list replaces the stored list.
 *
 * The fields named `…Edits` change single items of a list instead. They keep everything else in it, values unknown to this
 * schema included, and are applied to the list as it is when it is written: edits of different items by several people all
 * succeed. All edits in a patch refer to the list before the patch. A patch cannot both replace and edit a list, and has
 * at most 100 edits of each.
 */
export type OpportunityPatch = {
  /** Edits of `project.apnPrograms`; values of `picklists.apnPrograms`. */
  apnProgramEdits?: TextListEdit | null | undefined;
  /** Edits of `marketing.channels`. */
  channelEdits?: ChannelListEdit | null | undefined;
  /** Edits of `customer.contacts`, each of another contact. */
  contactEdits?: Array<ContactEdit> | null | undefined;
  /** The customer. */
  customer?: CustomerInput | null | undefined;
  /** Edits of `project.deliveryModels`. */
  deliveryModelEdits?: DeliveryModelListEdit | null | undefined;
  /** Stage, dates and next steps. */
  lifeCycle?: LifeCycleInput | null | undefined;
  /** The marketing source. */
  marketing?: MarketingInput | null | undefined;
  /** Cannot be changed: AWS accepts only the stored value. */
  nationalSecurity?: NationalSecurity | null | undefined;
  /** New business, renewal or expansion. */
  opportunityType?: OpportunityType | null | undefined;
  /** The partner's own identifier, at most 64 characters, unique within the account. */
  partnerOpportunityIdentifier?: string | null | undefined;
  /** Edits of `primaryNeedsFromAws`. */
  primaryNeedEdits?: PrimaryNeedListEdit | null | undefined;
  /** What the partner needs from AWS. */
  primaryNeedsFromAws?: Array<PrimaryNeedFromAws> | null | undefined;
  /** What the customer plans to build, and the expected spend. */
  project?: ProjectInput | null | undefined;
  /** Edits of `project.salesActivities`. */
  salesActivityEdits?: SalesActivityListEdit | null | undefined;
  /** The revenue of the partner's software in this deal. */
  softwareRevenue?: SoftwareRevenueInput | null | undefined;
  /** Edits of `project.expectedCustomerSpend`. */
  spendEdits?: Array<SpendEdit> | null | undefined;
  /** Edits of `marketing.useCases`; values of `picklists.useCases`. */
  useCaseEdits?: TextListEdit | null | undefined;
};

/** New business, renewal or expansion. Each value's description is AWS's own string. */
export type OpportunityType =
  /** Expansion */
  | 'EXPANSION'
  /** Flat Renewal */
  | 'FLAT_RENEWAL'
  /** Net New Business */
  | 'NET_NEW_BUSINESS';

/** How often an amount is paid. Each value's description is AWS's own string. */
export type PaymentFrequency =
  /** Monthly */
  | 'MONTHLY';

/** What a partner needs from AWS to win the deal. Each value's description is AWS's own string. */
export type PrimaryNeedFromAws =
  /** Co-Sell - Architectural Validation */
  | 'CO_SELL_ARCHITECTURAL_VALIDATION'
  /** Co-Sell - Business Presentation */
  | 'CO_SELL_BUSINESS_PRESENTATION'
  /** Co-Sell - Competitive Information */
  | 'CO_SELL_COMPETITIVE_INFORMATION'
  /** Co-Sell - Deal Support */
  | 'CO_SELL_DEAL_SUPPORT'
  /** Co-Sell - Pricing Assistance */
  | 'CO_SELL_PRICING_ASSISTANCE'
  /** Co-Sell - Support for Public Tender / RFx */
  | 'CO_SELL_SUPPORT_FOR_PUBLIC_TENDER_RFX'
  /** Co-Sell - Technical Consultation */
  | 'CO_SELL_TECHNICAL_CONSULTATION'
  /** Co-Sell - Total Cost of Ownership Evaluation */
  | 'CO_SELL_TOTAL_COST_OF_OWNERSHIP_EVALUATION'
  /** Do Not Need Support from AWS Sales Rep */
  | 'DO_NOT_NEED_SUPPORT_FROM_AWS_SALES_REP';

/**
 * Changes to what the partner needs from AWS. Adding a value that is in the list, or removing one that is not, changes
 * nothing.
 */
export type PrimaryNeedListEdit = {
  /** The values to add. */
  add?: Array<PrimaryNeedFromAws> | null | undefined;
  /** The values to remove; none of those to add. */
  remove?: Array<PrimaryNeedFromAws> | null | undefined;
};

/** Input fields for the project. In a patch, absent fields keep their values and a list replaces the stored list. */
export type ProjectInput = {
  /** Additional comments, 1 to 255 characters. */
  additionalComments?: string | null | undefined;
  /** The deal's APN programs: values of `picklists.apnPrograms`. */
  apnPrograms?: Array<string> | null | undefined;
  /** The AWS partition of the workload, if not the commercial one; requires spend in euros. */
  awsPartition?: AwsPartition | null | undefined;
  /** The competitor for the deal. */
  competitorName?: CompetitorName | null | undefined;
  /** The customer's business problem, 20 to 2,000 characters. Required on create. */
  customerBusinessProblem?: string | null | undefined;
  /** The customer's use case: a value of `picklists.customerUseCases`. */
  customerUseCase?: string | null | undefined;
  /** How the partner delivers. */
  deliveryModels?: Array<DeliveryModel> | null | undefined;
  /** The contract duration; required with a `Self` entry of `expectedCustomerSpend`. Only null clears it. */
  expectedContractDuration?: ExpectedContractDurationInput | null | undefined;
  /** The customer's expected spend, at most 10 entries. Required on create. Replaces the stored list. */
  expectedCustomerSpend?: Array<ExpectedCustomerSpendInput> | null | undefined;
  /** Free-text competitors, at most 255 characters; required if `competitorName` is `OTHER`. */
  otherCompetitorNames?: string | null | undefined;
  /** Free-text solution, at most 255 characters; required for submission if no solution is associated. */
  otherSolutionDescription?: string | null | undefined;
  /** The ID of the opportunity that this one renews or expands; required for `FLAT_RENEWAL`. */
  relatedOpportunityIdentifier?: string | number | null | undefined;
  /** The sales activities with the customer so far. */
  salesActivities?: Array<SalesActivity> | null | undefined;
  /** The title, at most 255 characters. Required on create. */
  title?: string | null | undefined;
};

/** What is expected of a partner that is invited. Each value's description is AWS's own string. */
export type ReceiverResponsibility =
  /** Co-Sell Facilitator */
  | 'CO_SELL_FACILITATOR'
  /** Distributor */
  | 'DISTRIBUTOR'
  /** Facilitator */
  | 'FACILITATOR'
  /** Hardware Partner */
  | 'HARDWARE_PARTNER'
  /** Managed Service Provider */
  | 'MANAGED_SERVICE_PROVIDER'
  /** Reseller */
  | 'RESELLER'
  /** Services Partner */
  | 'SERVICES_PARTNER'
  /** Software Partner */
  | 'SOFTWARE_PARTNER'
  /** Training Partner */
  | 'TRAINING_PARTNER';

/** An invitation to reject. */
export type RejectEngagementInvitationInput = {
  /** Must be true: a rejection cannot be taken back. */
  confirm: boolean;
  /** The invitation's ID. */
  id: string | number;
  /** Why, in own words, if `reason` is `OTHER`: 1 to 80 characters. */
  otherReason?: string | null | undefined;
  /** Why. The sender sees it. */
  reason: RejectionReason;
};

/** Why a partner rejects an invitation. Each value's description is AWS's own string. */
export type RejectionReason =
  /** Customer problem unclear */
  | 'CUSTOMER_PROBLEM_UNCLEAR'
  /** Duplicate of partner referral */
  | 'DUPLICATE_OF_PARTNER_REFERRAL'
  /** Next steps unclear */
  | 'NEXT_STEPS_UNCLEAR'
  /** Other */
  | 'OTHER'
  /** Unable to support */
  | 'UNABLE_TO_SUPPORT';

/** How the customer pays for software. Each value's description is AWS's own string. */
export type RevenueModel =
  /** Contract */
  | 'CONTRACT'
  /** Pay-as-you-go */
  | 'PAY_AS_YOU_GO'
  /** Subscription */
  | 'SUBSCRIPTION';

/** The status of AWS's review of an opportunity. Each value's description is AWS's own string. */
export type ReviewStatus =
  /** Action Required */
  | 'ACTION_REQUIRED'
  /** Approved */
  | 'APPROVED'
  /** In review */
  | 'IN_REVIEW'
  /** Pending Submission */
  | 'PENDING_SUBMISSION'
  /** Rejected */
  | 'REJECTED'
  /** Submitted */
  | 'SUBMITTED';

/** A sales activity with the customer. Each value's description is AWS's own string. */
export type SalesActivity =
  /** Agreed on solution to Business Problem */
  | 'AGREED_ON_SOLUTION_TO_BUSINESS_PROBLEM'
  /** Completed Action Plan */
  | 'COMPLETED_ACTION_PLAN'
  /** Conducted POC / Demo */
  | 'CONDUCTED_POC_DEMO'
  /** Customer has shown interest in solution */
  | 'CUSTOMER_HAS_SHOWN_INTEREST_IN_SOLUTION'
  /** Finalized Deployment Need */
  | 'FINALIZED_DEPLOYMENT_NEED'
  /** Initialized discussions with customer */
  | 'INITIALIZED_DISCUSSIONS_WITH_CUSTOMER'
  /** In evaluation / planning stage */
  | 'IN_EVALUATION_PLANNING_STAGE'
  /** SOW Signed */
  | 'SOW_SIGNED';

/** Changes to the sales activities. Adding a value that is in the list, or removing one that is not, changes nothing. */
export type SalesActivityListEdit = {
  /** The values to add. */
  add?: Array<SalesActivity> | null | undefined;
  /** The values to remove; none of those to add. */
  remove?: Array<SalesActivity> | null | undefined;
};

/** What a partner asks of AWS: to sell together, or only to see the deal. Each value's description is AWS's own string. */
export type SalesInvolvementType =
  /** Co-Sell */
  | 'CO_SELL'
  /** For Visibility Only */
  | 'FOR_VISIBILITY_ONLY';

/** The associations that an opportunity should have. An absent field keeps what there is; an empty list or null removes all. */
export type SetAssociations = {
  /** The private offer in AWS Marketplace, by ARN. An opportunity has an offer or an offer set, not both. */
  awsMarketplaceOffer?: string | number | null | undefined;
  /** The set of private offers in AWS Marketplace, by ARN. */
  awsMarketplaceOfferSet?: string | number | null | undefined;
  /** Products in AWS Marketplace, by ARN, at most 10. */
  awsMarketplaceProducts?: Array<string | number> | null | undefined;
  /** Solutions in AWS Marketplace, by ARN, at most 10. */
  awsMarketplaceSolutions?: Array<string | number> | null | undefined;
  /** AWS products, by code, at most 20. */
  awsProducts?: Array<string | number> | null | undefined;
  /** The partner's solutions, by ID, at most 10. */
  solutions?: Array<string | number> | null | undefined;
};

/** Input fields for the revenue of the partner's software. */
export type SoftwareRevenueInput = {
  /** How the customer pays for the software. */
  deliveryModel?: RevenueModel | null | undefined;
  /** The first day of the contract. */
  effectiveDate?: string | null | undefined;
  /** The last day of the contract, not before `effectiveDate`. */
  expirationDate?: string | null | undefined;
  /** What the customer pays. */
  value?: MonetaryValueInput | null | undefined;
};

/** An amount of expected spend. */
export type SpendAmount = {
  /** Amount in units of the currency, above zero, with at most two decimals. */
  amount: string;
  /** The currency, which must be the same in every entry. */
  currencyCode: CurrencyCode;
};

/** One change to the customer's expected spend. One patch can edit the entry for `AWS` once, and the one for `Self` once. */
export type SpendEdit =
  {   /** Removes the total contract value; must be true. AWS keeps the entry as long as there is a contract duration. */
  removeSelf: boolean; setAws?: never; setEstimationUrl?: never; setSelf?: never; }
  |  { removeSelf?: never;   /** Sets the monthly spend on AWS. Creates the entry if there is none. AWS drops an estimate that does not match. */
  setAws: SpendAmount; setEstimationUrl?: never; setSelf?: never; }
  |  { removeSelf?: never; setAws?: never;   /**
   * Sets the shared AWS Pricing Calculator estimate of the spend on AWS, from which AWS computes a new amount. Without an
   * entry for `AWS`, `userErrors` contains `CONFLICT`.
   */
  setEstimationUrl: string; setSelf?: never; }
  |  { removeSelf?: never; setAws?: never; setEstimationUrl?: never;   /** Sets the deal's total contract value. Creates the entry if there is none. */
  setSelf: SpendAmount; };

/** A stage of the partner's sales process. Each value's description is AWS's own string. */
export type Stage =
  /** Business Validation */
  | 'BUSINESS_VALIDATION'
  /** Closed Lost */
  | 'CLOSED_LOST'
  /** Committed */
  | 'COMMITTED'
  /** Launched */
  | 'LAUNCHED'
  /** Prospect */
  | 'PROSPECT'
  /** Qualified */
  | 'QUALIFIED'
  /** Technical Validation */
  | 'TECHNICAL_VALIDATION';

/** What became of a step of a mutation. */
export type StepOutcome =
  /** It was made, or AWS had it already. */
  | 'DONE'
  /** AWS refused it; `error` has the reason. */
  | 'FAILED'
  /**
   * It was not made, because of the time, an earlier step, or because AWS could not be reached; or its outcome is unknown,
   * and `error` is `OUTCOME_UNKNOWN`. Sending the same input again continues.
   */
  | 'PENDING'
  /** It was not necessary: it had been made before. */
  | 'SKIPPED';

/** A step of a submission, in the order in which they are made. */
export type SubmissionStepName =
  /** Makes or removes one association; there is a step for each. */
  | 'ASSOCIATE'
  /** Reads the opportunity and its tasks, and checks whether AWS would accept it. */
  | 'CHECK'
  /** Applies the patch. Skipped if it changes nothing. */
  | 'PATCH'
  /** Starts AWS's task. Skipped if AWS has the opportunity already, or is working on it. */
  | 'START'
  /** Waits until the task has ended. Skipped if AWS has the opportunity already. */
  | 'WAIT';

/** An opportunity to submit to AWS. */
export type SubmitOpportunityInput = {
  /** The associations that the opportunity should have, which are made before it is submitted. Default: those that it has. */
  associate?: SetAssociations | null | undefined;
  /**
   * AWS's idempotency token for the task, 1 to 255 characters. Leave it out unless AWS's token is needed elsewhere: the
   * default is the same for each attempt of a submission and differs after a failed one. With a token of its own a caller has
   * to choose another one after a failed task, because AWS answers with that task again.
   */
  clientToken?: string | null | undefined;
  /**
   * The `lastModifiedDate` of the version the caller has seen. If someone else has changed the opportunity since, or the
   * gateway no longer has that version, nothing is changed and `userErrors` has a `CONFLICT`; what an earlier request with the
   * same input has changed is none.
   */
  expectedLastModifiedDate?: string | null | undefined;
  /** The opportunity's ID. */
  id: string | number;
  /** What AWS is asked for. It must fit `primaryNeedsFromAws`. */
  involvementType: SalesInvolvementType;
  /** Last corrections, which are applied first. */
  patch?: OpportunityPatch | null | undefined;
  /** Tags of the AWS resources that the task creates, 1 to 200. */
  tags?: Array<TagInput> | null | undefined;
  /** How much AWS sees. `LIMITED` is for visibility only. */
  visibility?: Visibility;
  /**
   * The time to wait for AWS's answer in milliseconds, at most what the request has left less one second. The task goes on
   * afterward: `Opportunity.submission` shows it. At 0 the task is only started.
   */
  waitMs?: number;
};

/** How to submit a new opportunity to AWS. */
export type SubmitOptions = {
  /** What AWS is asked for. It must fit `primaryNeedsFromAws`. */
  involvementType: SalesInvolvementType;
  /** How much AWS sees. `LIMITED` is for visibility only. */
  visibility?: Visibility;
  /** The time to wait for AWS's answer in milliseconds, as in `SubmitOpportunityInput`. */
  waitMs?: number;
};

/** Input fields for an AWS resource tag. */
export type TagInput = {
  /** The tag's key, 1 to 128 characters. */
  key: string;
  /** The tag's value, at most 256 characters. */
  value: string;
};

/** The state of a task. Each value's description is AWS's own string. */
export type TaskStatus =
  /** COMPLETE */
  | 'COMPLETE'
  /** FAILED */
  | 'FAILED'
  /** IN_PROGRESS */
  | 'IN_PROGRESS';

/** Changes to a list of AWS's values. Adding a value that is in the list, or removing one that is not, changes nothing. */
export type TextListEdit = {
  /** The values to add. */
  add?: Array<string> | null | undefined;
  /** The values to remove; none of those to add. */
  remove?: Array<string> | null | undefined;
};

/** The opportunity and the changes. */
export type UpdateOpportunityInput = {
  /**
   * The `lastModifiedDate` of the version the caller has seen. If the record has changed since, `onConflict` applies.
   * Default: the version the gateway reads.
   */
  expectedLastModifiedDate?: string | null | undefined;
  /** The opportunity's ID. */
  id: string | number;
  /** What to do if someone else has changed the record. Default: `REBASE`. */
  onConflict?: ConflictPolicy | null | undefined;
  /** What to do with fields that are locked while AWS reviews the opportunity. Default: `REFUSE`. */
  onLocked?: LockedPolicy | null | undefined;
  /** The changes. Everything else is kept. */
  patch: OpportunityPatch;
};

/** The kind of a `UserError`. The first ten are the codes of AWS's `ValidationException`; the others are the gateway's. */
export type UserErrorCode =
  /** AWS does not allow this change in the record's current review status or stage. */
  | 'ACTION_NOT_PERMITTED'
  /** The invitation was accepted before: it cannot be rejected any more, or was accepted without creating an opportunity. */
  | 'ALREADY_ACCEPTED'
  /** It cannot be taken back, and the input does not confirm it. */
  | 'CONFIRMATION_REQUIRED'
  /** Someone else changed the record since it was read. Refetch it, show the difference and retry. */
  | 'CONFLICT'
  /** The value is already in use, such as another record's partner opportunity identifier. */
  | 'DUPLICATE_KEY_VALUE'
  /** The client token, or the `Idempotency-Key`, was already used with another input. Use a new one for a new opportunity. */
  | 'IDEMPOTENCY_CONFLICT'
  /** The value is not one that AWS accepts here. */
  | 'INVALID_ENUM_VALUE'
  /** The state of the object, or of the account's settings, does not allow this operation. */
  | 'INVALID_RESOURCE_STATE'
  /** The string does not have the length or format that AWS requires. */
  | 'INVALID_STRING_FORMAT'
  /** The value conflicts with another field or an AWS rule. */
  | 'INVALID_VALUE'
  /** The time to answer the invitation is over. */
  | 'INVITATION_EXPIRED'
  /** The partner is not connected with this account in AWS Partner Central, so it cannot be invited. */
  | 'NOT_CONNECTED'
  /** The field cannot be changed in the record's current review status or stage. The message includes a remedy, if any. */
  | 'NOT_EDITABLE'
  /** The list has too few items. */
  | 'NOT_ENOUGH_VALUES'
  /** AWS has no such object, for example no opportunity or no solution with this ID, or this account cannot access it. */
  | 'NOT_FOUND'
  /** AWS's response was lost, so it is unknown whether the change was applied. The message names what to check. */
  | 'OUTCOME_UNKNOWN'
  /** AWS rejected the input with a code unknown to this gateway. */
  | 'REFUSED_BY_AWS'
  /** A required value is missing, or the input clears a value that cannot be empty. */
  | 'REQUIRED_FIELD_MISSING'
  /** The engagement has as many members and pending invitations as AWS allows. */
  | 'ROOM_FULL'
  /** The list has too many items. */
  | 'TOO_MANY_VALUES'
  /** A date or amount is outside the range AWS accepts. */
  | 'VALUE_OUT_OF_RANGE';

/** How much of an opportunity AWS sees. Each value's description is AWS's own string. */
export type Visibility =
  /** Full */
  | 'FULL'
  /** Limited */
  | 'LIMITED';

export type AttentionQueryVariables = Exact<{ [key: string]: never; }>;


export type AttentionQuery = { ACTION_REQUIRED: { totalCount: number, missingKinds: Array<AttentionKind>, nodes: Array<{ kind: AttentionKind, since: string | null, message: string, subject:
        | { __typename: 'BulkJob', id: string }
        | { __typename: 'Engagement', id: string }
        | { __typename: 'EngagementByAcceptingInvitationTask', id: string }
        | { __typename: 'EngagementFromOpportunityTask', id: string }
        | { __typename: 'EngagementInvitation', engagementTitle: string | null, expirationDate: string | null, id: string, sender: { companyName: string | null } }
        | { __typename: 'Lead', id: string, customer: { companyName: string | null } | null }
        | { __typename: 'Opportunity', id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null }
        | { __typename: 'OpportunityFromEngagementTask', id: string }
        | { __typename: 'ProspectingFromEngagementTask', id: string }
        | { __typename: 'ResourceSnapshot', id: string }
        | { __typename: 'ResourceSnapshotJob', id: string }
        | { __typename: 'Solution', id: string }
       | null }> } | null, SUBMISSION_FAILED: { totalCount: number, missingKinds: Array<AttentionKind>, nodes: Array<{ kind: AttentionKind, since: string | null, message: string, subject:
        | { __typename: 'BulkJob', id: string }
        | { __typename: 'Engagement', id: string }
        | { __typename: 'EngagementByAcceptingInvitationTask', id: string }
        | { __typename: 'EngagementFromOpportunityTask', id: string }
        | { __typename: 'EngagementInvitation', engagementTitle: string | null, expirationDate: string | null, id: string, sender: { companyName: string | null } }
        | { __typename: 'Lead', id: string, customer: { companyName: string | null } | null }
        | { __typename: 'Opportunity', id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null }
        | { __typename: 'OpportunityFromEngagementTask', id: string }
        | { __typename: 'ProspectingFromEngagementTask', id: string }
        | { __typename: 'ResourceSnapshot', id: string }
        | { __typename: 'ResourceSnapshotJob', id: string }
        | { __typename: 'Solution', id: string }
       | null }> } | null, DEFERRED_EDIT_STUCK: { totalCount: number, missingKinds: Array<AttentionKind>, nodes: Array<{ kind: AttentionKind, since: string | null, message: string, subject:
        | { __typename: 'BulkJob', id: string }
        | { __typename: 'Engagement', id: string }
        | { __typename: 'EngagementByAcceptingInvitationTask', id: string }
        | { __typename: 'EngagementFromOpportunityTask', id: string }
        | { __typename: 'EngagementInvitation', engagementTitle: string | null, expirationDate: string | null, id: string, sender: { companyName: string | null } }
        | { __typename: 'Lead', id: string, customer: { companyName: string | null } | null }
        | { __typename: 'Opportunity', id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null }
        | { __typename: 'OpportunityFromEngagementTask', id: string }
        | { __typename: 'ProspectingFromEngagementTask', id: string }
        | { __typename: 'ResourceSnapshot', id: string }
        | { __typename: 'ResourceSnapshotJob', id: string }
        | { __typename: 'Solution', id: string }
       | null }> } | null, INVITATION_EXPIRING: { totalCount: number, missingKinds: Array<AttentionKind>, nodes: Array<{ kind: AttentionKind, since: string | null, message: string, subject:
        | { __typename: 'BulkJob', id: string }
        | { __typename: 'Engagement', id: string }
        | { __typename: 'EngagementByAcceptingInvitationTask', id: string }
        | { __typename: 'EngagementFromOpportunityTask', id: string }
        | { __typename: 'EngagementInvitation', engagementTitle: string | null, expirationDate: string | null, id: string, sender: { companyName: string | null } }
        | { __typename: 'Lead', id: string, customer: { companyName: string | null } | null }
        | { __typename: 'Opportunity', id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null }
        | { __typename: 'OpportunityFromEngagementTask', id: string }
        | { __typename: 'ProspectingFromEngagementTask', id: string }
        | { __typename: 'ResourceSnapshot', id: string }
        | { __typename: 'ResourceSnapshotJob', id: string }
        | { __typename: 'Solution', id: string }
       | null }> } | null, CLOSE_DATE_PASSED: { totalCount: number, missingKinds: Array<AttentionKind>, nodes: Array<{ kind: AttentionKind, since: string | null, message: string, subject:
        | { __typename: 'BulkJob', id: string }
        | { __typename: 'Engagement', id: string }
        | { __typename: 'EngagementByAcceptingInvitationTask', id: string }
        | { __typename: 'EngagementFromOpportunityTask', id: string }
        | { __typename: 'EngagementInvitation', engagementTitle: string | null, expirationDate: string | null, id: string, sender: { companyName: string | null } }
        | { __typename: 'Lead', id: string, customer: { companyName: string | null } | null }
        | { __typename: 'Opportunity', id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null }
        | { __typename: 'OpportunityFromEngagementTask', id: string }
        | { __typename: 'ProspectingFromEngagementTask', id: string }
        | { __typename: 'ResourceSnapshot', id: string }
        | { __typename: 'ResourceSnapshotJob', id: string }
        | { __typename: 'Solution', id: string }
       | null }> } | null, LEAD_UNTOUCHED: { totalCount: number, missingKinds: Array<AttentionKind>, nodes: Array<{ kind: AttentionKind, since: string | null, message: string, subject:
        | { __typename: 'BulkJob', id: string }
        | { __typename: 'Engagement', id: string }
        | { __typename: 'EngagementByAcceptingInvitationTask', id: string }
        | { __typename: 'EngagementFromOpportunityTask', id: string }
        | { __typename: 'EngagementInvitation', engagementTitle: string | null, expirationDate: string | null, id: string, sender: { companyName: string | null } }
        | { __typename: 'Lead', id: string, customer: { companyName: string | null } | null }
        | { __typename: 'Opportunity', id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null }
        | { __typename: 'OpportunityFromEngagementTask', id: string }
        | { __typename: 'ProspectingFromEngagementTask', id: string }
        | { __typename: 'ResourceSnapshot', id: string }
        | { __typename: 'ResourceSnapshotJob', id: string }
        | { __typename: 'Solution', id: string }
       | null }> } | null, NOT_SUBMITTED: { totalCount: number, missingKinds: Array<AttentionKind>, nodes: Array<{ kind: AttentionKind, since: string | null, message: string, subject:
        | { __typename: 'BulkJob', id: string }
        | { __typename: 'Engagement', id: string }
        | { __typename: 'EngagementByAcceptingInvitationTask', id: string }
        | { __typename: 'EngagementFromOpportunityTask', id: string }
        | { __typename: 'EngagementInvitation', engagementTitle: string | null, expirationDate: string | null, id: string, sender: { companyName: string | null } }
        | { __typename: 'Lead', id: string, customer: { companyName: string | null } | null }
        | { __typename: 'Opportunity', id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null }
        | { __typename: 'OpportunityFromEngagementTask', id: string }
        | { __typename: 'ProspectingFromEngagementTask', id: string }
        | { __typename: 'ResourceSnapshot', id: string }
        | { __typename: 'ResourceSnapshotJob', id: string }
        | { __typename: 'Solution', id: string }
       | null }> } | null };

export type AttentionGroupFragment = { totalCount: number, missingKinds: Array<AttentionKind>, nodes: Array<{ kind: AttentionKind, since: string | null, message: string, subject:
      | { __typename: 'BulkJob', id: string }
      | { __typename: 'Engagement', id: string }
      | { __typename: 'EngagementByAcceptingInvitationTask', id: string }
      | { __typename: 'EngagementFromOpportunityTask', id: string }
      | { __typename: 'EngagementInvitation', engagementTitle: string | null, expirationDate: string | null, id: string, sender: { companyName: string | null } }
      | { __typename: 'Lead', id: string, customer: { companyName: string | null } | null }
      | { __typename: 'Opportunity', id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null }
      | { __typename: 'OpportunityFromEngagementTask', id: string }
      | { __typename: 'ProspectingFromEngagementTask', id: string }
      | { __typename: 'ResourceSnapshot', id: string }
      | { __typename: 'ResourceSnapshotJob', id: string }
      | { __typename: 'Solution', id: string }
     | null }> };

export type AttentionGroupQueryVariables = Exact<{
  kind: AttentionKind;
}>;


export type AttentionGroupQuery = { attention: { totalCount: number, missingKinds: Array<AttentionKind>, nodes: Array<{ kind: AttentionKind, since: string | null, message: string, subject:
        | { __typename: 'BulkJob', id: string }
        | { __typename: 'Engagement', id: string }
        | { __typename: 'EngagementByAcceptingInvitationTask', id: string }
        | { __typename: 'EngagementFromOpportunityTask', id: string }
        | { __typename: 'EngagementInvitation', engagementTitle: string | null, expirationDate: string | null, id: string, sender: { companyName: string | null } }
        | { __typename: 'Lead', id: string, customer: { companyName: string | null } | null }
        | { __typename: 'Opportunity', id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null }
        | { __typename: 'OpportunityFromEngagementTask', id: string }
        | { __typename: 'ProspectingFromEngagementTask', id: string }
        | { __typename: 'ResourceSnapshot', id: string }
        | { __typename: 'ResourceSnapshotJob', id: string }
        | { __typename: 'Solution', id: string }
       | null }> } | null };

export type DealsQueryVariables = Exact<{
  filter: OpportunityFilter;
  after?: string | null | undefined;
}>;


export type DealsQuery = { opportunities: { edges: Array<{ node: { id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type TotalsQueryVariables = Exact<{
  filter: OpportunityFilter;
}>;


export type TotalsQuery = { pipeline: Array<{ stage: Stage | null, count: number, overdue: number, expectedMonthlySpend: Array<{ amount: string, currencyCode: CurrencyCode | null }> }> | null };

export type MoveMutationVariables = Exact<{
  input: UpdateOpportunityInput;
}>;


export type MoveMutation = { updateOpportunity: { opportunity: { id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null } | null, userErrors: Array<{ message: string }> } | null };

export type CandidatesQueryVariables = Exact<{
  filter: OpportunityFilter;
  after?: string | null | undefined;
}>;


export type CandidatesQuery = { opportunities: { edges: Array<{ node: { id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type WriteQuotaQueryVariables = Exact<{ [key: string]: never; }>;


export type WriteQuotaQuery = { quota: { write: { perSecond: number, remaining24h: number } } | null };

export type StartMutationVariables = Exact<{
  input: BulkUpdateOpportunitiesInput;
}>;


export type StartMutation = { bulkUpdateOpportunities: { job: { id: string, kind: BulkJobKind, name: string | null, status: BulkJobStatus, waitingFor: BulkJobWait | null, total: number, done: number, failed: number, skipped: number, createdAt: string, estimatedEnd: string | null } | null, userErrors: Array<{ message: string }> } | null };

export type JobFragment = { id: string, kind: BulkJobKind, name: string | null, status: BulkJobStatus, waitingFor: BulkJobWait | null, total: number, done: number, failed: number, skipped: number, createdAt: string, estimatedEnd: string | null };

export type JobQueryVariables = Exact<{
  id: string | number;
}>;


export type JobQuery = { bulkJob: { id: string, kind: BulkJobKind, name: string | null, status: BulkJobStatus, waitingFor: BulkJobWait | null, total: number, done: number, failed: number, skipped: number, createdAt: string, estimatedEnd: string | null } | null };

export type JobsQueryVariables = Exact<{ [key: string]: never; }>;


export type JobsQuery = { bulkJobs: { nodes: Array<{ id: string, kind: BulkJobKind, name: string | null, status: BulkJobStatus, waitingFor: BulkJobWait | null, total: number, done: number, failed: number, skipped: number, createdAt: string, estimatedEnd: string | null }> } | null };

export type ProgressSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type ProgressSubscription = { bulkJobProgress: { id: string, kind: BulkJobKind, name: string | null, status: BulkJobStatus, waitingFor: BulkJobWait | null, total: number, done: number, failed: number, skipped: number, createdAt: string, estimatedEnd: string | null } };

export type FailedQueryVariables = Exact<{
  id: string | number;
}>;


export type FailedQuery = { bulkJob: { id: string, items: { nodes: Array<{ index: number, opportunity: { id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null } | null, userErrors: Array<{ message: string }> }> } } | null };

export type PauseMutationVariables = Exact<{
  id: string | number;
}>;


export type PauseMutation = { pauseBulkJob: { job: { id: string, kind: BulkJobKind, name: string | null, status: BulkJobStatus, waitingFor: BulkJobWait | null, total: number, done: number, failed: number, skipped: number, createdAt: string, estimatedEnd: string | null } | null, userErrors: Array<{ message: string }> } | null };

export type ResumeMutationVariables = Exact<{
  id: string | number;
}>;


export type ResumeMutation = { resumeBulkJob: { job: { id: string, kind: BulkJobKind, name: string | null, status: BulkJobStatus, waitingFor: BulkJobWait | null, total: number, done: number, failed: number, skipped: number, createdAt: string, estimatedEnd: string | null } | null, userErrors: Array<{ message: string }> } | null };

export type CancelMutationVariables = Exact<{
  id: string | number;
}>;


export type CancelMutation = { cancelBulkJob: { job: { id: string, kind: BulkJobKind, name: string | null, status: BulkJobStatus, waitingFor: BulkJobWait | null, total: number, done: number, failed: number, skipped: number, createdAt: string, estimatedEnd: string | null } | null, userErrors: Array<{ message: string }> } | null };

export type PendingQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type PendingQuery = { engagementInvitations: { edges: Array<{ node: { id: string, status: InvitationStatus | null, payloadType: EngagementInvitationPayloadType | null, engagementTitle: string | null, invitationDate: string | null, expirationDate: string | null, daysLeft: number | null, invitationMessage: string | null, sender: { companyName: string | null, awsAccountId: string | null }, payload:
          | { __typename: 'LeadInvitationPayload', lead: { companyName: string | null, websiteUrl: string | null, marketSegment: string | null, industryName: string | null, country: string | null } | null, interaction: { contactBusinessTitle: string | null, sourceType: string | null, sourceName: string | null, usecase: string | null } | null }
          | { __typename: 'OpportunityInvitationPayload', receiverResponsibilities: Array<ReceiverResponsibility | null> | null, senderContacts: Array<{ firstName: string | null, lastName: string | null, email: string | null, phone: string | null, businessTitle: string | null }> | null, customer: { companyName: string | null, industry: Industry | null, countryCode: CountryCode | null, websiteUrl: string | null } | null, project: { title: string | null, businessProblem: string | null, targetCompletionDate: string | null, expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null }> | null } | null }
         | null, acceptance: { id: string, status: TaskStatus | null, message: string | null } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type InvitationFragment = { id: string, status: InvitationStatus | null, payloadType: EngagementInvitationPayloadType | null, engagementTitle: string | null, invitationDate: string | null, expirationDate: string | null, daysLeft: number | null, invitationMessage: string | null, sender: { companyName: string | null, awsAccountId: string | null }, payload:
    | { __typename: 'LeadInvitationPayload', lead: { companyName: string | null, websiteUrl: string | null, marketSegment: string | null, industryName: string | null, country: string | null } | null, interaction: { contactBusinessTitle: string | null, sourceType: string | null, sourceName: string | null, usecase: string | null } | null }
    | { __typename: 'OpportunityInvitationPayload', receiverResponsibilities: Array<ReceiverResponsibility | null> | null, senderContacts: Array<{ firstName: string | null, lastName: string | null, email: string | null, phone: string | null, businessTitle: string | null }> | null, customer: { companyName: string | null, industry: Industry | null, countryCode: CountryCode | null, websiteUrl: string | null } | null, project: { title: string | null, businessProblem: string | null, targetCompletionDate: string | null, expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null }> | null } | null }
   | null, acceptance: { id: string, status: TaskStatus | null, message: string | null } | null };

export type AnsweredQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AnsweredQuery = { engagementInvitations: { edges: Array<{ node: { id: string, status: InvitationStatus | null, payloadType: EngagementInvitationPayloadType | null, engagementTitle: string | null, invitationDate: string | null, expirationDate: string | null, sender: { companyName: string | null, awsAccountId: string | null }, acceptance: { id: string, opportunity: { id: string } | null } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type AcceptMutationVariables = Exact<{
  id: string | number;
}>;


export type AcceptMutation = { acceptEngagementInvitation: { accepted: boolean, opportunity: { id: string } | null, userErrors: Array<{ code: UserErrorCode, message: string }> } | null };

export type RejectMutationVariables = Exact<{
  input: RejectEngagementInvitationInput;
}>;


export type RejectMutation = { rejectEngagementInvitation: { invitation: { id: string, status: InvitationStatus | null } | null, userErrors: Array<{ path: Array<string>, message: string }> } | null };

export type InvitationChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type InvitationChangedSubscription = { engagementInvitationChanged: { id: string, status: InvitationStatus | null } };

export type IndexQueryVariables = Exact<{ [key: string]: never; }>;


export type IndexQuery = { pipeline: Array<{ asOf: string }> | null };

export type ChangesQueryVariables = Exact<{
  since?: string | null | undefined;
  after: string;
}>;


export type ChangesQuery = { opportunityChanges: { cursor: string, hasMore: boolean, asOf: string, changes: Array<{ kind: ChangeKind, id: string, lastModifiedDate: string, changedFields: Array<string> | null, cursor: string, opportunity: { id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null } | null }> } | null };

export type ChangeFragment = { kind: ChangeKind, id: string, lastModifiedDate: string, changedFields: Array<string> | null, cursor: string, opportunity: { id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null } | null };

export type ChangedSubscriptionVariables = Exact<{
  since?: string | null | undefined;
  after: string;
}>;


export type ChangedSubscription = { opportunityChanged: { kind: ChangeKind, id: string, lastModifiedDate: string, changedFields: Array<string> | null, cursor: string, opportunity: { id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null } | null } };

export type VersionFragment = { lastModifiedDate: string | null };

export type DetailQueryVariables = Exact<{
  id: string | number;
}>;


export type DetailQuery = { opportunity: { id: string, lastModifiedDate: string | null, partnerOpportunityIdentifier: string | null, opportunityType: OpportunityType | null, primaryNeedsFromAws: Array<PrimaryNeedFromAws | null> | null, relatedEntityIdentifiers: { solutions: Array<string> | null } | null, customer: { account: { companyName: string | null, industry: Industry | null, websiteUrl: string | null, address: { countryCode: CountryCode | null, stateOrRegion: string | null, postalCode: string | null } | null } | null, contacts: Array<{ email: string | null, firstName: string | null, lastName: string | null, businessTitle: string | null, phone: string | null }> | null } | null, project: { title: string | null, customerBusinessProblem: string | null, customerUseCase: string | null, deliveryModels: Array<DeliveryModel | null> | null, salesActivities: Array<SalesActivity | null> | null, otherSolutionDescription: string | null, expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null, lifeCycle: { stage: Stage | null, closedLostReason: ClosedLostReason | null, reviewStatus: ReviewStatus | null, reviewStatusReason: string | null, reviewComments: string | null, targetCloseDate: string | null, nextSteps: string | null } | null, editability: { reason: string, lockedFields: Array<string>, submittable: boolean }, submissionReadiness: { ready: boolean, blockers: Array<{ message: string }>, warnings: Array<{ message: string }> } } | null };

export type FormFragment = { id: string, lastModifiedDate: string | null, partnerOpportunityIdentifier: string | null, opportunityType: OpportunityType | null, primaryNeedsFromAws: Array<PrimaryNeedFromAws | null> | null, relatedEntityIdentifiers: { solutions: Array<string> | null } | null, customer: { account: { companyName: string | null, industry: Industry | null, websiteUrl: string | null, address: { countryCode: CountryCode | null, stateOrRegion: string | null, postalCode: string | null } | null } | null, contacts: Array<{ email: string | null, firstName: string | null, lastName: string | null, businessTitle: string | null, phone: string | null }> | null } | null, project: { title: string | null, customerBusinessProblem: string | null, customerUseCase: string | null, deliveryModels: Array<DeliveryModel | null> | null, salesActivities: Array<SalesActivity | null> | null, otherSolutionDescription: string | null, expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null, lifeCycle: { stage: Stage | null, closedLostReason: ClosedLostReason | null, reviewStatus: ReviewStatus | null, reviewStatusReason: string | null, reviewComments: string | null, targetCloseDate: string | null, nextSteps: string | null } | null, editability: { reason: string, lockedFields: Array<string>, submittable: boolean }, submissionReadiness: { ready: boolean, blockers: Array<{ message: string }>, warnings: Array<{ message: string }> } };

export type ContactFragment = { email: string | null, firstName: string | null, lastName: string | null, businessTitle: string | null, phone: string | null };

export type UserErrorFragment = { path: Array<string>, message: string, field: string | null };

export type SaveMutationVariables = Exact<{
  input: UpdateOpportunityInput;
}>;


export type SaveMutation = { updateOpportunity: { opportunity: { id: string, lastModifiedDate: string | null, partnerOpportunityIdentifier: string | null, opportunityType: OpportunityType | null, primaryNeedsFromAws: Array<PrimaryNeedFromAws | null> | null, relatedEntityIdentifiers: { solutions: Array<string> | null } | null, customer: { account: { companyName: string | null, industry: Industry | null, websiteUrl: string | null, address: { countryCode: CountryCode | null, stateOrRegion: string | null, postalCode: string | null } | null } | null, contacts: Array<{ email: string | null, firstName: string | null, lastName: string | null, businessTitle: string | null, phone: string | null }> | null } | null, project: { title: string | null, customerBusinessProblem: string | null, customerUseCase: string | null, deliveryModels: Array<DeliveryModel | null> | null, salesActivities: Array<SalesActivity | null> | null, otherSolutionDescription: string | null, expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null, lifeCycle: { stage: Stage | null, closedLostReason: ClosedLostReason | null, reviewStatus: ReviewStatus | null, reviewStatusReason: string | null, reviewComments: string | null, targetCloseDate: string | null, nextSteps: string | null } | null, editability: { reason: string, lockedFields: Array<string>, submittable: boolean }, submissionReadiness: { ready: boolean, blockers: Array<{ message: string }>, warnings: Array<{ message: string }> } } | null, conflict: { overlappingFields: Array<string>, current: { id: string, lastModifiedDate: string | null, partnerOpportunityIdentifier: string | null, opportunityType: OpportunityType | null, primaryNeedsFromAws: Array<PrimaryNeedFromAws | null> | null, relatedEntityIdentifiers: { solutions: Array<string> | null } | null, customer: { account: { companyName: string | null, industry: Industry | null, websiteUrl: string | null, address: { countryCode: CountryCode | null, stateOrRegion: string | null, postalCode: string | null } | null } | null, contacts: Array<{ email: string | null, firstName: string | null, lastName: string | null, businessTitle: string | null, phone: string | null }> | null } | null, project: { title: string | null, customerBusinessProblem: string | null, customerUseCase: string | null, deliveryModels: Array<DeliveryModel | null> | null, salesActivities: Array<SalesActivity | null> | null, otherSolutionDescription: string | null, expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null, lifeCycle: { stage: Stage | null, closedLostReason: ClosedLostReason | null, reviewStatus: ReviewStatus | null, reviewStatusReason: string | null, reviewComments: string | null, targetCloseDate: string | null, nextSteps: string | null } | null, editability: { reason: string, lockedFields: Array<string>, submittable: boolean }, submissionReadiness: { ready: boolean, blockers: Array<{ message: string }>, warnings: Array<{ message: string }> } } } | null, warnings: Array<{ message: string }>, userErrors: Array<{ path: Array<string>, message: string, field: string | null }> } | null };

export type CreateDealMutationVariables = Exact<{
  input: CreateOpportunityInput;
}>;


export type CreateDealMutation = { createOpportunity: { id: string | null, opportunity: { id: string, lastModifiedDate: string | null, partnerOpportunityIdentifier: string | null, opportunityType: OpportunityType | null, primaryNeedsFromAws: Array<PrimaryNeedFromAws | null> | null, relatedEntityIdentifiers: { solutions: Array<string> | null } | null, customer: { account: { companyName: string | null, industry: Industry | null, websiteUrl: string | null, address: { countryCode: CountryCode | null, stateOrRegion: string | null, postalCode: string | null } | null } | null, contacts: Array<{ email: string | null, firstName: string | null, lastName: string | null, businessTitle: string | null, phone: string | null }> | null } | null, project: { title: string | null, customerBusinessProblem: string | null, customerUseCase: string | null, deliveryModels: Array<DeliveryModel | null> | null, salesActivities: Array<SalesActivity | null> | null, otherSolutionDescription: string | null, expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null, lifeCycle: { stage: Stage | null, closedLostReason: ClosedLostReason | null, reviewStatus: ReviewStatus | null, reviewStatusReason: string | null, reviewComments: string | null, targetCloseDate: string | null, nextSteps: string | null } | null, editability: { reason: string, lockedFields: Array<string>, submittable: boolean }, submissionReadiness: { ready: boolean, blockers: Array<{ message: string }>, warnings: Array<{ message: string }> } } | null, userErrors: Array<{ path: Array<string>, message: string, field: string | null }> } | null };

export type SubmissionQueryVariables = Exact<{
  id: string | number;
}>;


export type SubmissionQuery = { opportunity: { id: string, submission: { id: string, status: TaskStatus | null, startTime: string | null, errors: Array<{ message: string }> } | null } | null, solutions: { nodes: Array<{ id: string, name: string | null }> } | null };

export type SubmitMutationVariables = Exact<{
  input: SubmitOpportunityInput;
}>;


export type SubmitMutation = { submitOpportunity: { submitted: boolean, steps: Array<{ name: SubmissionStepName, outcome: StepOutcome, association: { id: string } | null }>, opportunity: { id: string, lastModifiedDate: string | null, partnerOpportunityIdentifier: string | null, opportunityType: OpportunityType | null, primaryNeedsFromAws: Array<PrimaryNeedFromAws | null> | null, relatedEntityIdentifiers: { solutions: Array<string> | null } | null, customer: { account: { companyName: string | null, industry: Industry | null, websiteUrl: string | null, address: { countryCode: CountryCode | null, stateOrRegion: string | null, postalCode: string | null } | null } | null, contacts: Array<{ email: string | null, firstName: string | null, lastName: string | null, businessTitle: string | null, phone: string | null }> | null } | null, project: { title: string | null, customerBusinessProblem: string | null, customerUseCase: string | null, deliveryModels: Array<DeliveryModel | null> | null, salesActivities: Array<SalesActivity | null> | null, otherSolutionDescription: string | null, expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null, lifeCycle: { stage: Stage | null, closedLostReason: ClosedLostReason | null, reviewStatus: ReviewStatus | null, reviewStatusReason: string | null, reviewComments: string | null, targetCloseDate: string | null, nextSteps: string | null } | null, editability: { reason: string, lockedFields: Array<string>, submittable: boolean }, submissionReadiness: { ready: boolean, blockers: Array<{ message: string }>, warnings: Array<{ message: string }> } } | null, warnings: Array<{ message: string }>, userErrors: Array<{ path: Array<string>, message: string, field: string | null }> } | null };

export type AwsViewQueryVariables = Exact<{
  id: string | number;
}>;


export type AwsViewQuery = { opportunity: { id: string, differences: Array<{ field: string, partner: string | null, aws: string | null }> | null, awsSummary: { involvementType: SalesInvolvementType | null, visibility: Visibility | null, asOf: string, lifeCycle: { stage: AwsOpportunityStage | null, targetCloseDate: string | null, nextSteps: string | null } | null, insights: { engagementScore: EngagementScore | null, nextBestActions: string | null } | null, opportunityTeam: Array<{ firstName: string | null, lastName: string | null, email: string | null, businessTitle: AwsMemberBusinessTitle | null }> | null } | null } | null };

export type HistoryQueryVariables = Exact<{
  id: string | number;
}>;


export type HistoryQuery = { opportunity: { id: string, history: { nodes: Array<{ at: string | null, view: string, changes: Array<{ field: string, from: string | null, to: string | null }> }> } | null } | null };

export type AccountQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountQuery = { session: { account: string, catalog: string, writable: boolean } | null };

export type QuotaQueryVariables = Exact<{ [key: string]: never; }>;


export type QuotaQuery = { quota: { read: { perSecond: number, remaining24h: number, nextCallAt: string | null, waiting: number }, write: { perSecond: number, remaining24h: number, nextCallAt: string | null, waiting: number } } | null };

export type QuotaClassFragment = { perSecond: number, remaining24h: number, nextCallAt: string | null, waiting: number };

export type DealFragment = { id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null };

export type PicklistsQueryVariables = Exact<{ [key: string]: never; }>;


export type PicklistsQuery = { picklists: { closedLostReasons: Array<{ value: string, label: string }>, countryCodes: Array<{ value: string, label: string }>, currencyCodes: Array<{ value: string, label: string }>, customerUseCases: Array<{ value: string, label: string }>, deliveryModels: Array<{ value: string, label: string }>, industries: Array<{ value: string, label: string }>, frequencies: Array<{ value: string, label: string }>, involvementTypes: Array<{ value: string, label: string }>, opportunityTypes: Array<{ value: string, label: string }>, primaryNeedsFromAws: Array<{ value: string, label: string }>, receiverResponsibilities: Array<{ value: string, label: string }>, rejectionReasons: Array<{ value: string, label: string }>, reviewStatuses: Array<{ value: string, label: string }>, salesActivities: Array<{ value: string, label: string }>, stages: Array<{ value: string, label: string }>, statesOrRegions: Array<{ value: string, label: string }>, visibilities: Array<{ value: string, label: string }> } | null };

export type ChoiceFragment = { value: string, label: string };

export const DealFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"deal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}}]}}]} as unknown as DocumentNode<DealFragment, unknown>;
export const AttentionGroupFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"attentionGroup"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AttentionConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"missingKinds"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"deal"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EngagementInvitation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"engagementTitle"}},{"kind":"Field","name":{"kind":"Name","value":"expirationDate"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"deal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}}]}}]} as unknown as DocumentNode<AttentionGroupFragment, unknown>;
export const JobFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"job"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BulkJob"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"waitingFor"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedEnd"}}]}}]} as unknown as DocumentNode<JobFragment, unknown>;
export const InvitationFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"invitation"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EngagementInvitation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"payloadType"}},{"kind":"Field","name":{"kind":"Name","value":"engagementTitle"}},{"kind":"Field","name":{"kind":"Name","value":"invitationDate"}},{"kind":"Field","name":{"kind":"Name","value":"expirationDate"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"invitationMessage"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}},{"kind":"Field","name":{"kind":"Name","value":"awsAccountId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"payload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OpportunityInvitationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"receiverResponsibilities"}},{"kind":"Field","name":{"kind":"Name","value":"senderContacts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"businessTitle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}},{"kind":"Field","name":{"kind":"Name","value":"industry"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"websiteUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"businessProblem"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompletionDate"}},{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LeadInvitationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"lead"},"name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}},{"kind":"Field","alias":{"kind":"Name","value":"industryName"},"name":{"kind":"Name","value":"industry"}},{"kind":"Field","alias":{"kind":"Name","value":"country"},"name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"websiteUrl"}},{"kind":"Field","name":{"kind":"Name","value":"marketSegment"}}]}},{"kind":"Field","name":{"kind":"Name","value":"interaction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contactBusinessTitle"}},{"kind":"Field","name":{"kind":"Name","value":"sourceType"}},{"kind":"Field","name":{"kind":"Name","value":"sourceName"}},{"kind":"Field","name":{"kind":"Name","value":"usecase"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"acceptance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<InvitationFragment, unknown>;
export const ChangeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"change"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OpportunityChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"changedFields"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"deal"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"deal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}}]}}]} as unknown as DocumentNode<ChangeFragment, unknown>;
export const VersionFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"version"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}}]}}]} as unknown as DocumentNode<VersionFragment, unknown>;
export const ContactFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"contact"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Contact"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"businessTitle"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}}]} as unknown as DocumentNode<ContactFragment, unknown>;
export const FormFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"form"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"partnerOpportunityIdentifier"}},{"kind":"Field","name":{"kind":"Name","value":"opportunityType"}},{"kind":"Field","name":{"kind":"Name","value":"primaryNeedsFromAws"}},{"kind":"Field","name":{"kind":"Name","value":"relatedEntityIdentifiers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"solutions"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}},{"kind":"Field","name":{"kind":"Name","value":"industry"}},{"kind":"Field","name":{"kind":"Name","value":"websiteUrl"}},{"kind":"Field","name":{"kind":"Name","value":"address"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"stateOrRegion"}},{"kind":"Field","name":{"kind":"Name","value":"postalCode"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"contacts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"contact"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"customerBusinessProblem"}},{"kind":"Field","name":{"kind":"Name","value":"customerUseCase"}},{"kind":"Field","name":{"kind":"Name","value":"deliveryModels"}},{"kind":"Field","name":{"kind":"Name","value":"salesActivities"}},{"kind":"Field","name":{"kind":"Name","value":"otherSolutionDescription"}},{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"closedLostReason"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatusReason"}},{"kind":"Field","name":{"kind":"Name","value":"reviewComments"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}},{"kind":"Field","name":{"kind":"Name","value":"nextSteps"}}]}},{"kind":"Field","name":{"kind":"Name","value":"editability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"lockedFields"}},{"kind":"Field","name":{"kind":"Name","value":"submittable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"submissionReadiness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ready"}},{"kind":"Field","name":{"kind":"Name","value":"blockers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"contact"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Contact"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"businessTitle"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}}]} as unknown as DocumentNode<FormFragment, unknown>;
export const UserErrorFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"userError"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]} as unknown as DocumentNode<UserErrorFragment, unknown>;
export const QuotaClassFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"quotaClass"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"QuotaClass"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"perSecond"}},{"kind":"Field","name":{"kind":"Name","value":"remaining24h"}},{"kind":"Field","name":{"kind":"Name","value":"nextCallAt"}},{"kind":"Field","name":{"kind":"Name","value":"waiting"}}]}}]} as unknown as DocumentNode<QuotaClassFragment, unknown>;
export const ChoiceFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"choice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PicklistValue"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}}]} as unknown as DocumentNode<ChoiceFragment, unknown>;
export const AttentionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Attention"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"ACTION_REQUIRED"},"name":{"kind":"Name","value":"attention"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"kinds"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"ACTION_REQUIRED"}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"attentionGroup"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"SUBMISSION_FAILED"},"name":{"kind":"Name","value":"attention"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"kinds"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"SUBMISSION_FAILED"}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"attentionGroup"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"DEFERRED_EDIT_STUCK"},"name":{"kind":"Name","value":"attention"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"kinds"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"DEFERRED_EDIT_STUCK"}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"attentionGroup"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"INVITATION_EXPIRING"},"name":{"kind":"Name","value":"attention"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"kinds"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"INVITATION_EXPIRING"}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"attentionGroup"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"CLOSE_DATE_PASSED"},"name":{"kind":"Name","value":"attention"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"kinds"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"CLOSE_DATE_PASSED"}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"attentionGroup"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"LEAD_UNTOUCHED"},"name":{"kind":"Name","value":"attention"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"kinds"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"LEAD_UNTOUCHED"}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"attentionGroup"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"NOT_SUBMITTED"},"name":{"kind":"Name","value":"attention"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"kinds"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"NOT_SUBMITTED"}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"attentionGroup"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"deal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"attentionGroup"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AttentionConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"missingKinds"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"deal"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EngagementInvitation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"engagementTitle"}},{"kind":"Field","name":{"kind":"Name","value":"expirationDate"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<AttentionQuery, AttentionQueryVariables>;
export const AttentionGroupDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AttentionGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"kind"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AttentionKind"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"attention"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"kinds"},"value":{"kind":"ListValue","values":[{"kind":"Variable","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"attentionGroup"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"deal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"attentionGroup"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AttentionConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"missingKinds"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"subject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"deal"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EngagementInvitation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"engagementTitle"}},{"kind":"Field","name":{"kind":"Name","value":"expirationDate"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<AttentionGroupQuery, AttentionGroupQueryVariables>;
export const DealsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Deals"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OpportunityFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"opportunities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"deal"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"deal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}}]}}]} as unknown as DocumentNode<DealsQuery, DealsQueryVariables>;
export const TotalsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Totals"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OpportunityFilter"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pipeline"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"groupBy"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"STAGE"}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"overdue"}},{"kind":"Field","name":{"kind":"Name","value":"expectedMonthlySpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]}}]}}]} as unknown as DocumentNode<TotalsQuery, TotalsQueryVariables>;
export const MoveDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Move"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateOpportunityInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateOpportunity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"deal"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"deal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}}]}}]} as unknown as DocumentNode<MoveMutation, MoveMutationVariables>;
export const CandidatesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Candidates"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OpportunityFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"opportunities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"deal"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"deal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}}]}}]} as unknown as DocumentNode<CandidatesQuery, CandidatesQueryVariables>;
export const WriteQuotaDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WriteQuota"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quota"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"write"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"perSecond"}},{"kind":"Field","name":{"kind":"Name","value":"remaining24h"}}]}}]}}]}}]} as unknown as DocumentNode<WriteQuotaQuery, WriteQuotaQueryVariables>;
export const StartDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Start"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"BulkUpdateOpportunitiesInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkUpdateOpportunities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"job"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"job"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BulkJob"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"waitingFor"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedEnd"}}]}}]} as unknown as DocumentNode<StartMutation, StartMutationVariables>;
export const JobDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Job"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"job"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"job"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BulkJob"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"waitingFor"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedEnd"}}]}}]} as unknown as DocumentNode<JobQuery, JobQueryVariables>;
export const JobsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Jobs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkJobs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"job"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"job"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BulkJob"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"waitingFor"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedEnd"}}]}}]} as unknown as DocumentNode<JobsQuery, JobsQueryVariables>;
export const ProgressDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"Progress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkJobProgress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"job"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"job"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BulkJob"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"waitingFor"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedEnd"}}]}}]} as unknown as DocumentNode<ProgressSubscription, ProgressSubscriptionVariables>;
export const FailedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Failed"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"items"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"outcomes"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"FAILED"}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"index"}},{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"deal"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"deal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}}]}}]} as unknown as DocumentNode<FailedQuery, FailedQueryVariables>;
export const PauseDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Pause"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pauseBulkJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"job"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"job"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BulkJob"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"waitingFor"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedEnd"}}]}}]} as unknown as DocumentNode<PauseMutation, PauseMutationVariables>;
export const ResumeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Resume"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resumeBulkJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"job"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"job"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BulkJob"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"waitingFor"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedEnd"}}]}}]} as unknown as DocumentNode<ResumeMutation, ResumeMutationVariables>;
export const CancelDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Cancel"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelBulkJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"job"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"job"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BulkJob"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"waitingFor"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedEnd"}}]}}]} as unknown as DocumentNode<CancelMutation, CancelMutationVariables>;
export const PendingDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Pending"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"engagementInvitations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"statuses"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"PENDING"}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"invitation"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"invitation"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EngagementInvitation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"payloadType"}},{"kind":"Field","name":{"kind":"Name","value":"engagementTitle"}},{"kind":"Field","name":{"kind":"Name","value":"invitationDate"}},{"kind":"Field","name":{"kind":"Name","value":"expirationDate"}},{"kind":"Field","name":{"kind":"Name","value":"daysLeft"}},{"kind":"Field","name":{"kind":"Name","value":"invitationMessage"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}},{"kind":"Field","name":{"kind":"Name","value":"awsAccountId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"payload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OpportunityInvitationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"receiverResponsibilities"}},{"kind":"Field","name":{"kind":"Name","value":"senderContacts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"businessTitle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}},{"kind":"Field","name":{"kind":"Name","value":"industry"}},{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"websiteUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"businessProblem"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompletionDate"}},{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LeadInvitationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"lead"},"name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}},{"kind":"Field","alias":{"kind":"Name","value":"industryName"},"name":{"kind":"Name","value":"industry"}},{"kind":"Field","alias":{"kind":"Name","value":"country"},"name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"websiteUrl"}},{"kind":"Field","name":{"kind":"Name","value":"marketSegment"}}]}},{"kind":"Field","name":{"kind":"Name","value":"interaction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contactBusinessTitle"}},{"kind":"Field","name":{"kind":"Name","value":"sourceType"}},{"kind":"Field","name":{"kind":"Name","value":"sourceName"}},{"kind":"Field","name":{"kind":"Name","value":"usecase"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"acceptance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<PendingQuery, PendingQueryVariables>;
export const AnsweredDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Answered"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"engagementInvitations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"statuses"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"ACCEPTED"},{"kind":"EnumValue","value":"REJECTED"},{"kind":"EnumValue","value":"EXPIRED"}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"payloadType"}},{"kind":"Field","name":{"kind":"Name","value":"engagementTitle"}},{"kind":"Field","name":{"kind":"Name","value":"invitationDate"}},{"kind":"Field","name":{"kind":"Name","value":"expirationDate"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}},{"kind":"Field","name":{"kind":"Name","value":"awsAccountId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"acceptance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<AnsweredQuery, AnsweredQueryVariables>;
export const AcceptDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Accept"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"acceptEngagementInvitation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"waitMs"},"value":{"kind":"IntValue","value":"8000"}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accepted"}},{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<AcceptMutation, AcceptMutationVariables>;
export const RejectDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Reject"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RejectEngagementInvitationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rejectEngagementInvitation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"invitation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<RejectMutation, RejectMutationVariables>;
export const InvitationChangedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"InvitationChanged"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"engagementInvitationChanged"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]} as unknown as DocumentNode<InvitationChangedSubscription, InvitationChangedSubscriptionVariables>;
export const IndexDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Index"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pipeline"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"groupBy"},"value":{"kind":"ListValue","values":[]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}}]}}]} as unknown as DocumentNode<IndexQuery, IndexQueryVariables>;
export const ChangesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Changes"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"since"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"opportunityChanges"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"since"},"value":{"kind":"Variable","name":{"kind":"Name","value":"since"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"lastModifiedDate"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"change"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasMore"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"deal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"change"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OpportunityChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"changedFields"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"deal"}}]}}]}}]} as unknown as DocumentNode<ChangesQuery, ChangesQueryVariables>;
export const ChangedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"Changed"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"since"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"opportunityChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"since"},"value":{"kind":"Variable","name":{"kind":"Name","value":"since"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"lastModifiedDate"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"change"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"deal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"change"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OpportunityChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"changedFields"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"deal"}}]}}]}}]} as unknown as DocumentNode<ChangedSubscription, ChangedSubscriptionVariables>;
export const DetailDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Detail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"form"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"contact"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Contact"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"businessTitle"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"form"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"partnerOpportunityIdentifier"}},{"kind":"Field","name":{"kind":"Name","value":"opportunityType"}},{"kind":"Field","name":{"kind":"Name","value":"primaryNeedsFromAws"}},{"kind":"Field","name":{"kind":"Name","value":"relatedEntityIdentifiers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"solutions"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}},{"kind":"Field","name":{"kind":"Name","value":"industry"}},{"kind":"Field","name":{"kind":"Name","value":"websiteUrl"}},{"kind":"Field","name":{"kind":"Name","value":"address"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"stateOrRegion"}},{"kind":"Field","name":{"kind":"Name","value":"postalCode"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"contacts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"contact"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"customerBusinessProblem"}},{"kind":"Field","name":{"kind":"Name","value":"customerUseCase"}},{"kind":"Field","name":{"kind":"Name","value":"deliveryModels"}},{"kind":"Field","name":{"kind":"Name","value":"salesActivities"}},{"kind":"Field","name":{"kind":"Name","value":"otherSolutionDescription"}},{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"closedLostReason"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatusReason"}},{"kind":"Field","name":{"kind":"Name","value":"reviewComments"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}},{"kind":"Field","name":{"kind":"Name","value":"nextSteps"}}]}},{"kind":"Field","name":{"kind":"Name","value":"editability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"lockedFields"}},{"kind":"Field","name":{"kind":"Name","value":"submittable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"submissionReadiness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ready"}},{"kind":"Field","name":{"kind":"Name","value":"blockers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<DetailQuery, DetailQueryVariables>;
export const SaveDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Save"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateOpportunityInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateOpportunity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"form"}}]}},{"kind":"Field","name":{"kind":"Name","value":"conflict"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"overlappingFields"}},{"kind":"Field","name":{"kind":"Name","value":"current"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"form"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"userError"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"contact"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Contact"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"businessTitle"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"form"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"partnerOpportunityIdentifier"}},{"kind":"Field","name":{"kind":"Name","value":"opportunityType"}},{"kind":"Field","name":{"kind":"Name","value":"primaryNeedsFromAws"}},{"kind":"Field","name":{"kind":"Name","value":"relatedEntityIdentifiers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"solutions"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}},{"kind":"Field","name":{"kind":"Name","value":"industry"}},{"kind":"Field","name":{"kind":"Name","value":"websiteUrl"}},{"kind":"Field","name":{"kind":"Name","value":"address"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"stateOrRegion"}},{"kind":"Field","name":{"kind":"Name","value":"postalCode"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"contacts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"contact"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"customerBusinessProblem"}},{"kind":"Field","name":{"kind":"Name","value":"customerUseCase"}},{"kind":"Field","name":{"kind":"Name","value":"deliveryModels"}},{"kind":"Field","name":{"kind":"Name","value":"salesActivities"}},{"kind":"Field","name":{"kind":"Name","value":"otherSolutionDescription"}},{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"closedLostReason"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatusReason"}},{"kind":"Field","name":{"kind":"Name","value":"reviewComments"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}},{"kind":"Field","name":{"kind":"Name","value":"nextSteps"}}]}},{"kind":"Field","name":{"kind":"Name","value":"editability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"lockedFields"}},{"kind":"Field","name":{"kind":"Name","value":"submittable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"submissionReadiness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ready"}},{"kind":"Field","name":{"kind":"Name","value":"blockers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"userError"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]} as unknown as DocumentNode<SaveMutation, SaveMutationVariables>;
export const CreateDealDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateDeal"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateOpportunityInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createOpportunity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"form"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"userError"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"contact"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Contact"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"businessTitle"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"form"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"partnerOpportunityIdentifier"}},{"kind":"Field","name":{"kind":"Name","value":"opportunityType"}},{"kind":"Field","name":{"kind":"Name","value":"primaryNeedsFromAws"}},{"kind":"Field","name":{"kind":"Name","value":"relatedEntityIdentifiers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"solutions"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}},{"kind":"Field","name":{"kind":"Name","value":"industry"}},{"kind":"Field","name":{"kind":"Name","value":"websiteUrl"}},{"kind":"Field","name":{"kind":"Name","value":"address"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"stateOrRegion"}},{"kind":"Field","name":{"kind":"Name","value":"postalCode"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"contacts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"contact"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"customerBusinessProblem"}},{"kind":"Field","name":{"kind":"Name","value":"customerUseCase"}},{"kind":"Field","name":{"kind":"Name","value":"deliveryModels"}},{"kind":"Field","name":{"kind":"Name","value":"salesActivities"}},{"kind":"Field","name":{"kind":"Name","value":"otherSolutionDescription"}},{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"closedLostReason"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatusReason"}},{"kind":"Field","name":{"kind":"Name","value":"reviewComments"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}},{"kind":"Field","name":{"kind":"Name","value":"nextSteps"}}]}},{"kind":"Field","name":{"kind":"Name","value":"editability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"lockedFields"}},{"kind":"Field","name":{"kind":"Name","value":"submittable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"submissionReadiness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ready"}},{"kind":"Field","name":{"kind":"Name","value":"blockers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"userError"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]} as unknown as DocumentNode<CreateDealMutation, CreateDealMutationVariables>;
export const SubmissionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Submission"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"submission"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"startTime"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"solutions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"statuses"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"ACTIVE"}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]} as unknown as DocumentNode<SubmissionQuery, SubmissionQueryVariables>;
export const SubmitDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Submit"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SubmitOpportunityInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"submitOpportunity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"submitted"}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"association"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"form"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"userError"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"contact"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Contact"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"businessTitle"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"form"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"partnerOpportunityIdentifier"}},{"kind":"Field","name":{"kind":"Name","value":"opportunityType"}},{"kind":"Field","name":{"kind":"Name","value":"primaryNeedsFromAws"}},{"kind":"Field","name":{"kind":"Name","value":"relatedEntityIdentifiers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"solutions"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}},{"kind":"Field","name":{"kind":"Name","value":"industry"}},{"kind":"Field","name":{"kind":"Name","value":"websiteUrl"}},{"kind":"Field","name":{"kind":"Name","value":"address"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"countryCode"}},{"kind":"Field","name":{"kind":"Name","value":"stateOrRegion"}},{"kind":"Field","name":{"kind":"Name","value":"postalCode"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"contacts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"contact"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"customerBusinessProblem"}},{"kind":"Field","name":{"kind":"Name","value":"customerUseCase"}},{"kind":"Field","name":{"kind":"Name","value":"deliveryModels"}},{"kind":"Field","name":{"kind":"Name","value":"salesActivities"}},{"kind":"Field","name":{"kind":"Name","value":"otherSolutionDescription"}},{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"closedLostReason"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatusReason"}},{"kind":"Field","name":{"kind":"Name","value":"reviewComments"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}},{"kind":"Field","name":{"kind":"Name","value":"nextSteps"}}]}},{"kind":"Field","name":{"kind":"Name","value":"editability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"lockedFields"}},{"kind":"Field","name":{"kind":"Name","value":"submittable"}}]}},{"kind":"Field","name":{"kind":"Name","value":"submissionReadiness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ready"}},{"kind":"Field","name":{"kind":"Name","value":"blockers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"userError"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]} as unknown as DocumentNode<SubmitMutation, SubmitMutationVariables>;
export const AwsViewDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AwsView"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"differences"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"partner"}},{"kind":"Field","name":{"kind":"Name","value":"aws"}}]}},{"kind":"Field","name":{"kind":"Name","value":"awsSummary"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"involvementType"}},{"kind":"Field","name":{"kind":"Name","value":"visibility"}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}},{"kind":"Field","name":{"kind":"Name","value":"nextSteps"}}]}},{"kind":"Field","name":{"kind":"Name","value":"insights"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"engagementScore"}},{"kind":"Field","name":{"kind":"Name","value":"nextBestActions"}}]}},{"kind":"Field","name":{"kind":"Name","value":"opportunityTeam"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"firstName"}},{"kind":"Field","name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"businessTitle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}}]}}]}}]} as unknown as DocumentNode<AwsViewQuery, AwsViewQueryVariables>;
export const HistoryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"History"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"history"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"view"}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<HistoryQuery, HistoryQueryVariables>;
export const AccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"}},{"kind":"Field","name":{"kind":"Name","value":"catalog"}},{"kind":"Field","name":{"kind":"Name","value":"writable"}}]}}]}}]} as unknown as DocumentNode<AccountQuery, AccountQueryVariables>;
export const QuotaDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Quota"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quota"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"read"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"quotaClass"}}]}},{"kind":"Field","name":{"kind":"Name","value":"write"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"quotaClass"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"quotaClass"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"QuotaClass"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"perSecond"}},{"kind":"Field","name":{"kind":"Name","value":"remaining24h"}},{"kind":"Field","name":{"kind":"Name","value":"nextCallAt"}},{"kind":"Field","name":{"kind":"Name","value":"waiting"}}]}}]} as unknown as DocumentNode<QuotaQuery, QuotaQueryVariables>;
export const PicklistsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Picklists"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"picklists"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"closedLostReasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"countryCodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"currencyCodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customerUseCases"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deliveryModels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"industries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"frequencies"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"involvementTypes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"opportunityTypes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"primaryNeedsFromAws"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"receiverResponsibilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rejectionReasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatuses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"salesActivities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stages"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"statesOrRegions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"visibilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"choice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PicklistValue"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}}]} as unknown as DocumentNode<PicklistsQuery, PicklistsQueryVariables>;