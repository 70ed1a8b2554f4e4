/** A service that hands out the credentials of roles, as AWS STS does, and what it was asked. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The parameters of a call. */
export type AssumeRole = { role: string; session: string; externalId: string | null; signedBy: string };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** @param lifetimeMs how long credentials last; they are issued by this clock */
export async function startSts({ lifetimeMs = 3_600_000, now = () => Date.now() } = {}) {
  const calls: AssumeRole[] = [];
  const denied = new Set<string>();
  /** Answers when it resolves. */
  let hold: Promise<void> = Promise.resolve();
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(Buffer.concat(await Array.fromAsync(request)).toString());
    const role = form.get('RoleArn') ?? '';
    const signedBy = /Credential=(\w+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
    calls.push({
      role,
      session: form.get('RoleSessionName') ?? '',
      externalId: form.get('ExternalId'),
      signedBy,
    });
    await hold;
    if (denied.has(role)) {
      const message = `User: ${signedBy} is not authorized to perform: sts:AssumeRole on resource: ${role}`;
      response.writeHead(403, { 'content-type': 'text/xml' }).end(
        `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
        <Code>AccessDenied</Code><Message>${escaped(message)}</Message></Error></ErrorResponse>`,
      );
      return;
    }
    const name = role.split('/').at(-1);
    response.writeHead(200, { 'content-type': 'text/xml' }).end(
      `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
      <AssumedRoleUser><Arn>${role.replace(':iam:', ':sts:')}/session</Arn><AssumedRoleId>A:session</AssumedRoleId></AssumedRoleUser>
      <Credentials><AccessKeyId>KEY${name}${calls.length}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
      <SessionToken>token</SessionToken><Expiration>${new Date(now() + lifetimeMs).toISOString()}</Expiration></Credentials>
      </AssumeRoleResult></AssumeRoleResponse>`,
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What it has been asked so far. */
    calls,
    /** The roles that it does not hand out. */
    denied,
    /** Has calls wait until the returned function is called. */
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      hold = promise;
      return resolve;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
