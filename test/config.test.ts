import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';
import { fileVariables, settings } from '../src/settings.ts';

/** The problems listed in the error message for an environment. */
function problems(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
}

describe('settings', () => {
  test('settings have their documented defaults', () => {
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
      introspection: true,
      logLevel: 'warn',
    });
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  test('an empty setting counts as absent', () =>
    expect(readConfig({ PORT: '', CATALOG: '' }).port).toBe(4000));

  test('all invalid settings are reported at once, each with the value and what was expected', () => {
    const env = {
      PORT: '70000',
      UPSTREAM: 'azure',
      CATALOG: 'sandbox',
      REQUEST_TIMEOUT_MS: 'soon',
      CORS_ORIGINS: 'https://a.example/path',
      ALLOWED_HOSTS: 'https://a.example',
      MAX_BODY_BYTES: '10',
      QUOTA_READS_PER_DAY: '0',
      UPSTREAM_ENDPOINT: 'ftp://x',
      GRAPHIQL: 'yes',
      PARTNER_CENTRAL_REGION: 'Virginia',
      AUTH: 'jwt',
      AUTH_ISSUER: 'https://issuer.example',
      AUTH_JWKS_URL: 'https://issuer.example/keys',
    };
    expect(() => readConfig(env)).toThrow(ConfigError);
    expect(problems(env).sort()).toEqual([
      '  ALLOWED_HOSTS: got "https://a.example", expected host names separated by commas, such as "crm.example.com", each with or without a port; "*" is not allowed',
      '  AUTH_AUDIENCE: required with AUTH=jwt',
      '  CATALOG: got "sandbox", expected "Sandbox" or "AWS"',
      '  CORS_ORIGINS: got "https://a.example/path", expected origins separated by commas, such as "https://crm.example.com", without a path; "*" is not allowed',
      '  GRAPHIQL: got "yes", expected "on" or "off"',
      '  MAX_BODY_BYTES: got "10", expected a whole number of bytes from 1000 to 100000000',
      '  PARTNER_CENTRAL_REGION: got "Virginia", expected a region such as "us-east-1"',
      '  PORT: got "70000", expected a port number from 0 to 65535',
      '  QUOTA_READS_PER_DAY: got "0", expected a number from 0.01 to 10000000',
      '  REQUEST_TIMEOUT_MS: got "soon", expected a whole number of milliseconds from 100 to 600000',
      '  UPSTREAM: got "azure", expected "emulator" or "aws"',
      '  UPSTREAM_ENDPOINT: got 7 characters, expected an http or https URL',
    ]);
  });

  test.each([
    [{}, 0],
    [{ NODE_ENV: 'production' }, 5_000],
    [{ NODE_ENV: 'production', DRAIN_TIMEOUT_MS: '3000' }, 3_000],
    [{ DRAIN_DELAY_MS: '2000' }, 2_000],
  ])('with the settings %j a stopping gateway accepts requests for %i ms', (env, ms) =>
    expect(readConfig(env).drainDelayMs).toBe(ms),
  );

  describe('invalid settings', () => {
    const marker = 'hunter2 is a marker';
    const secrets: Record<string, string> = {
      UPSTREAM_ENDPOINT: `ftp://user:${marker}@upstream.example`,
      AUTH_JWKS_URL: `https://user:${marker}`,
      AUTH_JWKS: `{"keys":[{"kty":"oct","k":"${marker}"}]}`,
      ROUTER_SECRET: marker,
      EVENTS_QUEUE_URL: `https://user:${marker}@sqs.us-east-1.amazonaws.com/queue`,
      REDIS_URL: `redis://:${marker}@redis.example:port`,
      OTEL_EXPORTER_OTLP_ENDPOINT: `//user:${marker}@collector.example`,
    };
    /** Settings that accept any string, or words like these, and are therefore never refused. */
    const anything = [
      'ACCOUNTS_FILE',
      'ALLOWED_HOSTS',
      'HOST',
      'AUTH_ISSUER',
      'AUTH_AUDIENCE',
      'EMULATOR_STATE_FILE',
      'JOBS_FILE',
      'NODE_ENV',
    ];
    const others = Object.keys(settings.shape).filter(
      (name) => !(name in secrets) && !anything.includes(name),
    );

    test.each(Object.entries(secrets))('an error for %s quotes only its length', (name, value) => {
      const [line = '', ...more] = problems({ [name]: value });
      expect(line).toMatch(new RegExp(`^  ${name}: got ${value.length} characters, expected \\S`));
      expect(line).not.toContain('hunter2');
      expect(more).toEqual([]);
    });

    test('a private key of any type is refused', () => {
      const [line] = problems({ AUTH_JWKS: '{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","d":"hunter2"}]}' });
      expect(line).toMatch(
        /^ {2}AUTH_JWKS: got \d+ characters, expected a JSON Web Key Set with public keys/,
      );
    });

    test.each(others)('an error for %s quotes the value', (name) => {
      const [line = '', ...more] = problems({ [name]: marker });
      expect(line).toMatch(new RegExp(`^  ${name}: got "${marker}".*, expected \\S`));
      expect(more).toEqual([]);
    });

    test('an error does not quote valid secrets either', () => {
      const env = {
        REDIS_URL: 'redis://:hunter2@redis.example',
        ROUTER_SECRET: 'hunter2'.repeat(5),
        PORT: 'x',
      };
      expect(problems(env)).toEqual(['  PORT: got "x", expected a port number from 0 to 65535']);
    });
  });

  test.each([
    [{}, true],
    [{ HOST: '0.0.0.0', ROUTER_SECRET: 's'.repeat(32) }, false],
    [{ HOST: '0.0.0.0', ROUTER_SECRET: 's'.repeat(32), NODE_ENV: 'development' }, true],
    [{ NODE_ENV: 'production' }, false],
    [{ NODE_ENV: 'production', GRAPHIQL: 'on' }, true],
    [{ GRAPHIQL: 'off' }, false],
    [{ HOST: 'localhost' }, true],
    [{ HOST: '::1' }, true],
  ])('with the settings %j the explorer is served: %s', (env, served) =>
    expect(readConfig(env).graphiql).toBe(served),
  );
});

