import { Environment, Network, RecordSource, Store } from 'relay-runtime';

/** A Relay environment for a gateway. */
export const createEnvironment = (url: string): Environment =>
  new Environment({
    store: new Store(new RecordSource()),
    network: Network.create(async ({ text: query }, variables) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return response.json();
    }),
  });
