/**
 * The operations that the page opens with, told as a story: look at the list, look at one record, make one, change one,
 * lose a race. They run as they stand against the emulator's own records, so a newcomer presses "run" five times and
 * has seen the product.
 */

/** One tab of GraphiQL. The operation's name is the tab's title, so it is short. */
export interface ExampleTab {
  query: string;
  variables?: string;
}

const quota = `\
# What is left of AWS's quota, a whole company's.
# Costs nothing. To price another tab without running
# it, add the header { "X-Upstream-Dry-Run": "1" }.
query Quota {
  quota {
    read {
      perSecond
      remainingToday
      waiting
    }
    write {
      perSecond
      remainingToday
      waiting
    }
  }
}
`;

const list = `\
# The open opportunities, the last changed first.
# AWS's list has all of this, so 1 upstream call.
# Ask for "marketing" too: 1 more for each record.
query List(
  $stages: [Stage!] = [PROSPECT, QUALIFIED]
) {
  opportunities(
    first: 10
    filter: { stages: $stages }
  ) {
    nodes {
      id
      lastModifiedDate
      customer {
        account {
          companyName
          industry
        }
      }
      lifeCycle {
        stage
        reviewStatus
        targetCloseDate
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`;

const detail = `\
# One opportunity with all that hangs on it.
# 1 upstream call, however many fields you add:
# Ctrl-Space completes, or tick them on the left.
query Detail {
  opportunity(id: "O5000002") {
    id
    lastModifiedDate
    primaryNeedsFromAws
    customer {
      account {
        companyName
        industry
        address {
          city
          countryCode
        }
      }
      contacts {
        firstName
        lastName
        businessTitle
        email
      }
    }
    lifeCycle {
      stage
      reviewStatus
      targetCloseDate
      nextSteps
      nextStepsHistory {
        time
        value
      }
    }
    project {
      title
      customerUseCase
      customerBusinessProblem
      deliveryModels
      additionalComments
      expectedCustomerSpend {
        amount
        currencyCode
        frequency
        targetCompany
      }
    }
    relatedEntityIdentifiers {
      solutions
      awsProducts
    }
  }
}
`;

const create = `\
# A new opportunity, its input in the variables.
# Cut the business problem to a word or two, and
# "userErrors" names the field to put right.
mutation Create($input: CreateOpportunityInput!) {
  createOpportunity(input: $input) {
    userErrors {
      path
      code
      message
    }
    opportunity {
      id
      createdDate
      lastModifiedDate
      customer {
        account {
          companyName
        }
      }
      lifeCycle {
        stage
        reviewStatus
        targetCloseDate
      }
      project {
        title
      }
    }
  }
}
`;

const patch = `\
# Two fields change, all the others stay, although
# AWS itself only replaces whole records. Run it
# again: nothing changes, so nothing is written.
mutation Patch($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) {
    changed
    userErrors {
      path
      code
      message
    }
    opportunity {
      id
      lastModifiedDate
      lifeCycle {
        nextSteps
        targetCloseDate
      }
      project {
        title
        additionalComments
      }
    }
  }
}
`;

const conflict = `\
# A form that was opened long ago: the record has
# moved on since. Nothing is written, the answer
# is CONFLICT, with what stands there now.
mutation Conflict($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) {
    changed
    userErrors {
      path
      code
      message
    }
    conflict {
      overlappingFields
      current {
        lastModifiedDate
        lifeCycle { nextSteps }
      }
    }
  }
}
`;

/**
 * AWS takes a target close date only while it lies ahead, so the example has to know what day it is. The first tab must
 * do without variables: GraphiQL 5.4 drops those of the first default tab.
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
          patch: { lifeCycle: { nextSteps: 'Written by somebody who saw an old record.' } },
        },
      }),
    },
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
