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
  engagementId: 'eng-[0-9a-z]{14}',
  engagement: 'arn:.*|eng-[0-9a-z]{14}',
  invitation: '(?=.{1,255}$)(arn:.*|engi-[0-9a-z]{13})',
  task: 'arn:.*|task-[0-9a-z]{13}',
  prospectingTask: 'task-[0-9a-z]{14}',
  jobId: 'job-[0-9a-z]{13}',
  template: '[a-zA-Z0-9]{3,80}',
  /** A context that can be converted; any other is one to three characters. */
  contextId: '[1-9][0-9]*',
  /** The model's pattern backtracks without end; this one matches the same, in time linear in the text. */
  websiteUrl: '(?=.{4,255}$)(https?://)?[a-zA-Z0-9\\-]+\\.[(-|]+',
  /** Unlike the e-mail of a contact, in any case. The same holds for the model's pattern of it. */
  senderEmail: `(?=.{1,80}$)[a-zA-Z0-9.!#$%&'*+/=?^_{|}~\\-]+@[a-zA-Z0-9\\-]+(?:[^a-zA-Z0-9\\-][a-zA-Z0-9\\-]+)*`,
  rejectionReason: '[\\u0020-\\u007E\\u00A0-\\uD7FF\\uE000-\\uFFFD]{1,80}',
  role: '(?=.{0,2048}$)(arn:aws:iam::\\d{12}:role/([\\-+=,.@_a-zA-Z0-9]+/)*)?[\\-+=,.@_a-zA-Z0-9]{1,64}',
  /** Only what has an account in its ARN can be tagged. */
  taggableArn:
    '(?=.{1,1000}$)arn:[\\w+=/,.@\\-]+:partnercentral:[\\w+=/,.@\\-]*:[0-9]{12}:catalog/[a-zA-Z]+/[\\w+=,.@\\-]+(/[\\w+=,.@\\-]+)*',
  tagKey: `(?=.{1,128}$)(${tagText})`,
  tagValue: `(?=.{0,256}$)(${tagText})`,
} as const;
