/** The values that resolvers pass to the resolvers of their fields, if those are not AWS's records. */

import type { AttentionItem } from '../domain/attention.ts';
import type { Invitation } from '../domain/invitations.ts';
import type { EngagementLead } from '../domain/leads.ts';
import type { PartnerEvent } from '../domain/partner-event.ts';
import type { Bucket } from '../domain/pipeline.ts';
import type { Snapshot } from '../domain/snapshots.ts';
import type { ProspectingTask, Task } from '../domain/tasks.ts';
import type { AssociationStep, AttentionKind, SubmissionStep } from '../generated/schema-types.ts';
import type { BulkJob } from '../jobs/bulk/model.ts';
import type { DeferredEdit } from '../jobs/deferred/model.ts';
import type { OpportunityChange } from '../records/changes.ts';
import type { HistoryEntry } from '../records/history.ts';
import type { Edge, Page } from '../records/paging.ts';
import type { SellingSystemSettings } from '../records/settings.ts';
import type { Reception } from '../records/timeline.ts';
import type {
  AwsSummary,
  EngagementSummary,
  InvitationSummary,
  OpportunityRecord,
  OpportunitySummary,
  SnapshotJobSummary,
  SolutionRecord,
} from '../upstream/wire.ts';
import type { Diagnostics } from './mutation.ts';
import type { Written } from './stored.ts';

/** An opportunity, whole or with the fields that AWS returns in lists. */
export type OpportunityModel = OpportunityRecord | OpportunitySummary;

/** An object that can be fetched by its id. */
export type NodeModel =
  | BulkJob
  | EngagementLead
  | EngagementSummary
  | Invitation
  | OpportunityModel
  | Snapshot
  | SnapshotJobSummary
  | SolutionRecord
  | Task;

/** An edge, and whether the selected fields of its node need the whole record. */
export type OpportunityEdgeModel = { cursor: string; summary: OpportunitySummary; needsRecord: boolean };
export type OpportunityConnectionModel = Page<OpportunitySummary, OpportunityEdgeModel> & {
  /** @throws Fault without an index that can answer */
  totalCount(): number;
};

export type PipelineBucketModel = Bucket & { asOf: string };

export type AttentionEdgeModel = Edge<AttentionItem>;
export type AttentionConnectionModel = Page<AttentionItem> & {
  totalCount: number;
  missingKinds: AttentionKind[];
  asOf: string;
};

/** The result of an upsert. */
export type UpsertResult = {
  id: string | null;
  created: boolean;
  changed?: boolean;
  changedFields: string[];
  written?: Written;
};
export type UpsertPayload = UpsertResult & Diagnostics;

/** A change, and the cursor after it. */
export type OpportunityChangeModel = OpportunityChange & { cursor(): string };

/** AWS's view of an opportunity, and when it was read. */
export type AwsSummaryModel = AwsSummary & { asOf: string };

/** A company, with what AWS reports of it. */
export type CompanyModel = {
  awsAccountId?: string | null | undefined;
  companyName?: string | null | undefined;
  alias?: string | null | undefined;
  websiteUrl?: string | null | undefined;
};

/** An invitation in a list. */
export type InvitationEdgeModel = Edge<InvitationSummary>;
export type InvitationConnectionModel = Page<InvitationSummary>;

/** A solution in a list. */
export type SolutionEdgeModel = Edge<SolutionRecord>;
export type SolutionConnectionModel = Page<SolutionRecord>;

/** A revision of a snapshot in a list. */
export type SnapshotEdgeModel = Edge<Snapshot>;
export type SnapshotConnectionModel = Page<Snapshot>;

/** An entry of an opportunity's history. */
export type HistoryEdgeModel = Edge<HistoryEntry>;
export type HistoryConnectionModel = Page<HistoryEntry>;

/** An engagement in a list. */
export type EngagementEdgeModel = Edge<EngagementSummary>;
export type EngagementConnectionModel = Page<EngagementSummary>;

/** The events of an engagement, and since and until when they were received. */
export type TimelineModel = Page<PartnerEvent> & Reception;
export type EngagementEventEdgeModel = Edge<PartnerEvent>;

export type TaskEdgeModel = Edge<Task>;
export type TaskConnectionModel = Page<Task>;

/** The result of a create; `id` is null if no opportunity was created. */
export type CreateResult = {
  id: string | null;
  clientToken: string;
  associationSteps: AssociationStep[];
  /** Whether all of the input was done; false if some associations are still missing. */
  complete?: boolean;
  changed?: boolean;
  written?: Written;
  /** What became of the submission that the input asks for. */
  submission?: SubmitPayload;
};
export type CreatePayload = CreateResult & Diagnostics;

