import { describe, expect, test } from 'vitest';
import { type Data, gateway } from './kit.ts';

const fields = 'editability { editable reason lockedFields editableFields submittable }';
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
      ['project.title', 'lifeCycle.stage'],
    ],
    [
      'O5000002',
      'Approved',
      { editable: true, submittable: false },
      ['project.title', 'customer.account.companyName'],
      ['lifeCycle.stage', 'customer.account.industry'],
    ],
    [
      'O5000003',
      'Action Required',
      { editable: true, submittable: true },
      ['project.title', 'marketing.source'],
      ['project.customerBusinessProblem', 'customer.account.address.city'],
    ],
    [
      'O5000005',
      'Launched',
      { editable: true, submittable: false },
      ['lifeCycle.stage', 'customer.contacts'],
      ['project.deliveryModels'],
    ],
  ])('the editability of %s, %s, lists locked and editable fields', async (id, _, expected, locked, open) => {
    await using gw = await gateway();
    const { data } = await gw.query(`{ opportunity(id: "${id}") { ${fields} } }`);
    const { editability } = data.opportunity;
    expect(editability).toMatchObject(expected);
    expect(editability.lockedFields).toEqual(
      expect.arrayContaining([...locked, 'lifeCycle.nextStepsHistory']),
    );
    expect(editability.editableFields).toEqual(expect.arrayContaining(open));
    expect(
      editability.lockedFields.filter((field: string) => editability.editableFields.includes(field)),
    ).toEqual([]);
  });

  test('only the review of a submitted record can be changed in the Sandbox', async () => {
    await using gw = await gateway();
    const { data } = await gw.query(`{ opportunity(id: "O5000004") { ${fields} } }`);
    expect(data.opportunity.editability.editableFields).toEqual([
      'lifeCycle.reviewStatus',
      'lifeCycle.reviewComments',
      'lifeCycle.reviewStatusReason',
    ]);
  });

  test('the editability lists every field of a patch, as editable or as locked', async () => {
    await using gw = await gateway();
    const { data } = await gw.query(`{ opportunities(first: 100) { nodes { id ${fields} } } }`);
    const counts = data.opportunities.nodes.map(
      ({ editability }: Data) => editability.lockedFields.length + editability.editableFields.length,
    );
    expect(new Set(counts).size).toBe(1);
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
