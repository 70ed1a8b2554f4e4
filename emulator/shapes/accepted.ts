import type { Settings } from '../settings.ts';
import { NO_SUPPORT } from '../values/picklists.ts';

/** Values that are taken beyond the closed lists of the model, by the name of the list. */
export function acceptedValues({ enumValues, visibilityNeed }: Settings): Record<string, readonly string[]> {
  if (visibilityNeed === 'refuse') return enumValues;
  return { ...enumValues, PrimaryNeedFromAws: [NO_SUPPORT, ...(enumValues.PrimaryNeedFromAws ?? [])] };
}
