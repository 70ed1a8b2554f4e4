/** Names of fields for messages to end users. */

import { fieldOf, isIndex } from './paths.ts';

/** Words that are not written in lower case. */
const spelling: ReadonlyMap<string, string> = new Map([
  ['apn', 'APN'],
  ['aws', 'AWS'],
  ['duns', 'D-U-N-S number'],
  ['id', 'ID'],
  ['marketplace', 'Marketplace'],
  ['url', 'URL'],
]);

/** Names for one item of a list. */
const items: ReadonlyMap<string, string> = new Map([
  ['awsMarketplaceProducts', 'AWS Marketplace product'],
  ['awsMarketplaceSolutions', 'AWS Marketplace solution'],
  ['awsProducts', 'AWS product'],
  ['contacts', 'contact'],
  ['expectedCustomerSpend', 'expected spend'],
  ['interactions', 'interaction'],
  ['nextStepsHistory', 'next step'],
  ['opportunityTeam', 'team member'],
  ['solutions', 'solution'],
  ['tags', 'tag'],
]);

/** Fields whose own name is ambiguous. */
const fullNames: ReadonlyMap<string, string> = new Map([
  ['project.expectedContractDuration.duration', 'contract duration'],
  ['project.expectedContractDuration.term', 'unit of the contract duration'],
  ['marketing.source', 'marketing source'],
  ['project.expectedCustomerSpend', 'expected spend'],
  ['project.expectedCustomerSpend.currencyCode', 'currency of the expected spend'],
  ['project.expectedCustomerSpend.estimationUrl', 'estimate of the expected spend'],
  ['project.expectedCustomerSpend.targetCompany', 'target company of the expected spend'],
  ['softwareRevenue.deliveryModel', 'delivery model of the software revenue'],
  ['softwareRevenue.effectiveDate', 'start of the software revenue'],
  ['softwareRevenue.expirationDate', 'end of the software revenue'],
  ['softwareRevenue.value.amount', 'software revenue'],
  ['softwareRevenue.value.currencyCode', 'currency of the software revenue'],
]);

/** `websiteUrl` → `website URL` */
function words(name: string): string {
  return name
    .split(/(?=[A-Z])/)
    .map((word) => spelling.get(word.toLowerCase()) ?? word.toLowerCase())
    .join(' ');
}

/** A field in the middle of a sentence: `customer.contacts.1.email` → `email of contact 2`. */
export function nameOf(path: readonly string[]): string {
  const field = fieldOf(path);
  const last = path.at(-1) ?? '';
  const index = path.findLastIndex(isIndex);
  if (index < 1) return fullNames.get(field) ?? words(last);
  const list = path[index - 1] ?? '';
  const item = `${items.get(list) ?? words(list)} ${Number(path[index]) + 1}`;
  return index === path.length - 1 ? item : `${words(last)} of ${item}`;
}

/** Fields in a sentence: `next steps and title`. */
export function listOf(fields: readonly string[]): string {
  const names = fields.map((field) => nameOf(field.split('.')));
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '');
}

/** A field at the beginning of a sentence. */
export function labelOf(path: readonly string[]): string {
  const name = nameOf(path);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
