/**
 * Picklist values that AWS has been seen to answer in HTML's clothes: `Security &amp; Compliance`, once even encoded
 * twice. Sent back like that, AWS refuses its own value. A text that becomes a known value when decoded is decoded; every
 * other text is somebody's words and stays.
 */
import { decodeHTML } from 'entities';
import { enums } from '../generated/enums.ts';
import { isMembers, type Members } from './paths.ts';
import { picklistFields } from './picklists.ts';

/** The enum fields of an opportunity; countries and currencies are letters only and cannot be encoded. */
export const enumFields: Readonly<Record<string, keyof typeof enums>> = {
  nationalSecurity: 'NationalSecurity',
  opportunityType: 'OpportunityType',
  primaryNeedsFromAws: 'PrimaryNeedFromAws',
  'customer.account.industry': 'Industry',
  'lifeCycle.closedLostReason': 'ClosedLostReason',
  'lifeCycle.reviewStatus': 'ReviewStatus',
  'lifeCycle.stage': 'Stage',
  'marketing.awsFundingUsed': 'AwsFundingUsed',
  'marketing.channels': 'Channel',
  'marketing.source': 'MarketingSource',
  'project.awsPartition': 'AwsPartition',
  'project.competitorName': 'CompetitorName',
  'project.deliveryModels': 'DeliveryModel',
  'project.salesActivities': 'SalesActivity',
  'softwareRevenue.deliveryModel': 'RevenueModel',
};

const known: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...Object.entries(enumFields).map(
    ([path, name]) => [path, new Set<string>(Object.values(enums[name]))] as const,
  ),
  ...[...picklistFields].map(([path, { values }]) => [path, new Set(values)] as const),
]);
const parents = new Set(
  [...known.keys()].flatMap((path) => path.split('.').map((_, n, steps) => steps.slice(0, n).join('.'))),
);

function decodeText(text: string, values: ReadonlySet<string>): string {
  for (let [times, decoded] = [0, text]; times < 3 && decoded.includes('&'); times++) {
    decoded = decodeHTML(decoded);
    if (values.has(decoded)) return decoded;
  }
  return text;
}

function decode(value: unknown, path: string): unknown {
  const values = known.get(path);
  if (values) {
    if (typeof value === 'string') return values.has(value) ? value : decodeText(value, values);
    return Array.isArray(value) ? value.map((item) => decode(item, path)) : value;
  }
  if (!parents.has(path) || !isMembers(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    decode(inner, path ? `${path}.${name}` : name),
  ]);
  return Object.fromEntries(entries);
}

/** A record, whole or as a list shows it, with its picklist values as AWS's own lists write them. */
export function decodePicklists<R extends Members>(record: R): R {
  return decode(record, '') as R;
}
