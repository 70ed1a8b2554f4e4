/** Writes docs/settings.md from the settings' own descriptions. */
import { factsOf, type SettingName, sections } from '../src/settings.ts';

const introduction = `# Settings

Settings are environment variables; an empty one counts as unset. Invalid settings prevent startup; one message lists
all problems. A variable whose name resembles a setting is named in a warning. \`--check-config\` reads them without
starting anything.

A secret can be in a file instead, as Docker, Kubernetes and systemd hand them over: \`REDIS_URL_FILE\` names a file with the
value of \`REDIS_URL\`. This applies to every setting marked *secret*, which includes URLs, since they can contain a password.
Blanks and line ends around the value do not count; a file that is empty or cannot be read prevents startup.
`;

/** Notes below the table of a section. */
const notes: Record<string, string> = {
  Upstream: `
The host's own settings for the AWS SDK determine the credentials and nothing else: \`AWS_REGION\`, \`AWS_ENDPOINT_URL\`,
\`AWS_USE_FIPS_ENDPOINT\`, \`AWS_USE_DUALSTACK_ENDPOINT\`, \`AWS_MAX_ATTEMPTS\`, \`AWS_RETRY_MODE\` and their counterparts in AWS's
configuration file are ignored, with a warning at startup if a variable would change where AWS is called.

AWS is called without a proxy, since the AWS SDK follows neither \`HTTPS_PROXY\` nor Node's \`NODE_USE_ENV_PROXY\`: the
gateway needs a route to \`partnercentral-selling.us-east-1.api.aws\` on port 443, such as a NAT gateway. The keys at
\`AUTH_JWKS_URL\` are fetched through \`HTTPS_PROXY\` if \`NODE_USE_ENV_PROXY=1\` is set.
`,
};

function rowOf(name: SettingName): string {
  const { byDefault, description, isSecret } = factsOf(name);
  const value = byDefault === undefined ? '–' : `\`${byDefault}\``;
  return `| \`${name}\` | ${value} | ${isSecret ? '*Secret.* ' : ''}${description} |`;
}

/** The page, in Markdown. */
export function settingsPage(): string {
  const tables = Object.entries(sections).map(([title, settings]) =>
    [
      `## ${title}\n`,
      '| variable | default | description |',
      '|---|---|---|',
      ...(Object.keys(settings) as SettingName[]).map(rowOf),
      notes[title] ?? '',
    ].join('\n'),
  );
  return [introduction, ...tables].join('\n');
}
