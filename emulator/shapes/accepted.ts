import type { Settings } from '../settings.ts';
import { noSupport } from '../values/picklists.ts';

/** Values that are taken beyond the closed lists of the model, by the name of the list. */
export function acceptedValues({ enumValues, visibilityNeed }: Settings): Record<string, readonly string[]> {
  if (visibilityNeed === 'refuse') return enumValues;
  return { ...enumValues, PrimaryNeedFromAws: [noSupport, ...(enumValues.PrimaryNeedFromAws ?? [])] };
}
