/** The frame of every mutation: violations before anything is sent, user errors at the caller's own paths, warnings. */
import { type GraphQLResolveInfo, isInputObjectType } from 'graphql';
import { unknownPicklistValues } from '../domain/validation.ts';
import type { Violation } from '../domain/violation.ts';
import { Fault } from '../fault.ts';
import type { UserError, Warning } from '../generated/schema-types.ts';
import { type CallerInput, fromFault, fromViolations } from './user-errors.ts';

/** What every payload has besides its own. */
export type Complaints = { userErrors: UserError[]; warnings: Warning[] };

export type MutationSteps<Payload extends object> = {
  /** The part of the arguments that goes to AWS: its type in the schema, its value, and its path in the caller's variables. */
  input: { type: string; value: unknown; path: readonly string[] };
  /** The payload of a mutation that did nothing. */
  nothing: Payload;
  /** What is certainly wrong with the input alone: it is all reported at once, and nothing is sent. */
  check?(): readonly Violation[];
  /** The record that picklist values are checked against, where it is known before anything is sent. */
  record?: unknown;
  /** Sends it, and says what the payload shows. */
  send(report: Report): Promise<Payload & Partial<Complaints>>;
  /** A fault of `send` that means something else here than elsewhere. */
  explain?(fault: Fault): UserError[] | undefined;
};

/** How `send` reports what it finds out on the way. */
export type Report = {
  violations(found: readonly Violation[]): UserError[];
  /** Picklist values that AWS may not know, now that the record is known which the input makes. */
  unknownValues(record: unknown): void;
};

/**
 * Runs a mutation.
 *
 * @throws Fault when it is not for the caller to fix; whatever else is thrown is a bug
 */
export async function runMutation<Payload extends object>(
  { schema }: GraphQLResolveInfo,
  { input: { type: name, value, path }, nothing, check, record, send, explain }: MutationSteps<Payload>,
): Promise<Payload & Complaints> {
  const type = schema.getType(name);
  if (!isInputObjectType(type)) throw new Error(`The schema has no input type ${name}`);
  const input: CallerInput = { value, type, root: path };
  let warnings: Warning[] = [];
  const report: Report = {
    violations: (found) => fromViolations(found, input),
    unknownValues(record) {
      warnings = unknownPicklistValues(value, record).map(({ path: at, message, allowedValues }) => ({
        path: [...path, ...at],
        message,
        allowedValues: [...allowedValues],
      }));
    },
  };
  const refused = (userErrors: UserError[]) => ({ ...nothing, userErrors, warnings });

  if (record !== undefined) report.unknownValues(record);
  const violations = check?.() ?? [];
  if (violations.length > 0) return refused(report.violations(violations));
  try {
    const payload = await send(report);
    return { userErrors: [], warnings, ...payload };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const userErrors = explain?.(error) ?? fromFault(error, input);
    if (!userErrors) throw error;
    return refused(userErrors);
  }
}
