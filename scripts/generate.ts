/**
 * Writes all generated files (`npm run generate`). With `--check`, fails and lists the files that are stale.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generate } from '@graphql-codegen/cli';
import { parse } from 'graphql';
import { costsPage } from './costs.ts';
import { operationsPage } from './emulator-operations.ts';
import { enumMembersOf, enumsModule, enumsOf, enumsSdl } from './enums.ts';
import { policies } from './iam.ts';
import { apiSdl, sources, subgraphSdl } from './sdl.ts';
import { settingsPage } from './settings-page.ts';

const check = process.argv.includes('--check');
const stale: string[] = [];

function emit(path: string, content: string): void {
  let before: string | undefined;
  try {
    before = readFileSync(path, 'utf8');
  } catch {
    before = undefined;
  }
  if (before === content) return;
  if (check) stale.push(path);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    console.log(`wrote ${path}`);
  }
}

const written = readdirSync('schema').filter(
  (file) => file.endsWith('.graphql') && !file.includes('.generated.'),
);
const documents = written.map((file) => parse(readFileSync(`schema/${file}`, 'utf8')));
const enums = enumsOf(documents);
emit('schema/enums.generated.graphql', enumsSdl(enums));
emit('src/generated/enums.ts', enumsModule(enums, enumMembersOf(documents, enums)));

emit('docs/emulator-operations.md', operationsPage());
emit('docs/settings.md', settingsPage());
for (const [file, policy] of Object.entries(policies())) emit(file, policy);

// The published schema is made from the files written above.
if (stale.length === 0) {
  const document = sources();
  emit('schema.graphql', subgraphSdl(document));
  emit('schema.api.graphql', apiSdl(document));
  emit('docs/costs.md', costsPage(document));
}

// The types are generated last: codegen.ts uses the enum constants and the enum SDL written above.
if (stale.length === 0) {
  for (const module of ['../codegen.ts', '../examples/clients/codegen.ts', '../examples/web/codegen.ts']) {
    const { default: config } = await import(module);
    const files: { filename: string; content: string }[] = await generate(config, false);
    for (const { filename, content } of files) emit(filename, content);
  }
}

if (stale.length > 0) {
  console.error(`Generated files are stale; run \`npm run generate\`: ${stale.join(', ')}`);
  process.exit(1);
}
