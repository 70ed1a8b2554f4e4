import type { IncomingMessage } from 'node:http';

/** Whether a browser asks for permission to send a call: the headers of a signed call always require that. */
export const isPreflight = (req: IncomingMessage): boolean =>
  req.method === 'OPTIONS' && req.headers['access-control-request-method'] !== undefined;

/**
 * The headers that let a page of any origin call the API, as AWS's endpoints send them: a call is authorized by its
 * signature, not by cookies. The control surface has none, so that no foreign page can use it.
 */
export function corsHeaders(req: IncomingMessage): Record<string, string> {
  if (req.headers.origin === undefined) return {};
  const common = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'x-amzn-ErrorType,x-amzn-RequestId,Retry-After,Date',
  };
  if (!isPreflight(req)) return common;
  return {
    ...common,
    'Access-Control-Allow-Methods': 'POST',
    'Access-Control-Allow-Headers': String(req.headers['access-control-request-headers'] ?? '*'),
    'Access-Control-Max-Age': '172800',
  };
}
