import { type Token, TokenKind, type ValueNode } from 'graphql';

/** The token before another, comments aside. */
function tokenBefore(token: Token): Token | null {
  let before = token.prev;
  while (before?.kind === TokenKind.COMMENT) before = before.prev;
  return before;
}

/** The bracket that opens the part that a token is within. */
function openingBefore(token: Token): Token | null {
  let closed = 0;
  for (let at = tokenBefore(token); at; at = tokenBefore(at)) {
    if (')]}'.includes(at.kind)) closed += 1;
    else if ('([{'.includes(at.kind) && closed-- === 0) return at;
  }
  return null;
}

/**
 * The argument and the fields within it that a literal is the value of: `filter.createdDate.after`. Walks back through the
 * document's tokens, so it is for literals that are refused.
 */
export function literalPath({ loc }: ValueNode): string {
  const names: string[] = [];
  for (let at = loc?.startToken ?? null; at && at.kind !== TokenKind.PAREN_L; at = openingBefore(at)) {
    const colon = tokenBefore(at);
    const name = colon?.kind === TokenKind.COLON && tokenBefore(colon)?.value;
    if (name) names.unshift(name);
  }
  return names.join('.');
}
