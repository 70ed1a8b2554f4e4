/** Payloads of contexts and invitations that satisfy every rule, for tests of engagements. */

const interaction = {
  SourceType: 'Event',
  SourceId: 'fair-31',
  SourceName: 'Trade fair',
  Usecase: 'Migration',
  CustomerAction: 'Visited the booth',
  BusinessProblem: 'The controllers of two lines are out of support.',
  Contact: {
    BusinessTitle: 'Head of Infrastructure',
    Email: 'Hana.Corvane@acme-robotics.example',
    FirstName: 'Hana',
    LastName: 'Corvane',
    Phone: '+14155550143',
  },
};

/** A lead; a new object each time, so a test may modify it. */
export const lead = () => ({
  Customer: {
    CompanyName: 'Acme Robotics',
    Industry: 'Manufacturing',
    WebsiteUrl: 'www.acme-robotics.example',
    Address: { CountryCode: 'US', City: 'Seattle' },
    MarketSegment: 'Medium',
  },
  Interactions: [structuredClone(interaction)],
});

export const project = {
  Customer: {
    CompanyName: 'Acme Robotics',
    CountryCode: 'US' as const,
    Industry: 'Manufacturing' as const,
    WebsiteUrl: 'www.acme-robotics.example',
  },
  Project: {
    Title: 'Line controllers in the cloud',
    BusinessProblem: 'The controllers of two lines are out of support and cannot be patched.',
    TargetCompletionDate: '2031-09-30',
  },
};

export const opportunityInvitation = {
  OpportunityInvitation: {
    SenderContacts: [{ Email: 'Kim.Fenn@partner.example', FirstName: 'Kim', LastName: 'Fenn' }],
    ReceiverResponsibilities: ['Reseller' as const],
    Customer: project.Customer,
    Project: {
      ...project.Project,
      ExpectedCustomerSpend: [
        { Amount: '531', CurrencyCode: 'USD' as const, Frequency: 'Monthly' as const, TargetCompany: 'AWS' },
      ],
    },
  },
};

/** Without the contact's name, address and number: those are shown after the acceptance only. */
export const leadInvitation = {
  LeadInvitation: {
    Customer: { CompanyName: 'Acme Robotics', Industry: 'Manufacturing', CountryCode: 'US' },
    Interaction: { SourceType: 'Event', ContactBusinessTitle: 'Head of Infrastructure' },
  },
};
