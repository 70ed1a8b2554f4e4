/** The schema with its resolvers, as the gateway serves it. */
import { createSchema } from '../src/graphql/schema.ts';
import { resolverMaps } from '../src/resolvers/index.ts';

export const gatewaySchema = () => createSchema(resolverMaps, () => {});
