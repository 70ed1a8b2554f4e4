/** The review status and stage of a seeded record. Only an approved one is beyond Prospect. */
export type Plan = { status: string; stage: string; full?: true };

/** The first records; examples and tests may rely on them. */
const landmarks: readonly Plan[] = [
  { status: 'Pending Submission', stage: 'Prospect', full: true },
  { status: 'Approved', stage: 'Qualified', full: true },
  { status: 'Action Required', stage: 'Prospect' },
  { status: 'Submitted', stage: 'Prospect' },
  { status: 'Approved', stage: 'Launched' },
  { status: 'Approved', stage: 'Closed Lost' },
];

/** The number of records of each kind, 244 in total, in addition to the landmarks. */
const bulk: readonly (Plan & { count: number })[] = [
  { status: 'Pending Submission', stage: 'Prospect', count: 44 },
  { status: 'Submitted', stage: 'Prospect', count: 24 },
  { status: 'In review', stage: 'Prospect', count: 18 },
  { status: 'Action Required', stage: 'Prospect', count: 18 },
  { status: 'Rejected', stage: 'Prospect', count: 10 },
  { status: 'Approved', stage: 'Prospect', count: 14 },
  { status: 'Approved', stage: 'Qualified', count: 28 },
  { status: 'Approved', stage: 'Technical Validation', count: 24 },
  { status: 'Approved', stage: 'Business Validation', count: 20 },
  { status: 'Approved', stage: 'Committed', count: 14 },
  { status: 'Approved', stage: 'Launched', count: 11 },
  { status: 'Approved', stage: 'Closed Lost', count: 19 },
];

/** Every record's plan in the order of ids; `shuffle` mixes all but the landmarks. */
export const plans = (shuffle: (plans: Plan[]) => Plan[]): Plan[] => [
  ...landmarks,
  ...shuffle(
    bulk.flatMap(({ status, stage, count }) => Array.from({ length: count }, () => ({ status, stage }))),
  ),
];
