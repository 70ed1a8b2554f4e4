import type { UnknownEnumValue } from '../open-enums.ts';
import type { Step } from './in-sequence.ts';

type Path = UnknownEnumValue['path'];

/** The order of paths: that of names, and of numbers in a list. */
function compare([first, ...others]: Path, [other, ...rest]: Path): number {
  if (first === other) return first === undefined ? 0 : compare(others, rest);
  return first === undefined || (other !== undefined && first < other) ? -1 : 1;
}

/**
 * Lists AWS values that the schema does not have in `extensions.unknownEnumValues`, and counts them. They are in the order of
 * their paths, since that in which they are found depends on which records were read first.
 */
export function unknownEnumValues(): Step {
  return {
    willSendResponse({ response, contextValue: { account, request } }) {
      if (request.unknownEnumValues.length === 0 || response.body.kind !== 'single') return;
      const unknown = request.unknownEnumValues.toSorted((a, b) => compare(a.path, b.path));
      const { singleResult } = response.body;
      singleResult.extensions = { ...singleResult.extensions, unknownEnumValues: unknown };
      for (const { type } of unknown) account.telemetry.unknownEnumValue(account.name, type);
    },
  };
}
