/** Beside the run button: what the operation would cost, and the switch that has the button only estimate it. */
import { ToolbarButton, useGraphiQL } from '@graphiql/react';
import { GraphiQL } from 'graphiql';
import { useEffect, useState } from 'react';
import { withCredentials } from './credentials.ts';
import { dryRun, dryRunHeaders, type Estimate, totalOf } from './dry-run.ts';
import { operationOf, url } from './fetcher.ts';
import { useValue } from './value.ts';

/** How long the editors must be at rest before their operation is estimated. */
const restMs = 500;

interface Editors {
  query: string;
  variables: string;
  headers: string;
  operationName: string | undefined;
}

/** The cost of what the editors contain, or nothing if that cannot be estimated: it is incomplete, or a subscription. */
async function estimate(editors: Editors, signal: AbortSignal): Promise<Estimate | undefined> {
  try {
    const { query, operationName } = editors;
    const operation = operationOf(query, operationName);
    if (!operation || operation.kind === 'subscription') return undefined;
    const headers = { ...withCredentials(JSON.parse(editors.headers || '{}')), ...dryRunHeaders };
    const variables = JSON.parse(editors.variables || '{}');
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables, operationName: operation.name }),
      signal,
    });
    return (await response.json()).extensions?.upstream?.dryRun;
  } catch {
    return undefined;
  }
}

function useEstimate(): Estimate | undefined {
  const [price, setPrice] = useState<Estimate>();
  const { query, variables, headers, operationName, hasSchema } = useGraphiQL(
    ({ tabs, activeTabIndex, schema }) => {
      const tab = tabs[activeTabIndex];
      return {
        query: tab?.query ?? '',
        variables: tab?.variables ?? '',
        headers: tab?.headers ?? '',
        operationName: tab?.operationName ?? undefined,
        hasSchema: Boolean(schema),
      };
    },
  );
  useEffect(() => {
    setPrice(undefined);
    // Until the schema has been fetched, the caller may lack a token, and an estimate would be refused as well.
    if (!hasSchema) return;
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(async () => {
      const next = await estimate({ query, variables, headers, operationName }, signal);
      if (!signal.aborted) setPrice(next);
    }, restMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [query, variables, headers, operationName, hasSchema]);
  return price;
}

/** At most so many calls, and if the quota makes them wait, at least so many seconds. */
function Price() {
  const price = useEstimate();
  if (!price) return null;
  const total = totalOf(price);
  return (
    <p className="price" title="What it costs at most">
      ≤ {total} {total === 1 ? 'call' : 'calls'}
      {price.seconds >= 1 && <> {Math.ceil(price.seconds)} s</>}
    </p>
  );
}

function DryRunSwitch() {
  const isOn = useValue(dryRun);
  return (
    <ToolbarButton
      label="Dry run: estimate the cost, call no one"
      aria-pressed={isOn}
      className="dry-run"
      onClick={() => dryRun.set(!isOn)}
    >
      Dry run
    </ToolbarButton>
  );
}

/** GraphiQL's own buttons after the two. */
export const toolbar = (
  <GraphiQL.Toolbar>
    {({ prettify, merge, copy }) => (
      <>
        <Price />
        <DryRunSwitch />
        {prettify}
        {merge}
        {copy}
      </>
    )}
  </GraphiQL.Toolbar>
);
