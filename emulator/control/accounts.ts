import type { JsonObject } from '../json.ts';
import { optionalString, readMatching } from './read.ts';
import { onlyMembers, type Route } from './route.ts';

/** The partner accounts; the API shows them only as members and senders. */
export const accounts: readonly Route[] = [
  {
    path: 'accounts',
    GET: ({ state }) => ({ accounts: state.partners.list() }),
    POST: ({ state, body, changed }) => {
      onlyMembers(body, ['accessKeyId', 'accountId', 'name', 'alias', 'websiteUrl']);
      const websiteUrl = optionalString(body, 'websiteUrl');
      const partner = {
        accountId: readMatching(body, 'accountId', /^\d{12}$/, 'twelve digits'),
        name: readText(body, 'name', 120),
        alias: readText(body, 'alias', 80),
        ...(websiteUrl !== undefined && { websiteUrl }),
      };
      state.partners.register(readMatching(body, 'accessKeyId', /^\w{1,128}$/, 'an access key id'), partner);
      changed();
      return partner;
    },
  },
];

const readText = (body: JsonObject, name: string, max: number): string =>
  readMatching(body, name, new RegExp(`^.{1,${max}}$`, 'su'), `1 to ${max} characters`);
