/** Something wrong with a field. `path` leads to it, list items numbered from 0; `field` leaves the numbers out. */
export type Violation = {
  path: string[];
  field: string;
  code:
    | 'REQUIRED_FIELD_MISSING'
    | 'INVALID_STRING_FORMAT'
    | 'INVALID_VALUE'
    | 'NOT_ENOUGH_VALUES'
    | 'TOO_MANY_VALUES'
    | 'NOT_EDITABLE'
    | 'CONFLICT';
  message: string;
  limit?: number;
  allowedValues?: readonly string[];
};
