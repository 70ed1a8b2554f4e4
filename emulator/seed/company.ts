import type { JsonObject } from '../json.ts';
import { prefixes, suffixes } from './companies.ts';
import { firstNames, lastNames, titles } from './people.ts';
import { type Place, places } from './places.ts';
import type { Random } from './random.ts';

/** A customer, the same in each of its opportunities. */
export type Company = { account: JsonObject; contacts: JsonObject[]; name: string; country: string };

/** Fictional customers in every industry and place. Their hosts end in `.example` and do not resolve. */
export function inventCompanies(count: number, random: Random): Company[] {
  const industries = Object.keys(suffixes);
  return Array.from({ length: count }, (_, index) => {
    const prefix = prefixes[index % prefixes.length] as string;
    const industry = industries[index % industries.length] as string;
    const suffix = random.pick(suffixes[industry] as readonly string[]);
    return inventCompany(`${prefix} ${suffix}`, industry, places[index % places.length] as Place, random);
  });
}

function inventCompany(
  name: string,
  industry: string,
  { phone, ...address }: Place,
  random: Random,
): Company {
  const host = `${name.toLowerCase().replaceAll(' ', '-')}.example`;
  return {
    name,
    country: address.CountryCode,
    account: {
      CompanyName: name,
      Industry: industry,
      ...(industry === 'Other' ? { OtherIndustry: 'Culture and associations' } : {}),
      WebsiteUrl: random.chance(0.5) ? `https://www.${host}` : `www.${host}`,
      // Leading zeros are intentional: an account id is a string, and reading it as a number would lose them.
      AwsAccountId: `0000${random.digits(8)}`,
      Duns: random.digits(9),
      Address: address,
    },
    contacts: inventPeople(random.whole(1, 3), host, random, (title) => ({
      BusinessTitle: title,
      Phone: phone + random.digits(2),
    })),
  };
}

/** People with addresses at one host. */
export function inventPeople(
  count: number,
  host: string,
  random: Random,
  more: (title: string) => JsonObject,
): JsonObject[] {
  const last = random.sample(lastNames, count);
  return random.sample(firstNames, count).map((FirstName, index) => ({
    FirstName,
    LastName: last[index] as string,
    Email: `${FirstName}.${last[index]}@${host}`.toLowerCase(),
    ...more(random.pick(titles)),
  }));
}
