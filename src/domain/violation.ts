/** Something wrong with a field. `path` leads to it, list items numbered from 0; `field` leaves the numbers out. */
export type Violation = {
  path: string[];
  field: string;
  code:
    | 'REQUIRED_FIELD_MISSING'
    | 'INVALID_ENUM_VALUE'
    | 'INVALID_STRING_FORMAT'
    | 'INVALID_VALUE'
    | 'NOT_ENOUGH_VALUES'
    | 'TOO_MANY_VALUES'
    | 'VALUE_OUT_OF_RANGE'
    | 'ACTION_NOT_PERMITTED'
    | 'NOT_EDITABLE'
    | 'CONFLICT'
    | 'CONFIRMATION_REQUIRED';
  message: string;
  limit?: number;
  allowedValues?: readonly string[];
};

/** Violations, and those of others about fields that have none yet. */
export const withMore = (found: readonly Violation[], others: readonly Violation[]): Violation[] => [
  ...found,
  ...others.filter(({ field }) => !found.some((one) => one.field === field)),
];
