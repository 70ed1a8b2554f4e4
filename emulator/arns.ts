/**
 * ARNs in the forms recorded on AWS. Opportunities and snapshot jobs carry their owner's account; what several members
 * share carries none.
 */
const arn = (account: string, catalog: string, path: string): string =>
  `arn:aws:partnercentral:us-east-1:${account}:catalog/${catalog}/${path}`;

export const opportunityArn = (account: string, catalog: string, id: string): string =>
  arn(account, catalog, `opportunity/${id}`);

export const solutionArn = (account: string, catalog: string, id: string): string =>
  arn(account, catalog, `solution/${id}`);

export const jobArn = (account: string, catalog: string, id: string): string =>
  arn(account, catalog, `resource-snapshot-job/${id}`);

export const engagementArn = (catalog: string, id: string): string => arn('', catalog, `engagement/${id}`);

export const invitationArn = (catalog: string, id: string): string =>
  arn('', catalog, `engagement-invitation/${id}`);

/** `kind` as in the operations' names, such as `engagement-from-opportunity`. */
export const taskArn = (catalog: string, kind: string, id: string): string =>
  arn('', catalog, `${kind}-task/${id}`);

/** A snapshot has no id of its own: it is a revision of a resource in an engagement, by a template. */
export const snapshotArn = (
  catalog: string,
  engagement: string,
  resource: string,
  template: string,
  revision: number,
): string =>
  arn(
    '',
    catalog,
    `engagement/${engagement}/resource/Opportunity/${resource}/template/${template}/snapshot/${revision}`,
  );

/** The id in an identifier that may be an id or an ARN: an ARN ends in its id. */
export const idOf = (identifier: unknown): string => String(identifier).split('/').at(-1) ?? '';
