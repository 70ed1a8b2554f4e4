/** The page of costs, checked against the calls that the emulator received. */
import { describe, expect, test } from 'vitest';
import { costsOf } from '../scripts/costs.ts';
import { sources } from '../scripts/sdl.ts';
import { gateway } from './kit.ts';

const costs = new Map(costsOf(sources()).map((one) => [one.field, one]));
const callsFor = (...fields: string[]) =>
  fields.reduce((sum, field) => sum + (costs.get(field)?.calls ?? 0), 0);

describe('docs/costs.md', () => {
  test('has the most that a field needs, its scopes, and what it is sized by', () => {
    expect(costs.get('Query.opportunities')).toEqual({
      field: 'Query.opportunities',
      calls: 1,
      items: '`first`',
      scope: 'opportunities:read',
    });
    expect(costs.get('Opportunity.engagements')).toMatchObject({ calls: 2, scope: 'engagements:read' });
    expect(costs.get('Query.quota')?.calls).toBe(0);
    expect(costs.has('Opportunity.owner')).toBe(false);
  });

  test.each([
    ['{ opportunities { pageInfo { hasNextPage } } }', ['Query.opportunities']],
    ['{ opportunity(id: "O5000002") { project { title } } }', ['Query.opportunity']],
    [
      '{ opportunity(id: "O5000002") { project { title } tags { key } awsSummary { asOf } } }',
      ['Query.opportunity', 'Opportunity.tags', 'Opportunity.awsSummary'],
    ],
    [
      '{ opportunity(id: "O5000002") { project { title } engagements { id } submission { id } } }',
      ['Query.opportunity', 'Opportunity.engagements', 'Opportunity.submission'],
    ],
    ['{ engagements { nodes { id } } }', ['Query.engagements']],
    ['{ solutions { nodes { id } } }', ['Query.solutions']],
    ['{ tasks { nodes { id } } }', ['Query.tasks']],
    [
      '{ sellingSystemSettings { catalog } quota { read { waiting } } session { caller } }',
      ['Query.sellingSystemSettings'],
    ],
  ])('%s makes no more calls than the page lists', async (query, fields) => {
    await using gw = await gateway({ INDEX: 'off' });
    const { calls, errors } = await gw.query(query);
    expect(errors).toBeUndefined();
    expect(Object.values(calls).reduce((sum, made) => sum + made, 0)).toBeLessThanOrEqual(
      callsFor(...fields),
    );
  });
});
