/** Reads what EventBridge puts into a queue. */
import { engagementIdInArn, idForms } from '../domain/ids.ts';
import { parseInstant } from '../domain/instants.ts';
import { eventTypes, type PartnerEvent, type PartnerEventType } from '../domain/partner-event.ts';

/** The account and the catalog whose events are taken. */
export type EventFilter = { accountId: string; catalog: string };

/**
 * An event, or why it is not one for this account: of another source, account or catalog; of a type that this release
 * does not know; or a problem, in words that quote nothing of it.
 */
export type Parsed = { event: PartnerEvent } | { skipped: 'foreign' | 'unknown' } | { problem: string };

const source = 'aws.partnercentral-selling';

/**
 * A member of an object by its name in lower case; undefined if there is none. AWS mixes the cases within one detail:
 * `engagementId` stands beside `CreatedBy`.
 */
function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** The first of some members that is a string. */
function text(value: unknown, ...names: string[]): string | undefined {
  const found = names.map((name) => member(value, name)).find((one) => typeof one === 'string' && one !== '');
  return found as string | undefined;
}

const ifForm = (form: RegExp, id: string | undefined): string | undefined =>
  id !== undefined && form.test(id) ? id : undefined;

const opportunityIdOf = (id: string | undefined) => ifForm(idForms.Opportunity, id);
const engagementIdOf = (id = '') => ifForm(idForms.Engagement, engagementIdInArn(id) ?? id);
const invitationIdOf = (id = '') => ifForm(idForms.EngagementInvitation, id.slice(id.lastIndexOf('/') + 1));

/** What an event must name to be of use, and the rest of its content. */
type Content = Omit<PartnerEvent, 'id' | 'type' | 'time'>;

function participantOf(invitation: unknown): PartnerEvent['participantType'] {
  // The guide has `Sender`; a recorded event has `SENDER`.
  const type = text(invitation, 'participanttype')?.toUpperCase();
  return type === 'SENDER' || type === 'RECEIVER' ? type : undefined;
}

function contentOf(type: PartnerEventType, detail: unknown): Content {
  const engagement = member(detail, 'engagement');
  const engagementId = engagementIdOf(text(engagement, 'engagementid', 'id', 'engagementarn'));
  switch (type) {
    case 'OPPORTUNITY_CREATED':
    case 'OPPORTUNITY_UPDATED':
      return { opportunityId: opportunityIdOf(text(member(detail, 'opportunity'), 'identifier', 'id')) };
    case 'ENGAGEMENT_CREATED':
    case 'ENGAGEMENT_UPDATED':
      return { engagementId, accountId: text(engagement, 'lastmodifiedby', 'createdby') };
    case 'MEMBER_ADDED': {
      const joined = member(detail, 'engagementmember');
      return { engagementId, accountId: text(joined, 'accountid'), companyName: text(joined, 'companyname') };
    }
    case 'SNAPSHOT_CREATED': {
      const snapshot = member(detail, 'resourcesnapshot');
      return {
        engagementId: engagementIdOf(text(snapshot, 'engagementid')),
        opportunityId: opportunityIdOf(text(snapshot, 'resourceid')),
        accountId: text(snapshot, 'createdby'),
      };
    }
    default: {
      const invitation = member(detail, 'engagementinvitation');
      const participantType = participantOf(invitation);
      const other = participantType === 'SENDER' ? 'receiveraccountid' : 'senderaccountid';
      return {
        invitationId: invitationIdOf(text(invitation, 'id', 'arn')),
        engagementId: engagementIdOf(text(invitation, 'engagementid')),
        participantType,
        accountId: text(invitation, other),
        companyName: text(invitation, 'sendercompanyname'),
      };
    }
  }
}

/** The id without which an event of a type is useless. */
const required = (type: PartnerEventType): 'opportunityId' | 'invitationId' | 'engagementId' =>
  type.startsWith('OPPORTUNITY')
    ? 'opportunityId'
    : type.startsWith('INVITATION')
      ? 'invitationId'
      : 'engagementId';

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Reads an event in EventBridge's envelope. Members that AWS may add are of no concern. */
export function parseEvent(body: string, { accountId, catalog }: EventFilter): Parsed {
  const envelope = parseJson(body);
  const detail = member(envelope, 'detail');
  const [id, time, name] = [text(envelope, 'id'), text(envelope, 'time'), text(envelope, 'detail-type')];
  if (typeof detail !== 'object' || detail === null || !id || !name)
    return { problem: "not an event in EventBridge's envelope" };
  if (text(envelope, 'source') !== source || text(envelope, 'account') !== accountId)
    return { skipped: 'foreign' };
  if (text(detail, 'catalog')?.toLowerCase() !== catalog.toLowerCase()) return { skipped: 'foreign' };
  const type = Object.entries(eventTypes).find(([known]) => known === name.trim().toLowerCase())?.[1];
  if (!type) return { skipped: 'unknown' };
  if (!time || !parseInstant(time)) return { problem: `${type} without a time` };
  const content = contentOf(type, detail);
  if (!content[required(type)]) return { problem: `${type} without a valid ${required(type)}` };
  const entries = Object.entries({ id, type, time, ...content }).filter(([, value]) => value !== undefined);
  return { event: Object.fromEntries(entries) as PartnerEvent };
}