/** The result of a patch. */
export type UpdateResult = {
  id: string;
  changed: boolean;
  changedFields: string[];
  conflict: ConflictModel | null;
  /** The part of the patch that waits. */
  pendingEdit?: DeferredEdit | null;
  written?: Written;
};
export type UpdatePayload = UpdateResult & Diagnostics;

export type ConflictModel = {
  current: OpportunityRecord;
  changedFields: string[] | null;
  overlappingFields: string[];
};

/** The result of `cancelDeferredEdit`; `id` is the opportunity's. */
export type CancelDeferredEditResult = { id: string; edit: DeferredEdit | null; changed: boolean };
export type CancelDeferredEditPayloadModel = CancelDeferredEditResult & Diagnostics;

/** The result of a mutation that returns no more than the opportunity. */
export type ChangeResult = { id: string };
export type ChangePayload = ChangeResult & Diagnostics;

/** The result of a mutation that sets associations; `changed` if a step was made. */
export type SetAssociationsResult = {
  id: string;
  steps: AssociationStep[];
  complete: boolean;
  changed: boolean;
};
export type SetAssociationsPayload = SetAssociationsResult & Diagnostics;

/** How an engagement is kept current: read field by field. */
export type SharingModel = { engagementId: string };

/** The result of a mutation that sees to the jobs of an engagement. */
export type EnsureSharingResult = { id: string; jobs: SnapshotJobSummary[]; changed: boolean };
export type EnsureSharingPayload = EnsureSharingResult & Diagnostics;

/** The result of a submission; `changed` if a step was made, `complete` if AWS has answered. */
export type SubmitResult = {
  id: string;
  submitted: boolean;
  task: Task | null;
  steps: SubmissionStep[];
  clientToken: string | null;
  complete: boolean;
  changed: boolean;
  written?: Written;
};
export type SubmitPayload = SubmitResult & Diagnostics;

/** A lead in a list, which has no more than its engagement. */
export type LeadEdgeModel = Edge<EngagementSummary>;
export type LeadConnectionModel = Page<EngagementSummary>;

/** The result of a new lead; `id` is null if none was created. */
export type CreateLeadResult = { id: string | null; clientToken: string };
export type CreateLeadPayload = CreateLeadResult & Diagnostics;

/** The result of a change to a lead. */
export type UpdateLeadResult = {
  id: string;
  changed: boolean;
  changedFields: string[];
  conflict: LeadConflictModel | null;
};
export type UpdateLeadPayload = UpdateLeadResult & Diagnostics;

export type LeadConflictModel = {
  current: EngagementLead;
  changedFields: string[] | null;
  overlappingFields: string[];
};

/** The result of an acceptance; `changed` if it was made now, `complete` if AWS has answered. */
export type AcceptResult = {
  id: string;
  accepted: boolean;
  invitation: Invitation | null;
  task: Task | null;
  clientToken: string | null;
  complete: boolean;
  changed: boolean;
};
export type AcceptPayload = AcceptResult & Diagnostics;

/** The result of a rejection; `changed` if it was made now. */
export type RejectResult = { id: string; invitation: Invitation | null; changed: boolean };
export type RejectPayload = RejectResult & Diagnostics;

/** The result of `setTags`. */
export type SetTagsResult = { id: string; changed: boolean };
export type SetTagsPayload = SetTagsResult & Diagnostics;

/** The result of `putSellingSystemSettings`. */
export type SettingsResult = { sellingSystemSettings: SellingSystemSettings | null };
export type SettingsPayload = SettingsResult & Diagnostics;
/** The result of an enrichment; `id` is that of its task. */
export type EnrichLeadsResult = { id: string | null; task: ProspectingTask | null; clientToken: string };
export type EnrichLeadsPayload = EnrichLeadsResult & Diagnostics;

/** The result of a conversion; `changed` if a task was started, `complete` if AWS has answered. */
export type ConvertLeadResult = {
  id: string;
  converted: boolean;
  task: Task | null;
  clientToken: string | null;
  complete: boolean;
  changed: boolean;
};
export type ConvertLeadPayload = ConvertLeadResult & Diagnostics;

/** The result of an invitation; `id` is null if none was sent. */
export type InviteResult = { id: string | null; clientToken: string };
export type InvitePayload = InviteResult & Diagnostics;
