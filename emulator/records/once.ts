import type { JsonObject } from '../json.ts';
import type { PartnerState } from '../state.ts';

/**
 * Runs a create once for its client token: the same request gets the same answer again, and another one under that
 * token is a conflict. Tokens of different operations are independent.
 */
export function once(
  operation: string,
  input: JsonObject,
  { tokens }: PartnerState,
  create: () => JsonObject,
): JsonObject {
  const { ClientToken, ...body } = input;
  const scope = `${input.Catalog}/${operation}`;
  const known = tokens.recall(scope, String(ClientToken), body);
  if (known) return known;
  const answer = create();
  tokens.remember(scope, String(ClientToken), body, answer);
  return answer;
}
