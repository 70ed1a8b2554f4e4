/** Trusted documents: operations listed in a manifest; in `enforce` mode, nothing else is executed. */
import type { GraphQLRequest } from '@apollo/server';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../../config.ts';
import { quoted } from '../../domain/bad-input.ts';
import { recordedName } from '../operation-name.ts';
import { refuse, requestError } from '../refusal.ts';
import { hashOf, type TrustedDocuments } from '../trusted-documents.ts';
import type { Step } from './in-sequence.ts';

/** The longest id that an error quotes; a hash has 64 characters, with its prefix 71. */
const maxIdLength = 100;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The id of a document in GraphQL over HTTP, from the body or from the URL. */
function documentIdOf({ http }: GraphQLRequest): string | undefined {
  if (http?.method === 'GET') return textOf(new URLSearchParams(http.search).get('documentId'));
  return textOf((http?.body as { documentId?: unknown } | undefined)?.documentId);
}

/** The id of a document as Apollo's clients send it. With a document, it is the hash under which to register that. */
function persistedIdOf({ query, extensions }: GraphQLRequest): string | undefined {
  return query ? undefined : textOf(extensions?.persistedQuery?.sha256Hash);
}

function unknownDocument(id: string) {
  const message = `The manifest of trusted documents does not list ${quoted(id)}.`;
  return requestError('UNTRUSTED_DOCUMENT', message, { documentId: id.slice(0, maxIdLength) });
}

/**
 * Accepts an operation by its id, and in `enforce` mode rejects unlisted ones. In `log` mode they are executed, and
 * logged by name and hash so that the manifest can be completed before it is enforced.
 */
export function trustedDocuments(
  mode: Config['trustedDocuments']['mode'],
  documents: TrustedDocuments,
  log: FastifyBaseLogger,
): Step[] {
  if (mode === 'off') return [];

  return [
    ({ request }) => {
      const trusted = documents.current();
      const documentId = documentIdOf(request);
      const id = documentId ?? persistedIdOf(request);
      const known = id && trusted.find(id);
      if (known) {
        request.query = known;
        delete request.extensions?.persistedQuery;
      }
      // In `log` mode an unknown hash is an automatic persisted query, whose document the client sends next.
      if (id && !request.query && (documentId || mode === 'enforce'))
        return refuse(request, unknownDocument(id));
      return {
        didResolveOperation({ source = '', operationName, contextValue }) {
          // A subscription keeps to the manifest that it was opened with.
          if (trusted.has(source) || contextValue.request.streamed?.event) return;
          if (mode === 'log') {
            log.warn(
              { operationName: recordedName(operationName), document: hashOf(source) },
              'not a trusted document',
            );
            return;
          }
          throw requestError('UNTRUSTED_DOCUMENT', 'Only operations listed in the manifest are accepted.');
        },
      };
    },
  ];
}
