/** Operations that are known beforehand: a manifest lists them, and in `enforce` mode nothing else runs. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError } from 'graphql';
import { type Config, ConfigError } from '../../config.ts';
import type { Context } from '../context.ts';

/** Texts by their id, which is by convention the SHA-256 of the text. */
type Manifest = ReadonlyMap<string, string>;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Reads a manifest: `{"<id>": "<text>"}` as Relay and the client preset write it, or Apollo's
 * `{"operations": [{"id", "body"}]}`.
 *
 * @throws ConfigError that says what is wrong with the file
 */
function readManifest(file: string): Manifest {
  const refuse = (why: string) =>
    new ConfigError(`TRUSTED_DOCUMENTS_FILE: cannot use ${JSON.stringify(file)}: ${why}`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw refuse((error as Error).message);
  }
  const { operations } = parsed as { operations?: { id: string; body: string }[] };
  const entries = Array.isArray(operations)
    ? operations.map(({ id, body }) => [id, body] as const)
    : Object.entries(parsed as Record<string, string>);
  if (
    entries.length === 0 ||
    entries.some(([id, text]) => typeof id !== 'string' || typeof text !== 'string')
  )
    throw new Error(
      'wanted {"<id>": "<text of the operation>"} or Apollo’s {"operations": [{"id", "body"}]}',
    );
  return new Map(entries);
}

/**
 * Lets a request name an operation by its id (`documentId`), and in `enforce` mode refuses every other one. In `log` mode
 * the others run and are logged by their name and hash, so that a list can be made before it is enforced.
 */
export function trustedDocuments(
  { mode, file }: Config['trustedDocuments'],
  log: FastifyBaseLogger,
): ApolloServerPlugin<Context>[] {
  if (mode === 'off' || !file) return [];
  const manifest = readManifest(file);
  const texts = new Set(manifest.values());

  return [
    {
      async requestDidStart({ request }) {
        const { documentId } = (request.http?.body ?? {}) as { documentId?: unknown };
        const known = typeof documentId === 'string' ? manifest.get(documentId) : undefined;
        if (known) request.query = known;
        return {
          async didResolveOperation({ source = '', operationName }) {
            if (texts.has(source)) return;
            if (mode === 'log') {
              log.warn({ operationName, document: hashOf(source) }, 'not a trusted document');
              return;
            }
            const extensions: Record<string, unknown> = { code: 'UNTRUSTED_DOCUMENT', http: { status: 400 } };
            throw new GraphQLError('This gateway runs the operations of its manifest only.', { extensions });
          },
        };
      },
    },
  ];
}
