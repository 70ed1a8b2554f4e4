import { useQuery } from '@apollo/client/react';
import type { PicklistsQuery } from '../gql/graphql.ts';
import { graphql } from '../gql/index.ts';
import { words } from './format.ts';

/** The values of dropdowns, with AWS's own wording as labels. They cost no upstream call. */
const Picklists = graphql(`
  query Picklists {
    picklists {
      closedLostReasons {
        ...choice
      }
      countryCodes {
        ...choice
      }
      currencyCodes {
        ...choice
      }
      customerUseCases {
        ...choice
      }
      deliveryModels {
        ...choice
      }
      industries {
        ...choice
      }
      frequencies {
        ...choice
      }
      involvementTypes {
        ...choice
      }
      opportunityTypes {
        ...choice
      }
      primaryNeedsFromAws {
        ...choice
      }
      receiverResponsibilities {
        ...choice
      }
      rejectionReasons {
        ...choice
      }
      reviewStatuses {
        ...choice
      }
      salesActivities {
        ...choice
      }
      stages {
        ...choice
      }
      statesOrRegions {
        ...choice
      }
      visibilities {
        ...choice
      }
    }
  }

  fragment choice on PicklistValue {
    value
    label
  }
`);

type Picklists = NonNullable<PicklistsQuery['picklists']>;
export type ListName = Exclude<keyof Picklists, '__typename'>;
export type Choice = { value: string; label: string };

/** The choices of a dropdown, and the label of one value. Without the lists, values are shown in words. */
export function usePicklists() {
  const { data } = useQuery(Picklists);
  const choices = (list: ListName): readonly Choice[] => data?.picklists?.[list] ?? [];
  const labelOf = (list: ListName, value: string | null | undefined): string =>
    choices(list).find((choice) => choice.value === value)?.label ?? (words(value) || '—');
  return { choices, labelOf };
}
