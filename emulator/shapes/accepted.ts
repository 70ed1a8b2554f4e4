import type { Settings } from '../settings.ts';
import { noSupport } from '../values/picklists.ts';

/** Values accepted beyond the model's enums, by the enum's name. */
export function acceptedValues({ enumValues, visibilityNeed }: Settings): Record<string, readonly string[]> {
  if (visibilityNeed === 'refuse') return enumValues;
  return { ...enumValues, PrimaryNeedFromAws: [noSupport, ...(enumValues.PrimaryNeedFromAws ?? [])] };
}
