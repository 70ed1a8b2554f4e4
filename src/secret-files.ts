/** Secrets in files, as Docker, Kubernetes and systemd hand them over: `NAME_FILE` names a file with the value of `NAME`. */
import { readFileSync } from 'node:fs';
import { factsOf, fileVariables } from './settings.ts';

type Environment = Record<string, string | undefined>;

/** The content of a file, without blanks and line ends around it; or why there is none. */
function contentOf(file: string): { value: string } | { reason: string } {
  try {
    const value = readFileSync(file, 'utf8').trim();
    return value ? { value } : { reason: 'empty' };
  } catch (error) {
    return { reason: `cannot be read: ${(error as NodeJS.ErrnoException).code}` };
  }
}

/**
 * Replaces the names of files by their contents.
 *
 * @returns the environment with the values, and a line for each file that cannot be used: an empty one is an error, because
 *   a secret that is missing would open what it should close
 */
export function readSecretFiles(given: Environment): { values: Environment; problems: string[] } {
  const values = { ...given };
  const problems: string[] = [];
  for (const [variable, name] of fileVariables) {
    const file = given[variable];
    if (!file) continue;
    if (given[name]) {
      problems.push(`${variable}: set either ${name} or ${variable}, not both`);
      continue;
    }
    const content = contentOf(file);
    if ('value' in content) values[name] = content.value;
    else
      problems.push(
        `${variable}: got ${JSON.stringify(file)} (${content.reason}), expected a file with ${factsOf(name).expected}`,
      );
  }
  return { values, problems };
}
