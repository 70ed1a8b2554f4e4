/**
 * Generates the enums of the graph from the constants that the AWS SDK exports, so that no value is typed by hand.
 *
 * An enum is generated if a hand-written file in `schema/` uses it; the SDK has many more, for operations that the
 * graph does not have.
 */
import * as sdk from '@aws-sdk/client-partnercentral-selling';
import { type DocumentNode, Kind, specifiedScalarTypes, visit } from 'graphql';

/** The descriptions of the enums. The generator fails for an enum without one. */
const about: Record<string, string> = {
  AwsClosedLostReason: 'Why a deal was lost, as AWS sees it.',
  AwsFundingUsed: 'Whether AWS marketing funds were used.',
  AwsMemberBusinessTitle: 'The role of a person at AWS.',
  AwsOpportunityStage: "A stage of AWS's sales process.",
  AwsPartition: 'An AWS partition other than the commercial one.',
  BusinessTitle: "A role in the partner's team for an opportunity.",
  Channel: 'A marketing channel.',
  ClosedLostReason: 'Why a deal was lost.',
  CompetitorName: 'A competitor for the deal.',
  CountryCode: 'A two-letter ISO 3166 country code.',
  CurrencyCode: 'An ISO 4217 currency code.',
  DeliveryModel: 'How the partner delivers the solution.',
  EngagementContextType: 'What an engagement is about.',
  EngagementInvitationPayloadType: 'What an invitation is about.',
  EngagementScore: "How likely AWS's sellers are to engage.",
  ExpectedContractDurationTerm: 'The unit of a contract duration.',
  Industry: "The customer's industry.",
  InvitationStatus: 'The state of an invitation.',
  InvolvementTypeChangeReason: 'Why AWS has changed the involvement of its sellers.',
  MarketingSource: 'Whether a marketing activity led to the opportunity.',
  NationalSecurity: 'Whether the opportunity concerns national security.',
  OpportunityOrigin: 'Who brought the deal.',
  OpportunitySortName: 'A field to sort opportunities by.',
  OpportunityType: 'New business, renewal or expansion.',
  ParticipantType: 'Whether an account has sent or received an invitation.',
  PaymentFrequency: 'How often an amount is paid.',
  PrimaryNeedFromAws: 'What a partner needs from AWS to win the deal.',
  ProspectingTaskStatus: 'How far AWS has come with the enrichment of a lead.',
  RevenueModel: 'How the customer pays for software.',
  ReasonCode: 'Why a task has failed.',
  ReceiverResponsibility: 'What is expected of a partner that is invited.',
  RejectionReason: 'Why a partner rejects an invitation.',
  RelatedEntityType: 'A kind of entity that an opportunity can be associated with.',
  ResourceSnapshotJobStatus: 'Whether a snapshot job runs.',
  ResourceType: 'A kind of resource that is shared in engagements.',
  ReviewStatus: "The status of AWS's review of an opportunity.",
  SalesActivity: 'A sales activity with the customer.',
  SalesInvolvementType: 'What a partner asks of AWS: to sell together, or only to see the deal.',
  SolutionSortName: 'A field to sort solutions by.',
  SolutionStatus: 'Whether a solution is offered.',
  SortOrder: 'Ascending or descending.',
  Stage: "A stage of the partner's sales process.",
  TaskStatus: 'The state of a task.',
  Visibility: 'How much of an opportunity AWS sees.',
};

/**
 * Values that real records hold and the SDK does not list. Source: AWS's own recordings of GetOpportunity in
 * aws-samples/partner-crm-integration-samples, 2 of 13 records.
 */
export const observed: Readonly<Record<string, readonly string[]>> = {
  PrimaryNeedFromAws: ['Do Not Need Support from AWS Sales Rep'],
};

/** Values that AWS documents and the SDK has no enum for. Source: API reference, AssigneeContact and RejectEngagementInvitation. */
const documented: Readonly<Record<string, readonly string[]>> = {
  BusinessTitle: ['OpportunityOwner', 'PartnerAccountManager'],
  RejectionReason: [
    'Customer problem unclear',
    'Next steps unclear',
    'Unable to support',
    'Duplicate of partner referral',
    'Other',
  ],
};

