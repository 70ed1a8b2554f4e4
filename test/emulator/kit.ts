import { PartnerCentralSellingClient } from '@aws-sdk/client-partnercentral-selling';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { PartnerEvent } from '../../emulator/events/bus.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';

export type Body = { [member: string]: unknown };

/** Noon of an arbitrary day, where the emulator's clock stands still unless a test moves it. */
export const noon = Date.parse('2031-05-14T12:00:00Z');

/**
 * One emulator for a file of tests, started before them, reset before each and stopped after them, with an unmodified
 * SDK client and a plain HTTP client.
 */
export function testEmulator(options: { seed?: boolean } = {}) {
  let emulator: Emulator;
  let client: PartnerCentralSellingClient;
  const clients: PartnerCentralSellingClient[] = [];
  const endings: (() => void)[] = [];

  async function control(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Body }> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${emulator.url}/_emulator/${path}`, init);
    return { status: response.status, body: (await response.json()) as Body };
  }

  beforeAll(async () => {
    emulator = await startEmulator({ now: () => noon });
    client = new PartnerCentralSellingClient({
      region: 'us-east-1',
      endpoint: emulator.url,
      credentials: { accessKeyId: 'any', secretAccessKey: 'thing' },
    });
  });
  beforeEach(async () => {
    await control('POST', 'reset', { seed: options.seed ?? false });
  });
  const endEvents = () => {
    for (const end of endings.splice(0)) end();
  };
  afterEach(endEvents);
  afterAll(async () => {
    for (const one of [client, ...clients]) one.destroy();
    await emulator.stop();
  });

  /** Makes an access key the one of a partner account, by default another partner's; returns a client that signs with it. */
  async function partner(accessKeyId: string, more: Body = {}): Promise<PartnerCentralSellingClient> {
    const account = { accountId: '210987654321', name: 'Second Partner', alias: 'second', ...more };
    await control('POST', 'accounts', { accessKeyId, ...account });
    const client = new PartnerCentralSellingClient({
      region: 'us-east-1',
      endpoint: emulator.url,
      credentials: { accessKeyId, secretAccessKey: 'thing' },
    });
    clients.push(client);
    return client;
  }

  async function wire(operation: string, body: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(emulator.url, {
      method: 'POST',
      headers: { ...envelope(operation), ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    // An operation without output responds without a body.
    const answer = (text === '' ? {} : JSON.parse(text)) as Body;
    return { status: response.status, headers: response.headers, body: answer, text };
  }

  return {
    get client() {
      return client;
    },
    /** Starts to collect the events of all accounts; returns them as they come. */
    events: () => {
      const events: PartnerEvent[] = [];
      endings.push(emulator.onEvent((event) => events.push(event)));
      return events;
    },
    /** Ends the collection of events before the test does. */
    endEvents,
    get url() {
      return emulator.url;
    },
    control,
    partner,
    /** Sends and returns raw bodies: for nulls and unknown members. */
    wire,
    /** The record as GetOpportunity returns it. */
    read: async (id: unknown): Promise<Body> =>
      (await wire('GetOpportunity', { Catalog: 'Sandbox', Identifier: id })).body,
    /** Reads a record, sets members at dotted paths, and sends the whole record back. */
    change: async (id: unknown, edits: Body) => {
      const { body } = await wire('GetOpportunity', { Catalog: 'Sandbox', Identifier: id });
      return wire('UpdateOpportunity', edited({ ...body, Identifier: id }, edits));
    },
  };
}

export const envelope = (operation: string): Record<string, string> => ({
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': `AWSPartnerCentralSelling.${operation}`,
  authorization: signature(),
});

/** A signature in the right format for the right service; it is never verified. */
export const signature = (service = 'partnercentral-selling', terminator = 'aws4_request') =>
  `AWS4-HMAC-SHA256 Credential=any/20310514/us-east-1/${service}/${terminator}, SignedHeaders=host;x-amz-date, Signature=0a1b`;

/** A create that satisfies every rule; a new object each time, so a test may modify it. */
export const validCreate = (token = 'token-1') => ({
  Catalog: 'Sandbox',
  ClientToken: token,
  Customer: {
    Account: {
      CompanyName: 'Acme Robotics',
      Industry: 'Manufacturing' as const,
      WebsiteUrl: 'www.acme-robotics.example',
      Address: {
        CountryCode: 'US' as const,
        PostalCode: '98109',
        StateOrRegion: 'Washington',
        City: 'Seattle',
      },
    },
  },
  Project: {
    Title: 'Line controllers in the cloud',
    CustomerBusinessProblem: 'The controllers of two lines are out of support and cannot be patched.',
    ExpectedCustomerSpend: [
      {
        Amount: '531',
        CurrencyCode: 'USD' as const,
        Frequency: 'Monthly' as const,
        TargetCompany: 'AWS',
      },
    ],
  },
  LifeCycle: { TargetCloseDate: '2031-09-30' },
});

/** A create that can be submitted as it is. */
export const submittableCreate = (token = 'token-1') => {
  const create = validCreate(token);
  return {
    ...create,
    PrimaryNeedsFromAws: ['Co-Sell - Deal Support' as const],
    Project: {
      ...create.Project,
      DeliveryModels: ['SaaS or PaaS' as const],
      CustomerUseCase: 'Database',
      SalesActivities: ['SOW Signed' as const],
      OtherSolutionDescription: 'Our own advice',
    },
  };
};

/** A copy of a body with the members at dotted paths set; `undefined` removes one. */
export function edited(body: Body, edits: Body): Body {
  const copy = structuredClone(body);
  for (const [path, value] of Object.entries(edits)) {
    const names = path.split('.');
    const last = names.pop() as string;
    let here = copy;
    for (const name of names) {
      here[name] ??= {};
      here = here[name] as Body;
    }
    here[last] = value;
  }
  return copy;
}

/** The code and the field of every violation in a response; empty if there are none. */
export const violations = ({ ErrorList }: Body): [unknown, unknown][] =>
  ((ErrorList ?? []) as Body[]).map(({ Code, FieldName }) => [Code, FieldName]);

/** The error that `promise` rejects with. */
export async function refusal(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) throw new Error('expected an error, got a response');
  return error;
}
