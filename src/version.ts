import packageJson from '../package.json' with { type: 'json' };

/** The version of this release, which has no other source than package.json. */
export const { version } = packageJson;
