import { engagementCustomer, leadCompany, leadCountry, leadSource, projectDetails } from './engagement.ts';
import { enumOf, taskFilters } from './lifecycle-members.ts';
import { projectSummary } from './opportunity.ts';
import { patterns } from './patterns.ts';
import { catalog, tags } from './requests.ts';
import { list, matching, required, string, structure, union } from './shape.ts';

const invitation = required(matching(patterns.invitation));
const clientToken = required(matching(patterns.clientToken));

const senderContact = structure({
  Email: required(matching(patterns.senderEmail)),
  FirstName: string(0, 80),
  LastName: string(0, 80),
  BusinessTitle: string(0, 80),
  Phone: matching(patterns.phone),
});

export const createInvitationRequest = structure({
  Catalog: catalog,
  ClientToken: clientToken,
  EngagementIdentifier: required(matching(patterns.engagementId)),
  Invitation: required(
    structure({
      Message: required(string(1, 255)),
      Receiver: required(
        union({
          Account: structure({
            Alias: string(0, 80),
            AwsAccountId: required(matching(patterns.awsAccountId)),
          }),
        }),
      ),
      Payload: required(
        union({
          OpportunityInvitation: structure({
            SenderContacts: list(senderContact, 1, 3),
            ReceiverResponsibilities: required(list(enumOf('ReceiverResponsibility'))),
            Customer: required(engagementCustomer),
            Project: required(
              structure({
                ...projectDetails,
                ExpectedCustomerSpend: required(projectSummary.ExpectedCustomerSpend),
              }),
            ),
          }),
          LeadInvitation: structure({
            Customer: required(structure({ ...leadCompany, CountryCode: leadCountry })),
            Interaction: required(
              structure({ ...leadSource, ContactBusinessTitle: required(string(0, 80)) }),
            ),
          }),
        }),
      ),
    }),
  ),
});

export const getInvitationRequest = structure({ Catalog: catalog, Identifier: invitation });

export const acceptInvitationRequest = getInvitationRequest;

export const rejectInvitationRequest = structure({
  Catalog: catalog,
  Identifier: invitation,
  RejectionReason: matching(patterns.rejectionReason),
});

export const startByAcceptingRequest = structure({
  Catalog: catalog,
  ClientToken: clientToken,
  Identifier: invitation,
  Tags: tags,
});

export const listByAcceptingTasksRequest = structure({
  ...taskFilters,
  EngagementInvitationIdentifier: list(invitation, 1, 10),
});
