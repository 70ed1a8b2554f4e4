import type { ReactNode } from 'react';
import type { InvitationFragment } from '../gql/graphql.ts';
import { day, money } from '../shell/format.ts';
import { usePicklists } from '../shell/picklists.ts';

type Payload = InvitationFragment['payload'];
type Row = [label: string, value: ReactNode];

const joined = (...parts: (string | null | undefined)[]): string => parts.filter(Boolean).join(', ');

function useRows() {
  const { labelOf } = usePicklists();
  return function rowsOf(payload: Payload): Row[] {
    if (payload?.__typename === 'OpportunityInvitationPayload') {
      const { customer, project, receiverResponsibilities, senderContacts } = payload;
      const spend = project?.expectedCustomerSpend ?? [];
      return [
        ['Customer', joined(customer?.companyName, customer?.websiteUrl)],
        [
          'Industry and country',
          joined(
            customer?.industry && labelOf('industries', customer.industry),
            customer?.countryCode && labelOf('countryCodes', customer.countryCode),
          ),
        ],
        ['Project', project?.title],
        ['Business problem', project?.businessProblem],
        ['Target completion', day(project?.targetCompletionDate)],
        [
          'Expected customer spend',
          spend
            .map((line) =>
              `${money(line)} ${line.frequency ? labelOf('frequencies', line.frequency) : ''}`.trim(),
            )
            .join(', '),
        ],
        [
          'Your part',
          joined(
            ...(receiverResponsibilities ?? []).map((one) => one && labelOf('receiverResponsibilities', one)),
          ),
        ],
        [
          'Contact at the sender',
          (senderContacts ?? [])
            .map(({ firstName, lastName, businessTitle, email, phone }) =>
              joined([firstName, lastName].filter(Boolean).join(' '), businessTitle, email, phone),
            )
            .join('; '),
        ],
      ];
    }
    if (payload?.__typename === 'LeadInvitationPayload') {
      const { lead, interaction } = payload;
      return [
        ['Company', joined(lead?.companyName, lead?.websiteUrl)],
        [
          'Industry and country',
          joined(lead?.industryName, lead?.country && labelOf('countryCodes', lead.country)),
        ],
        ['Size', lead?.marketSegment],
        ['Interest', interaction?.usecase],
        ['Comes from', joined(interaction?.sourceType, interaction?.sourceName)],
        ['Spoken to', interaction?.contactBusinessTitle],
      ];
    }
    return [];
  };
}

/** What an invitation offers, in plain words; what AWS has no data on is left out. */
export function PayloadView({ payload }: { payload: Payload }) {
  const rows = useRows()(payload).filter(([, value]) => value);
  if (rows.length === 0) return null;
  return (
    <dl className="payload">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
