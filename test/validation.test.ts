import { describe, expect, test } from 'vitest';
import { type Data, gateway } from './kit.ts';

const update = `mutation ($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) {
    changed changedFields
    warnings { path message allowedValues }
    userErrors { path code message field sent allowedValues limit }
  }
}`;

/** The result of a patch, with its errors as `path code`, and its calls. */
async function refused(patch: object, id = 'O5000001') {
  await using gw = await gateway();
  const { data, errors, calls } = await gw.query(update, { input: { id, patch } });
  expect(errors).toBeUndefined();
  const { userErrors, warnings, changed } = data.updateOpportunity;
  return {
    userErrors,
    warnings,
    changed,
    calls,
    codes: userErrors.map(({ path, code }: Data) => `${path.slice(2).join('.')} ${code}`),
  };
}

describe('values that AWS certainly refuses', () => {
  test('all invalid values are reported at once without a write, each with what was expected and the limit', async () => {
    const { userErrors, calls, changed } = await refused({
      partnerOpportunityIdentifier: 'x'.repeat(65),
      project: { title: 'x'.repeat(256), customerBusinessProblem: 'short' },
      customer: { contacts: [{ phone: '+14155550123' }, { email: 'NOT OK', phone: '0170 1234' }] },
    });
    expect(changed).toBe(false);
    expect(calls).toEqual({ GetOpportunity: 1 });
    const byPath = Object.fromEntries(
      userErrors.map((error: Data) => [error.path.slice(2).join('.'), error]),
    );
    expect(byPath['project.title']).toMatchObject({
      code: 'INVALID_STRING_FORMAT',
      message: 'Title must have at most 255 characters; got 256.',
      field: 'project.title',
      sent: true,
      limit: 255,
    });
    expect(byPath['project.customerBusinessProblem']).toMatchObject({
      message: 'Customer business problem must have at least 20 characters; got 5.',
      limit: 20,
    });
    expect(byPath['customer.contacts.1.email']).toMatchObject({
      field: 'customer.contacts.email',
      message:
        'Email of contact 2 must be an email address in lower case, at most 80 characters; got "NOT OK".',
    });
    expect(Object.keys(byPath).sort()).toEqual([
      'customer.contacts.1.email',
      'customer.contacts.1.phone',
      'partnerOpportunityIdentifier',
      'project.customerBusinessProblem',
      'project.title',
    ]);
  });

  test('characters are counted as AWS counts them: an emoji is one', async () => {
    const { changed } = await refused({ project: { title: '🚀'.repeat(255) } });
    expect(changed).toBe(true);
  });

  const spend = (more: object) => ({
    amount: '10',
    currencyCode: 'USD',
    frequency: 'MONTHLY',
    targetCompany: 'AWS',
    ...more,
  });
  test.each([
    [
      'a lost deal without its reason',
      'O5000002',
      { lifeCycle: { stage: 'CLOSED_LOST' } },
      ['lifeCycle.closedLostReason REQUIRED_FIELD_MISSING'],
    ],
    [
      'a reason without a lost deal',
      'O5000002',
      { lifeCycle: { closedLostReason: 'PRICE' } },
      ['lifeCycle.closedLostReason INVALID_VALUE'],
    ],
    [
      'a close date in the past',
      'O5000001',
      { lifeCycle: { targetCloseDate: '2020-01-01' } },
      ['lifeCycle.targetCloseDate INVALID_VALUE'],
    ],
    [
      'a close date in the distant future',
      'O5000001',
      { lifeCycle: { targetCloseDate: '2999-01-01' } },
      ['lifeCycle.targetCloseDate INVALID_VALUE'],
    ],
    [
      'another competitor without a name',
      'O5000001',
      { project: { competitorName: 'OTHER', otherCompetitorNames: null } },
      ['project.otherCompetitorNames REQUIRED_FIELD_MISSING'],
    ],
    [
      'a marketing activity without awsFundingUsed',
      'O5000001',
      { marketing: { source: 'MARKETING_ACTIVITY', awsFundingUsed: null } },
      ['marketing.awsFundingUsed REQUIRED_FIELD_MISSING'],
    ],
    [
      'a contract that ends before it begins',
      'O5000001',
      { softwareRevenue: { effectiveDate: '2030-01-02', expirationDate: '2030-01-01' } },
      ['softwareRevenue.expirationDate INVALID_VALUE'],
    ],
    [
      'more than ten items of spend',
      'O5000001',
      { project: { expectedCustomerSpend: Array.from({ length: 11 }, () => spend({})) } },
      ['project.expectedCustomerSpend TOO_MANY_VALUES'],
    ],
    [
      'two total values',
      'O5000001',
      {
        project: {
          expectedCustomerSpend: [spend({ targetCompany: 'Self' }), spend({ targetCompany: 'Self' })],
        },
      },
      ['project.expectedCustomerSpend.targetCompany INVALID_VALUE'],
    ],
    [
      'an estimate on another website',
      'O5000001',
      { project: { expectedCustomerSpend: [spend({ estimationUrl: 'https://example.com' })] } },
      ['project.expectedCustomerSpend.0.estimationUrl INVALID_STRING_FORMAT'],
    ],
  ])('an update refuses %s without a write', async (_, id, patch, codes) => {
    const result = await refused(patch, id);
    expect(result.codes).toEqual(codes);
    expect(result.calls).toEqual({ GetOpportunity: 1 });
  });

  test('an empty string is refused without a write wherever AWS requires a character', async () => {
    const { userErrors, calls } = await refused({
      customer: { account: { websiteUrl: '', duns: '' } },
      project: { title: '', additionalComments: '' },
    });
    expect(Object.fromEntries(userErrors.map(({ field, message }: Data) => [field, message]))).toEqual({
      'customer.account.websiteUrl': 'Website URL must have at least 4 characters; got 0.',
      'customer.account.duns': 'D-U-N-S number must be 9 digits; got "".',
      'project.title': 'Title cannot be cleared: AWS requires it.',
      'project.additionalComments': 'Additional comments must have at least 1 character; got 0.',
    });
    expect(calls).toEqual({ GetOpportunity: 1 });
  });

  test.each([
    ['O5000001', { lifeCycle: null }, ['lifeCycle REQUIRED_FIELD_MISSING']],
    ['O5000002', { project: { title: null } }, ['project.title NOT_EDITABLE']],
    [
      'O5000003',
      { marketing: null, project: null },
      ['marketing NOT_EDITABLE', 'project REQUIRED_FIELD_MISSING'],
    ],
    [
      'O5000002',
      { customer: { account: { address: null } } },
      ['customer.account.address REQUIRED_FIELD_MISSING'],
    ],
  ])(
    'an update of %s that clears %j is refused for what it cleared, not for the fields within',
    async (id, patch, codes) => {
      const result = await refused(patch, id);
      expect(result.codes).toEqual(codes);
      expect(result.calls).toEqual({ GetOpportunity: 1 });
    },
  );

  test('an error about a field that the caller did not send is marked as such', async () => {
    const { userErrors } = await refused({ lifeCycle: { stage: 'CLOSED_LOST' } }, 'O5000002');
    expect(userErrors).toMatchObject([{ field: 'lifeCycle.closedLostReason', sent: false }]);
  });
});

