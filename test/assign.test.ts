/** Assigning an opportunity to a person at the partner. */
import { describe, expect, test } from 'vitest';
import { gateway } from './kit.ts';

const id = 'O5000002';
const assign = `mutation ($input: AssignOpportunityInput!) {
  assignOpportunity(input: $input) {
    opportunity { opportunityTeam { email firstName businessTitle } } userErrors { path code message field }
  }
}`;
const person = { id, email: 'ada.marsh@partner.example', firstName: 'Ada', lastName: 'Marsh' };

describe('assigning an opportunity', () => {
  test('costs one write, and makes the person the account manager unless the input specifies another role', async () => {
    await using gw = await gateway();
    const manager = await gw.query(assign, { input: person });
    expect(manager.data.assignOpportunity.userErrors).toEqual([]);
    expect(manager.data.assignOpportunity.opportunity.opportunityTeam).toContainEqual({
      email: person.email,
      firstName: 'Ada',
      businessTitle: 'PartnerAccountManager',
    });
    expect(manager.calls).toEqual({ AssignOpportunity: 1, GetOpportunity: 1 });
    const input = { ...person, businessTitle: 'OPPORTUNITY_OWNER' };
    const owner = await gw.query(assign, { input });
    expect(owner.data.assignOpportunity.opportunity.opportunityTeam[0]).toMatchObject({
      email: person.email,
      businessTitle: 'OpportunityOwner',
    });
    const line = gw.logged.map((text) => JSON.parse(text)).findLast(({ audit }) => audit);
    expect(line).toMatchObject({ mutation: 'assignOpportunity', subject: id, outcome: 'written' });
    expect(JSON.stringify(gw.logged)).not.toContain(person.email);
  });

  test('is repeated if a response is lost, since it has the same result', async () => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'AssignOpportunity', times: 2 });
    const { data, calls } = await gw.query(assign.replace(/opportunity \{.*\} user/, 'user'), {
      input: person,
    });
    expect(data.assignOpportunity.userErrors).toEqual([]);
    expect(calls).toEqual({ AssignOpportunity: 3 });
  });

  test('an address of a wrong form costs no call; one that AWS does not know is refused at its own path', async () => {
    await using gw = await gateway();
    const wrong = await gw.query(assign.replace(/opportunity \{.*\} user/, 'user'), {
      input: { ...person, email: 'Ada@Partner', phone: '0207' },
    });
    expect(wrong.data.assignOpportunity.userErrors).toMatchObject([
      { path: ['input', 'email'], code: 'INVALID_STRING_FORMAT' },
      { path: ['input', 'phone'], code: 'INVALID_STRING_FORMAT' },
    ]);
    expect(wrong.calls).toEqual({});
    const stranger = await gw.query(assign, {
      input: { ...person, email: 'ada@elsewhere.example', businessTitle: 'OPPORTUNITY_OWNER' },
    });
    expect(stranger.data.assignOpportunity.userErrors).toMatchObject([
      { path: ['input', 'email'], code: 'INVALID_VALUE' },
    ]);
    const missing = await gw.query(assign, { input: { ...person, id: 'O404' } });
    expect(missing.data.assignOpportunity).toMatchObject({
      opportunity: null,
      userErrors: [{ code: 'NOT_FOUND' }],
    });
  });
});
