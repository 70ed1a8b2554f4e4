import { graphql } from '../gql/index.ts';

/** What the page shows of a record, and what may change of it: one read of AWS. */
export const Detail = graphql(`
  query Detail($id: ID!) {
    opportunity(id: $id) {
      ...form
    }
  }

  fragment form on Opportunity {
    id
    lastModifiedDate
    partnerOpportunityIdentifier
    opportunityType
    primaryNeedsFromAws
    relatedEntityIdentifiers {
      solutions
    }
    customer {
      account {
        companyName
        industry
        websiteUrl
        address {
          countryCode
          stateOrRegion
          postalCode
        }
      }
      contacts {
        ...contact
      }
    }
    project {
      title
      customerBusinessProblem
      customerUseCase
      deliveryModels
      salesActivities
      otherSolutionDescription
      expectedCustomerSpend {
        amount
        currencyCode
        frequency
        targetCompany
      }
    }
    lifeCycle {
      stage
      closedLostReason
      reviewStatus
      reviewStatusReason
      reviewComments
      targetCloseDate
      nextSteps
    }
    editability {
      reason
      lockedFields
      submittable
    }
    submissionReadiness {
      ready
      blockers {
        message
      }
      warnings {
        message
      }
    }
  }

  fragment contact on Contact {
    email
    firstName
    lastName
    businessTitle
    phone
  }

  fragment userError on UserError {
    path
    message
    field
  }
`);

export const Save = graphql(`
  mutation Save($input: UpdateOpportunityInput!) {
    updateOpportunity(input: $input) {
      opportunity {
        ...form
      }
      conflict {
        overlappingFields
        current {
          ...form
        }
      }
      warnings {
        message
      }
      userErrors {
        ...userError
      }
    }
  }
`);

export const CreateDeal = graphql(`
  mutation CreateDeal($input: CreateOpportunityInput!) {
    createOpportunity(input: $input) {
      id
      opportunity {
        ...form
      }
      userErrors {
        ...userError
      }
    }
  }
`);

/** What a submission needs to know besides the record: two calls. */
export const Submission = graphql(`
  query Submission($id: ID!) {
    opportunity(id: $id) {
      id
      submission {
        id
        status
        startTime
        errors {
          message
        }
      }
    }
    solutions(first: 100, filter: { statuses: [ACTIVE] }) {
      nodes {
        id
        name
      }
    }
  }
`);

export const Submit = graphql(`
  mutation Submit($input: SubmitOpportunityInput!) {
    submitOpportunity(input: $input) {
      submitted
      steps {
        name
        outcome
        association {
          id
        }
      }
      opportunity {
        ...form
      }
      warnings {
        message
      }
      userErrors {
        ...userError
      }
    }
  }
`);

/** AWS's copy of the deal: one call. */
export const AwsView = graphql(`
  query AwsView($id: ID!) {
    opportunity(id: $id) {
      id
      differences {
        field
        partner
        aws
      }
      awsSummary {
        involvementType
        visibility
        lifeCycle {
          stage
          targetCloseDate
          nextSteps
        }
        insights {
          engagementScore
          nextBestActions
        }
        opportunityTeam {
          firstName
          lastName
          email
          businessTitle
        }
        asOf
      }
    }
  }
`);

/** Each snapshot that the gateway has not read before costs a call. */
export const History = graphql(`
  query History($id: ID!) {
    opportunity(id: $id) {
      id
      history(first: 20) {
        nodes {
          at
          view
          changes {
            field
            from
            to
          }
        }
      }
    }
  }
`);
