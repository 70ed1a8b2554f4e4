/** Seeded engagements with others: invitations in both directions, leads, and an engagement of two partners. */
import { acceptOpportunity } from '../engagements/acceptance.ts';
import { connect } from '../engagements/connection.ts';
import { createEngagement, engagementOf } from '../engagements/engagement.ts';
import { answerInvitation, invite } from '../engagements/invitation.ts';
import type { Engagement, Invitation } from '../engagements/model.ts';
import { opportunityInvitation } from '../engagements/payloads.ts';
import { putProspectingResult } from '../engagements/prospecting.ts';
import { createReferral, referLead } from '../engagements/referral.ts';
import { ownKey } from '../engagements/store.ts';
import { defaultPartner, type Partner } from '../partners.ts';
import { newRecord } from '../records/new-record.ts';
import type { Opportunity } from '../records/record.ts';
import type { EmulatorState, PartnerState } from '../state.ts';
import { earlier } from './earlier.ts';
import { ownLeads, type SeededLead, sharedLeads } from './lead-data.ts';

const catalog = 'Sandbox';
const dayMs = 86_400_000;

/** Two other partners, whose calls are signed with these access keys. */
const others: readonly (Partner & { accessKeyId: string })[] = [
  {
    accessKeyId: 'HARBOURLINE',
    accountId: '345678901234',
    name: 'Harbourline Consulting',
    alias: 'harbourline',
    websiteUrl: 'https://harbourline.example',
  },
  {
    accessKeyId: 'TIDEWATER',
    accountId: '456789012345',
    name: 'Tidewater Software',
    alias: 'tidewater',
    websiteUrl: 'https://tidewater.example',
  },
];
const [harbourline, tidewater] = others as unknown as [Partner, Partner];

/** What AWS refers: a new one, one that expires tomorrow, and one that was rejected. */
const referrals = [
  { title: 'Fleet telemetry for harbour cranes', company: 'Eastmole Terminals', days: 3 },
  { title: 'Archive of a public broadcaster', company: 'Radio Vallis', days: 14 },
  { title: 'Web shop for spare parts', company: 'Kranzler Parts', days: 10, reason: 'No capacity' },
] as const;

/** The first number of seeded opportunities beyond the portfolio. */
const firstNumber = 5_000_901;

/** Adds the partners around the default one, and what they and AWS share with it. */
export function seedRooms(state: EmulatorState): void {
  for (const { accessKeyId, ...partner } of others) {
    state.partners.register(accessKeyId, partner);
    connect(state, defaultPartner.accountId, partner.accountId);
  }
  let number = firstNumber - 1;
  const opportunityIds = {
    ...state.opportunityIds,
    next: () => {
      number += 1;
      return `O${number}`;
    },
  };
  const at = (partner: Partner, days: number): PartnerState => ({
    ...earlier(state.accounts.of(partner.accountId), state.clock.now() - days * dayMs),
    opportunityIds,
  });
  for (const { title, company, days, ...answer } of referrals) {
    const own = at(defaultPartner, days);
    const invitation = createReferral(own, referred(title, company, own));
    if ('reason' in answer)
      answerInvitation(at(defaultPartner, days - 1), invitation, 'REJECTED', answer.reason);
  }
  for (const lead of sharedLeads) share(lead, at);
  for (const lead of ownLeads) enter(lead, at(defaultPartner, lead.days));
  seedTwoPartners(at);
  seedInvitation(at);
}

type At = (partner: Partner, days: number) => PartnerState;

function share({ answer, ...lead }: (typeof sharedLeads)[number], at: At): void {
  const own = at(defaultPartner, lead.days);
  const invitation = referLead(own, catalog, payloadOf(lead));
  const engagement = own.engagements.engagements.get(invitation.EngagementId) as Engagement;
  putProspectingResult(own, engagement, {
    Customer: { AccountName: lead.company, Country: lead.country, Segment: lead.segment },
    Insights: { SolutionCategory: lead.usecase, SolutionScore: 'High' },
  });
  if (answer)
    answerInvitation(
      at(defaultPartner, answer === 'EXPIRED' ? lead.days - 15 : lead.days - 1),
      invitation,
      answer,
    );
}

