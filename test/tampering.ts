/** A proxy between the gateway and the emulator that can change answers, as a broken proxy or connection would. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Exchange = {
  operation: string;
  request: Record<string, unknown>;
  answer: Record<string, unknown>;
};

/** A whole response: a body as it is, with a status and headers. */
export type Raw = { body: string; status?: number; headers?: Record<string, string> };

/** What an exchange is answered with instead: JSON, or a whole response. Undefined leaves the answer alone. */
export type Tamper = (exchange: Exchange) => unknown | Raw | undefined;

export async function tamperingProxy(emulatorUrl: string) {
  let tamper: Tamper = () => undefined;
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    if (request.url?.startsWith('/_emulator')) {
      const { method = 'GET' } = request;
      const control = await fetch(`${emulatorUrl}${request.url}`, { method, ...(body && { body }) });
      response.writeHead(control.status, { 'content-type': 'application/json' }).end(await control.text());
      return;
    }
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
    const { body: raw, status, headers: more } = (changed ?? {}) as Partial<Raw>;
    const sent = changed === undefined ? text : typeof raw === 'string' ? raw : JSON.stringify(changed);
    const own = { 'content-type': 'application/x-amz-json-1.0', ...more };
    response
      .writeHead(typeof raw === 'string' ? (status ?? forwarded.status) : forwarded.status, own)
      .end(sent);
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
