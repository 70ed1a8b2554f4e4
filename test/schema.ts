/** The executable schema that the gateway serves. */
import { createSchema } from '../src/graphql/schema.ts';
import { dependOnRecordOnly, resolverMaps } from '../src/resolvers/index.ts';

export const gatewaySchema = () => createSchema(resolverMaps, dependOnRecordOnly);
