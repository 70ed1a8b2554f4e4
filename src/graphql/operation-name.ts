/** The longest operation name that is recorded. Clients choose it, and names in real use are far shorter. */
const maxLength = 100;

/** An operation's name for logs and spans, cut to a bounded length. */
export function recordedName(operationName: string | null | undefined): string | undefined {
  return operationName?.slice(0, maxLength);
}
