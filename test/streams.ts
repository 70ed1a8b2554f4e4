/** Subscriptions without a client library: what is on the wire. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Data } from './kit.ts';

/** One frame of an event stream. */
export type Frame = { event?: string; data?: Data; retry?: number; comment?: string };

function frameOf(text: string): Frame {
  const fields = text.split('\n').map((line) => {
    const at = line.indexOf(':');
    return [line.slice(0, at), line.slice(at + 1).trim()] as const;
  });
  const { '': comment, event, data, retry } = Object.fromEntries(fields);
  return {
    ...(comment !== undefined && { comment }),
    ...(event !== undefined && { event }),
    ...(data !== undefined && { data: data === '' ? null : JSON.parse(data) }),
    ...(retry !== undefined && { retry: Number(retry) }),
  };
}

type Request = { query?: string; variables?: object; [more: string]: unknown };

/** Opens an event stream. Its frames come without those that only keep it alive. */
export async function eventStream(url: string, request: Request, headers: Record<string, string> = {}) {
  const abort = new AbortController();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify(request),
    signal: abort.signal,
  });
  async function* read(): AsyncGenerator<Frame> {
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const parts = (text + chunk).split('\n\n');
      text = parts.pop() ?? '';
      yield* parts.map(frameOf).filter((frame) => frame.comment === undefined);
    }
  }
  const frames = read();
  return {
    response,
    /** The next frame; undefined at the end. */
    next: async (): Promise<Frame | undefined> => (await frames.next()).value,
    /** All frames to the end. */
    rest: (): Promise<Frame[]> => Array.fromAsync(frames),
    close: () => abort.abort(),
  };
}

type SocketOptions = { protocol?: string; headers?: Record<string, string>; init?: object | false };

/** Opens a WebSocket and, unless `init` is false, the connection in it. */
export async function webSocket(
  url: string,
  { protocol = 'graphql-transport-ws', headers = {}, init = {} }: SocketOptions = {},
) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocol, { headers });
  const received: Data[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    received.push(JSON.parse(String(data)));
    wake();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => {
      resolve({ code, reason: String(reason) });
      wake();
    });
  });
  await once(socket, 'open');
  const send = (message: object) => socket.send(JSON.stringify(message));
  async function next(): Promise<Data> {
    while (received.length === 0) {
      if (socket.readyState === WebSocket.CLOSED) throw new Error('The socket is closed.');
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return received.shift();
  }
  if (init !== false) {
    send({ type: 'connection_init', payload: init });
    const { type } = await next().catch(() => ({ type: 'closed' }));
    if (type !== 'connection_ack' && type !== 'closed') throw new Error(`got ${type}`);
  }
  return {
    socket,
    send,
    /** The next message. @throws if the socket is closed first */
    next,
    subscribe: (id: string, payload: object) => send({ id, type: 'subscribe', payload }),
    /** How it was closed, once it is. */
    closed,
    close: () => socket.terminate(),
  };
}
