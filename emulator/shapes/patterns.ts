/** The patterns of the request model, without anchors: `matching` adds those. */
const atom = "[a-z0-9!#$%&'*+/=?^_`{|}~\\-]+";
const label = '[a-z0-9](?:[a-z0-9\\-]*[a-z0-9])?';
const tagText = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*';

export const patterns = {
  catalog: '[a-zA-Z]+',
  opportunityId: 'O[0-9]{1,19}',
  /** Lower case only, 80 characters at most. */
  email: `(?=.{0,80}$)${atom}(?:\\.${atom})*@(?:${label}\\.)+${label}`,
  /** E.164. */
  phone: '\\+[1-9]\\d{1,14}',
  awsAccountId: '[0-9]{12}|\\w{1,12}',
  duns: '[0-9]{9}',
  day: '[1-9][0-9]{3}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])',
  /** The amount of a spend may be empty; that of software revenue may not. */
  spendAmount: '((0|([1-9][0-9]{0,30}))(\\.[0-9]{0,2})?)?',
  amount: '(0|([1-9][0-9]{0,30}))(\\.[0-9]{0,2})?',
  estimationUrl: 'https://(calculator\\.aws|pricing\\.calculator\\.aws\\.eu)/#/estimate\\?id=[a-f0-9]{32,64}',
  clientToken: '.{1,255}',
  tagKey: `(?=.{1,128}$)(${tagText})`,
  tagValue: `(?=.{0,256}$)(${tagText})`,
} as const;
