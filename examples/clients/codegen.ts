/** Types for the documents of the examples, by GraphQL Code Generator's client preset. Copy this into a frontend. */
import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: 'schema.api.graphql',
  generates: {
    'examples/clients/gql/': {
      documents: ['examples/clients/{apollo,urql,fetch}/*.ts'],
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        // Unions of strings, so that values that AWS adds later cause no error at runtime.
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        // Amounts and instants are strings: a float would lose cents, a JavaScript date would lose digits of the lock.
        scalars: { DateTime: 'string', Date: 'string', Decimal: 'string' },
        importExtension: '.ts',
        emitLegacyCommonJSImports: false,
      },
    },
  },
};

export default config;
