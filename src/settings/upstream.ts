import { flag, httpUrl, oneOf, region, text } from './kinds.ts';

export const upstream = {
  UPSTREAM: oneOf('emulator', 'aws').default('emulator').describe('`emulator` or `aws`.'),
  UPSTREAM_ENDPOINT: httpUrl
    .optional()
    .describe('Overrides the upstream URL, for example to use a standalone emulator.'),
  CATALOG: oneOf('Sandbox', 'AWS').default('Sandbox').describe('`Sandbox`, or `AWS` for production.'),
  ALLOW_PRODUCTION_WRITES: flag('true', 'false')
    .default(false)
    .describe('Whether mutations are allowed in the `AWS` catalog.'),
  ACCOUNTS_FILE: text('a file name')
    .optional()
    .describe(
      'A JSON or YAML file with the AWS accounts and catalogs to serve, each with the role to assume and the callers that may use it, instead of one account with the credentials of the process; see [accounts.md](accounts.md). A SIGHUP has it read again.',
    ),
  PARTNER_CENTRAL_REGION: region
    .default('us-east-1')
    .describe("The API's region; AWS documents only this one."),
  EMULATOR_STATE_FILE: text('a file name')
    .optional()
    .describe('A file in which the embedded emulator keeps its records across restarts.'),
};
