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
/** The request of a careful caller: everything that was read, with Id as Identifier. */
const whole = async (): Promise<Body> => ({ ...(await read()), Identifier: id });
const update = (body: Body) => on.wire('UpdateOpportunity', body);
const part = (body: Body, name: string) => body[name] as Body;

describe('UpdateOpportunity', () => {
  test('accepts a record as it was read, and answers with the new date', async () => {
    const before = await read();
    const { status, body } = await update(await whole());
    expect(status).toBe(200);
    expect(body).toEqual({ Id: id, LastModifiedDate: '2031-05-14T12:00:00Z' });
    expect(await read()).toEqual({ ...before, LastModifiedDate: body.LastModifiedDate });
  });

  test('clears members that an update omits, at any depth', async () => {
    const { Marketing: _m, ...body } = await whole();
    const project = { ...part(body, 'Project'), ApnPrograms: undefined, SalesActivities: [] };
    await update({ ...body, Project: project });
    expect(await read()).toMatchObject({
      Marketing: { Source: null, CampaignName: null },
      Project: { ApnPrograms: null, SalesActivities: [] },
    });
  });

  test('clears an omitted review status, or keeps it with omittedReviewStatus: preserve', async () => {
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

  test('keeps an omitted contract duration, and clears it only on an explicit null', async () => {
    const body = await whole();
    await update({ ...body, Project: { ...part(body, 'Project'), ExpectedContractDuration: undefined } });
    expect(await read()).toMatchObject({ Project: { ExpectedContractDuration: { Term: 'Months' } } });
    const again = await whole();
    const [aws] = part(again, 'Project').ExpectedCustomerSpend as Body[];
    const cleared = { ExpectedContractDuration: null, ExpectedCustomerSpend: [aws] };
    await update({ ...again, Project: { ...part(again, 'Project'), ...cleared } });
    expect(await read()).toMatchObject({ Project: { ExpectedContractDuration: null } });
  });

  test('ignores changes to members that the service owns', async () => {
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

  test('refuses an update that clears a required member', async () => {
    const body = await whole();
    const answer = await update({ ...body, Project: { ...part(body, 'Project'), Title: null } });
    expect(answer.body).toMatchObject({
      Reason: 'BUSINESS_VALIDATION_FAILED',
      ErrorList: [{ Code: 'REQUIRED_FIELD_MISSING', FieldName: 'project.title' }],
    });
  });

  test('refuses an update without a stage', async () => {
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

  test('appends a new next step to the history, and ignores the history in the request', async () => {
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

describe('members and values of a newer service', () => {
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

  test('stores unknown members and values that an update sends back', async () => {
    const before = await read();
    const { status, body } = await update(await whole());
    expect(status).toBe(200);
    expect(await read()).toEqual({ ...before, LastModifiedDate: body.LastModifiedDate });
  });

  test('loses unknown members, but not unknown values, to an update through the SDK', async () => {
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

  test('refuses an unknown value in any member that does not store it', async () => {
    const body = await whole();
    const answer = await update({ ...body, OpportunityType: 'Piloting' });
    expect(answer.body.ErrorList).toEqual([expect.objectContaining({ FieldName: 'opportunityType' })]);
  });

  test('accepts a value that the settings declare', async () => {
    await on.control('POST', 'settings', { enumValues: { OpportunityType: ['Trial'] } });
    expect((await update({ ...(await whole()), OpportunityType: 'Trial' })).status).toBe(200);
  });
});

describe('the lock: LastModifiedDate must be the latest, to the last digit', () => {
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

  test.each(sameInstants)(
    'accepts an update of a record last modified %s with the date %s',
    async (stored, sent) => {
      await plant(stored);
      const { status, body } = await update({ ...(await whole()), LastModifiedDate: sent });
      expect(status).toBe(200);
      expect(Date.parse(String(body.LastModifiedDate))).toBeGreaterThan(Date.parse(stored));
    },
  );

  test.each(otherInstants)(
    'refuses an update of a record last modified %s with the date %s',
    async (stored, sent) => {
      await plant(stored);
      const { body } = await update({ ...(await whole()), LastModifiedDate: sent });
      expect(body).toMatchObject({
        __type: expect.stringContaining('ConflictException'),
        Message: 'Conflicting error, last modified date is not the latest',
      });
    },
  );

  test('moves LastModifiedDate with every write, even if the clock stands still', async () => {
    const dates: number[] = [];
    for (let i = 0; i < 5; i++)
      dates.push(Date.parse(String((await update(await whole())).body.LastModifiedDate)));
    expect(dates).toEqual([0, 1, 2, 3, 4].map((milliseconds) => (dates[0] ?? 0) + milliseconds));
  });

  test('refuses updates with errors that the SDK throws as its typed exceptions', async () => {
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

  test('changes nothing if it refuses an update', async () => {
    const before = await read();
    await update({
      ...(await whole()),
      LastModifiedDate: '2001-01-01T00:00:00Z',
      OpportunityType: 'Expansion',
    });
    expect(await read()).toEqual(before);
  });
});
