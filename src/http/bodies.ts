import type { FastifyInstance } from 'fastify';
import { quoted } from '../domain/bad-input.ts';
import { errorBody } from './errors.ts';

/**
 * Restricts bodies to JSON that is not compressed. Compressed bodies are refused, since `MAX_BODY_BYTES` leaves little to
 * save. Fastify would also parse `text/plain`, which pages can send without a preflight.
 */
export function acceptOnlyJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  // By default members named `__proto__` and `constructor` are refused, but variables may have these names.
  const parse = app.getDefaultJsonParser('ignore', 'ignore');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, parse);
  app.addHook('preParsing', ({ headers }, reply, _payload, done) => {
    const encoding = headers['content-encoding'] ?? '';
    if (/^(identity)?$/i.test(encoding)) return done();
    const message = `Content-Encoding: got ${quoted(encoding)}, expected none.`;
    void reply.code(415).header('accept-encoding', 'identity').send(errorBody('BAD_REQUEST', message));
  });
}
