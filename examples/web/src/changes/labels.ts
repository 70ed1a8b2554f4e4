/** Labels of fields by their dotted paths, in the words of AWS's Partner Central. */
const labels: Readonly<Record<string, string>> = {
  'customer.account.companyName': 'Customer',
  'customer.account.websiteUrl': 'Customer website',
  'lifeCycle.nextSteps': 'Next steps',
  'lifeCycle.reviewStatus': 'Review status',
  'lifeCycle.stage': 'Stage',
  'lifeCycle.targetCloseDate': 'Target close date',
  'project.expectedCustomerSpend': 'Expected customer spend',
  partnerOpportunityIdentifier: 'Partner opportunity identifier',
};

/** The label of a field. Of one without a label, its name is turned into words: `closedLostReason` is `Closed lost reason`. */
export function labelOfPath(path: string): string {
  const name = path.split('.').at(-1) ?? path;
  const words = name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return labels[path] ?? words.charAt(0).toUpperCase() + words.slice(1);
}
