import { flag, httpUrl, number, oneOf, port } from './kinds.ts';

export const observability = {
  LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error', 'silent')
    .optional()
    .describe(
      '`debug`, `info`, `warn`, `error` or `silent`; defaults to `info` in production, otherwise `warn`.',
    ),
  UPSTREAM_COST: flag('on', 'off')
    .optional()
    .describe(
      '`on` or `off`: whether responses contain `extensions.upstream`; defaults to `on` outside production.',
    ),
  METRICS_PORT: port.optional().describe('The port of `/metrics`.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl
    .optional()
    .describe("Where traces are sent; OpenTelemetry's own variables for names and headers apply as well."),
  OTEL_TRACES_SAMPLER_ARG: number(0, 1)
    .default(1)
    .describe('The fraction of traces sampled, among those that start here.'),
};
