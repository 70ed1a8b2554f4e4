/**
 * The limit: node:http with responses that were made when they were first asked for, as objects that are still to be
 * written (`READY=objects`) or as text (`READY=strings`).
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { graphql } from 'graphql';
import { memorySchema } from './memory-schema.ts';

const schema = await memorySchema();
const isText = process.env.READY === 'strings';
const ready = new Map<string, unknown>();

async function responseTo(body: string): Promise<string> {
  const known = ready.get(body);
  if (known === undefined) {
    const { query, variables } = JSON.parse(body);
    const contextValue = { request: { caller: 'bench', unknownEnumValues: [] } };
    const result = await graphql({ schema, source: query, variableValues: variables, contextValue });
    ready.set(body, isText ? JSON.stringify(result) : JSON.parse(JSON.stringify(result)));
    return responseTo(body);
  }
  return isText ? (known as string) : JSON.stringify(known);
}

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  const text = await responseTo(body);
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
});
server.listen(0, '127.0.0.1', () => {
  console.log(`ready at http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
});
