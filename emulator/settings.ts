/**
 * Points on which AWS's sources disagree or are silent. Each is a switch; the first value is the default. Evidence for
 * each choice is in docs/emulator.md.
 */
export const switches = {
  /** HTTP status of a client error: 400 throughout, or the service model's own. */
  httpStatus: ['pages', 'model'],
  /** The error's name in the body: with the model's namespace, bare, as a coral type, or in the header only. */
  errorType: ['qualified', 'bare', 'coral', 'header'],
  /** The top-level Message of a ValidationException: filled, or empty as is often observed. */
  validationMessage: ['text', 'empty'],
  /** Unset members in responses: explicit null, or omitted. */
  nulls: ['explicit', 'omit'],
  /** Precision of a new LastModifiedDate. */
  timestamps: ['milliseconds', 'seconds', 'nanoseconds'],
  /** Values of picklists that are free strings in the model, in responses: as stored, or HTML-encoded. */
  picklistText: ['plain', 'html'],

  /** Members required at create and update: the published set, or only the model's. */
  createRules: ['strict', 'lenient'],
  /** Whether the industry Other requires a name. */
  otherIndustry: ['required', 'optional'],
  /** When postal code formats are checked: at every write, or only at submission. */
  postalCodes: ['always', 'submit'],
  /** Currencies of an expected spend: the two documented ones, or all in the model. */
  currencies: ['documented', 'model'],
  /** A spend for a company other than AWS and Self: stored as AWS, or refused. */
  targetCompany: ['coerce', 'refuse'],
  /** The state and the postal code of an address: required at submission only, or of every write. */
  addresses: ['submit', 'always'],
  /** An update without Marketing.Source: accepted, or refused. */
  updatedMarketing: ['optional', 'required'],
  /** The frequency of a Self spend in responses: as sent, or None. */
  selfFrequency: ['sent', 'none'],
  /** A marketing source of None with AwsFundingUsed No: accepted, or refused like any other marketing. */
  noneMarketing: ['lenient', 'strict'],
  /** An unknown APN program: silently dropped, or refused. */
  apnPrograms: ['drop', 'refuse'],
  /** The need for no support, which the model does not list: accepted in requests, or refused. */
  visibilityNeed: ['accept', 'refuse'],

  /** An update without LifeCycle.ReviewStatus: the status is cleared, or kept. */
  omittedReviewStatus: ['null', 'preserve'],
  /** A stage change before the first submission. */
  stageWhilePending: ['refuse', 'allow'],
  /** Industry and PartnerOpportunityIdentifier of an approved record. */
  approvedIdentity: ['locked', 'editable'],
  /** SoftwareRevenue of an approved record. */
  approvedRevenue: ['locked', 'editable'],
  /** A change of a locked member of a launched or lost opportunity: refused, or ignored with success. */
  closedEdits: ['refuse', 'ignore'],
  /** An update in Action Required: leaves the status until the next submission, or submits the record. */
  afterActionRequired: ['stay', 'submit'],
  /** The customer's account at Launched. */
  launchAccount: ['required', 'optional'],
  /** The partner's software revenue at Launched. */
  launchRevenue: ['optional', 'required'],

  /** The review that an update simulates in the Sandbox: from Submitted on, or from Pending Submission on to a decision. */
  simulatedReview: ['submitted', 'pending'],

  /** The stage from which an opportunity can be submitted. */
  submitStage: ['any', 'qualified'],
  /** What a submission requires: an associated solution or a description of another one, or an associated solution. */
  submitSolution: ['any', 'associated'],
  /** Submitting an opportunity whose review asked for action. */
  submitActionRequired: ['allow', 'refuse'],
  /** SubmitOpportunity before the opportunity has an engagement about a customer's project. */
  submitWithoutEngagement: ['refuse', 'allow'],
  /** AWS's summary of an opportunity that was never submitted: a ResourceNotFoundException, or one with nulls. */
  summaryBeforeSubmission: ['refuse', 'nulls'],
  /** The task of a submission, an acceptance or a conversion: complete at once, or in progress for `taskMs`. */
  submissionTask: ['complete', 'in-progress'],
  /** The decision of a timed review, `reviewAfterMs` after the submission. */
  reviewDecision: ['Approved', 'Action Required', 'Rejected'],
  /** Associating an entity that is already associated. */
  duplicateAssociation: ['refuse', 'ignore', 'conflict'],
  /** Disassociating an entity that is not associated: a ResourceNotFoundException, or success. */
  missingAssociation: ['refuse', 'ignore'],
  /** Associating and disassociating during a review. */
  associateUnderReview: ['allow', 'refuse'],
  /** A new snapshot job: waits for its start, or runs at once. */
  newSnapshotJob: ['Stopped', 'Running'],
  /** Deleting a snapshot job that runs: a ConflictException, or a ValidationException. */
  runningJobDeletion: ['conflict', 'validation'],
  /** AWS's snapshots of its own view, at a decision and when AWS changes it: made, or not. */
  awsSnapshots: ['made', 'none'],
  /** ListResourceSnapshots returns all revisions, or the latest of each snapshot. */
  listedSnapshots: ['all', 'latest'],

  /** The precision of the lock of an engagement's contexts. */
  engagementLock: ['nanoseconds', 'microseconds'],
  /** A context whose payload is of another type: refused, or of the type of its payload. */
  contextPayload: ['match', 'any'],
  /** The interaction in an update of a lead: added to the others, or in place of the last one. */
  leadInteraction: ['append', 'replace'],

  /** Answering an invitation that is not pending: a ConflictException, or a ValidationException. */
  answeredInvitation: ['conflict', 'invalid-state'],
  /** The reason of a rejection. */
  rejectionReason: ['optional', 'required'],
  /** Which invitations expire: all of them, or those that AWS has sent. */
  invitationExpiry: ['all', 'from-aws'],
  /** Whether partners have to be connected to invite each other. */
  partnerConnections: ['ignore', 'require'],
  /** The task that accepts an invitation, after a plain acceptance: fails, or creates the opportunity. */
  taskAfterAccept: ['fail', 'create'],
  /** The review status of an invited partner's opportunity: that of the sender's, or Approved at once. */
  receiverReview: ['inherited', 'approved'],
  /** Which leads can be converted: any that is not disqualified, or qualified ones only. */
  leadConversion: ['any', 'qualified'],
  /** The context in the answer of a conversion: that of the new project, or the lead. */
  convertedContext: ['new', 'lead'],
  /** The task of prospecting: pending for `prospectingMs`, or complete at once. */
  prospectingTask: ['pending', 'complete'],
  /** Prospecting the same engagement again: replaces the result, or adds one. */
  repeatedProspecting: ['replace', 'add'],
  /** The tags of a task: on the opportunity that it creates, or else on its snapshot job; or nowhere. */
  taskTags: ['attach', 'drop'],
  /** How the events of invitations name the two sides: SENDER, or Sender. */
  participantType: ['upper', 'mixed'],

  /** Whether the quotas below are enforced. */
  quotas: ['off', 'on'],
  /** The quota of operations that AWS's page does not list: the one of reads or of writes, or none. */
  unlistedQuotas: ['class', 'unlimited'],
  /** Whether the operations of a class share one quota. */
  quotaBuckets: ['class', 'operation'],
  /** The error when a daily quota is exhausted. */
  dailyQuota: ['throttle', 'exceeded'],
  /** Whether a throttled response has a Retry-After header. */
  retryAfter: ['off', 'on'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

/** Integer settings, with their defaults. */
export const numbers = {
  /** How long a Get returns the state before a write. */
  readLagMs: 0,
  /** The same for lists. */
  listLagMs: 0,
  /** The duration of these tasks with `submissionTask: in-progress`. */
  taskMs: 3_000,
  /** The delay of a timed review; 0 leaves reviews to the control surface. */
  reviewAfterMs: 0,
  /** The duration of a prospecting task with `prospectingTask: pending`. */
  prospectingMs: 3_000,
  /** How long after its acceptance a referral gets its contacts. */
  contactsLagMs: 0,
  readsPerSecond: 10,
  readsPerDay: 100_000,
  writesPerSecond: 1,
  writesPerDay: 10_000,
  createEngagementPerSecond: 15,
  startProspectingPerSecond: 2,
  getProspectingPerSecond: 100,
  listProspectingPerSecond: 50,
} as const satisfies Record<string, number>;

type Switches = typeof switches;
export type Settings = { -readonly [Name in keyof Switches]: Switches[Name][number] } & {
  -readonly [Name in keyof typeof numbers]: number;
} & {
  /** Values accepted beyond the enums, by the enum's name: `{ "Stage": ["Piloting"] }`. */
  enumValues: Record<string, string[]>;
  /** Monthly amounts of pricing estimates, by the id in their URL; null for an estimate that does not exist. */
  estimates: Record<string, string | null>;
};

export function defaultSettings(): Settings {
  const first = Object.entries(switches).map(([name, values]) => [name, values[0]]);
  return { ...Object.fromEntries(first), ...numbers, enumValues: {}, estimates: {} } as Settings;
}
