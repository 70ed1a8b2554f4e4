import { flag, hosts, milliseconds, origins, port, text } from './kinds.ts';

export const server = {
  PORT: port.default(4000).describe('The port to listen on.'),
  HOST: text('an address or host name to listen on')
    .default('127.0.0.1')
    .describe('The address to listen on.'),
  CORS_ORIGINS: origins
    .default([])
    .describe(
      'Comma-separated origins whose pages may call from a browser, such as `https://crm.example.com`. Those of the same machine need not be listed outside production if `HOST` is a loopback address.',
    ),
  REQUEST_TIMEOUT_MS: milliseconds(100, 600_000)
    .default(30_000)
    .describe(
      'The time limit of a request, including all its upstream calls. Its arrival and the sending of its response may take as long again.',
    ),
  ALLOWED_HOSTS: hosts
    .default([])
    .describe(
      "Comma-separated host names of this gateway, such as `crm.example.com`, each for every port or with one, as callers' `Host` headers have it. Requests for other names get a 421, except for `/healthz` and `/readyz`. Required with `AUTH_ALLOW_ANONYMOUS=true` beyond loopback. Without authentication a gateway on loopback always answers to the names of loopback, and otherwise only to these.",
    ),
  DRAIN_TIMEOUT_MS: milliseconds(0, 600_000)
    .default(8_000)
    .describe('How long requests in flight may take to finish during shutdown.'),
  DRAIN_DELAY_MS: milliseconds(0, 600_000)
    .optional()
    .describe(
      'For how much of `DRAIN_TIMEOUT_MS` new requests are still served while `/readyz` returns 503; defaults to 5000 in production, otherwise 0.',
    ),
  GRAPHIQL: flag('on', 'off')
    .optional()
    .describe('`on` or `off`; defaults to `on` in development and on loopback, but `off` in production.'),
  INTROSPECTION: flag('on', 'off')
    .optional()
    .describe(
      '`on` or `off`: introspection, suggestions, and `_service` for all readers; defaults to `off` in production.',
    ),
  NODE_ENV: text('the name of an environment')
    .optional()
    .describe('`production` disables introspection, field suggestions, GraphiQL and cost reports.'),
};
