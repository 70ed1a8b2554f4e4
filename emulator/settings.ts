/**
 * Points on which AWS's sources disagree or are silent. Each is a switch; the first value is the default. Evidence for
 * each choice is in docs/emulator.md.
 */
export const switches = {
  /** HTTP status of a fault of the caller: 400 throughout, or the service model's own numbers. */
  httpStatus: ['pages', 'model'],
  /** What the business requires of a record, at create and update: the published set, or the model's alone. */
  createRules: ['strict', 'lenient'],
  /** An update without LifeCycle.ReviewStatus: the status is lost, or kept. */
  omittedReviewStatus: ['null', 'preserve'],
  /** Members without a value in answers: explicit null, or left out. */
  nulls: ['explicit', 'omit'],
  /** The top-level Message of a ValidationException: a text, or the empty string that is often seen. */
  validationMessage: ['text', 'empty'],
  /** Precision of a new LastModifiedDate. */
  timestamps: ['milliseconds', 'seconds'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

type Switches = typeof switches;
export type Settings = { -readonly [Name in keyof Switches]: Switches[Name][number] } & {
  /** Values this service accepts beyond its own lists, by the name of the list: `{ "Stage": ["Piloting"] }`. */
  enumValues: Record<string, string[]>;
};

export const defaultSettings = (): Settings => ({
  httpStatus: switches.httpStatus[0],
  createRules: switches.createRules[0],
  omittedReviewStatus: switches.omittedReviewStatus[0],
  nulls: switches.nulls[0],
  validationMessage: switches.validationMessage[0],
  timestamps: switches.timestamps[0],
  enumValues: {},
});
