import { opportunityArn } from '../arns.ts';
import { saveOpportunity } from '../engagements/save.ts';
import { instant } from '../instant.ts';
import { asObject, type Json, type JsonObject, mergePatch, withoutNulls } from '../json.ts';
import { creationTimestamp, formatTimestamp, nextModified } from '../records/dates.ts';
import type { Opportunity } from '../records/record.ts';
import { catalogOf } from './read.ts';
import { badRequest, type ControlCall, ControlError, type Route } from './route.ts';

/**
 * Records as they are stored. The service's rules do not apply: this is how a test plants an unknown member, a value
 * outside every enum, or a timestamp with nanoseconds.
 */
export const records: readonly Route[] = [
  {
    path: 'opportunities/:id',
    GET: (call) => stored(call),
    PATCH: (call) => {
      const before = stored(call);
      return write(call, asObject(withoutNulls(mergePatch(before, call.body))), before);
    },
    PUT: (call) => write(call, asObject(withoutNulls(call.body)), undefined),
    DELETE: (call) => {
      const hidden = stored(call);
      call.own.store.remove(hidden.Catalog, hidden.Id);
      call.changed();
      return hidden;
    },
  },
];

function stored({ own, name, query }: ControlCall): Opportunity {
  const catalog = catalogOf(query);
  const record = own.store.get(catalog, name);
  if (!record) throw new ControlError(404, `Opportunity ${name} not found in catalog ${catalog}`);
  return record;
}

function write(call: ControlCall, members: JsonObject, before: Opportunity | undefined): Json {
  const { own, name, query } = call;
  const catalog = catalogOf(query);
  if (!/^O[0-9]{1,19}$/.test(name))
    throw badRequest(`${name} is not an opportunity id; expected O and 1 to 19 digits`);
  const record: Opportunity = {
    Arn: opportunityArn(own.accountId, catalog, name),
    ...members,
    Id: name,
    Catalog: catalog,
    CreatedDate: dateOf(members, 'CreatedDate') ?? creationTimestamp(own.clock.now()),
    LastModifiedDate: modifiedOf(call, members, before),
  } as Opportunity;
  // A write that moves the date is an update by AWS, with its event; any other goes unnoticed.
  if (before && before.LastModifiedDate === record.LastModifiedDate) own.store.put(record);
  else saveOpportunity(own, record);
  call.changed();
  return record;
}

/** A raw write moves the lock only with `touch=true`, or to the date it contains. */
function modifiedOf(
  { own, query }: ControlCall,
  members: JsonObject,
  before: Opportunity | undefined,
): string {
  const touch = query.get('touch') ?? 'false';
  if (touch !== 'true' && touch !== 'false') throw badRequest(`touch is ${touch}; expected true or false`);
  if (touch === 'true') return nextModified(own.clock.now(), before?.LastModifiedDate, own.settings);
  return dateOf(members, 'LastModifiedDate') ?? formatTimestamp(own.clock.now());
}

function dateOf(members: JsonObject, name: string): string | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && instant(value) !== undefined) return value;
  throw badRequest(`${name} is ${JSON.stringify(value)}; expected an RFC 3339 timestamp`);
}
