import type { JsonObject } from '../json.ts';
import type { PartnerEvent } from './bus.ts';

/** An event as EventBridge hands it to a target, such as a queue. AWS: recorded, with the version 0. */
export const envelope = ({ id, detailType, source, account, ...event }: PartnerEvent): JsonObject => ({
  version: '0',
  id,
  'detail-type': detailType,
  source,
  account,
  time: event.time,
  region: event.region,
  resources: event.resources,
  detail: event.detail,
});
