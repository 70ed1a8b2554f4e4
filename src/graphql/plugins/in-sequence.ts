/** Makes one plugin of those that wrap each operation. */
import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLRequestListener } from '@apollo/server';
import type { Context } from '../context.ts';

type MaybePromise<T> = T | Promise<T>;

/** A hook of Apollo Server that may also return at once what it would promise. */
type Hook<F> = F extends (...args: infer Args) => Promise<infer Result>
  ? (...args: Args) => MaybePromise<Result>
  : never;

type Hooks = Required<GraphQLRequestListener<Context>>;

/** What listens to an operation: the hooks of Apollo Server that this gateway uses. */
export type Listener = {
  validationDidStart?(context: Parameters<Hooks['validationDidStart']>[0]): void;
  didResolveOperation?: Hook<Hooks['didResolveOperation']>;
  didEncounterErrors?(context: Parameters<Hooks['didEncounterErrors']>[0]): void;
  responseForOperation?: Hook<Hooks['responseForOperation']>;
  willSendResponse?: Hook<Hooks['willSendResponse']>;
};

/** A listener for every request, or what makes one for each; it must not throw (see `refuse`). */
export type Step = Listener | ((request: GraphQLRequestContext<Context>) => Listener | undefined);

/** The listeners of a request, one after the other. Only a promise is waited for: most requests need none. */
class Sequence implements GraphQLRequestListener<Context> {
  private readonly listeners: readonly Listener[];

  constructor(listeners: readonly Listener[]) {
    this.listeners = listeners;
  }

  async validationDidStart(...args: Parameters<Hooks['validationDidStart']>) {
    for (const listener of this.listeners) listener.validationDidStart?.(...args);
  }

  async didResolveOperation(...args: Parameters<Hooks['didResolveOperation']>) {
    for (const listener of this.listeners) {
      const pending = listener.didResolveOperation?.(...args);
      if (pending) await pending;
    }
  }

  async didEncounterErrors(...args: Parameters<Hooks['didEncounterErrors']>) {
    for (const listener of this.listeners) listener.didEncounterErrors?.(...args);
  }

  async responseForOperation(...args: Parameters<Hooks['responseForOperation']>) {
    for (const listener of this.listeners) {
      const pending = listener.responseForOperation?.(...args);
      const response = pending instanceof Promise ? await pending : pending;
      if (response) return response;
    }
    return null;
  }

  async willSendResponse(...args: Parameters<Hooks['willSendResponse']>) {
    for (const listener of this.listeners) {
      const pending = listener.willSendResponse?.(...args);
      if (pending) await pending;
    }
  }
}

/**
 * Apollo Server asks all plugins at once, and waits for a promise of each: what one refuses, another would already be working
 * on, and for a response from the cache the promises would take longer than the hooks. These steps are one plugin.
 */
export function inSequence(...steps: Step[]): ApolloServerPlugin<Context> {
  return {
    async requestDidStart(request) {
      const listeners: Listener[] = [];
      for (const step of steps) {
        const listener = typeof step === 'function' ? step(request) : step;
        if (listener) listeners.push(listener);
      }
      return new Sequence(listeners);
    },
  };
}