describe('secrets in files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const written = (content: string): string => {
    const file = join(folder, 'secret');
    writeFileSync(file, content);
    return file;
  };

  test('every setting that is never quoted can be read from a file, and no other', () => {
    expect([...fileVariables].toSorted()).toEqual([
      ['AUTH_JWKS_FILE', 'AUTH_JWKS'],
      ['AUTH_JWKS_URL_FILE', 'AUTH_JWKS_URL'],
      ['EVENTS_QUEUE_URL_FILE', 'EVENTS_QUEUE_URL'],
      ['OTEL_EXPORTER_OTLP_ENDPOINT_FILE', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
      ['REDIS_URL_FILE', 'REDIS_URL'],
      ['ROUTER_SECRET_FILE', 'ROUTER_SECRET'],
      ['UPSTREAM_ENDPOINT_FILE', 'UPSTREAM_ENDPOINT'],
    ]);
  });

  test('a secret is read from its file, without the line end', () => {
    const [old, next] = ['a'.repeat(32), 'b'.repeat(32)];
    expect(readConfig({ REDIS_URL_FILE: written('redis://:x@redis.example\n') }).redisUrl).toBe(
      'redis://:x@redis.example',
    );
    const routed = readConfig({ HOST: '0.0.0.0', ROUTER_SECRET_FILE: written(`${old}\n${next}\n`) });
    expect(routed.auth.routerSecrets).toEqual([old, next]);
  });

  test('a file that cannot be used prevents a start, and what it contains is not quoted', () => {
    const absent = join(folder, 'absent');
    const expected = 'expected a file with a redis or rediss URL';
    expect(problems({ REDIS_URL_FILE: absent })).toEqual([
      `  REDIS_URL_FILE: got "${absent}" (cannot be read: ENOENT), ${expected}`,
    ]);
    const empty = written('\n');
    expect(problems({ REDIS_URL_FILE: empty })).toEqual([
      `  REDIS_URL_FILE: got "${empty}" (empty), ${expected}`,
    ]);
    expect(problems({ REDIS_URL_FILE: written('hunter2') })).toEqual([
      '  REDIS_URL: got 7 characters, expected a redis or rediss URL',
    ]);
    expect(problems({ REDIS_URL_FILE: absent, REDIS_URL: 'redis://redis.example' })).toEqual([
      '  REDIS_URL_FILE: set either REDIS_URL or REDIS_URL_FILE, not both',
    ]);
  });
});

describe('a manifest of trusted documents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const written = (content: string): string => {
    const file = join(folder, 'manifest.json');
    writeFileSync(file, content);
    return file;
  };
  const refusal = (file: string, reason = ''): string =>
    `  TRUSTED_DOCUMENTS_FILE: got ${JSON.stringify(file)}${reason}, expected a JSON file with at least one operation: {"<id>": "<operation>"}, or Apollo's {"operations": [{"id", "body"}]}`;

  test.each([
    '{"a": "{ __typename }"}',
    '{"format": "apollo", "operations": [{"id": "a", "name": "A", "body": "{ __typename }"}]}',
  ])('a manifest of trusted documents is read with the settings: %s', (content) => {
    const env = { TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILE: written(content) };
    expect(readConfig(env).trustedDocuments).toEqual({
      mode: 'enforce',
      documents: new Map([['a', '{ __typename }']]),
    });
  });

  test.each([
    '{}',
    'null',
    '[]',
    '[null]',
    '"{ __typename }"',
    '{"a": 1}',
    '{"a": "{ __typename }", "b": null}',
    '{"operations": []}',
    '{"operations": [null]}',
    '{"operations": [{"id": "a"}]}',
    '{"operations": [{"id": 1, "body": "{ __typename }"}]}',
  ])('an invalid manifest is reported together with other invalid settings: %s', (content) => {
    const file = written(content);
    expect(
      problems({ PORT: 'x', TRUSTED_DOCUMENTS: 'log', TRUSTED_DOCUMENTS_FILE: file, AUTH: 'jwt' }),
    ).toEqual([
      expect.stringMatching(/^ {2}PORT: got "x"/),
      refusal(file),
      expect.stringMatching(/^ {2}AUTH: /),
      expect.stringMatching(/^ {2}AUTH_ISSUER: /),
      expect.stringMatching(/^ {2}AUTH_AUDIENCE: /),
    ]);
  });

  test('a manifest that cannot be read is refused with the reason, without a quote from it', () => {
    const absent = join(folder, 'absent.json');
    expect(problems({ TRUSTED_DOCUMENTS_FILE: absent })).toEqual([
      refusal(absent, ' (cannot be read: ENOENT)'),
    ]);
    expect(problems({ TRUSTED_DOCUMENTS_FILE: folder })).toEqual([
      refusal(folder, ' (cannot be read: EISDIR)'),
    ]);
    const file = written('hunter2');
    expect(problems({ TRUSTED_DOCUMENTS_FILE: file })).toEqual([refusal(file, ' (not JSON)')]);
  });

  test('a manifest is required unless trusted documents are off', () => {
    expect(problems({ TRUSTED_DOCUMENTS: 'log' })).toEqual([
      '  TRUSTED_DOCUMENTS_FILE: required with TRUSTED_DOCUMENTS=log',
    ]);
    expect(readConfig({}).trustedDocuments).toEqual({ mode: 'off', documents: new Map() });
  });
});
