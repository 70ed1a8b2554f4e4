import type {
  AwsOpportunitySummaryFullView,
  AwsProductInsights,
  Contact,
  CustomerProjectsContext,
  EngagementContextDetails,
  EnrichmentContext,
  GetAwsOpportunitySummaryCommandOutput,
  GetEngagementCommandOutput,
  GetEngagementInvitationCommandOutput,
  GetOpportunityCommandOutput,
  GetResourceSnapshotCommandOutput,
  GetResourceSnapshotJobCommandOutput,
  LeadContext,
  LeadCustomer,
  LeadInsights,
  LeadInteraction,
  ListEngagementInvitationsCommandOutput,
  ListEngagementsCommandOutput,
  ListOpportunitiesCommandOutput,
  ListSolutionsCommandOutput,
  OpportunitySummaryView,
  ProspectingResult,
  Recommendation,
  ResourceSnapshotJobSummary,
  ResourceSnapshotSummary,
  EngagementSummary as SdkEngagement,
  EngagementInvitationSummary as SdkInvitation,
  EngagementMember as SdkMember,
  OpportunitySummary as SdkSummary,
  SolutionBase,
  Tag,
} from '@aws-sdk/client-partnercentral-selling';

/**
 * An SDK type as it passes through the gateway: members in lower case, timestamps as the strings that AWS sent, and any
 * member absent or null. A value may have more members than its type, since AWS adds some before the SDK does.
 */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Name in keyof T as Uncapitalize<Name & string>]?: Wire<T[Name]> | null | undefined }
      : T;

/**
 * An SDK type as the gateway sends it: like `Wire`, but with the members that the SDK's command requires. An explicit
 * null clears an optional member.
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

/** AWS's answer without the members that the SDK adds. */
export type WireAnswer<T> = Wire<Omit<T, '$metadata'>>;

declare const isWhole: unique symbol;

/** An opportunity as ListOpportunities returns it. */
export type OpportunitySummary = Wire<SdkSummary> & { id: string };

/**
 * An opportunity as GetOpportunity returns it. The symbol prevents a summary from being used as one: an update made
 * from a summary would clear every field that lists lack.
 */
export type OpportunityRecord = WireAnswer<GetOpportunityCommandOutput> & {
  id: string;
  readonly [isWhole]: true;
};

/** A page of AWS's list of opportunities. */
export type ListPage = WireAnswer<ListOpportunitiesCommandOutput>;

/** The opportunities on a page. */
export const summariesOf = (page: ListPage) =>
  (page.opportunitySummaries ?? []).filter((item) => item !== null) as OpportunitySummary[];

/** A solution as ListSolutions returns it; no operation returns more. */
export type SolutionRecord = Wire<SolutionBase> & { id: string };

/** A page of AWS's list of solutions. */
export type SolutionPage = WireAnswer<ListSolutionsCommandOutput>;

/** The solutions on a page. */
export const solutionsOf = (page: SolutionPage) =>
  (page.solutionSummaries ?? []).filter((item) => item !== null) as SolutionRecord[];

/** AWS's view of an opportunity. */
export type AwsSummary = WireAnswer<GetAwsOpportunitySummaryCommandOutput>;

/** Structures of AWS's view that contain maps. */
export type WireProductInsights = Wire<AwsProductInsights>;
export type WireRecommendation = Wire<Recommendation>;

export type WireContact = Wire<Contact>;
export type WireTag = Wire<Tag>;

/** An engagement as ListEngagements returns it. */
export type EngagementSummary = Wire<SdkEngagement> & { id: string };

/** A page of AWS's list of engagements. */
export type EngagementPage = WireAnswer<ListEngagementsCommandOutput>;

/** The engagements on a page. */
export const engagementsOf = (page: EngagementPage) =>
  (page.engagementSummaryList ?? []).filter((item) => item?.id) as EngagementSummary[];

/** An engagement as GetEngagement returns it: with its contexts, and without their types apart. */
export type EngagementRecord = WireAnswer<GetEngagementCommandOutput> & { id: string };

/** One thing that an engagement is about. Its payload has exactly one member, which may be newer than the SDK. */
export type WireContext = Wire<EngagementContextDetails>;

/** What a context can be. */
export type WireCustomerProject = Wire<CustomerProjectsContext>;
export type WireLead = Wire<LeadContext>;
export type WireLeadCustomer = Wire<LeadCustomer>;
export type WireLeadInsights = Wire<LeadInsights>;
export type WireLeadInteraction = Wire<LeadInteraction>;
export type WireProspectingResult = Wire<ProspectingResult>;

/** A company that is a member of an engagement. */
export type EngagementMember = Wire<SdkMember>;

/** What a snapshot shows: exactly one member, which is named after the kind of view. */
export type SnapshotPayload = {
  opportunitySummary?: WireOpportunityView | null | undefined;
  awsOpportunitySummaryFullView?: WireAwsView | null | undefined;
};
export type WireOpportunityView = Wire<OpportunitySummaryView>;
export type WireAwsView = Wire<AwsOpportunitySummaryFullView>;

/** A revision of a snapshot as ListResourceSnapshots returns it. */
export type SnapshotSummary = Wire<ResourceSnapshotSummary>;

/** A revision of a snapshot as GetResourceSnapshot returns it. */
export type SnapshotRecord = Omit<WireAnswer<GetResourceSnapshotCommandOutput>, 'payload'> & {
  payload?: SnapshotPayload | null | undefined;
};

/** A snapshot job as ListResourceSnapshotJobs returns it. */
export type SnapshotJobSummary = Wire<ResourceSnapshotJobSummary> & { id: string };

/** A snapshot job as GetResourceSnapshotJob returns it. */
export type SnapshotJob = WireAnswer<GetResourceSnapshotJobCommandOutput> & { id: string };
/** An invitation as ListEngagementInvitations returns it. */
export type InvitationSummary = Wire<SdkInvitation> & { id: string };

/** A page of AWS's list of invitations. */
export type InvitationPage = WireAnswer<ListEngagementInvitationsCommandOutput>;

/** An invitation as GetEngagementInvitation returns it: all of it but whose side this account is on. */
export type InvitationRecord = WireAnswer<GetEngagementInvitationCommandOutput> & { id: string };

/** AWS's data on the company of a lead, before the invitation is accepted. */
export type WireEnrichment = Wire<EnrichmentContext>;
