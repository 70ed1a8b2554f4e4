/** What an end user reads: sentences, in the words of a form, without a path of the schema. */
import { isInputObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { opportunityConstraints } from '../../src/domain/constraints.ts';
import { checkEdits } from '../../src/domain/edit-checks.ts';
import { editConflicts } from '../../src/domain/edit-conflicts.ts';
import { labelOf, listOf, nameOf } from '../../src/domain/labels.ts';
import { checkRequired, checkRules } from '../../src/domain/rules.ts';
import { checkConstraints, checkPatch } from '../../src/domain/validation.ts';
import { Fault } from '../../src/fault.ts';
import { fromFault } from '../../src/resolvers/user-errors.ts';
import type { OpportunityRecord } from '../../src/upstream/wire.ts';
import { gatewaySchema } from '../schema.ts';

const today = '2026-06-01';
const self = {
  targetCompany: 'Self',
  amount: '1',
  currencyCode: 'USD',
  estimationUrl: 'https://calculator.aws',
};
const broken = {
  nationalSecurity: 'Yes',
  partnerOpportunityIdentifier: 'x'.repeat(65),
  customer: {
    account: { industry: 'Retail', duns: 'twelve', websiteUrl: 'x' },
    contacts: [{ email: 'a@b.example' }, { email: 'NOT OK', phone: '0170' }],
  },
  lifeCycle: { stage: 'Closed Lost', targetCloseDate: '2020-01-01' },
  project: {
    title: 'x'.repeat(256),
    competitorName: '*Other',
    awsPartition: 'aws-eusc',
    expectedCustomerSpend: [
      self,
      { ...self, currencyCode: 'EUR' },
      { amount: '1.234', targetCompany: 'AWS' },
    ],
  },
  marketing: { source: 'Marketing Activity' },
  softwareRevenue: { effectiveDate: '2027-01-02', expirationDate: '2027-01-01', value: { amount: 'much' } },
  tags: [],
};
const record = {
  id: 'O1',
  lifeCycle: { reviewStatus: 'Approved', stage: 'Prospect' },
  project: { title: 'Old' },
};
const edits = {
  contactEdits: [
    { add: { email: 'NOT OK' } },
    { remove: {} },
    { remove: { index: 0 } },
    { update: { match: { email: 'a@b.example', expect: {} }, set: { phone: '0170' } } },
  ],
  spendEdits: [
    { removeSelf: false },
    { setSelf: { amount: '1', currencyCode: 'USD' } },
    { setEstimationUrl: 'x' },
  ],
  useCaseEdits: { add: ['A'], remove: ['A'] },
};
const asRecord = (value: object) => value as OpportunityRecord;

const violations = [
  ...checkRequired({}),
  ...checkConstraints({ ...broken, clientToken: '' }, opportunityConstraints),
  ...checkRules(broken, Object.keys(broken), today),
  ...checkRules({ lifeCycle: { stage: 'Prospect', closedLostReason: 'Price' } }, ['lifeCycle'], today),
  ...checkPatch(
    { project: { title: null } },
    { base: asRecord(record), merged: {}, changed: ['project.title', 'customer.account.companyName'] },
    today,
  ),
  ...checkEdits({ ...edits, customer: { contacts: [] }, apnProgramEdits: { add: Array(101).fill('x') } }),
  ...checkEdits(edits),
  ...checkPatch(edits, { base: asRecord(record), merged: {}, changed: ['customer.contacts'] }, today),
  ...editConflicts(edits, record, record),
];

describe('a message about a field', () => {
  test.each([
    ['project.title', 'Title is required.'],
    ['customer.account.websiteUrl', 'Website URL must have at least 4 characters; got 1.'],
    [
      'customer.contacts.1.phone',
      'Phone of contact 2 must be a phone number such as +14155550123; got "0170".',
    ],
    [
      'project.expectedCustomerSpend.2.amount',
      'Amount of expected spend 3 must be an amount with at most two decimals, such as 1250.50; got "1.234".',
    ],
    ['lifeCycle.closedLostReason', 'Closed lost reason is required when the stage is Closed Lost.'],
    [
      'lifeCycle.targetCloseDate',
      'Target close date must be in the future, at most 60 years ahead; it is 2020-01-01.',
    ],
    [
      'project.expectedCustomerSpend.targetCompany',
      'Target company of the expected spend can be Self in one line only; it is in 2.',
    ],
    [
      'project.expectedContractDuration',
      'Expected contract duration is required when a line of the expected spend is for Self.',
    ],
    ['softwareRevenue.expirationDate', 'End of the software revenue must not be before its start.'],
    ['tags', 'Tags must have at least 1 entry; got 0.'],
    [
      'project.title',
      'Title cannot be changed while the review status is Approved. This field is frozen as approved by AWS.',
    ],
    ['project.title', 'Title must have at most 255 characters; got 256.'],
  ])('%s: %s', (path, message) => {
    const found = violations.filter((violation) => violation.path.join('.') === path);
    expect(found.map((violation) => violation.message)).toContain(message);
  });

  test('is a sentence without a path of the schema', () => {
    expect(violations.length).toBeGreaterThan(30);
    for (const { message } of violations) {
      expect(message).toMatch(/^[A-Z].*\.$/s);
      expect(message.replaceAll(/"[^"]*"|such as \S+/g, '')).not.toMatch(/[a-z]\.[a-z]|[a-z][A-Z]/);
    }
  });

  test('names the item of a list, counted from 1 as people do', () => {
    expect(nameOf(['customer', 'contacts', '1', 'firstName'])).toBe('first name of contact 2');
    expect(labelOf(['project', 'apnPrograms', '0'])).toBe('APN programs 1');
    expect(listOf(['lifeCycle.nextSteps', 'project.title', 'customer.account.awsAccountId'])).toBe(
      'next steps, title and AWS account ID',
    );
  });
});

describe('a message of AWS', () => {
  const type = gatewaySchema().getType('OpportunityPatch');
  if (!isInputObjectType(type)) throw new Error('no OpportunityPatch');
  const sent = (code: string, fieldName: string | undefined, message: string) => {
    const fault = new Fault('VALIDATION', message, { issues: [{ code, fieldName, message }] });
    const [error] = fromFault(fault, { type, value: {}, root: ['input', 'patch'] }) ?? [];
    return error;
  };

  test.each([
    ['LifeCycle.TargetCloseDate', 'lifeCycle.targetCloseDate'],
    ['Contacts[0].email', 'customer.contacts.0.email'],
    ['/customer/contacts/0/email', 'customer.contacts.0.email'],
    ['ExpectedCustomerSpend.CurrencyCode', 'project.expectedCustomerSpend.currencyCode'],
  ])('about %s leads to the caller’s path %s', (fieldName, path) => {
    expect(sent('INVALID_VALUE', fieldName, 'Wrong.')?.path).toEqual(['input', 'patch', ...path.split('.')]);
  });

  test.each([
    [
      'Field Customer.Account.WebsiteUrl is required.',
      'customer.account.websiteUrl',
      'Website URL is required.',
    ],
    [
      "Value at 'customer.contacts.2.member.email' failed to satisfy constraint: Member must satisfy regular expression pattern: ^x$",
      'customer.contacts.1.email',
      'Email of contact 2 is required.',
    ],
    [
      'customer.account.address.stateOrRegion is required',
      'customer.account.address.stateOrRegion',
      'State or region is required.',
    ],
  ])('that names its field only in its words is put into ours: %s', (message, path, sentence) => {
    expect(sent('REQUIRED_FIELD_MISSING', undefined, message)).toMatchObject({
      path: ['input', 'patch', ...path.split('.')],
      message: sentence,
    });
  });

  test('that is for people stays as it is', () => {
    expect(sent('INVALID_VALUE', 'lifeCycle.targetCloseDate', 'Please select a later date.')?.message).toBe(
      'Please select a later date.',
    );
  });

  test('about a value that is on no list comes with the list, in the caller’s values', () => {
    expect(sent('INVALID_ENUM_VALUE', 'lifeCycle.stage', 'No.')?.allowedValues).toContain('CLOSED_LOST');
    const state = sent('INVALID_ENUM_VALUE', 'customer.account.address.stateOrRegion', 'No.');
    expect(state?.allowedValues).toContain('Dist. of Columbia');
    expect(sent('INVALID_ENUM_VALUE', 'project.title', 'No.')?.allowedValues).toBeNull();
  });
});
