import { execFile } from 'node:child_process';

export type Run = { code: number; stdout: string; stderr: string };

const { AWS_PROFILE: _profile, AWS_SESSION_TOKEN: _token, ...inherited } = process.env;

/** The environment of a machine without an AWS setup: any credentials, no files, no metadata service. */
const env = {
  ...inherited,
  AWS_ACCESS_KEY_ID: 'any',
  AWS_SECRET_ACCESS_KEY: 'thing',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_REGION: 'us-east-1',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_MAX_ATTEMPTS: '1',
  AWS_PAGER: '',
  PYTHONWARNINGS: 'ignore',
};

/** Runs an external program to its end, successful or not; the code of a missing one is 127. */
export const run = (
  program: string,
  args: readonly string[],
  more: Record<string, string> = {},
): Promise<Run> =>
  new Promise((resolve) => {
    execFile(program, args, { env: { ...env, ...more }, maxBuffer: 32 << 20 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127;
      resolve({ code, stdout, stderr });
    });
  });

/** Whether boto3 is installed and recent enough to support the service. */
export const hasBoto3 = async (): Promise<boolean> =>
  (
    await run('python3', [
      '-c',
      'import boto3; boto3.client("partnercentral-selling", region_name="us-east-1")',
    ])
  ).code === 0;

/** The same for the AWS CLI. */
export const hasCli = async (): Promise<boolean> =>
  (await run('aws', ['partnercentral-selling', 'get-opportunity', '--generate-cli-skeleton', 'input']))
    .code === 0;
