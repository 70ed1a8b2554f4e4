/** The published schemas: the whole subgraph for registries and routers, and the API schema for clients. */
import { readdirSync, readFileSync } from 'node:fs';
import { buildASTSchema, type DocumentNode, Kind, parse, print, printSchema, visit } from 'graphql';

const folder = 'schema';

/** All files in `schema/` as one document. */
export function sources(): DocumentNode {
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  return parse(files.map((file) => readFileSync(`${folder}/${file}`, 'utf8')).join('\n'));
}

/** The subgraph's SDL, with its federation directives. */
export const subgraphSdl = (document: DocumentNode): string => `${print(document)}\n`;

/** The directives that `@link` imports: they are for routers, and unknown to clients' tools. */
function importedBy(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: args = [] }) {
      if (name.value !== 'link') return;
      for (const { value } of args)
        if (value.kind === Kind.LIST)
          for (const item of value.values)
            if (item.kind === Kind.STRING) names.add(item.value.replace('@', ''));
    },
  });
  return names;
}

/** The schema for clients: the same without federation directives. */
export function apiSdl(document: DocumentNode): string {
  const imported = importedBy(document);
  const bare = visit(document, {
    SchemaExtension: () => null,
    Directive: ({ name }) => (imported.has(name.value) ? null : undefined),
  });
  return `${printSchema(buildASTSchema(bare))}\n`;
}
