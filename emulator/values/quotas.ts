export type OperationKind = 'read' | 'write';

/** The quota that an operation counts towards. */
export type QuotaClass =
  | OperationKind
  | 'createEngagement'
  | 'startProspecting'
  | 'getProspecting'
  | 'listProspecting';

/** The operations of each quota. AWS: quotas, which list no others. */
const listed: Readonly<Record<QuotaClass, readonly string[]>> = {
  read: [
    'GetAwsOpportunitySummary',
    'GetEngagementInvitation',
    'GetOpportunity',
    'ListEngagementInvitations',
    'ListOpportunities',
    'ListSolutions',
  ],
  write: [
    'AssignOpportunity',
    'AssociateOpportunity',
    'CreateOpportunity',
    'DisassociateOpportunity',
    'RejectEngagementInvitation',
    'StartEngagementByAcceptingInvitationTask',
    'StartEngagementFromOpportunityTask',
    'UpdateOpportunity',
  ],
  createEngagement: ['CreateEngagement'],
  startProspecting: ['StartProspectingFromEngagementTask'],
  getProspecting: ['GetProspectingFromEngagementTask'],
  listProspecting: ['ListProspectingFromEngagementTasks'],
};

const classes: ReadonlyMap<string, QuotaClass> = new Map(
  Object.entries(listed).flatMap(([quotaClass, names]) =>
    names.map((name) => [name, quotaClass as QuotaClass] as const),
  ),
);

/** The quota of an operation; undefined if AWS does not list it. */
export const quotaClassOf = (operation: string): QuotaClass | undefined => classes.get(operation);
