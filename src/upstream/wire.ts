import type {
  GetOpportunityCommandOutput,
  ListOpportunitiesCommandOutput,
  OpportunitySummary as SdkSummary,
} from '@aws-sdk/client-partnercentral-selling';

/**
 * An SDK type as it passes through the gateway: members in lower case, timestamps as the text AWS sent, and any member
 * absent or null. It may hold more than its type says, since AWS moves faster than the SDK.
 */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Name in keyof T as Uncapitalize<Name & string>]?: Wire<T[Name]> | null | undefined }
      : T;

/**
 * An SDK type as the gateway sends it: like `Wire`, but with the members that the SDK's command requires. An explicit null
 * clears an optional member.
 */
export type WireInput<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? WireInput<Item>[]
    : T extends object
      ? {
          [Name in keyof T as Uncapitalize<Name & string>]: object extends Pick<T, Name>
            ? WireInput<T[Name]> | null | undefined
            : WireInput<Exclude<T[Name], undefined>>;
        }
      : T;

/** An answer of AWS without what the SDK adds to it. */
export type WireAnswer<T> = Wire<Omit<T, '$metadata'>>;

declare const isWhole: unique symbol;

/** An opportunity as a list shows it (ListOpportunities). */
export type OpportunitySummary = Wire<SdkSummary> & { id: string };

/**
 * An opportunity as GetOpportunity answers it. The mark keeps a summary from being taken for one: an update made from a
 * summary would clear all that a list does not show.
 */
export type OpportunityRecord = WireAnswer<GetOpportunityCommandOutput> & {
  id: string;
  readonly [isWhole]: true;
};

/** A page of AWS's list. */
export type ListPage = WireAnswer<ListOpportunitiesCommandOutput>;

/** The opportunities on a page. */
export const summariesOf = (page: ListPage) => (page.opportunitySummaries ?? []) as OpportunitySummary[];
