import type { Calendar } from './calendar.ts';
import type { Company } from './company.ts';
import type { Deal } from './deals.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';

/** The input for all parts of one seeded record. */
export type Draft = {
  plan: Plan;
  index: number;
  company: Company;
  deal: Deal;
  dates: Calendar;
  random: Random;
  /** Whether every section is filled, for records that examples show. */
  full: boolean;
};

/** Every record submitted so far has a solution, and some others too. */
export const getsSolution = ({ plan, index }: Draft): boolean =>
  plan.status !== 'Pending Submission' || index % 2 === 1;

export const currencyOf = (draft: Draft): string => (isSovereign(draft) ? 'EUR' : 'USD');

/** Some German customers are on the European sovereign partition, which bills in euros. */
export const isSovereign = ({ company, index }: Draft): boolean =>
  company.country === 'DE' && index % 2 === 1;
