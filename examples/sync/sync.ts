/** Keeps a copy of all opportunities in a file: `node examples/sync/sync.ts http://127.0.0.1:4000/graphql copy.json`. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [url = 'http://127.0.0.1:4000/graphql', file = 'copy.json'] = process.argv.slice(2);
const everyMs = Number(process.env.EVERY_MS ?? 5_000);

const query = `query Sync($since: String) {
  opportunityChanges(since: $since) {
    changes { kind id opportunity { id lastModifiedDate partnerOpportunityIdentifier
      lifeCycle { stage reviewStatus nextSteps targetCloseDate } customer { account { companyName } } } }
    cursor hasMore
  }
}`;
type Change = { kind: 'CREATED' | 'UPDATED' | 'LOST'; id: string; opportunity: object | null };
type Copy = { cursor: string | null; opportunities: Record<string, object> };

const copy: Copy = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8'))
  : { cursor: null, opportunities: {} };

for (;;) {
  let hasMore = false;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { since: copy.cursor } }),
    });
    const { data, errors } = await response.json();
    if (errors) throw new Error(errors[0].message);
    for (const { kind, id, opportunity } of data.opportunityChanges.changes as Change[])
      if (kind === 'LOST') delete copy.opportunities[id];
      else if (opportunity) copy.opportunities[id] = opportunity;
    copy.cursor = data.opportunityChanges.cursor;
    ({ hasMore } = data.opportunityChanges);
    // The changes and the cursor are stored together, or not at all.
    writeFileSync(`${file}.new`, JSON.stringify(copy));
    renameSync(`${file}.new`, file);
  } catch (error) {
    console.error(String(error)); // the same cursor again
  }
  if (!hasMore) await sleep(everyMs);
}
