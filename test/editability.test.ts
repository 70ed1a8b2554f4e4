import { describe, expect, test } from 'vitest';
import { type Data, gateway } from './kit.ts';

const fields = 'editability { editable reason lockedFields editableFields uncertainFields submittable }';
const update = `mutation ($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) { changed userErrors { path code message field sent } }
}`;

describe('editability', () => {
  test.each([
    [
      'O5000001',
      'Pending Submission',
      { editable: true, submittable: true },
      [],
      ['project.title', 'customer.account.industry'],
      ['lifeCycle.stage', 'customer.account.companyName', 'nationalSecurity'],
    ],
    [
      'O5000002',
      'Approved',
      { editable: true, submittable: false },
      ['project.title', 'customer.account.companyName'],
      ['lifeCycle.stage', 'project.salesActivities'],
      ['customer.account.industry', 'customer.account.otherIndustry', 'partnerOpportunityIdentifier'],
    ],
    [
      'O5000003',
      'Action Required',
      { editable: true, submittable: true },
      ['project.title', 'marketing.source'],
      ['project.customerBusinessProblem', 'customer.account.address.city'],
      [],
    ],
    [
      'O5000005',
      'Launched',
      { editable: true, submittable: false },
      ['lifeCycle.stage', 'customer.contacts'],
      ['project.deliveryModels'],
      ['opportunityType', 'softwareRevenue.deliveryModel'],
    ],
    ['O5000004', 'Submitted', { editable: false, submittable: false }, ['project.title'], [], []],
  ])(
    'the editability of %s, %s, lists locked, editable and uncertain fields',
    async (id, _, expected, locked, open, uncertain) => {
      await using gw = await gateway();
      const { data } = await gw.query(`{ opportunity(id: "${id}") { ${fields} } }`);
      const { editability } = data.opportunity;
      expect(editability).toMatchObject(expected);
      expect(editability.lockedFields).toEqual(
        expect.arrayContaining([...locked, 'lifeCycle.nextStepsHistory']),
      );
      expect(editability.editableFields).toEqual(expect.arrayContaining(open));
      expect(editability.uncertainFields).toEqual(expect.arrayContaining(uncertain));
    },
  );

  test('only the review of a submitted record can be changed in the Sandbox', async () => {
    await using gw = await gateway();
    const { data } = await gw.query(`{ opportunity(id: "O5000004") { ${fields} } }`);
    expect(data.opportunity.editability).toMatchObject({
      editable: false,
      reason: 'AWS is reviewing the opportunity: nothing can be changed until it has decided.',
      editableFields: ['lifeCycle.reviewStatus', 'lifeCycle.reviewComments', 'lifeCycle.reviewStatusReason'],
      uncertainFields: [],
    });
  });

  test('every field is uncertain in a status that AWS does not document, and AWS decides', async () => {
    await using gw = await gateway();
    await gw.emulator.patchRecord('O5000004', { LifeCycle: { ReviewStatus: 'Rejected' } });
    const { editability } = (await gw.query(`{ opportunity(id: "O5000004") { ${fields} } }`)).data
      .opportunity;
    expect(editability).toMatchObject({ editable: true, lockedFields: ['lifeCycle.nextStepsHistory'] });
    expect(editability.reason).toContain('it decides when the change is sent');
    expect(editability.uncertainFields).toContain('project.title');
  });

  test('the editability lists every field of a patch once, as locked, editable or uncertain', async () => {
    await using gw = await gateway();
    const { data } = await gw.query(`{ opportunities(first: 100) { nodes { id ${fields} } } }`);
    const lists = data.opportunities.nodes.map(({ editability: e }: Data) =>
      [...e.lockedFields, ...e.editableFields, ...e.uncertainFields].sort(),
    );
    expect(lists[0].length).toBeGreaterThan(40);
    expect(new Set(lists[0]).size).toBe(lists[0].length);
    expect(new Set(lists.map(String)).size).toBe(1);
  });

  test('the editability costs no call in addition to a list', async () => {
    await using gw = await gateway();
    const { calls } = await gw.query(`{ opportunities(first: 20) { nodes { id ${fields} } } }`);
    expect(calls).toEqual({ ListOpportunities: 1 });
  });
});

describe('a change of a locked field', () => {
  test('a change to a locked field is refused without a write, with its path, the status and the remedy', async () => {
    await using gw = await gateway();
    const { data, calls } = await gw.query(update, {
      input: {
        id: 'O5000003',
        patch: { project: { title: 'New', additionalComments: 'New' }, lifeCycle: { nextSteps: 'New' } },
      },
    });
    const { changed, userErrors } = data.updateOpportunity;
    expect(changed).toBe(false);
    expect(userErrors.map(({ path, code }: Data) => [path.join('.'), code]).sort()).toEqual([
      ['input.patch.lifeCycle.nextSteps', 'NOT_EDITABLE'],
      ['input.patch.project.additionalComments', 'NOT_EDITABLE'],
      ['input.patch.project.title', 'NOT_EDITABLE'],
    ]);
    expect(userErrors[0].message).toContain('while the review status is Action Required');
    expect(userErrors[0].message).toContain('submit again');
    expect(calls).toEqual({ GetOpportunity: 1 });
  });

  test('a change to an uncertain field is sent, and AWS decides', async () => {
    await using gw = await gateway();
    const patch = { customer: { account: { industry: 'AEROSPACE' } } };
    const refused = await gw.query(update, { input: { id: 'O5000002', patch } });
    expect(refused.calls).toEqual({ GetOpportunity: 1, UpdateOpportunity: 1 });
    expect(refused.data.updateOpportunity).toMatchObject({
      changed: false,
      userErrors: [
        { code: 'NOT_EDITABLE', path: ['input', 'patch', 'customer', 'account', 'industry'], sent: true },
      ],
    });
    await gw.emulator.control('POST', 'settings', { approvedIdentity: 'editable' });
    const { data } = await gw.query(update, { input: { id: 'O5000002', patch } });
    expect(data.updateOpportunity).toEqual({ changed: true, userErrors: [] });
  });

  test('a locked field can be sent with the value that is stored', async () => {
    await using gw = await gateway();
    const stored = await gw.emulator.record('O5000002');
    const { data } = await gw.query(update, {
      input: {
        id: 'O5000002',
        patch: {
          project: {
            title: stored.Project.Title,
            customerBusinessProblem: stored.Project.CustomerBusinessProblem,
          },
          customer: {
            account: {
              companyName: stored.Customer.Account.CompanyName,
              websiteUrl: stored.Customer.Account.WebsiteUrl,
            },
          },
          lifeCycle: { nextSteps: 'Beside unchanged locked fields' },
        },
      },
    });
    expect(data.updateOpportunity).toEqual({ changed: true, userErrors: [] });
  });
});
