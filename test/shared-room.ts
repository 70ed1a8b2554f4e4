/** Two partners with a gateway each, who share an engagement: the first has submitted its opportunity and invited the second. */
import {
  CreateEngagementInvitationCommand,
  CreateResourceSnapshotCommand,
  GetResourceSnapshotJobCommand,
  PartnerCentralSellingClient,
  PutSellingSystemSettingsCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { startEmulator } from '../emulator/server.ts';
import { submittable } from './create-input.ts';
import { opportunityInvitation } from './emulator/payloads.ts';
import { gatewayOn } from './kit.ts';

const Catalog = 'Sandbox';
/** The partners by their access keys; the first is the one of any key. */
export const firstPartner = '123456789012';
export const secondPartner = '210987654321';
export const role = (account: string) => `arn:aws:iam::${account}:role/PartnerCentralSnapshots`;

/** One partner: its gateway, an SDK client that signs with its key, and its opportunity. */
async function partnerOn(url: string, accessKeyId: string, env: Record<string, string>) {
  const gw = await gatewayOn(url, env, accessKeyId);
  const sdk = new PartnerCentralSellingClient({
    region: 'us-east-1',
    endpoint: url,
    credentials: { accessKeyId, secretAccessKey: 'test' },
  });
  return {
    ...gw,
    sdk,
    /** Sets the role of snapshot jobs, or removes it. */
    setRole: (ResourceSnapshotJobRoleIdentifier?: string) =>
      sdk.send(new PutSellingSystemSettingsCommand({ Catalog, ResourceSnapshotJobRoleIdentifier })),
    /** Shares an opportunity as it is now. */
    share: (room: string, opportunity: string) =>
      sdk.send(
        new CreateResourceSnapshotCommand({
          Catalog,
          ClientToken: `${opportunity}-${Math.random()}`,
          EngagementIdentifier: room,
          ResourceType: 'Opportunity',
          ResourceIdentifier: opportunity,
          ResourceSnapshotTemplateIdentifier: 'OpportunitySummaryView',
        }),
      ),
    job: (ResourceSnapshotJobIdentifier: string) =>
      sdk.send(new GetResourceSnapshotJobCommand({ Catalog, ResourceSnapshotJobIdentifier })),
    /** Patches an opportunity. */
    async patch(id: string, patch: object): Promise<void> {
      const { data, errors } = await gw.query(
        'mutation ($input: UpdateOpportunityInput!) { updateOpportunity(input: $input) { changed userErrors { message } } }',
        { input: { id, patch } },
      );
      if (!data?.updateOpportunity?.changed) throw new Error(JSON.stringify([data, errors]));
    },
    async [Symbol.asyncDispose]() {
      sdk.destroy();
      await gw[Symbol.asyncDispose]();
    },
  };
}

/** Starts an emulator with the two partners; `env` is that of both gateways. */
export async function sharedRoom(env: Record<string, string> = {}) {
  const emulator = await startEmulator({ seed: false });
  const one = await partnerOn(emulator.url, 'TEST', env);
  await one.emulator.control('POST', 'accounts', {
    accessKeyId: 'SECOND',
    accountId: secondPartner,
    name: 'Second Partner',
    alias: 'second',
  });
  const other = await partnerOn(emulator.url, 'SECOND', env);
  const { data } = await one.query(
    `mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) {
      id submission { engagement { id } } userErrors { message } } }`,
    { input: { ...submittable, submit: { involvementType: 'CO_SELL' } } },
  );
  const { id, submission } = data.createOpportunity;
  const room = String(submission.engagement.id);
  const { Id } = await one.sdk.send(
    new CreateEngagementInvitationCommand({
      Catalog,
      ClientToken: 'invitation',
      EngagementIdentifier: room,
      Invitation: {
        Message: 'Join us',
        Receiver: { Account: { AwsAccountId: secondPartner } },
        Payload: opportunityInvitation,
      },
    }),
  );
  const accepted = await other.query(
    'mutation ($input: AcceptEngagementInvitationInput!) { acceptEngagementInvitation(input: $input) { opportunity { id } } }',
    { input: { id: Id } },
  );
  return {
    /** The partner that has submitted, and its opportunity. */
    one: { ...one, id: String(id) },
    /** The partner that has accepted, and the opportunity that came of it. */
    other: { ...other, id: String(accepted.data.acceptEngagementInvitation.opportunity.id) },
    /** The engagement of both. */
    room,
    url: emulator.url,
    control: one.emulator.control,
    injectFault: one.emulator.injectFault,
    async [Symbol.asyncDispose]() {
      await other[Symbol.asyncDispose]();
      await one[Symbol.asyncDispose]();
      await emulator.stop();
    },
  };
}

export type SharedRoom = Awaited<ReturnType<typeof sharedRoom>>;
