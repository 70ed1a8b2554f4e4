import { instant } from '../instant.ts';
import { asString, getIn, type JsonObject } from '../json.ts';

/**
 * A stored opportunity: AWS's member names, unset members absent, unknown members kept. Records are immutable; a write
 * stores a new one. So a response made from a record stays valid for as long as the record exists.
 */
export type Opportunity = JsonObject & {
  Id: string;
  Catalog: string;
  Arn: string;
  CreatedDate: string;
  LastModifiedDate: string;
};

/** A record with the strings that lists filter and sort by, computed once per write. */
export type Row = { readonly record: Opportunity; readonly keys: Readonly<Record<SortName, string>> } & {
  readonly stage: string;
  readonly reviewStatus: string;
};

/** Keys compare as plain strings: instants in fixed width, ids with their digits padded. */
export function toRow(record: Opportunity): Row {
  return {
    record,
    stage: asString(getIn(record, 'LifeCycle', 'Stage')) ?? '',
    reviewStatus: asString(getIn(record, 'LifeCycle', 'ReviewStatus')) ?? '',
    keys: {
      Identifier: record.Id.slice(1).padStart(19, '0'),
      LastModifiedDate: instant(record.LastModifiedDate) ?? '',
      CreatedDate: instant(record.CreatedDate) ?? '',
      TargetCloseDate: asString(getIn(record, 'LifeCycle', 'TargetCloseDate')) ?? '',
      CustomerCompanyName: asString(getIn(record, 'Customer', 'Account', 'CompanyName')) ?? '',
    },
  };
}

export const sortNames = [
  'LastModifiedDate',
  'Identifier',
  'CustomerCompanyName',
  'CreatedDate',
  'TargetCloseDate',
] as const;
export type SortName = (typeof sortNames)[number];
