/** A date that stays in the future during the tests. */
export const inAYear = new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);

/** An input that AWS accepts. */
export const input = {
  primaryNeedsFromAws: ['CO_SELL_ARCHITECTURAL_VALIDATION'],
  nationalSecurity: 'NO',
  partnerOpportunityIdentifier: 'crm-4711',
  opportunityType: 'NET_NEW_BUSINESS',
  customer: {
    account: {
      companyName: 'Northwind Tidal Energy',
      industry: 'ENERGY_POWER_AND_UTILITIES',
      websiteUrl: 'https://www.northwind-tidal.example',
      address: { countryCode: 'US', stateOrRegion: 'Maine', postalCode: '04101', city: 'Portland' },
    },
    contacts: [
      { email: 'ada@northwind-tidal.example', firstName: 'Ada', lastName: 'Marsh', phone: '+12075550123' },
    ],
  },
  project: {
    title: 'Forecasts for tidal turbines',
    customerBusinessProblem: 'Turbines are serviced too early, because nobody can tell their wear.',
    deliveryModels: ['SAAS_OR_PAAS'],
    competitorName: 'OTHER_COST_OPTIMIZATION',
    expectedCustomerSpend: [
      { amount: '2500.50', currencyCode: 'USD', frequency: 'MONTHLY', targetCompany: 'AWS' },
    ],
  },
  lifeCycle: { targetCloseDate: inAYear },
  marketing: { source: 'NONE' },
  opportunityTeam: [
    {
      email: 'sam@partner.example',
      firstName: 'Sam',
      lastName: 'Reed',
      businessTitle: 'PartnerAccountManager',
    },
  ],
};

/** An input that AWS accepts for a submission, too. */
export const submittable = {
  ...input,
  project: {
    ...input.project,
    customerUseCase: 'Energy',
    salesActivities: ['SOW_SIGNED'],
    otherSolutionDescription: 'Wear forecasts for tidal turbines',
  },
};