describe('values that AWS may accept', () => {
  test('an unknown picklist value is sent to AWS, with a warning', async () => {
    await using gw = await gateway();
    const { data, calls } = await gw.query(update, {
      input: { id: 'O5000001', patch: { marketing: { useCases: ['Analytics', 'Time travel'] } } },
    });
    expect(data.updateOpportunity.warnings).toEqual([
      {
        path: ['input', 'patch', 'marketing', 'useCases'],
        message: 'Use cases: "Time travel" is not among the values that AWS is known to accept.',
        allowedValues: expect.arrayContaining(['Analytics']),
      },
    ]);
    expect(calls.UpdateOpportunity).toBe(1);
  });

  test('a stored value that is invalid does not prevent a patch to another field', async () => {
    await using gw = await gateway();
    await gw.emulator.patchRecord('O5000001', { LifeCycle: { TargetCloseDate: '2020-01-01' } });
    const { calls } = await gw.query(update, {
      input: { id: 'O5000001', patch: { project: { title: 'Another' } } },
    });
    expect(calls.UpdateOpportunity).toBe(1);
  });
});

describe('HTML-encoded values', () => {
  test('an HTML-encoded value is decoded if the result is a known value, and other strings are unchanged', async () => {
    await using gw = await gateway();
    await gw.emulator.patchRecord('O5000001', {
      Project: {
        CustomerUseCase: 'Business Applications &amp; Contact Center',
        Title: 'Salt &amp; Pepper',
        AdditionalComments: 'Security &amp; Compliance',
        ApnPrograms: ['Workspaces&sol;AppStream Accelerator Program'],
      },
      LifeCycle: { ClosedLostReason: null },
      Marketing: { UseCases: ['VR &amp;amp; AR'] },
    });
    const fields = 'project { title additionalComments customerUseCase apnPrograms } marketing { useCases }';
    const decoded = {
      project: {
        title: 'Salt &amp; Pepper',
        additionalComments: 'Security &amp; Compliance',
        customerUseCase: 'Business Applications & Contact Center',
        apnPrograms: ['Workspaces/AppStream Accelerator Program'],
      },
      marketing: { useCases: ['VR & AR'] },
    };
    expect((await gw.query(`{ opportunity(id: "O5000001") { ${fields} } }`)).data.opportunity).toEqual(
      decoded,
    );
    await gw.query(update, { input: { id: 'O5000001', patch: { lifeCycle: { nextSteps: 'Ampersands' } } } });
    expect(await gw.emulator.record('O5000001')).toMatchObject({
      Project: { Title: 'Salt &amp; Pepper', CustomerUseCase: 'Business Applications & Contact Center' },
      Marketing: { UseCases: ['VR & AR'] },
    });
  });
});
