/** Types for the documents of the examples, by GraphQL Code Generator's client preset: copy this into a frontend. */
import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: 'schema.api.graphql',
  generates: {
    'examples/clients/gql/': {
      documents: ['examples/clients/{apollo,urql,fetch}/*.ts'],
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        // A union of texts, which a value that AWS adds tomorrow does not break at runtime.
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        // Money and instants are texts on purpose: a float loses cents, a JavaScript date loses digits of the lock.
        scalars: { DateTime: 'string', Date: 'string', Decimal: 'string' },
        importExtension: '.ts',
        emitLegacyCommonJSImports: false,
      },
    },
  },
};

export default config;
