import {
  ConflictException,
  GetOpportunityCommand,
  ResourceNotFoundException,
  UpdateOpportunityCommand,
  ValidationException,
} from '@aws-sdk/client-partnercentral-selling';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Body, refusal, testEmulator } from './kit.ts';

const on = testEmulator({ seed: true });
const id = 'O5000002';

const read = async () => (await on.wire('GetOpportunity', { Catalog: 'Sandbox', Identifier: id })).body;
/** What a careful caller sends: everything that was read, with the id under its other name. */
const whole = async (): Promise<Body> => ({ ...(await read()), Identifier: id });
const update = (body: Body) => on.wire('UpdateOpportunity', body);
const part = (body: Body, name: string) => body[name] as Body;

describe('an update replaces the record whole', () => {
  test('takes a Get answer back as it is, and answers the new date', async () => {
    const before = await read();
    const { status, body } = await update(await whole());
    expect(status).toBe(200);
    expect(body).toEqual({ Id: id, LastModifiedDate: '2031-05-14T12:00:00Z' });
    expect(await read()).toEqual({ ...before, LastModifiedDate: body.LastModifiedDate });
  });

  test('clears what is omitted, however deep', async () => {
    const { Marketing: _m, ...body } = await whole();
    const project = { ...part(body, 'Project'), ApnPrograms: undefined, SalesActivities: [] };
    await update({ ...body, Project: project });
    expect(await read()).toMatchObject({
      Marketing: { Source: null, CampaignName: null },
      Project: { ApnPrograms: null, SalesActivities: [] },
    });
  });

  test('loses a review status that is not sent back, unless switched to preserve it', async () => {
    const forgetful = async () => {
      const body = await whole();
      return update({ ...body, LifeCycle: { ...part(body, 'LifeCycle'), ReviewStatus: undefined } });
    };
    await on.control('POST', 'settings', { omittedReviewStatus: 'preserve' });
    await forgetful();
    expect(await read()).toMatchObject({ LifeCycle: { ReviewStatus: 'Approved' } });
    await on.control('POST', 'settings', { omittedReviewStatus: 'null' });
    await forgetful();
    expect(await read()).toMatchObject({ LifeCycle: { ReviewStatus: null } });
  });

  test('keeps a contract duration that is omitted and clears it by null alone', async () => {
    const body = await whole();
    await update({ ...body, Project: { ...part(body, 'Project'), ExpectedContractDuration: undefined } });
    expect(await read()).toMatchObject({ Project: { ExpectedContractDuration: { Term: 'Months' } } });
    const again = await whole();
    const [aws] = part(again, 'Project').ExpectedCustomerSpend as Body[];
    const cleared = { ExpectedContractDuration: null, ExpectedCustomerSpend: [aws] };
    await update({ ...again, Project: { ...part(again, 'Project'), ...cleared } });
    expect(await read()).toMatchObject({ Project: { ExpectedContractDuration: null } });
  });

  test('keeps what is the service’s own, whatever is sent for it', async () => {
    const before = await read();
    const body = {
      ...(await whole()),
      Arn: 'arn:other',
      CreatedDate: '2001-01-01T00:00:00Z',
      OpportunityTeam: [],
    };
    await update({ ...body, RelatedEntityIdentifiers: { Solutions: [] }, $metadata: { attempts: 1 } });
    const { Arn, CreatedDate, OpportunityTeam, RelatedEntityIdentifiers } = before;
    const after = await read();
    expect(after).toMatchObject({ Arn, CreatedDate, OpportunityTeam, RelatedEntityIdentifiers });
    expect(after).not.toHaveProperty('$metadata');
    expect(after).not.toHaveProperty('Identifier');
  });

  test('refuses to take away what the business needs', async () => {
    const body = await whole();
    const answer = await update({ ...body, Project: { ...part(body, 'Project'), Title: null } });
    expect(answer.body).toMatchObject({
      Reason: 'BUSINESS_VALIDATION_FAILED',
      ErrorList: [{ Code: 'REQUIRED_FIELD_MISSING', FieldName: 'project.title' }],
    });
  });

  test('cannot do without a stage', async () => {
    const body = await whole();
    const answer = await update({ ...body, LifeCycle: { ...part(body, 'LifeCycle'), Stage: undefined } });
    expect(answer.body.ErrorList).toEqual([
      {
        Code: 'REQUIRED_FIELD_MISSING',
        FieldName: 'lifeCycle.stage',
        Message: 'lifeCycle.stage is required',
      },
    ]);
  });

  test('adds a new next step to the history, and nothing that is sent as history', async () => {
    const body = await whole();
    const before = part(await read(), 'LifeCycle').NextStepsHistory as Body[];
    await update({
      ...body,
      LifeCycle: { ...part(body, 'LifeCycle'), NextSteps: 'Sign', NextStepsHistory: [] },
    });
    expect(part(await read(), 'LifeCycle').NextStepsHistory).toEqual([
      ...before,
      { Value: 'Sign', Time: '2031-05-14T12:00:00Z' },
    ]);
  });
});

