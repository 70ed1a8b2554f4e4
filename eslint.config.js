/**
 * Holds the schema to its conventions, the explorer's tabs to the schema, and every pattern in the code to linear time.
 * The rest of TypeScript is Biome's.
 */
import { stripTypeScriptTypes } from 'node:module';
import graphql from '@graphql-eslint/eslint-plugin';
import regexp from 'eslint-plugin-regexp';

/** Shows ESLint a file without its types, which leave blanks: every place stays where it is. */
const withoutTypes = {
  preprocess: (text) => [{ text: stripTypeScriptTypes(text), filename: 'file.js' }],
  postprocess: (messages) => messages.flat(),
};

const languageOptions = {
  parser: graphql.parser,
  parserOptions: { graphQLConfig: { schema: 'schema.api.graphql', documents: 'graphiql/tabs/*.graphql' } },
};

export default [
  {
    ignores: [
      '**/*',
      ...['schema', 'graphiql', 'graphiql/tabs', 'src', 'emulator', 'telemetry'].map((name) => `!${name}`),
      ...['schema', 'graphiql/tabs', 'src', 'emulator', 'telemetry'].map((name) => `!${name}/**`),
    ],
  },
  {
    files: ['schema/*.graphql'],
    plugins: { '@graphql-eslint': graphql },
    languageOptions,
    rules: {
      '@graphql-eslint/naming-convention': [
        'error',
        {
          types: 'PascalCase',
          FieldDefinition: 'camelCase',
          InputValueDefinition: 'camelCase',
          Argument: 'camelCase',
          DirectiveDefinition: 'camelCase',
          EnumValueDefinition: 'UPPER_CASE',
          'FieldDefinition[parent.name.value=Query]': { forbiddenPrefixes: ['query', 'get'] },
          'FieldDefinition[parent.name.value=Mutation]': { forbiddenPrefixes: ['mutation'] },
        },
      ],
      '@graphql-eslint/no-hashtag-description': 'error',
      '@graphql-eslint/no-scalar-result-type-on-mutation': 'error',
      '@graphql-eslint/no-unreachable-types': 'error',
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      '@graphql-eslint/relay-connection-types': 'error',
      '@graphql-eslint/relay-edge-types': [
        'error',
        // A record's own lists, such as its contacts, are bounded by AWS and come with it: no pages to turn. What has
        // happened, such as an entry of a history, is nothing to fetch again by an id.
        { shouldImplementNode: false, withEdgeSuffix: true, listTypeCanWrapOnlyEdgeType: false },
      ],
      '@graphql-eslint/relay-page-info': 'error',
      '@graphql-eslint/require-deprecation-reason': 'error',
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
          DirectiveDefinition: true,
        },
      ],
      '@graphql-eslint/unique-enum-value-names': 'error',
      '@graphql-eslint/unique-field-definition-names': 'error',
    },
  },
  {
    files: ['schema/timeline.graphql'],
    plugins: { '@graphql-eslint': graphql },
    languageOptions,
    rules: {
      // An event is kept for a while only, so it cannot be fetched again as a node can.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { shouldImplementNode: false, withEdgeSuffix: true, listTypeCanWrapOnlyEdgeType: false },
      ],
    },
  },
  {
    files: ['graphiql/tabs/*.graphql'],
    plugins: { '@graphql-eslint': graphql },
    languageOptions,
    rules: {
      ...graphql.configs['flat/operations-recommended'].rules,
      // For clients with a normalised cache, which the page is not.
      '@graphql-eslint/require-selections': 'off',
    },
  },
  { files: ['{src,emulator,telemetry}/**/*.ts'], processor: withoutTypes },
  {
    files: ['{src,emulator,telemetry}/**/*.ts/*.js'],
    plugins: { regexp },
    rules: {
      // Text from outside may be a megabyte long: a pattern that is quadratic in it stops the process for minutes.
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
];
