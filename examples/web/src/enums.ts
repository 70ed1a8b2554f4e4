import { useQuery } from '@apollo/client/react';
import { graphql } from './gql/index.ts';

/** The values of enums with their texts: each value's description is AWS's own wording. Costs no call of AWS. */
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

/** What to choose from, for a dropdown; and the text of one value. Names stand in where introspection is off. */
export function useEnums() {
  const { data } = useQuery(Enums);
  const choices = (name: EnumName): Choice[] =>
    data?.[name]?.enumValues?.map(({ name: value, description }) => ({
      value,
      text: description ?? value,
    })) ?? [];
  return {
    choices,
    textOf: (name: EnumName, value: string | null | undefined): string =>
      choices(name).find((choice) => choice.value === value)?.text ?? value ?? '—',
  };
}
