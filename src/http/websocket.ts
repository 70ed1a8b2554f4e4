/**
 * Subscriptions over WebSockets, in the protocol graphql-transport-ws, see
 * https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md.
 */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { handleProtocols } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { quoted } from '../domain/bad-input.ts';
import { errorForLog } from '../fault.ts';
import { isAllowedOrigin } from './cors.ts';
import { answerOnSocket } from './errors.ts';
import { createHostCheck } from './hosts.ts';
import { type Connection, type Ending, endings } from './streams.ts';
import { closeCodes, createProtocol, type ProtocolTools } from './websocket-protocol.ts';

/** How long a client may take to close a connection that the gateway closes. */
const closeTimeoutMs = 5_000;
/** The longest reason for closing a WebSocket, in bytes. Some of the library's contain ids that clients choose. */
const maxReason = 123;

/** Whether a request is to become a WebSocket. Others may ask for HTTP/2, for example, and are answered as usual. */
export const isForWebSocket = ({ headers, url = '' }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket' && /^\/graphql(\?|$)/.test(url);

type Tools = ProtocolTools & {
  config: Config;
  clock: Pick<Clock, 'setTimer'>;
  isShedding(): boolean;
};

/** Serves WebSockets at `/graphql`. */
export function serveWebSockets(app: FastifyInstance, tools: Tools): void {
  const { config, streams, clock, isShedding } = tools;
  const protocol = createProtocol(tools);
  const checkHost = createHostCheck(config);
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: config.maxBodyBytes,
    // It takes hundreds of kilobytes per connection, and delays small messages.
    perMessageDeflate: false,
    ...{ closeTimeout: closeTimeoutMs },
    handleProtocols,
  });

  /** Why a request does not become a WebSocket. Pages of any origin can ask for one: CORS does not apply. */
  function refusalOf({
    headers,
  }: IncomingMessage): [status: number, code: string, message: string] | undefined {
    if (streams.isClosed()) return [503, endings.stopping.code, endings.stopping.message];
    if (isShedding()) return [503, 'SERVICE_UNAVAILABLE', 'The gateway is short of memory.'];
    const host = checkHost(headers.host);
    if (host) return [host.status, host.code, host.message];
    const { origin } = headers;
    const isOwn = origin && URL.canParse(origin) && new URL(origin).host === headers.host;
    if (!origin || isOwn || isAllowedOrigin(origin, config)) return undefined;
    return [403, 'FORBIDDEN', `Origin: got ${quoted(origin)}, expected one of CORS_ORIGINS.`];
  }

  function serve(socket: WebSocket, request: IncomingMessage): void {
    let ending: Ending | undefined;
    let isAlive = true;
    const onClose: (() => void)[] = [];
    const close = (code: number, reason: string) =>
      socket.close(
        code,
        Buffer.from(reason)
          .subarray(0, maxReason)
          .toString()
          .replace(/\uFFFD$/, ''),
      );
    const isOpen = () => socket.readyState === socket.OPEN;
    const connection: Connection = {
      keepAlive() {
        if (!isAlive) return socket.terminate();
        isAlive = false;
        socket.ping();
      },
      end(why) {
        ending ??= why;
        close(why.closeCode, why.message);
      },
      destroy: () => socket.terminate(),
    };
    /** Ends the connection of a client that sends, pings for example, and does not read what it gets. */
    function checkUnread(): void {
      if (socket.bufferedAmount > config.limits.maxResponseBytes) connection.end(endings.tooSlow);
    }
    const send = (text: string): Promise<void> =>
      new Promise((resolve) => {
        if (!isOpen()) return resolve();
        const stopTimer = clock.setTimer(() => connection.end(endings.tooSlow), config.requestTimeoutMs);
        socket.send(text, () => {
          stopTimer();
          resolve(); // after an error, 'close' follows
        });
      });
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send,
        close: (code = closeCodes.internal, reason = '') => close(code, reason),
        onMessage(receive) {
          socket.on('message', (data) => {
            checkUnread();
            if (!isOpen()) return;
            receive(String(data)).catch((error: unknown) => {
              app.log.error(errorForLog(error), 'WebSocket failed');
              close(closeCodes.internal, 'Internal server error');
            });
          });
        },
      },
      { request, connection, ending: () => ending, close, isOpen, onClose, opening: new Set() },
    );
    onClose.push(streams.add(connection));
    if (streams.isClosed()) connection.end(endings.stopping);
    socket.on('pong', () => {
      isAlive = true;
    });
    socket.on('ping', checkUnread);
    socket.on('error', () => {}); // 'close' follows
    socket.once('close', (code, reason) => {
      for (const fn of onClose) fn();
      void closed(code, String(reason));
    });
  }

  app.server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {}); // 'close' follows
    const refusal = refusalOf(request);
    if (refusal) answerOnSocket(socket as Socket, ...refusal);
    else sockets.handleUpgrade(request, socket, head, serve);
  });
}