const enter = (lead: SeededLead, own: PartnerState): Engagement =>
  createEngagement(own, {
    Catalog: catalog,
    Title: lead.company,
    Description: lead.problem,
    contexts: [{ Type: 'Lead', Payload: { Lead: payloadOf(lead) } }],
    creator: own.accountId,
  });

function payloadOf({ company, industry, country, city, contact, source, ...lead }: SeededLead) {
  const host = `${company.toLowerCase().replaceAll(' ', '-')}.example`;
  const [FirstName, LastName, BusinessTitle] = contact;
  const [SourceType, SourceName] = source;
  return {
    ...(lead.status !== undefined && { QualificationStatus: lead.status }),
    Customer: {
      CompanyName: company,
      Industry: industry,
      WebsiteUrl: `www.${host}`,
      Address: { City: city, CountryCode: country },
      MarketSegment: lead.segment,
    },
    Interactions: [
      {
        SourceType,
        SourceName,
        Usecase: lead.usecase,
        BusinessProblem: lead.problem,
        Contact: {
          FirstName,
          LastName,
          BusinessTitle,
          Email: `${FirstName}.${LastName}@${host}`.toLowerCase(),
        },
      },
    ],
  };
}

function referred(Title: string, CompanyName: string, own: PartnerState): Opportunity {
  const host = `www.${CompanyName.toLowerCase().replaceAll(' ', '-')}.example`;
  const close = new Date(own.clock.now() + 180 * dayMs).toISOString().slice(0, 10);
  const written = {
    PrimaryNeedsFromAws: ['Co-Sell - Technical Consultation'],
    Customer: {
      Account: {
        CompanyName,
        Industry: 'Professional Services',
        WebsiteUrl: host,
        Address: { City: 'Hamburg', CountryCode: 'DE', PostalCode: '20457' },
      },
      Contacts: [{ FirstName: 'Lena', LastName: 'Oakenvale', Email: `lena.oakenvale@${host.slice(4)}` }],
    },
    Project: {
      Title,
      CustomerBusinessProblem: `${CompanyName} has asked AWS for a partner who has done this before.`,
      ExpectedCustomerSpend: [
        { Amount: '4200', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' },
      ],
    },
    LifeCycle: { TargetCloseDate: close },
  };
  return newRecord(catalog, written, own);
}

/** The default partner's second opportunity, which Harbourline Consulting helps with. */
function seedTwoPartners(at: At): void {
  const own = at(defaultPartner, 12);
  const record = own.store.get(catalog, 'O5000002');
  const engagement = record && engagementOf(own, record);
  if (!record || !engagement) throw new Error('The seed lacks O5000002 and its engagement');
  const invitation = inviteTo(engagement, record, own, harbourline);
  const helper = at(harbourline, 11);
  const role = `arn:aws:iam::${helper.accountId}:role/PartnerCentralSnapshots`;
  helper.engagements.jobRoles.set(ownKey(helper.accountId, catalog), role);
  acceptOpportunity(helper, invitation);
  inviteTo(engagement, record, at(defaultPartner, 1), tidewater);
}

/** An invitation of another partner's, to an engagement of its own. */
function seedInvitation(at: At): void {
  const own = at(tidewater, 6);
  const record = referred('Warehouse robots in three countries', 'Lindhollow Logistics', own);
  const engagement = createEngagement(own, {
    Catalog: catalog,
    Title: 'Warehouse robots in three countries',
    Description: 'We sell the software and look for a partner who runs it.',
    contexts: [],
    creator: own.accountId,
  });
  inviteTo(engagement, record, own, defaultPartner);
}

const inviteTo = (
  engagement: Engagement,
  record: Opportunity,
  sender: PartnerState,
  receiver: Partner,
): Invitation =>
  invite(sender, {
    engagement,
    sender: sender.accountId,
    receiver: { AwsAccountId: receiver.accountId },
    PayloadType: 'OpportunityInvitation',
    Payload: opportunityInvitation(record, {
      SenderContacts: [{ Email: 'alliance.lead@partner.example', FirstName: 'Alliance', LastName: 'Lead' }],
      ReceiverResponsibilities: ['Services Partner'],
    }),
    InvitationMessage: 'We would like to do this together with you.',
  });