/**
 * The GraphQL name of a wire value: upper case, every run of other characters one `_`. A value that is one PascalCase
 * word is split before each of its words first: `LastModifiedDate` → `LAST_MODIFIED_DATE`.
 */
export function enumValueName(wire: string): string {
  const words = /^[A-Z][A-Za-z0-9]*$/.test(wire)
    ? wire.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    : wire;
  return words
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}

/** The wire values of an enum of the SDK, or undefined if neither the SDK nor AWS's documentation has such an enum. */
function constantsOf(name: string): readonly string[] | undefined {
  if (documented[name]) return documented[name];
  const exported: unknown = Reflect.get(sdk, name);
  if (typeof exported !== 'object' || exported === null) return undefined;
  const values = Object.values(exported);
  return values.every((value) => typeof value === 'string') ? values : undefined;
}

/** The names of the types that the documents use and do not define. */
function undefinedTypes(documents: DocumentNode[]): string[] {
  const defined = new Set(specifiedScalarTypes.map((scalar) => scalar.name));
  const used = new Set<string>();
  for (const document of documents) {
    for (const definition of document.definitions) {
      if ('name' in definition && definition.name) defined.add(definition.name.value);
    }
    visit(document, { NamedType: (node) => void used.add(node.name.value) });
  }
  return [...used].filter((name) => !defined.has(name)).sort();
}

/**
 * The enums that the hand-written schema uses, with their values: `{ Stage: { PROSPECT: 'Prospect', … } }`.
 *
 * @throws Error that names the type, if the SDK has no such enum, two of its values map to the same name, or it has no
 *   description above.
 */
export function enumsOf(documents: DocumentNode[]): Record<string, Record<string, string>> {
  return Object.fromEntries(
    undefinedTypes(documents).map((name) => {
      const constants = constantsOf(name);
      if (!constants)
        throw new Error(`schema/ names the type ${name}, which is neither defined nor an enum of the SDK`);
      if (!about[name]) throw new Error(`The enum ${name} is not described in scripts/enums.ts`);
      const wires = [...new Set([...constants, ...(observed[name] ?? [])])];
      const values = Object.fromEntries(wires.map((wire) => [enumValueName(wire), wire]));
      if (Object.keys(values).length !== wires.length)
        throw new Error(`Two values of ${name} get the same name`);
      return [name, values];
    }),
  );
}

/** The enums as SDL. The wire value is each value's description, so that clients can use it as a label. */
export function enumsSdl(enums: Record<string, Record<string, string>>): string {
  const types = Object.entries(enums).map(([name, values]) => {
    const lines = Object.entries(values).map(([key, wire]) => `  ${JSON.stringify(wire)}\n  ${key}`);
    return `"""\n${about[name]} Each value's description is AWS's own string.\n"""\nenum ${name} {\n${lines.join('\n')}\n}\n`;
  });
  return `# Generated by \`npm run generate\` from the AWS SDK. Do not edit.\n\n${types.join('\n')}`;
}

/** The fields of the schema's types with an enum type, by name: `{ industry: ['Industry'], … }`. */
export function enumMembersOf(documents: DocumentNode[], enums: object): Record<string, string[]> {
  const members = new Map<string, Set<string>>();
  for (const document of documents)
    visit(document, {
      FieldDefinition({ name, type }) {
        let inner = type;
        while (inner.kind !== Kind.NAMED_TYPE) inner = inner.type;
        if (!Object.hasOwn(enums, inner.name.value)) return;
        members.set(name.value, (members.get(name.value) ?? new Set()).add(inner.name.value));
      },
    });
  return Object.fromEntries([...members].sort().map(([name, types]) => [name, [...types].sort()]));
}

/** The enums as constants, for the resolvers and for codegen. */
export function enumsModule(
  enums: Record<string, Record<string, string>>,
  members: Record<string, string[]>,
): string {
  return `// Generated by \`npm run generate\` from the AWS SDK. Do not edit.

/** GraphQL enum value → the text that AWS uses on the wire. */
export const enums = ${JSON.stringify(enums, null, 2)} as const;

/** The members of the schema's types that hold an enum, by name. */
export const enumMembers: Readonly<Record<string, readonly (keyof typeof enums)[]>> = ${JSON.stringify(members, null, 2)};
`;
}
