/**
 * The operations that the page opens with, as a story: list the records, look at one, create one, change one, lose a
 * race, submit one to AWS, ask for AWS's view, look into the inbox, watch deals change. They run unchanged against the
 * emulator's own records, so a newcomer presses "run" a few times and has seen the product. Their lines have at most 50
 * characters, which is what the editor shows in a laptop's window.
 */

import awsView from './tabs/aws-view.graphql?raw';
import conflict from './tabs/conflict.graphql?raw';
import create from './tabs/create.graphql?raw';
import detail from './tabs/detail.graphql?raw';
import inbox from './tabs/inbox.graphql?raw';
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
    { query: inbox },
    { query: live },
    { query: quota },
  ];
}

function newOpportunity(targetCloseDate: string): object {
  return {
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
