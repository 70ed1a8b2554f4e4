import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, settings } from '../src/config.ts';

describe('settings', () => {
  test('have the defaults that the README tells', () => {
    expect(readConfig({})).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      upstream: 'emulator',
      endpoint: undefined,
      catalog: 'Sandbox',
      region: 'us-east-1',
      requestTimeoutMs: 30_000,
      graphiql: true,
      upstreamCost: true,
      production: false,
      logLevel: 'warn',
    });
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  test('are all in the README, with the defaults that they have', () => {
    const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
    const [, section = ''] = readme.split('## Settings');
    const rows = [...section.matchAll(/^\| `([A-Z_]+)` \| ([^|]*) \|/gm)].map(([, name, value]) => [
      name,
      value?.replaceAll('`', ''),
    ]);
    const defaults = settings.parse({}) as Record<string, unknown>;
    const expected = Object.keys(settings.shape).map((name) => {
      const value = defaults[name];
      const isNone = value === undefined || (Array.isArray(value) && value.length === 0);
      return [name, isNone ? '–' : Array.isArray(value) ? value.join(', ') : String(value)];
    });
    const byName = ([a = '']: (string | undefined)[], [b = '']: (string | undefined)[]) => a.localeCompare(b);
    expect(rows.toSorted(byName)).toEqual(expected.toSorted(byName));
  });

  test('that are empty count as absent', () => expect(readConfig({ PORT: '', CATALOG: '' }).port).toBe(4000));

  test('that cannot be are refused all at once, each with what it got and what it wanted', () => {
    const env = {
      PORT: '70000',
      UPSTREAM: 'azure',
      CATALOG: 'sandbox',
      REQUEST_TIMEOUT_MS: 'soon',
      CORS_ORIGINS: 'https://a.example/path',
      MAX_BODY_BYTES: '10',
      UPSTREAM_ENDPOINT: 'ftp://x',
      GRAPHIQL: 'yes',
      AWS_REGION: 'Virginia',
    };
    expect(() => readConfig(env)).toThrow(ConfigError);
    const message = (() => {
      try {
        readConfig(env);
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(message.split('\n').slice(1).sort()).toEqual([
      '  AWS_REGION: got "Virginia", wanted a region such as "us-east-1"',
      '  CATALOG: got "sandbox", wanted "Sandbox" or "AWS"',
      '  CORS_ORIGINS: got "https://a.example/path", wanted origins between commas, such as "https://crm.example.com", without a path; "*" is none',
      '  GRAPHIQL: got "yes", wanted "on" or "off"',
      '  MAX_BODY_BYTES: got "10", wanted whole bytes, from 1000',
      '  PORT: got "70000", wanted a port number, 0 to 65535',
      '  REQUEST_TIMEOUT_MS: got "soon", wanted whole milliseconds, 100 to 600000',
      '  UPSTREAM: got "azure", wanted "emulator" or "aws"',
      '  UPSTREAM_ENDPOINT: got "ftp://x", wanted an http or https URL',
    ]);
  });

  test.each([
    [{}, true],
    [{ HOST: '0.0.0.0', AUTH_ALLOW_ANONYMOUS: 'true' }, false],
    [{ HOST: '0.0.0.0', AUTH_ALLOW_ANONYMOUS: 'true', NODE_ENV: 'development' }, true],
    [{ NODE_ENV: 'production' }, false],
    [{ NODE_ENV: 'production', GRAPHIQL: 'on' }, true],
    [{ GRAPHIQL: 'off' }, false],
    [{ HOST: 'localhost' }, true],
    [{ HOST: '::1' }, true],
  ])('%j serve the explorer: %s', (env, served) => expect(readConfig(env).graphiql).toBe(served));
});
