import { randomUUID } from 'node:crypto';
import type { PartnerEvent } from '../events/bus.ts';
import { envelope } from '../events/envelope.ts';
import { instant } from '../instant.ts';
import { isObject, type JsonObject } from '../json.ts';
import { optionalString, readMatching } from './read.ts';
import { badRequest, ControlError, onlyMembers, type Route } from './route.ts';

/** The events of all accounts, or of the one that the query names. */
export const events: readonly Route[] = [
  {
    path: 'events',
    GET: ({ state, own, query }) => {
      const found = since(state.bus.events(), query.get('since'));
      const isAsked = ({ account }: PartnerEvent) => !query.has('account') || account === own.accountId;
      return { events: found.filter(isAsked).map(envelope) };
    },
    POST: ({ state, own, body, changed }) => {
      onlyMembers(body, ['id', 'detailType', 'time', 'resources', 'detail']);
      const event: PartnerEvent = {
        id: optionalString(body, 'id') ?? randomUUID(),
        source: 'aws.partnercentral-selling',
        detailType: readMatching(body, 'detailType', /^.{1,128}$/su, '1 to 128 characters'),
        account: own.accountId,
        region: 'us-east-1',
        // EventBridge dates events to the second.
        time: readTime(body) ?? `${new Date(state.clock.now()).toISOString().slice(0, 19)}Z`,
        resources: readResources(body),
        detail: readDetail(body),
      };
      state.bus.publish(event);
      changed();
      return envelope(event);
    },
  },
];

function since(all: readonly PartnerEvent[], id: string | null): readonly PartnerEvent[] {
  if (id === null) return all;
  const index = all.findIndex((event) => event.id === id);
  if (index < 0) throw new ControlError(404, `Event ${id} not found among the newest ${all.length}`);
  return all.slice(index + 1);
}

function readTime(body: JsonObject): string | undefined {
  const time = optionalString(body, 'time');
  if (time === undefined || instant(time) !== undefined) return time;
  throw badRequest(`time is ${JSON.stringify(time)}; expected an RFC 3339 timestamp`);
}

function readResources({ resources = [] }: JsonObject): string[] {
  const isString = (value: unknown) => typeof value === 'string';
  if (Array.isArray(resources) && resources.every(isString)) return resources;
  throw badRequest(`resources is ${JSON.stringify(resources)}; expected a list of ARNs`);
}

function readDetail({ detail }: JsonObject): JsonObject {
  if (isObject(detail)) return detail;
  throw badRequest(`detail is ${JSON.stringify(detail)}; expected an object`);
}
