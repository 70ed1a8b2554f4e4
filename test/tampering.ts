/** A proxy between the gateway and the emulator that can change answers, as a broken proxy or connection would. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Exchange = {
  operation: string;
  request: Record<string, unknown>;
  answer: Record<string, unknown>;
};

/** What an exchange is answered with instead: JSON, or a body as it is. Undefined leaves the answer alone. */
export type Tamper = (exchange: Exchange) => unknown | { body: string } | undefined;

export async function tamperingProxy(emulatorUrl: string) {
  let tamper: Tamper = () => undefined;
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const headers = Object.fromEntries(
      ['authorization', 'content-type', 'x-amz-target', 'x-amz-date']
        .filter((name) => request.headers[name])
        .map((name) => [name, String(request.headers[name])]),
    );
    const forwarded = await fetch(emulatorUrl, { method: 'POST', headers, body });
    const text = await forwarded.text();
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    const changed = forwarded.ok
      ? tamper({ operation, request: JSON.parse(body), answer: text ? JSON.parse(text) : {} })
      : undefined;
    const raw = (changed as { body?: unknown } | undefined | null)?.body;
    const sent = changed === undefined ? text : typeof raw === 'string' ? raw : JSON.stringify(changed);
    response.writeHead(forwarded.status, { 'content-type': 'application/x-amz-json-1.0' }).end(sent);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Changes answers from now on. */
    tamper(next: Tamper): void {
      tamper = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
