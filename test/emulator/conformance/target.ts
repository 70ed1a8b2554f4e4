/**
 * The target of the conformance tests: the emulator, or with REMOTE=1 AWS itself, in the catalog Sandbox with the
 * credentials that the SDK finds. Neither this file nor the tests use anything that a client of the service could not.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateOpportunityCommand,
  type CreateOpportunityRequest,
  GetOpportunityCommand,
  type GetOpportunityResponse,
  PartnerCentralSellingClient,
  UpdateOpportunityCommand,
  type UpdateOpportunityRequest,
} from '@aws-sdk/client-partnercentral-selling';
import { type Emulator, startEmulator } from '../../../emulator/server.ts';

export const Catalog = 'Sandbox';
export const isRemote = process.env.REMOTE === '1';

/** AWS accepts one write per second, and returns it a few seconds later. The emulator needs no waiting. */
const writePauseMs = isRemote ? 1_100 : 0;
const maxAttempts = isRemote ? 12 : 1;

/** The day `offset` days from now, by this machine's clock: the service uses its own. */
export const day = (offset: number): string =>
  new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

export type Target = { client: PartnerCentralSellingClient; stop(): Promise<void> };

export async function connect(): Promise<Target> {
  const emulator: Emulator | undefined = isRemote ? undefined : await startEmulator();
  const local = emulator && {
    endpoint: emulator.url,
    credentials: { accessKeyId: 'any', secretAccessKey: 'thing' },
  };
  const client = new PartnerCentralSellingClient({ region: 'us-east-1', ...local });
  return {
    client,
    stop: async () => {
      client.destroy();
      await emulator?.stop();
    },
  };
}

/** Writes at the pace that the service allows. */
export async function paced<T>(write: () => Promise<T>): Promise<T> {
  if (writePauseMs > 0) await pause(writePauseMs);
  return write();
}

/** Repeats a read until the response is as expected, which on AWS can take a few seconds after a write. */
export async function eventually<T>(read: () => Promise<T>, isExpected: (answer: T) => boolean): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const answer = await read().catch((error: unknown) => {
      if (attempt >= maxAttempts) throw error;
      return undefined;
    });
    if (answer !== undefined && (isExpected(answer) || attempt >= maxAttempts)) return answer;
    await pause(1_000);
  }
}

/** A create that should be accepted, with a new token each time and no member that must be unique. */
export const draft = (more: Partial<CreateOpportunityRequest> = {}): CreateOpportunityRequest => ({
  Catalog,
  ClientToken: randomUUID(),
  PrimaryNeedsFromAws: ['Co-Sell - Architectural Validation'],
  Customer: {
    Account: {
      CompanyName: 'Conformance Test Company',
      Industry: 'Manufacturing',
      WebsiteUrl: 'www.conformance-test.example',
      Address: { CountryCode: 'US', PostalCode: '98109', StateOrRegion: 'Washington', City: 'Seattle' },
    },
  },
  Project: {
    Title: 'Conformance test, please ignore',
    CustomerBusinessProblem: 'This record was written by a test of the interface and can be deleted.',
    CustomerUseCase: 'Containers & Serverless',
    DeliveryModels: ['SaaS or PaaS'],
    SalesActivities: ['Initialized discussions with customer'],
    AdditionalComments: 'Written by a test.',
    ExpectedCustomerSpend: [
      { Amount: '531', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' },
    ],
  },
  LifeCycle: { TargetCloseDate: day(180) },
  ...more,
});

/** The steps shared by the tests, on one client. */
export function steps({ client }: Target) {
  const get = (Identifier: string) => client.send(new GetOpportunityCommand({ Catalog, Identifier }));
  return {
    get,
    create: async (more: Partial<CreateOpportunityRequest> = {}): Promise<string> => {
      const { Id } = await paced(() => client.send(new CreateOpportunityCommand(draft(more))));
      const id = String(Id);
      await eventually(
        () => get(id),
        () => true,
      );
      return id;
    },
    /** Sends a record back, modified by `edit`. The SDK omits members that only a read has. */
    update: (
      record: GetOpportunityResponse,
      edit: (body: UpdateOpportunityRequest) => UpdateOpportunityRequest = (body) => body,
    ) => {
      const { $metadata: _metadata, ...body } = record as GetOpportunityResponse & { $metadata?: unknown };
      const request = edit({
        ...(body as Omit<UpdateOpportunityRequest, 'Identifier'>),
        Identifier: record.Id,
      });
      return paced(() => client.send(new UpdateOpportunityCommand(request)));
    },
  };
}
