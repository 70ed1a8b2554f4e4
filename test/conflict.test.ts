import { describe, expect, test } from 'vitest';
import { type Data, gateway, gatewayOn, type TestGateway } from './kit.ts';
import { operationsInFlight } from './time.ts';

const update = `mutation ($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) {
    changed changedFields
    opportunity { lifeCycle { nextSteps } project { additionalComments } }
    conflict { changedFields overlappingFields current { lastModifiedDate lifeCycle { nextSteps } } }
    userErrors { path code message }
  }
}`;
const send = async (gw: TestGateway, input: object, headers = {}) =>
  (await gw.query(update, { input }, headers)).data.updateOpportunity;
const id = 'O5000002';
const nextSteps = (text: string) => ({ lifeCycle: { nextSteps: text } });

/** Sends an update, and has another user change the record between the gateway's read and its write. */
async function race(gw: TestGateway, input: object, members: object): Promise<Data> {
  await gw.emulator.hold('UpdateOpportunity', 1);
  const answer = send(gw, input);
  await gw.emulator.untilHeld();
  await gw.emulator.patchRecord(id, members, { touch: true });
  await gw.emulator.release();
  return answer;
}

describe('two editors of one record', () => {
  test('concurrent changes to different fields are both applied', async () => {
    await using gw = await gateway();
    const payload = await race(
      gw,
      { id, patch: nextSteps('Mine') },
      { Project: { AdditionalComments: 'Theirs' } },
    );
    expect(payload).toEqual({
      changed: true,
      changedFields: ['lifeCycle.nextSteps'],
      opportunity: { lifeCycle: { nextSteps: 'Mine' }, project: { additionalComments: 'Theirs' } },
      conflict: null,
      userErrors: [],
    });
    expect(await gw.emulator.calls()).toMatchObject({ UpdateOpportunity: 2 });
  });

  test('concurrent changes to the same field are a conflict, which contains the current value', async () => {
    await using gw = await gateway();
    const payload = await race(
      gw,
      { id, patch: nextSteps('Mine') },
      { LifeCycle: { NextSteps: 'Theirs' }, Project: { AdditionalComments: 'Too' } },
    );
    expect(payload).toMatchObject({
      changed: false,
      conflict: {
        changedFields: expect.arrayContaining(['lifeCycle.nextSteps', 'project.additionalComments']),
        overlappingFields: ['lifeCycle.nextSteps'],
        current: { lifeCycle: { nextSteps: 'Theirs' } },
      },
      opportunity: { lifeCycle: { nextSteps: 'Theirs' } },
      userErrors: [{ path: ['input', 'patch'], code: 'CONFLICT' }],
    });
  });

  test('any concurrent change is a conflict with onConflict: FAIL', async () => {
    await using gw = await gateway();
    const payload = await race(
      gw,
      { id, patch: nextSteps('Mine'), onConflict: 'FAIL' },
      { Project: { AdditionalComments: 'Theirs' } },
    );
    expect(payload).toMatchObject({
      changed: false,
      conflict: { overlappingFields: [] },
      userErrors: [{ code: 'CONFLICT' }],
    });
  });

  test('the review status after a concurrent change by AWS decides which fields can be changed', async () => {
    await using gw = await gateway();
    const payload = await race(
      gw,
      { id, patch: nextSteps('Mine') },
      { LifeCycle: { ReviewStatus: 'Submitted' } },
    );
    expect(payload).toMatchObject({
      changed: false,
      userErrors: [{ path: ['input', 'patch', 'lifeCycle', 'nextSteps'], code: 'NOT_EDITABLE' }],
    });
  });
});

