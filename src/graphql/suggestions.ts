/** The suggestions in graphql-js's messages, by which a schema can be found out although introspection is off. */

const start = ' Did you mean ';

/**
 * A message without the suggestion at its end, such as ` Did you mean "stage" or "stages"?`. Apollo Server removes those of
 * validation only, and by a pattern that takes quadratic time on text from callers.
 */
export function withoutSuggestion(message: string): string {
  const at = message.endsWith('?') ? message.lastIndexOf(start) : -1;
  return at < 0 ? message : message.slice(0, at);
}
