/**
 * Bundles the programs of the package into `dist/`: `npm run build`. Node strips no types below `node_modules`, so that the
 * package has to have JavaScript; and bundles start faster than the sources. What is imported on use, such as Redis, is in
 * files of its own, which are not read at the start.
 */
import { build, type Plugin } from 'vite';
import { writeNotices } from './notices.ts';

/** The gateway loads the emulator from the files next to it, which an installation may leave out. */
const emulatorApart: Plugin = {
  name: 'emulator-apart',
  enforce: 'pre',
  resolveId: (id) =>
    id === '../emulator/server.ts' ? { id: '../emulator/server.js', external: 'relative' } : undefined,
};

/**
 * Escapes what is beyond Latin-1, since a single such letter makes V8 keep the source, 5 MB, with two bytes for each. It occurs in
 * texts, regular expressions and comments, where an escape has the same meaning.
 */
const inLatin1: Plugin = {
  name: 'in-latin-1',
  generateBundle(_options, files) {
    for (const file of Object.values(files))
      if (file.type === 'chunk')
        file.code = file.code.replace(
          /[^\0-\u00ff]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
  },
};

const programs = [
  { folder: 'server', input: { main: 'src/main.ts' } },
  {
    folder: 'emulator',
    input: { main: 'emulator/main.ts', server: 'emulator/server.ts' },
  },
];

for (const { folder, input } of programs)
  await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [emulatorApart, inLatin1],
    // graphql refuses two copies of itself; this is the one that Node loads.
    resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
    ssr: { noExternal: true },
    build: {
      ssr: true,
      // As deep as the sources, so that relative URLs of files stay the same.
      outDir: `dist/${folder}`,
      target: 'node24',
      license: { fileName: 'licences.json' },
      rolldownOptions: {
        input,
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  });

writeNotices();
