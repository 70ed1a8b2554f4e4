/**
 * AWS's published postal code formats, by country: `#` is a digit, `@` a letter, `*` either, `?` makes what precedes
 * it optional, and `|` separates formats. Other countries accept any string.
 *
 * The published table is a list of English sentences with masks; the mapping to codes and patterns is ours. Two masks
 * cannot be meant as printed, because hardly any real code matches: the Irish one is read as a routing key and four
 * letters or digits, and the letters of Brunei as any two.
 */
const formats: readonly (readonly [countries: string, format: string])[] = [
  ['IS LS MG OM FO PG', '###'],
  ['AF AL AM AT AU BD BG CC CV CX CY DK ET GE GL GW HT HU LI LR LU', '####'],
  ['MK MZ NE NF NO NZ PH PY SJ TN ZA CH', '####'],
  ['AX BA BT CU DE DO DZ EE EG ES FI FR GT GU HN HR ID IQ IT JO KE', '#####'],
  ['KH KR KW LA LK MA ME MH MM MN MP MX MY NA NI NP PE PK PR PW RS', '#####'],
  ['SD SN SS TD TH TR TW UA UY VI ZM', '#####'],
  ['CN CO EC KG KZ NG PA RO SG TJ TM TT VN', '######'],
  ['US', '#####|#####-####'],
  ['CA', '@#@ ?#@#'],
  ['GB GG IM JE', '@@?#*? ?#@@'],
  ['IE', '@#* ?****'],
  ['NL', '#### ?@@'],
  ['BR', '#####|#####-###'],
  ['IN', '### ?###'],
  ['JP', '###-?####'],
  ['IL', '#####|#######'],
  ['PL', '##-###'],
  ['PT', '####|####-###'],
  ['SE', 'S-#####|SE-#####|### ?##'],
  ['CZ SK GR', '### ?##'],
  ['BE', '####|B-####'],
  ['LT', '#####|LT-#####'],
  ['MT', '@@@ ?####'],
  ['BM', '@@ ##|@@ @@'],
  ['BN', '@@####'],
  ['BH', '###|####'],
  ['CR', '####|#####'],
  ['MV', '####|#####'],
  ['SA', '#####-####'],
  ['SZ', '@###'],
  ['VC', 'VC####'],
  ['JM', '##'],
  ['SM', '4789#'],
  ['SV', '1101'],
  ['VA', '120'],
  ['BL', '97133'],
  ['MF', '97150'],
  ['PM', '97500'],
  ['GP', '971##'],
  ['MQ', '972##'],
  ['GF', '973##'],
  ['RE', '974##'],
  ['YT', '976##'],
  ['MC', '980##'],
  ['WF', '986##'],
  ['PF', '987##'],
  ['NC', '988##'],
];

export type PostalCode = { readonly format: string; readonly pattern: RegExp };

const signs: Readonly<Record<string, string>> = { '#': '[0-9]', '@': '[A-Z]', '*': '[A-Z0-9]' };
const patternOf = (format: string): RegExp =>
  new RegExp(`^(?:${[...format].map((sign) => signs[sign] ?? sign).join('')})$`, 'i');

export const postalCodes: ReadonlyMap<string, PostalCode> = new Map(
  formats.flatMap(([countries, format]) =>
    countries.split(' ').map((country) => [country, { format, pattern: patternOf(format) }] as const),
  ),
);