describe('members and values of a newer service survive whoever sends them back, and nobody else', () => {
  beforeEach(async () => {
    const { ExpectedCustomerSpend } = part(await read(), 'Project') as { ExpectedCustomerSpend: Body[] };
    await on.control('PATCH', `opportunities/${id}`, {
      Forecast: { Band: 'B' },
      Customer: { Account: { Parent: { Name: 'Acme' } } },
      Project: { ExpectedCustomerSpend: ExpectedCustomerSpend.map((item) => ({ ...item, Confidence: 0.8 })) },
      LifeCycle: { Stage: 'Piloting' },
      PrimaryNeedsFromAws: ['Co-Sell - Moral Support'],
    });
  });

  test('stores them when they come back', async () => {
    const before = await read();
    const { status, body } = await update(await whole());
    expect(status).toBe(200);
    expect(await read()).toEqual({ ...before, LastModifiedDate: body.LastModifiedDate });
  });

  test('loses the members through an SDK that does not know them', async () => {
    const {
      $metadata: _metadata,
      Id,
      ...seen
    } = await on.client.send(new GetOpportunityCommand({ Catalog: 'Sandbox', Identifier: id }));
    await on.client.send(new UpdateOpportunityCommand({ ...seen, Identifier: Id }));
    const text = JSON.stringify(await read());
    for (const lost of ['Forecast', 'Parent', 'Confidence']) expect(text).not.toContain(lost);
    expect(text).toContain('Piloting');
    expect(text).toContain('Moral Support');
  });

  test('refuses such a value at any other place', async () => {
    const body = await whole();
    const answer = await update({ ...body, OpportunityType: 'Piloting' });
    expect(answer.body.ErrorList).toEqual([expect.objectContaining({ FieldName: 'opportunityType' })]);
  });

  test('accepts a value that was declared', async () => {
    await on.control('POST', 'settings', { enumValues: { OpportunityType: ['Trial'] } });
    expect((await update({ ...(await whole()), OpportunityType: 'Trial' })).status).toBe(200);
  });
});

describe('the lock: LastModifiedDate has to be the latest, to the last digit', () => {
  const sameInstants = [
    ['2031-05-01T10:00:00.123456789Z', '2031-05-01T10:00:00.123456789Z'],
    ['2031-05-01T10:00:00.120Z', '2031-05-01T10:00:00.12Z'],
    ['2031-05-01T10:00:00Z', '2031-05-01T12:00:00.000000+02:00'],
  ];
  const otherInstants = [
    ['2031-05-01T10:00:00.123456789Z', '2031-05-01T10:00:00.123456788Z'],
    ['2031-05-01T10:00:00.123456789Z', '2031-05-01T10:00:00.123Z'],
    ['2031-05-01T10:00:00.120Z', '2031-05-01T10:00:00Z'],
  ];
  const plant = (LastModifiedDate: string) =>
    on.control('PATCH', `opportunities/${id}`, { LastModifiedDate });

  test.each(sameInstants)('stored %s takes %s', async (stored, sent) => {
    await plant(stored);
    const { status, body } = await update({ ...(await whole()), LastModifiedDate: sent });
    expect(status).toBe(200);
    expect(Date.parse(String(body.LastModifiedDate))).toBeGreaterThan(Date.parse(stored));
  });

  test.each(otherInstants)('stored %s refuses %s', async (stored, sent) => {
    await plant(stored);
    const { body } = await update({ ...(await whole()), LastModifiedDate: sent });
    expect(body).toMatchObject({
      __type: expect.stringContaining('ConflictException'),
      Message: 'Conflicting error, last modified date is not the latest',
    });
  });

  test('moves with every write, even when the clock stands still', async () => {
    const dates: number[] = [];
    for (let i = 0; i < 5; i++)
      dates.push(Date.parse(String((await update(await whole())).body.LastModifiedDate)));
    expect(dates).toEqual([0, 1, 2, 3, 4].map((milliseconds) => (dates[0] ?? 0) + milliseconds));
  });

  test('reaches the SDK as ConflictException, ValidationException or ResourceNotFoundException', async () => {
    const send = (more: object) =>
      refusal(
        on.client.send(
          new UpdateOpportunityCommand({
            Catalog: 'Sandbox',
            Identifier: id,
            LastModifiedDate: new Date(0),
            ...more,
          }),
        ),
      );
    expect(await send({})).toBeInstanceOf(ConflictException);
    expect(await send({ LastModifiedDate: undefined })).toBeInstanceOf(ValidationException);
    expect(await send({ Identifier: 'O999' })).toBeInstanceOf(ResourceNotFoundException);
  });

  test('changes nothing when it refuses', async () => {
    const before = await read();
    await update({
      ...(await whole()),
      LastModifiedDate: '2001-01-01T00:00:00Z',
      OpportunityType: 'Expansion',
    });
    expect(await read()).toEqual(before);
  });
});
