/** Opens subscriptions, and answers their events. */
import type { ApolloServer, GraphQLRequest } from '@apollo/server';
import { createSourceEventStream, type FormattedExecutionResult, type GraphQLSchema } from 'graphql';
import type { Context } from './context.ts';
import type { Admitted, StreamEvent, Streamed } from './streamed.ts';

/** An answer to an event, or the errors for which a subscription is not opened. */
export type Answer = FormattedExecutionResult;

/** The answers to a subscription's events. `return` ends it at once, even while an answer is awaited. */
export type Answers = {
  next(): Promise<IteratorResult<Answer, undefined>>;
  return(): Promise<IteratorResult<Answer, undefined>>;
  throw(): Promise<IteratorResult<Answer, undefined>>;
  [Symbol.asyncIterator](): Answers;
};

/** The requests of one subscription, one after the other: the one that opens it, and one for each event. */
export type Requests = {
  /** Creates the context of a request, which lasts until `end` is called. */
  begin(streamed: Streamed): { context: Context; end(): void };
  /** Abandons the current request, if there is one: no one waits for it any more. */
  abandon(): void;
};

export type Subscription = { answers: Answers; operationName: string | undefined };

const done = { value: undefined, done: true } as const;

export function createSubscribe(apollo: ApolloServer<Context>, schema: GraphQLSchema) {
  async function execute(request: GraphQLRequest, contextValue: Context): Promise<Answer> {
    const { body } = await apollo.executeOperation(request, { contextValue });
    if (body.kind === 'single') return body.singleResult;
    throw new Error('A subscription cannot be answered incrementally.');
  }

  function answersTo(
    source: AsyncIterator<unknown>,
    answer: (event: StreamEvent) => Promise<Answer>,
    abandon: () => void,
  ): Answers {
    let isEnded = false;
    async function nextEvent(): Promise<StreamEvent | undefined> {
      try {
        const { value, done } = await source.next();
        return done ? undefined : { value };
      } catch (error) {
        return { error };
      }
    }
    async function end() {
      isEnded = true;
      abandon();
      await source.return?.();
      return done;
    }
    return {
      async next() {
        const event = isEnded ? undefined : await nextEvent();
        if (!event || isEnded) return done;
        const value = await answer(event);
        if (isEnded) return done;
        if ('error' in event) await end();
        return { value, done: false };
      },
      return: end,
      throw: end,
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  /**
   * Opens a subscription.
   *
   * @returns the answers to its events, or the answer with the reason why there is none
   */
  return async function subscribe(
    request: GraphQLRequest,
    { begin, abandon }: Requests,
  ): Promise<Subscription | { refusal: Answer }> {
    async function run(request: GraphQLRequest, streamed: Streamed): Promise<Answer> {
      const { context, end } = begin(streamed);
      return execute(request, context).finally(end);
    }
    const answer = ({ source: query, variables, operationName }: Admitted, event: StreamEvent) =>
      run({ query, variables, ...(operationName && { operationName }) }, { event });

    const streamed: Streamed = {};
    const refusal = await run(request, streamed);
    const { admitted } = streamed;
    if (!admitted) return { refusal };
    const { document, variables: variableValues, operationName } = admitted;
    const { context: contextValue, end } = begin(streamed);
    const source = await createSourceEventStream({
      schema,
      document,
      contextValue,
      variableValues,
      ...(operationName && { operationName }),
    }).finally(end);
    if (!(Symbol.asyncIterator in source)) {
      const [error] = source.errors ?? [];
      const { errors = [] } = await answer(admitted, { error });
      return { refusal: { errors } };
    }
    const answers = answersTo(source[Symbol.asyncIterator](), (event) => answer(admitted, event), abandon);
    return { answers, operationName };
  };
}

export type Subscribe = ReturnType<typeof createSubscribe>;
