import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { runDueTasks } from '../engagements/due-tasks.ts';
import type { JsonObject } from '../json.ts';
import type { EmulatorState } from '../state.ts';
import { contentType } from '../wire/admit.ts';
import { parseObject, readBody, send, unavailable } from '../wire/http.ts';
import type { Hooks } from '../wire/serve.ts';
import { accessKeyOf, checkSignature } from '../wire/signature.ts';
import type { SqsOperation } from './call.ts';
import { SqsError, sqsErrorBody, sqsErrorHeaders, toSqsError } from './errors.ts';
import { sqsOperations } from './operations.ts';

const target = /^AmazonSQS\.(\w+)$/;

/** Whether a request is a call of SQS, in its JSON protocol; the path does not matter. */
export const isSqsCall = (req: IncomingMessage): boolean => target.test(String(req.headers['x-amz-target']));

/** Answers one call of SQS. The call log has only those of the API. */
export async function serveSqs(
  req: IncomingMessage,
  res: ServerResponse,
  state: EmulatorState,
  hooks: Hooks,
): Promise<void> {
  const text = await readBody(req);
  const headers = { 'x-amzn-RequestId': randomUUID() };
  const gone = new AbortController();
  const leave = () => gone.abort();
  res.once('close', leave);
  hooks.stopping.addEventListener('abort', leave, { once: true });
  if (runDueTasks(state)) hooks.changed();
  try {
    const name = target.exec(String(req.headers['x-amz-target']))?.[1] ?? '';
    const account = state.partners.accountOf(accessKeyOf(req.headers.authorization));
    const { operation, input } = admit(req, name, text);
    const fault = state.faults.take('queue', name, account);
    if (fault?.kind === 'queue-reset') {
      req.socket.resetAndDestroy();
      return;
    }
    if (fault) {
      send(res, unavailable);
      return;
    }
    const origin = `http://${req.headers.host}`;
    const answer = await operation.run({ state, input, account, origin, signal: gone.signal });
    if (operation.kind === 'write') await hooks.commit();
    send(res, { status: 200, type: contentType, body: JSON.stringify(answer), headers });
  } catch (thrown) {
    // No one is left to answer.
    if (gone.signal.aborted) {
      res.destroy();
      return;
    }
    const error = toSqsError(thrown);
    send(res, {
      status: error.status,
      type: contentType,
      body: JSON.stringify(sqsErrorBody(error)),
      headers: { ...headers, ...sqsErrorHeaders(error) },
    });
  } finally {
    hooks.stopping.removeEventListener('abort', leave);
  }
}

/** The operation and input of a request. Throws if it cannot be a call, in this order: size, JSON, name, signature. */
function admit(
  req: IncomingMessage,
  name: string,
  text: string | undefined,
): { operation: SqsOperation; input: JsonObject } {
  if (text === undefined)
    throw new SqsError('RequestEntityTooLargeException', 'The request body is larger than 1 MB');
  const input = parseObject(text);
  if (!input)
    throw new SqsError(
      'SerializationException',
      'The request body is not a JSON object, or nested too deeply',
    );
  const operation = sqsOperations.get(name);
  if (!operation || req.method !== 'POST')
    throw new SqsError('UnknownOperationException', `The emulator has no operation ${name} of SQS`);
  checkSignature(req.headers.authorization, 'sqs');
  return { operation, input };
}
