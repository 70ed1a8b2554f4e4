import { useQuery } from '@apollo/client/react';
import { graphql } from './gql/index.ts';

/** The enum values with their labels: each value's description is AWS's own wording. Costs no AWS call. */
const Enums = graphql(`
  query Enums {
    Stage: __type(name: "Stage") {
      enumValues {
        name
        description
      }
    }
    Industry: __type(name: "Industry") {
      enumValues {
        name
        description
      }
    }
    ReviewStatus: __type(name: "ReviewStatus") {
      enumValues {
        name
        description
      }
    }
  }
`);

export type EnumName = 'Stage' | 'Industry' | 'ReviewStatus';
export type Choice = { value: string; text: string };

/** The choices of a dropdown, and the label of a value. Without introspection, labels are the values' names. */
export function useEnums() {
  const { data } = useQuery(Enums);
  const choices = (name: EnumName): Choice[] =>
    data?.[name]?.enumValues?.map(({ name: value, description }) => ({
      value,
      text: description ?? value,
    })) ?? [];
  return {
    choices,
    labelOf: (name: EnumName, value: string | null | undefined): string =>
      choices(name).find((choice) => choice.value === value)?.text ?? value ?? '—',
  };
}