describe('a form that was loaded some time ago', () => {
  const load = async (gw: TestGateway) =>
    (await gw.query(`{ opportunity(id: "${id}") { lastModifiedDate } }`)).data.opportunity
      .lastModifiedDate as string;

  test('an older expected version is accepted if its fields are unchanged and the version is still cached', async () => {
    await using gw = await gateway();
    const expectedLastModifiedDate = await load(gw);
    await gw.emulator.patchRecord(id, { Project: { AdditionalComments: 'Theirs' } }, { touch: true });
    expect(await send(gw, { id, patch: nextSteps('Mine'), expectedLastModifiedDate })).toMatchObject({
      changed: true,
      userErrors: [],
    });
  });

  test('an older expected version is a conflict if its fields were changed, if onConflict is FAIL, or if it is not cached', async () => {
    await using gw = await gateway();
    const expectedLastModifiedDate = await load(gw);
    await gw.emulator.patchRecord(id, { LifeCycle: { NextSteps: 'Theirs' } }, { touch: true });
    const conflict = {
      changed: false,
      userErrors: [{ path: ['input', 'expectedLastModifiedDate'], code: 'CONFLICT' }],
    };
    expect(await send(gw, { id, patch: nextSteps('Mine'), expectedLastModifiedDate })).toMatchObject(
      conflict,
    );
    const elsewhere = { project: { additionalComments: 'Mine' } };
    expect(
      await send(gw, { id, patch: elsewhere, expectedLastModifiedDate, onConflict: 'FAIL' }),
    ).toMatchObject(conflict);
    await using other = await gatewayOn(gw.emulator.url);
    expect(await send(other, { id, patch: elsewhere, expectedLastModifiedDate })).toMatchObject({
      ...conflict,
      conflict: { changedFields: null, overlappingFields: ['project.additionalComments'] },
    });
  });
});

describe('many patches of one record', () => {
  test('concurrent patches to distinct fields through three gateways are all applied', async () => {
    await using gw = await gateway();
    await using second = await gatewayOn(gw.emulator.url);
    await using third = await gatewayOn(gw.emulator.url);
    const gateways = [gw, second, third];
    const patches = [
      nextSteps('All of us'),
      { lifeCycle: { targetCloseDate: `${new Date().getUTCFullYear() + 2}-03-04` } },
      { marketing: { campaignName: 'Spring' } },
      { marketing: { useCases: ['Analytics'] } },
      { marketing: { channels: ['PRINT'] } },
      { project: { additionalComments: 'Together' } },
      { project: { deliveryModels: ['RESELL'] } },
      { project: { salesActivities: ['SOW_SIGNED'] } },
      { project: { apnPrograms: ['Windows'] } },
      { project: { otherSolutionDescription: 'Glue' } },
      { customer: { contacts: [{ email: 'x@y.example' }] } },
      { customer: { account: { duns: '123456789' } } },
      { customer: { account: { awsAccountId: '210987654321' } } },
      { customer: { account: { address: { city: 'Bangor' } } } },
      { customer: { account: { address: { streetAddress: '1 Main Street' } } } },
      { opportunityType: 'EXPANSION' },
    ];
    await gw.emulator.hold('UpdateOpportunity');
    const sent = Promise.all(patches.map((patch, n) => send(gateways[n % 3] as TestGateway, { id, patch })));
    // Each gateway has its first write in progress, and the others wait for it.
    await gw.emulator.untilHeld(gateways.length);
    await operationsInFlight(patches.length);
    await gw.emulator.release();
    const answers = await sent;
    expect(answers.map(({ userErrors }) => userErrors)).toEqual(patches.map(() => []));
    const stored = await gw.emulator.record(id);
    expect(stored).toMatchObject({
      OpportunityType: 'Expansion',
      LifeCycle: { NextSteps: 'All of us', TargetCloseDate: `${new Date().getUTCFullYear() + 2}-03-04` },
      Marketing: { CampaignName: 'Spring', UseCases: ['Analytics'], Channels: ['Print'] },
      Project: {
        AdditionalComments: 'Together',
        DeliveryModels: ['Resell'],
        SalesActivities: ['SOW Signed'],
        ApnPrograms: ['Windows'],
        OtherSolutionDescription: 'Glue',
      },
      Customer: {
        Contacts: [{ Email: 'x@y.example' }],
        Account: {
          Duns: '123456789',
          AwsAccountId: '210987654321',
          Address: { City: 'Bangor', StreetAddress: '1 Main Street' },
        },
      },
    });
    // Patches that wait within a gateway are combined, so there are fewer writes than patches.
    expect((await gw.emulator.calls()).UpdateOpportunity).toBeLessThan(patches.length);
  });
});
