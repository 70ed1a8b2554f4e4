/** Trusted documents: operations listed in a manifest; in `enforce` mode, nothing else is executed. */
import { createHash } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Config } from '../../config.ts';
import type { Context } from '../context.ts';
import { recordedName } from '../operation-name.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Accepts an operation by its id (`documentId`), and in `enforce` mode rejects unlisted ones. In `log` mode they are
 * executed, and logged by name and hash so that the manifest can be completed before it is enforced.
 */
export function trustedDocuments(
  { mode, documents }: Config['trustedDocuments'],
  log: FastifyBaseLogger,
): ApolloServerPlugin<Context>[] {
  if (mode === 'off') return [];
  const trusted = new Set(documents.values());

  return [
    {
      async requestDidStart({ request }) {
        const { documentId } = (request.http?.body ?? {}) as { documentId?: unknown };
        const known = typeof documentId === 'string' ? documents.get(documentId) : undefined;
        if (known) request.query = known;
        return {
          async didResolveOperation({ source = '', operationName }) {
            if (trusted.has(source)) return;
            if (mode === 'log') {
              log.warn(
                { operationName: recordedName(operationName), document: hashOf(source) },
                'not a trusted document',
              );
              return;
            }
            const extensions: Record<string, unknown> = { code: 'UNTRUSTED_DOCUMENT', http: { status: 400 } };
            throw new GraphQLError('Only operations listed in the manifest are accepted.', { extensions });
          },
        };
      },
    },
  ];
}
