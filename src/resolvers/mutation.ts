/** The frame of every mutation: violations before anything is sent, user errors at the caller's own paths, warnings. */
import { type GraphQLResolveInfo, isInputObjectType } from 'graphql';
import { unknownPicklistValues } from '../domain/validation.ts';
import type { Violation } from '../domain/violation.ts';
import { Fault } from '../fault.ts';
import type { UserError, Warning } from '../generated/schema-types.ts';
import { type CallerInput, fromFault, fromViolations } from './user-errors.ts';

/** The members that every payload has. */
export type Diagnostics = { userErrors: UserError[]; warnings: Warning[] };

export type MutationSteps<Payload extends object> = {
  /**
   * The part of the arguments that is sent to AWS: its input type, its value, and its path in the caller's variables.
   */
  input: { type: string; value: unknown; path: readonly string[] };
  /** The payload if nothing was changed. */
  unchanged: Payload;
  /** Returns what is certainly wrong with the input alone. All of it is reported at once, and nothing is sent. */
  check?(): readonly Violation[];
  /** The record that picklist values are checked against, if available before anything is sent. */
  record?: unknown;
  /** Makes the change and returns the payload, except for what is reported through `reporter`. */
  execute(reporter: Reporter): Promise<Payload & Partial<Diagnostics>>;
  /** Returns the user errors for a fault that has a special meaning in this mutation. */
  explainFault?(fault: Fault): UserError[] | undefined;
};

/** Reports the findings of `execute`. */
export type Reporter = {
  toUserErrors(violations: readonly Violation[]): UserError[];
  /** The user errors for a fault of a part of the mutation; undefined if the caller cannot fix it. */
  explain(fault: Fault): UserError[] | undefined;
  /** Adds warnings about picklist values that AWS may not accept, given the record with the input applied. */
  warnAboutUnknownValues(record: unknown): void;
};

/** The most user errors of a payload: no one corrects more at once, and each is about one value of the input. */
const maxUserErrors = 100;

/**
 * Runs a mutation.
 *
 * @throws Fault if the caller cannot fix it; anything else that is thrown is a bug
 */
export async function runMutation<Payload extends object>(
  { schema }: Pick<GraphQLResolveInfo, 'schema'>,
  {
    input: { type: name, value, path },
    unchanged,
    check,
    record,
    execute,
    explainFault,
  }: MutationSteps<Payload>,
): Promise<Payload & Diagnostics> {
  const type = schema.getType(name);
  if (!isInputObjectType(type)) throw new Error(`The schema has no input type ${name}`);
  const input: CallerInput = { value, type, root: path };
  let warnings: Warning[] = [];
  const reporter: Reporter = {
    toUserErrors: (violations) => fromViolations(violations.slice(0, maxUserErrors), input),
    explain: (fault) => fromFault(fault, input),
    warnAboutUnknownValues(record) {
      warnings = unknownPicklistValues(value, record).map(({ path: at, message, allowedValues }) => ({
        path: [...path, ...at],
        message,
        allowedValues: [...allowedValues],
      }));
    },
  };
  const rejected = (userErrors: UserError[]) => ({ ...unchanged, userErrors, warnings });

  if (record !== undefined) reporter.warnAboutUnknownValues(record);
  const violations = check?.() ?? [];
  if (violations.length > 0) return rejected(reporter.toUserErrors(violations));
  try {
    const payload = await execute(reporter);
    return { userErrors: [], warnings, ...payload };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const userErrors = explainFault?.(error) ?? fromFault(error, input);
    if (!userErrors) throw error;
    return rejected(userErrors);
  }
}
