import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** Answers a command, such as `['EVAL', …]`, with bytes; undefined is the usual answer of Redis to commands without a result. */
export type Answer = (command: string[], socket: Socket) => string | Buffer | undefined;

/** The commands at the start of a string, and the rest. A command is an array of strings: `*<count>`, then `$<length>` and each string. */
function parseCommands(text: string): { commands: string[][]; rest: string } {
  const commands: string[][] = [];
  let rest = text;
  for (;;) {
    const [head = '', count] = /^\*(\d+)\r\n/.exec(rest) ?? [];
    if (!head) return { commands, rest };
    let at = head.length;
    const words: string[] = [];
    for (let n = 0; n < Number(count); n++) {
      const [prefix = '', length] = /^\$(\d+)\r\n/.exec(rest.slice(at, at + 20)) ?? [];
      const start = at + prefix.length;
      at = start + Number(length) + 2;
      if (!prefix || rest.length < at) return { commands, rest };
      words.push(rest.slice(start, at - 2));
    }
    commands.push(words);
    rest = rest.slice(at);
  }
}

/** A server that implements Redis's protocol as badly as a test needs: `await using redis = await fakeRedis(answer)`. */
export async function fakeRedis(answer: Answer) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let unparsed = '';
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      const { commands, rest } = parseCommands(unparsed + chunk.toString('latin1'));
      unparsed = rest;
      for (const command of commands) socket.write(answer(command, socket) ?? '+OK\r\n');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
