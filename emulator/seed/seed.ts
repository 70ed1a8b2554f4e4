import { opportunityArn } from '../arns.ts';
import { asObject, withoutNulls } from '../json.ts';
import { defaultPartner } from '../partners.ts';
import type { Opportunity } from '../records/record.ts';
import { calendar } from './calendar.ts';
import { inventCompanies } from './company.ts';
import { dealFor } from './deals.ts';
import { lifeCycleOf } from './life-cycle.ts';
import { marketingOf, needsOf, relatedOf, revenueOf, teamOf } from './parts.ts';
import { plans } from './plan.ts';
import { projectOf } from './project.ts';
import { createRandom } from './random.ts';

const firstNumber = 5_000_001;
const companyCount = 112;
const catalog = 'Sandbox';

/**
 * 250 opportunities as a partner might have them. They are always the same except for their dates, which are relative
 * to the day of `now`, so that open deals always close in the future.
 */
export function seedOpportunities(now: number): Opportunity[] {
  const random = createRandom(20_220_726);
  const companies = inventCompanies(companyCount, random);
  return plans((records) => random.sample(records, records.length)).map((plan, index) => {
    const id = `O${firstNumber + index}`;
    const company = companies[index % companies.length] as (typeof companies)[number];
    const dates = calendar(now, index, plan, random);
    const deal = dealFor(String(company.account.Industry), index);
    const draft = { plan, index, company, deal, dates, random, full: plan.full === true };
    const project = projectOf(draft);
    const government = company.account.Industry === 'Government' && company.country === 'US';
    return asObject(
      withoutNulls({
        Id: id,
        Catalog: catalog,
        Arn: opportunityArn(defaultPartner.accountId, catalog, id),
        CreatedDate: dates.created,
        LastModifiedDate: dates.modified,
        PartnerOpportunityIdentifier: `CRM-${10_001 + index}`,
        OpportunityType: project.RelatedOpportunityIdentifier
          ? 'Flat Renewal'
          : random.pick(['Net New Business', 'Net New Business', 'Expansion']),
        NationalSecurity: government && random.chance(0.5) ? 'Yes' : 'No',
        PrimaryNeedsFromAws: needsOf(draft),
        Customer: { Account: company.account, Contacts: company.contacts },
        Project: project,
        LifeCycle: lifeCycleOf(draft),
        Marketing: marketingOf(draft),
        SoftwareRevenue: revenueOf(draft),
        OpportunityTeam: teamOf(draft),
        RelatedEntityIdentifiers: relatedOf(draft),
      }),
    ) as Opportunity;
  });
}
