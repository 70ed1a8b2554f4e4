/**
 * AWS's constraints on single values: lengths, forms, sizes of lists. The schema enforces enums and required members of
 * list items. The numbers are from the API model of August 2026; lengths count Unicode code points, as Smithy does.
 */
import { expectedOpportunityId, idForms } from './ids.ts';

/** A constraint: a minimum or maximum number of characters or items, or a form. */
export type Constraint = { min?: number; max?: number; form?: RegExp; expected?: string };

const upTo = (max: number, min = 0): Constraint => ({ min, max });
const form = (regex: RegExp, expected: string): Constraint => ({ form: regex, expected });

/** AWS accepts lower-case addresses only, at most 80 characters long. */
const email = form(
  /^(?=.{0,80}$)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
  'an email address in lower case, at most 80 characters',
);
const phone = form(/^\+[1-9]\d{1,14}$/, 'a phone number such as +14155550123');
const amount = form(
  /^(0|[1-9][0-9]{0,30})(\.[0-9]{0,2})?$/,
  'an amount with at most two decimals, such as 1250.50',
);
const day = form(
  /^[1-9][0-9]{3}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$/,
  'a day of the years 1000 to 9999',
);
const contact = { email, firstName: upTo(80), lastName: upTo(80), businessTitle: upTo(80), phone };

const under = (path: string, members: Record<string, Constraint>): [string, Constraint][] =>
  Object.entries(members).map(([name, constraint]) => [`${path}.${name}`, constraint]);

const maxTags = 200;
const tag = {
  key: form(/^(?=.{1,128}$)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u, '1 to 128 letters, digits, spaces or _.:/=+-@'),
  value: form(
    /^(?=.{0,256}$)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
    'at most 256 letters, digits, spaces or _.:/=+-@',
  ),
};

/** The constrained fields of an input, by path; a path through a list is one of its items' members. */
export type Constraints = ReadonlyMap<string, Constraint>;

/** The fields of a create and of a patch of an opportunity. */
export const opportunityConstraints: Constraints = new Map<string, Constraint>([
  ['clientToken', upTo(255, 1)],
  ['partnerOpportunityIdentifier', upTo(64)],
  ...under('customer.account', {
    companyName: upTo(120),
    otherIndustry: upTo(255),
    websiteUrl: upTo(255, 4),
    awsAccountId: form(/^([0-9]{12}|\w{1,12})$/, 'an AWS account id of 12 digits'),
    duns: form(/^[0-9]{9}$/, '9 digits'),
  }),
  ...under('customer.account.address', {
    city: upTo(255),
    postalCode: upTo(20),
    streetAddress: upTo(255),
  }),
  ...under('customer.contacts', contact),
  ...under('project', {
    title: upTo(255),
    customerBusinessProblem: upTo(2000, 20),
    relatedOpportunityIdentifier: form(idForms.Opportunity, expectedOpportunityId),
    otherCompetitorNames: upTo(255),
    otherSolutionDescription: upTo(255),
    additionalComments: upTo(255, 1),
    expectedCustomerSpend: upTo(10),
  }),
  ...under('project.expectedCustomerSpend', {
    amount: form(/^((0|[1-9][0-9]{0,30})(\.[0-9]{0,2})?)?$/, amount.expected ?? ''),
    targetCompany: upTo(80, 1),
    estimationUrl: form(
      /^https:\/\/(calculator\.aws|pricing\.calculator\.aws\.eu)\/#\/estimate\?id=[a-f0-9]{32,64}$/,
      'a shared estimate such as https://calculator.aws/#/estimate?id=… with 32 to 64 hexadecimal digits',
    ),
  }),
  ...under('softwareRevenue', { effectiveDate: day, expirationDate: day }),
  ...under('softwareRevenue.value', { amount }),
  ...under('lifeCycle', { nextSteps: upTo(255), nextStepsHistory: upTo(50), targetCloseDate: day }),
  ['opportunityTeam', upTo(10)],
  ...under('opportunityTeam', contact),
  ['tags', { min: 1, max: maxTags }],
  ...under('tags', tag),
]);

/** The person whom an opportunity is assigned to. */
export const assigneeConstraints: Constraints = new Map<string, Constraint>(Object.entries(contact));

const interaction = {
  sourceType: upTo(255),
  sourceId: upTo(255),
  sourceName: upTo(255),
  usecase: upTo(255),
  customerAction: upTo(255),
  businessProblem: upTo(2000),
};
/** A person of a lead, whose values are less strict than those of an opportunity's contact. */
const leadContact = {
  businessTitle: upTo(255, 1),
  email: upTo(255, 1),
  firstName: upTo(80),
  lastName: upTo(80),
  phone: upTo(255),
};

/** The fields of a new lead and of a change to one. */
export const leadConstraints: Constraints = new Map<string, Constraint>([
  ['clientToken', upTo(255, 1)],
  ['title', upTo(40)],
  ['description', upTo(255)],
  ['qualificationStatus', upTo(255, 1)],
  ...under('customer', {
    companyName: upTo(120, 1),
    industry: upTo(255),
    websiteUrl: upTo(255),
    awsMaturity: upTo(255),
    marketSegment: upTo(255),
  }),
  ...under('customer.address', {
    city: upTo(255),
    postalCode: upTo(20),
    stateOrRegion: upTo(255),
    countryCode: upTo(10),
  }),
  ['interactions', upTo(10, 1)],
  ...['interactions', 'addInteraction'].flatMap((path) => [
    ...under(path, interaction),
    ...under(`${path}.contact`, leadContact),
  ]),
]);

/** The reason of a rejection in own words; the characters are those of AWS's pattern. */
export const rejectionConstraints: Constraints = new Map<string, Constraint>([
  [
    'otherReason',
    form(/^[\u0020-\u007E\u00A0-\uD7FF\uE000-\uFFFD]{1,80}$/, '1 to 80 printable characters in one line'),
  ],
]);

/** All tags of a resource. */
export const tagConstraints: Constraints = new Map([['tags', upTo(maxTags)], ...under('tags', tag)]);

/** The settings of an account. */
export const settingsConstraints: Constraints = new Map([
  [
    'resourceSnapshotJobRole',
    form(
      /^(?=.{1,2048}$)(arn:aws:iam::\d{12}:role\/([-+=,.@\w]+\/)*)?[-+=,.@\w]{1,64}$/,
      "a role's name or ARN, such as arn:aws:iam::123456789012:role/snapshots",
    ),
  ],
]);

/** The leads of a task that enriches them. */
export const enrichmentConstraints: Constraints = new Map<string, Constraint>([
  ['ids', upTo(100, 1)],
  ['name', upTo(128, 1)],
  ['clientToken', upTo(255, 1)],
]);

/** An invitation of a partner. The email of a sender's contact may be in any case. */
export const inviteConstraints: Constraints = new Map<string, Constraint>([
  ['clientToken', upTo(255, 1)],
  ['awsAccountId', form(/^([0-9]{12}|\w{1,12})$/, 'an AWS account id of 12 digits, or an alias')],
  ['alias', upTo(80)],
  ['message', upTo(255, 1)],
  ['senderContacts', upTo(3, 1)],
  ...under('senderContacts', {
    ...contact,
    email: form(
      /^(?=.{1,80}$)[a-zA-Z0-9.!#$%&'*+/=?^_{|}~-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*$/,
      'an email address, at most 80 characters',
    ),
  }),
]);
