/** The settings of an account in Partner Central. */
import type { Output } from '../upstream/operations.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import { freshIn, type TimedCache } from './timed-cache.ts';

export type SellingSystemSettings = Output<'GetSellingSystemSettings'>;

/** How long the settings are fresh: they hardly ever change. */
export const settingsFreshMs = 3_600_000;

/** The key of the settings in their cache, which has only them. */
export const settingsKey = 'settings';

/** The settings. Only ones with a role are kept: one that is missing is set soon. @throws Fault */
export function readSettings({
  scope,
  coalescer,
  cache,
}: {
  scope: RequestScope;
  coalescer: Coalescer;
  cache: TimedCache<SellingSystemSettings>;
}): Promise<SellingSystemSettings> {
  const known = freshIn(cache, settingsKey, scope);
  if (known) return Promise.resolve(known);
  const version = cache.version(settingsKey);
  return coalescer.coalesce(`GetSellingSystemSettings ${version}`, scope, async (send) => {
    const settings = await send('GetSellingSystemSettings', {});
    if (settings.resourceSnapshotJobRoleArn) cache.put(settingsKey, settings, version);
    return settings;
  });
}
