import { execFile } from 'node:child_process';

export type Run = { code: number; stdout: string; stderr: string };

const { AWS_PROFILE: _profile, AWS_SESSION_TOKEN: _token, ...inherited } = process.env;

/** The environment of a machine that nobody has set up for AWS: any credentials, no files, no metadata service. */
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

/** Runs a program that is not ours to its end, whatever that is; one that is not there ends with 127. */
export const run = (program: string, args: readonly string[]): Promise<Run> =>
  new Promise((resolve) => {
    execFile(program, args, { env, maxBuffer: 32 << 20 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127;
      resolve({ code, stdout, stderr });
    });
  });

/** boto3, if it is there and new enough to know the service. */
export const hasBoto3 = async (): Promise<boolean> =>
  (
    await run('python3', [
      '-c',
      'import boto3; boto3.client("partnercentral-selling", region_name="us-east-1")',
    ])
  ).code === 0;

/** The AWS CLI, on the same terms. */
export const hasCli = async (): Promise<boolean> =>
  (await run('aws', ['partnercentral-selling', 'get-opportunity', '--generate-cli-skeleton', 'input']))
    .code === 0;
