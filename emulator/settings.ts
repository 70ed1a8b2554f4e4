/**
 * Points on which AWS's sources disagree or are silent. Each is a switch; the first value is the default. Evidence for
 * each choice is in docs/emulator.md.
 */
export const switches = {
  /** HTTP status of a client error: 400 throughout, or the service model's own. */
  httpStatus: ['pages', 'model'],
  /** How an error names itself in its body: with the model's namespace, bare, as a coral type, or in the header only. */
  errorType: ['qualified', 'bare', 'coral', 'header'],
  /** The top-level Message of a ValidationException: a text, or the empty string that is often seen. */
  validationMessage: ['text', 'empty'],
  /** Members without a value in answers: explicit null, or left out. */
  nulls: ['explicit', 'omit'],
  /** Precision of a new LastModifiedDate. */
  timestamps: ['milliseconds', 'seconds', 'nanoseconds'],
  /** Texts of the picklists that the model leaves free, in answers: as stored, or encoded as for HTML. */
  picklistText: ['plain', 'html'],

  /** What the business requires of a record, at create and update: the published set, or the model's alone. */
  createRules: ['strict', 'lenient'],
  /** Whether an industry of Other has to be named. */
  otherIndustry: ['required', 'optional'],
  /** When the format of a postal code is checked: at every write, or at submission only. */
  postalCodes: ['always', 'submit'],
  /** Currencies of an expected spend: the two that are documented, or all that the model lists. */
  currencies: ['documented', 'model'],
  /** A spend for another company than AWS or Self: refused, or taken for AWS. */
  targetCompany: ['refuse', 'coerce'],
  /** How often a Self spend is said to recur in answers: as it was sent, or None. */
  selfFrequency: ['sent', 'none'],
  /** A marketing source of None beside AwsFundingUsed No: let through, or refused like any other marketing. */
  noneMarketing: ['lenient', 'strict'],
  /** An APN program that nobody knows: dropped without a word, or refused. */
  apnPrograms: ['drop', 'refuse'],
  /** The need that says AWS sales are not needed, which the model does not list: accepted in requests, or refused. */
  visibilityNeed: ['accept', 'refuse'],

  /** An update without LifeCycle.ReviewStatus: the status is lost, or kept. */
  omittedReviewStatus: ['null', 'preserve'],
  /** Another stage before the first submission. */
  stageWhilePending: ['refuse', 'allow'],
  /** Industry and PartnerOpportunityIdentifier of an approved record. */
  approvedIdentity: ['locked', 'editable'],
  /** SoftwareRevenue of an approved record. */
  approvedRevenue: ['locked', 'editable'],
  /** A change of anything fixed once an opportunity is launched or lost: refused, or ignored with success. */
  closedEdits: ['refuse', 'ignore'],
  /** What an update does to a record that AWS wants changed: nothing until it is submitted again, or submits it. */
  afterActionRequired: ['stay', 'submit'],
  /** The customer's account at Launched. */
  launchAccount: ['required', 'optional'],
  /** The partner's software revenue at Launched. */
  launchRevenue: ['optional', 'required'],

  /** The stage from which an opportunity can be submitted. */
  submitStage: ['any', 'qualified'],
  /** How a submission is answered: done, or under way and done `taskMs` later. */
  submissionTask: ['complete', 'in-progress'],
  /** What a review by timer decides, `reviewAfterMs` after the submission. */
  reviewDecision: ['Approved', 'Action Required', 'Rejected'],
  /** Associating what is associated already. */
  duplicateAssociation: ['refuse', 'ignore', 'conflict'],
  /** Associating and dissociating while AWS reviews. */
  associateUnderReview: ['allow', 'refuse'],

  /** Whether the quotas below hold. */
  quotas: ['off', 'on'],
  /** Whether the operations of a class share one quota. */
  quotaBuckets: ['class', 'operation'],
  /** The error when the quota of a day is spent. */
  dailyQuota: ['throttle', 'exceeded'],
  /** Whether a throttled answer says when to come back. */
  retryAfter: ['off', 'on'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

/** Settings that are whole numbers, with their defaults. */
export const numbers = {
  /** How long a Get goes on answering what was there before a write. */
  readLagMs: 0,
  /** The same for lists. */
  listLagMs: 0,
  /** How long a submission takes with `submissionTask: in-progress`. */
  taskMs: 3_000,
  /** Reviews what is submitted after so long; 0 leaves it to the control surface. */
  reviewAfterMs: 0,
  readsPerSecond: 10,
  readsPerDay: 100_000,
  writesPerSecond: 1,
  writesPerDay: 10_000,
} as const satisfies Record<string, number>;

type Switches = typeof switches;
export type Settings = { -readonly [Name in keyof Switches]: Switches[Name][number] } & {
  -readonly [Name in keyof typeof numbers]: number;
} & {
  /** Values this service accepts beyond its own lists, by the name of the list: `{ "Stage": ["Piloting"] }`. */
  enumValues: Record<string, string[]>;
  /** Monthly amounts of pricing estimates, by the id in their URL; null for an estimate that does not exist. */
  estimates: Record<string, string | null>;
};

export function defaultSettings(): Settings {
  const first = Object.entries(switches).map(([name, values]) => [name, values[0]]);
  return { ...Object.fromEntries(first), ...numbers, enumValues: {}, estimates: {} } as Settings;
}
