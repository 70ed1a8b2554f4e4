/** Every setting: its name in the environment, what it may hold, its default and its description, by section. */
import { z } from 'zod';
import { authentication } from './settings/authentication.ts';
import { jobs } from './settings/jobs.ts';
import { about, type Described } from './settings/kinds.ts';
import { limits } from './settings/limits.ts';
import { observability } from './settings/observability.ts';
import { quotaAndCache } from './settings/quota-and-cache.ts';
import { server } from './settings/server.ts';
import { upstream } from './settings/upstream.ts';

/** The sections of docs/settings.md and of `--help`, in their order. */
export const sections = {
  Server: server,
  Upstream: upstream,
  Authentication: authentication,
  'Quota and cache': quotaAndCache,
  Jobs: jobs,
  Limits: limits,
  Observability: observability,
};

export const settings = z.object({
  ...server,
  ...upstream,
  ...authentication,
  ...quotaAndCache,
  ...jobs,
  ...limits,
  ...observability,
} satisfies Record<string, Described | z.ZodDefault<Described> | z.ZodOptional<Described>>);

export type SettingName = keyof typeof settings.shape;
export const settingNames = Object.keys(settings.shape) as SettingName[];

/** A setting as it is documented. */
export type SettingFacts = {
  /** What it may hold, in words. */
  expected: string;
  /** A secret is never quoted, and can be read from a file instead. */
  isSecret: boolean;
  /** What it does, in Markdown. */
  description: string;
  /** Its value while it is unset, as one would set it; undefined if it has none. */
  byDefault: string | undefined;
};

const defaults: Record<string, unknown> = settings.parse({});

/** @throws Error for a setting without a description */
export function factsOf(name: SettingName): SettingFacts {
  const schema = settings.shape[name];
  const known = about.get(schema.unwrap());
  if (!known || !schema.description) throw new Error(`${name} has no description`);
  const byDefault = [defaults[name] ?? []].flat().join(', ');
  return { ...known, description: schema.description, byDefault: byDefault || undefined };
}

/** The variables with the names of files: `REDIS_URL_FILE` may name a file with the value of `REDIS_URL`. */
export const fileVariables: ReadonlyMap<string, SettingName> = new Map(
  settingNames.filter((name) => factsOf(name).isSecret).map((name) => [`${name}_FILE`, name]),
);
