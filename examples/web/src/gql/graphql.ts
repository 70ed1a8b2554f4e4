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

/** Whether AWS marketing funds were used. Each value's description is AWS's own string. */
export type AwsFundingUsed =
  /** No */
  | 'NO'
  /** Yes */
  | 'YES';

/** An AWS partition other than the commercial one. Each value's description is AWS's own string. */
export type AwsPartition =
  /** aws-eusc */
  | 'AWS_EUSC';

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

export type DetailQueryVariables = Exact<{
  id: string | number;
}>;


export type DetailQuery = { opportunity: { id: string, lastModifiedDate: string | null, customer: { account: { companyName: string | null, industry: Industry | null } | null } | null, project: { title: string | null, customerBusinessProblem: string | null } | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null, nextSteps: string | null } | null, editability: { reason: string, lockedFields: Array<string> } } | null };

export type FormFragment = { id: string, lastModifiedDate: string | null, customer: { account: { companyName: string | null, industry: Industry | null } | null } | null, project: { title: string | null, customerBusinessProblem: string | null } | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null, nextSteps: string | null } | null, editability: { reason: string, lockedFields: Array<string> } };

export type SaveMutationVariables = Exact<{
  input: UpdateOpportunityInput;
}>;


export type SaveMutation = { updateOpportunity: { changedFields: Array<string>, opportunity: { id: string, lastModifiedDate: string | null, customer: { account: { companyName: string | null, industry: Industry | null } | null } | null, project: { title: string | null, customerBusinessProblem: string | null } | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null, nextSteps: string | null } | null, editability: { reason: string, lockedFields: Array<string> } } | null, conflict: { overlappingFields: Array<string>, current: { id: string, lastModifiedDate: string | null, customer: { account: { companyName: string | null, industry: Industry | null } | null } | null, project: { title: string | null, customerBusinessProblem: string | null } | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null, nextSteps: string | null } | null, editability: { reason: string, lockedFields: Array<string> } } } | null, warnings: Array<{ path: Array<string>, message: string }>, userErrors: Array<{ path: Array<string>, code: UserErrorCode, message: string }> } | null };

export type DealFragment = { id: string, lastModifiedDate: string | null, lifeCycle: { stage: Stage | null, reviewStatus: ReviewStatus | null, targetCloseDate: string | null } | null, customer: { account: { companyName: string | null } | null } | null, project: { expectedCustomerSpend: Array<{ amount: string | null, currencyCode: CurrencyCode | null, frequency: PaymentFrequency | null, targetCompany: string | null }> | null } | null };

export type PicklistsQueryVariables = Exact<{ [key: string]: never; }>;


export type PicklistsQuery = { picklists: { closedLostReasons: Array<{ value: string, label: string }>, countryCodes: Array<{ value: string, label: string }>, currencyCodes: Array<{ value: string, label: string }>, customerUseCases: Array<{ value: string, label: string }>, deliveryModels: Array<{ value: string, label: string }>, industries: Array<{ value: string, label: string }>, involvementTypes: Array<{ value: string, label: string }>, opportunityTypes: Array<{ value: string, label: string }>, primaryNeedsFromAws: Array<{ value: string, label: string }>, reviewStatuses: Array<{ value: string, label: string }>, salesActivities: Array<{ value: string, label: string }>, stages: Array<{ value: string, label: string }>, statesOrRegions: Array<{ value: string, label: string }>, visibilities: Array<{ value: string, label: string }> } | null };

export type ChoiceFragment = { value: string, label: string };

export const FormFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"form"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}},{"kind":"Field","name":{"kind":"Name","value":"industry"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"customerBusinessProblem"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}},{"kind":"Field","name":{"kind":"Name","value":"nextSteps"}}]}},{"kind":"Field","name":{"kind":"Name","value":"editability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"lockedFields"}}]}}]}}]} as unknown as DocumentNode<FormFragment, unknown>;
export const DealFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"deal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}}]}}]} as unknown as DocumentNode<DealFragment, unknown>;
export const ChoiceFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"choice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PicklistValue"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}}]} as unknown as DocumentNode<ChoiceFragment, unknown>;
export const DealsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Deals"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OpportunityFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"opportunities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"deal"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"deal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}}]}}]} as unknown as DocumentNode<DealsQuery, DealsQueryVariables>;
export const TotalsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Totals"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OpportunityFilter"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pipeline"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"groupBy"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"STAGE"}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"overdue"}},{"kind":"Field","name":{"kind":"Name","value":"expectedMonthlySpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]}}]}}]} as unknown as DocumentNode<TotalsQuery, TotalsQueryVariables>;
export const MoveDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Move"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateOpportunityInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateOpportunity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"deal"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"deal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expectedCustomerSpend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}},{"kind":"Field","name":{"kind":"Name","value":"frequency"}},{"kind":"Field","name":{"kind":"Name","value":"targetCompany"}}]}}]}}]}}]} as unknown as DocumentNode<MoveMutation, MoveMutationVariables>;
export const DetailDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Detail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"form"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"form"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}},{"kind":"Field","name":{"kind":"Name","value":"industry"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"customerBusinessProblem"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}},{"kind":"Field","name":{"kind":"Name","value":"nextSteps"}}]}},{"kind":"Field","name":{"kind":"Name","value":"editability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"lockedFields"}}]}}]}}]} as unknown as DocumentNode<DetailQuery, DetailQueryVariables>;
export const SaveDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Save"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateOpportunityInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateOpportunity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changedFields"}},{"kind":"Field","name":{"kind":"Name","value":"opportunity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"form"}}]}},{"kind":"Field","name":{"kind":"Name","value":"conflict"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"overlappingFields"}},{"kind":"Field","name":{"kind":"Name","value":"current"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"form"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"form"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Opportunity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lastModifiedDate"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"companyName"}},{"kind":"Field","name":{"kind":"Name","value":"industry"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"customerBusinessProblem"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lifeCycle"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatus"}},{"kind":"Field","name":{"kind":"Name","value":"targetCloseDate"}},{"kind":"Field","name":{"kind":"Name","value":"nextSteps"}}]}},{"kind":"Field","name":{"kind":"Name","value":"editability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"lockedFields"}}]}}]}}]} as unknown as DocumentNode<SaveMutation, SaveMutationVariables>;
export const PicklistsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Picklists"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"picklists"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"closedLostReasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"countryCodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"currencyCodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customerUseCases"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deliveryModels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"industries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"involvementTypes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"opportunityTypes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"primaryNeedsFromAws"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reviewStatuses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"salesActivities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stages"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"statesOrRegions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"visibilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"choice"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"choice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PicklistValue"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}}]} as unknown as DocumentNode<PicklistsQuery, PicklistsQueryVariables>;