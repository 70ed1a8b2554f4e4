/**
 * AWS's postal codes by country, from the tables of its CRM integration samples (PostalCodeValidations and
 * CountriesWithoutPostalCode). AWS prints them as sentences with English names; the codes of the countries are ours.
 */

/** The countries that have none, so that an address needs none. */
const without: ReadonlySet<string> = new Set(
  (
    'AE AG AN AO AW BF BI BJ BO BQ BS BW BZ CF CG CI CK CM CW DJ DM ER FJ GD GH GM GQ GY HK HM KI KM KN LY ML MO ' +
    'MR MW NR NU QA RW SB SC SH SL SR ST SY TF TG TK TL TO TV UG VU YE ZW'
  ).split(' '),
);

/** Countries by the form of their codes: # is a digit, @ a letter, * either, and parentheses enclose what may be left out. */
const forms: Readonly<Record<string, string>> = {
  '##': 'JM',
  '###': 'FO IS LS MG OM PG',
  '####':
    'AF AL AM AT AU BD BG CC CH CV CX CY DK ET GE GL GW HT HU LI LR LU MK MZ NE NF NO NZ PH PY SJ TN ZA',
  '#####':
    'AX BA BT CU DE DO DZ EE EG ES FI FR GT GU HN HR ID IQ IT JO KE KH KR KW LA LK MA ME MH MM MN MP MX MY NA NI ' +
    'NP PE PK PR PW RS SD SN SS TD TH TR TW UA UY VI ZM',
  '######': 'CN CO EC KG KZ NG PA RO SG TJ TM TT VN',
  '### or ####': 'BH',
  '#### or #####': 'CR MV',
  '##### or #######': 'IL',
  '#####(-####)': 'US',
  '#####(-###)': 'BR',
  '####(-###)': 'PT',
  '#####-####': 'SA',
  '##-###': 'PL',
  '###( )##': 'CZ GR SK',
  '###( )###': 'IN',
  '###(-)####': 'JP',
  'S-##### or SE-##### or ###( )##': 'SE',
  '(B-)####': 'BE',
  '(LT-)#####': 'LT',
  '####( )@@': 'NL',
  '@#@( )#@#': 'CA',
  '@(@)#(*)( )#@@': 'GB GG IM JE',
  '@#*( )****': 'IE',
  '@@@( )####': 'MT',
  '@@ ## or @@ @@': 'BM',
  '@@####': 'BN',
  '@###': 'SZ',
  'VC####': 'VC',
  '4789#': 'SM',
  '1101': 'SV',
  '120': 'VA',
  '97133': 'BL',
  '97150': 'MF',
  '97500': 'PM',
  '971##': 'GP',
  '972##': 'MQ',
  '973##': 'GF',
  '974##': 'RE',
  '976##': 'YT',
  '980##': 'MC',
  '986##': 'WF',
  '987##': 'PF',
  '988##': 'NC',
};

const signs: Readonly<Record<string, string>> = {
  '#': '[0-9]',
  '@': '[a-z]',
  '*': '[a-z0-9]',
  '(': '(?:',
  ')': ')?',
};
const patternOf = (form: string): RegExp =>
  new RegExp(`^(?:${[...form.replaceAll(' or ', '|')].map((sign) => signs[sign] ?? sign).join('')})$`, 'i');

const formByCountry: ReadonlyMap<string, { form: string; pattern: RegExp }> = new Map(
  Object.entries(forms).flatMap(([form, countries]) =>
    countries.split(' ').map((country) => [country, { form, pattern: patternOf(form) }]),
  ),
);

/** Checks whether addresses in a country have a postal code. */
export const hasPostalCodes = (country: string): boolean => !without.has(country);

/** The form of a country's postal codes if a code does not have it; undefined if it has, or if AWS publishes none. */
export function expectedPostalCode(country: string, code: string): string | undefined {
  const known = formByCountry.get(country);
  return known && !known.pattern.test(code) ? known.form : undefined;
}
