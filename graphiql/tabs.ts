/**
 * The operations that the page opens with: a deal from its lead to its launch, and what one needs on the way. They run
 * unchanged against the emulator's own records, so a newcomer presses "run" a few times and has seen the product. Lines
 * have at most 50 characters, which is what the editor shows in a laptop's window.
 */

import associate from './tabs/associate.graphql?raw';
import awsView from './tabs/aws-view.graphql?raw';
import bulk from './tabs/bulk.graphql?raw';
import conflict from './tabs/conflict.graphql?raw';
import create from './tabs/create.graphql?raw';
import detail from './tabs/detail.graphql?raw';
import inbox from './tabs/inbox.graphql?raw';
import jobs from './tabs/jobs.graphql?raw';
import launch from './tabs/launch.graphql?raw';
import leads from './tabs/leads.graphql?raw';
import list from './tabs/list.graphql?raw';
import live from './tabs/live.graphql?raw';
import patch from './tabs/patch.graphql?raw';
import quota from './tabs/quota.graphql?raw';
import submit from './tabs/submit.graphql?raw';

/** A tab of GraphiQL. Its title is the operation's name, so that is short. */
export interface ExampleTab {
  query: string;
  variables?: string;
}

/**
 * AWS only accepts a target close date in the future, so the example depends on the date. The first tab must not have
 * variables: GraphiQL 5.4 drops those of the first default tab.
 */
export function exampleTabs(today: Date): ExampleTab[] {
  return [
    { query: leads },
    { query: inbox },
    { query: list },
    { query: detail },
    { query: create, variables: json({ input: newOpportunity(halfAYearFrom(today)) }) },
    {
      query: patch,
      variables: json({
        input: {
          id: 'O5000002',
          patch: {
            lifeCycle: { nextSteps: 'Walk the customer through the migration plan.' },
            project: { additionalComments: 'Written from GraphiQL.' },
          },
        },
      }),
    },
    {
      query: conflict,
      variables: json({
        input: {
          id: 'O5000002',
          expectedLastModifiedDate: '2020-01-01T00:00:00Z',
          patch: { lifeCycle: { nextSteps: 'Based on an outdated record.' } },
        },
      }),
    },
    {
      query: associate,
      variables: json({ input: { id: 'O5000002', solutions: ['S-0051201', 'S-1234567'] } }),
    },
    {
      query: submit,
      variables: json({
        input: {
          id: 'O5000001',
          involvementType: 'CO_SELL',
          associate: { solutions: ['S-1234567'] },
        },
      }),
    },
    { query: awsView },
    { query: live },
    { query: bulk, variables: json({ input: { name: 'Next steps', items: nextSteps } }) },
    { query: jobs },
    {
      query: launch,
      variables: json({
        won: {
          id: 'O5000012',
          patch: {
            customer: { account: { awsAccountId: '123456789012' } },
            lifeCycle: { stage: 'LAUNCHED' },
          },
        },
        lost: {
          id: 'O5000011',
          patch: {
            lifeCycle: { stage: 'CLOSED_LOST', closedLostReason: 'LOST_TO_COMPETITOR_OTHER' },
          },
        },
      }),
    },
    { query: quota },
  ];
}

/** AWS has the last of these under review, so it cannot be changed. */
const nextSteps = ['O5000002', 'O5000012', 'O5000009'].map((id) => ({
  id,
  patch: { lifeCycle: { nextSteps: 'Confirm the date of the workshop.' } },
}));

/** It has all that AWS asks for in a submission, but for the solution. */
function newOpportunity(targetCloseDate: string): object {
  return {
    primaryNeedsFromAws: ['CO_SELL_DEAL_SUPPORT'],
    customer: {
      account: {
        companyName: 'AnyCompany Logistics',
        industry: 'TRANSPORTATION_AND_LOGISTICS',
        websiteUrl: 'https://www.example.com',
        address: { countryCode: 'US', stateOrRegion: 'Washington', postalCode: '98101', city: 'Seattle' },
      },
    },
    project: {
      title: 'Track every parcel in real time',
      customerBusinessProblem: 'Parcels are scanned twice a day, and customers call to ask where theirs are.',
      customerUseCase: 'Containers & Serverless',
      deliveryModels: ['SAAS_OR_PAAS'],
      salesActivities: ['INITIALIZED_DISCUSSIONS_WITH_CUSTOMER'],
      expectedCustomerSpend: [
        { amount: '4500.00', currencyCode: 'USD', frequency: 'MONTHLY', targetCompany: 'AWS' },
      ],
    },
    lifeCycle: { targetCloseDate },
  };
}

function halfAYearFrom(today: Date): string {
  const day = new Date(today);
  day.setUTCMonth(day.getUTCMonth() + 6);
  return day.toISOString().slice(0, 10);
}

function json(variables: object): string {
  return JSON.stringify(variables, null, 2);
}
