import { expect, test } from 'vitest';
import { Fault } from '../../src/fault.ts';
import type { RequestScope } from '../../src/records/in-flight.ts';
import { createLookups } from '../../src/records/lookups.ts';

type Input = { identifier: string[] };

/** A request whose calls wait for the quota until the test lets them go; AWS refuses every call with the id `bad`. */
function waitingScope(caller: string, onRefused = () => {}) {
  const quota: (() => void)[] = [];
  const send = async (_operation: string, input: () => Input) => {
    await new Promise<void>((resolve) => quota.push(resolve));
    const { identifier } = input();
    if (!identifier.includes('bad'))
      return { opportunitySummaries: identifier.map((id) => ({ id, catalog: 'Sandbox' })) };
    onRefused();
    throw new Fault('VALIDATION', 'Refused.');
  };
  const request = { deadline: 1_000, caller };
  const scope = { request, send, signal: new AbortController().signal } as unknown as RequestScope;
  return { scope, letGo: () => quota.shift()?.() };
}

const turn = () => new Promise(setImmediate);

test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
  'an id of a refused call is looked up alone, even if others look it up at that moment (%i ticks later)',
  async (ticks) => {
    const lookUp = createLookups();
    const ask = (id: string, scope: RequestScope) =>
      lookUp(id, scope).then(
        (summary) => summary?.id,
        (error: Fault) => error.code,
      );
    const second = waitingScope('b');
    let strangers: Promise<unknown>[] = [];
    const first = waitingScope('a', async () => {
      if (strangers.length > 0) return;
      strangers = [Promise.resolve()];
      for (let tick = 0; tick < ticks; tick++) await undefined;
      strangers = [ask('good', second.scope)];
      await turn();
      strangers.push(ask('bad', second.scope));
    });
    const answers = ['good', 'bad'].map((id) => ask(id, first.scope));
    for (let turns = 0; turns < 20; turns++) {
      await turn();
      first.letGo();
      if (strangers.length === 2) second.letGo();
    }
    expect(await Promise.all(answers)).toEqual(['good', 'VALIDATION']);
    expect(await Promise.all(strangers)).toEqual(['good', 'VALIDATION']);
  },
);
