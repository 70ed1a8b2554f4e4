import {
  CreateEngagementCommand,
  type CreateEngagementCommandInput,
  CreateEngagementContextCommand,
  GetEngagementCommand,
  UpdateEngagementContextCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Body, refusal, testEmulator, violations } from './kit.ts';
import { lead, project } from './payloads.ts';

const on = testEmulator();
const Catalog = 'Sandbox';
const partner = '123456789012';

const create = (more: Partial<CreateEngagementCommandInput> = {}) =>
  on.client.send(
    new CreateEngagementCommand({
      Catalog,
      ClientToken: 'token',
      Title: 'Acme Robotics',
      Description: 'From our fair',
      Contexts: [{ Type: 'Lead', Payload: { Lead: lead() } }],
      ...more,
    }),
  );
const get = async (Identifier: unknown) => (await on.wire('GetEngagement', { Catalog, Identifier })).body;
const contextsOf = async (id: unknown) => (await get(id)).Contexts as Body[];
const leadOf = async (id: unknown) => {
  const [first] = (await contextsOf(id)) as { Payload: { Lead: Body } }[];
  return first?.Payload.Lead as Body;
};
/** Updates the first context with the lock as text, since the SDK's dates have milliseconds only. */
const update = async (id: unknown, payload: Body, more: Body = {}) =>
  on.wire('UpdateEngagementContext', {
    Catalog,
    EngagementIdentifier: id,
    ContextIdentifier: '1',
    EngagementLastModifiedAt: (await get(id)).ModifiedAt,
    Type: Object.keys(payload)[0],
    Payload: payload,
    ...more,
  });
const { Interactions: _all, ...leadUpdate } = lead();

describe('CreateEngagement', () => {
  test('creates an engagement with numbered contexts, whose only member is the caller', async () => {
    const events = on.events();
    const contexts = [
      { Type: 'Lead' as const, Payload: { Lead: lead() } },
      { Id: '9', Type: 'CustomerProject' as const, Payload: { CustomerProject: project } },
    ];
    const { Id, Arn, ModifiedAt } = await create({ Contexts: contexts });
    expect(await on.client.send(new GetEngagementCommand({ Catalog, Identifier: Arn }))).toMatchObject({
      Id,
      Title: 'Acme Robotics',
      Description: 'From our fair',
      CreatedBy: partner,
      MemberCount: 1,
      ModifiedAt,
      Contexts: [
        { ...contexts[0], Id: '1' },
        { ...contexts[1], Id: '2' },
      ],
    });
    expect(events).toMatchObject([
      {
        detailType: 'Engagement Created',
        account: partner,
        detail: { engagement: { engagementId: Id, ContextTypes: ['Lead', 'CustomerProject'] } },
      },
    ]);
  });

  test('needs a catalog and a token only', async () => {
    const { body } = await on.wire('CreateEngagement', { Catalog, ClientToken: 'token' });
    expect(await get(body.Id)).toMatchObject({ Title: '', Description: '', Contexts: [] });
  });

  test('creates one engagement for one client token, and refuses another request under it', async () => {
    const first = await create();
    expect((await create()).Id).toBe(first.Id);
    expect(await refusal(create({ Title: 'Another' }))).toMatchObject({ name: 'ConflictException' });
  });

  test.each<[Body, string, string]>([
    [{ Title: 'x'.repeat(41) }, 'INVALID_STRING_FORMAT', 'title'],
    [{ Description: 'x'.repeat(256) }, 'INVALID_STRING_FORMAT', 'description'],
    [{ Contexts: Array(6).fill({ Type: 'Lead' }) }, 'TOO_MANY_VALUES', 'contexts'],
    [{ Contexts: [{ Type: 'Document' }] }, 'INVALID_ENUM_VALUE', 'contexts.type'],
    [
      { Contexts: [{ Type: 'Lead', Payload: { Lead: { ...lead(), Interactions: [] } } }] },
      'NOT_ENOUGH_VALUES',
      'contexts.payload.lead.interactions',
    ],
    [
      { Contexts: [{ Type: 'Lead', Payload: { CustomerProject: project } }] },
      'INVALID_VALUE',
      'contexts.payload',
    ],
  ])('refuses %j', async (more, code, field) => {
    const { body } = await on.wire('CreateEngagement', { Catalog, ClientToken: 'token', ...more });
    expect(violations(body)).toEqual([[code, field]]);
  });
});

describe('CreateEngagementContext', () => {
  const add = (EngagementIdentifier: unknown, more: Body = {}) =>
    on.wire('CreateEngagementContext', {
      Catalog,
      EngagementIdentifier,
      ClientToken: 'context',
      Type: 'CustomerProject',
      Payload: { CustomerProject: project },
      ...more,
    });

  test('adds a context, moves the lock, and notifies the members', async () => {
    const { Id, Arn, ModifiedAt } = await create();
    const events = on.events();
    const answer = await on.client.send(
      new CreateEngagementContextCommand({
        Catalog,
        EngagementIdentifier: Arn,
        ClientToken: 'context',
        Type: 'CustomerProject',
        Payload: { CustomerProject: project },
      }),
    );
    expect(answer).toMatchObject({ EngagementId: Id, EngagementArn: Arn, ContextId: '2' });
    expect(answer.EngagementLastModifiedAt?.getTime()).toBeGreaterThan(ModifiedAt?.getTime() ?? Infinity);
    expect((await contextsOf(Id))[1]).toEqual({
      Id: '2',
      Type: 'CustomerProject',
      Payload: { CustomerProject: project },
    });
    expect(events.map(({ detailType, account }) => [detailType, account])).toEqual([
      ['Engagement Updated', partner],
    ]);
  });

  test('adds one context for one client token', async () => {
    const { Id } = await create();
    const answers = [await add(Id), await add(Id)].map(({ body }) => body);
    expect(answers[1]).toEqual(answers[0]);
    expect(await contextsOf(Id)).toHaveLength(2);
  });

  test('refuses a sixth context', async () => {
    const { Id } = await create({ Contexts: Array(5).fill({ Type: 'Lead', Payload: { Lead: lead() } }) });
    expect((await add(Id)).body.__type).toContain('ServiceQuotaExceededException');
  });

  test('refuses a payload of another type, unless the switch accepts any', async () => {
    const { Id } = await create();
    expect(violations((await add(Id, { Type: 'Lead' })).body)).toEqual([['INVALID_VALUE', 'payload']]);
    await on.control('POST', 'settings', { contextPayload: 'any' });
    await add(Id, { Type: 'Lead' });
    expect((await contextsOf(Id))[1]?.Type).toBe('CustomerProject');
  });

  test('distinguishes an unknown engagement from one of others', async () => {
    const { Id } = await create();
    const client = await on.partner('SECOND');
    const command = new CreateEngagementContextCommand({
      Catalog,
      EngagementIdentifier: Id,
      ClientToken: 'context',
      Type: 'Lead',
      Payload: { Lead: lead() },
    });
    expect(await refusal(client.send(command))).toMatchObject({ name: 'AccessDeniedException' });
    expect((await add('eng-00000000000404')).body.__type).toContain('ResourceNotFoundException');
    expect((await add(Id, { Catalog: 'AWS' })).body.__type).toContain('ResourceNotFoundException');
  });
});

describe('UpdateEngagementContext', () => {
  test('of a lead keeps what it leaves out, and adds its interaction', async () => {
    const { Id } = await create();
    const Customer = { CompanyName: 'Acme Robotics Ltd', AwsMaturity: 'Evaluating' };
    const Interaction = { ...lead().Interactions[0], CustomerAction: 'Asked for a price' };
    const events = on.events();
    const { body } = await update(Id, { Lead: { QualificationStatus: 'Qualified', Customer, Interaction } });
    expect(body).toMatchObject({ EngagementId: Id, ContextId: '1' });
    expect(body.EngagementLastModifiedAt).toBe((await get(Id)).ModifiedAt);
    expect(await leadOf(Id)).toEqual({
      QualificationStatus: 'Qualified',
      Customer,
      Interactions: [...lead().Interactions, Interaction],
    });
    await update(Id, { Lead: { Customer } });
    expect(await leadOf(Id)).toMatchObject({ QualificationStatus: 'Qualified' });
    expect(events.map(({ detailType }) => detailType)).toEqual(['Engagement Updated', 'Engagement Updated']);
  });

  test('refuses the eleventh interaction; the switch replaces the last one instead', async () => {
    const [interaction] = lead().Interactions;
    const { Id } = await create({
      Contexts: [
        { Type: 'Lead', Payload: { Lead: { ...lead(), Interactions: Array(10).fill(interaction) } } },
      ],
    });
    const Interaction = { ...interaction, Usecase: 'Analytics' };
    const eleventh = () => update(Id, { Lead: { ...leadUpdate, Interaction } });
    expect(violations((await eleventh()).body)).toEqual([['TOO_MANY_VALUES', 'payload.lead.interaction']]);
    await on.control('POST', 'settings', { leadInteraction: 'replace' });
    await eleventh();
    const { Interactions } = await leadOf(Id);
    expect([(Interactions as Body[]).length, (Interactions as Body[]).at(-1)]).toEqual([10, Interaction]);
  });

  test.each<[string, Body, Body]>([
    ['a project', { CustomerProject: project }, { CustomerProject: { Project: project.Project } }],
    [
      'a result of prospecting',
      { ProspectingResult: { Aws: { TaskName: 'May' } } },
      { ProspectingResult: { Aws: { TaskName: 'June' } } },
    ],
  ])('replaces %s', async (_what, before, after) => {
    const Type = Object.keys(before)[0];
    const { body } = await on.wire('CreateEngagement', {
      Catalog,
      ClientToken: 'token',
      Contexts: [{ Type, Payload: before }],
    });
    await update(body.Id, after);
    expect((await contextsOf(body.Id))[0]?.Payload).toEqual(after);
  });

  test('locks to the nanosecond, which the dates of the SDK do not have', async () => {
    const { Id, ModifiedAt } = await create();
    const command = new UpdateEngagementContextCommand({
      Catalog,
      EngagementIdentifier: Id,
      ContextIdentifier: '1',
      EngagementLastModifiedAt: ModifiedAt,
      Type: 'Lead',
      Payload: { Lead: leadUpdate },
    });
    expect(await refusal(on.client.send(command))).toMatchObject({ name: 'ConflictException' });
    const exact = String((await get(Id)).ModifiedAt);
    const last = (Number(exact.at(-2)) + 1) % 10;
    const other = { EngagementLastModifiedAt: `${exact.slice(0, -2)}${last}Z` };
    const answer = () => update(Id, { Lead: leadUpdate }, other);
    expect((await answer()).body.__type).toContain('ConflictException');
    await on.control('POST', 'settings', { engagementLock: 'microseconds' });
    expect((await answer()).status).toBe(200);
  });

  test('conflicts after any other change of the engagement', async () => {
    const { Id } = await create();
    const { ModifiedAt } = await get(Id);
    await update(Id, { Lead: leadUpdate });
    const late = await update(Id, { Lead: leadUpdate }, { EngagementLastModifiedAt: ModifiedAt });
    expect(late.body.__type).toContain('ConflictException');
  });

  test.each<[Body, Body, [string, string]]>([
    [{ CustomerProject: project }, { Type: 'Lead' }, ['INVALID_VALUE', 'payload']],
    [{ CustomerProject: project }, {}, ['INVALID_VALUE', 'type']],
    [{ Lead: { QualificationStatus: 'Qualified' } }, {}, ['REQUIRED_FIELD_MISSING', 'payload.lead.customer']],
    [
      { Lead: leadUpdate },
      { EngagementLastModifiedAt: null },
      ['REQUIRED_FIELD_MISSING', 'engagementLastModifiedAt'],
    ],
  ])('refuses the payload %j with %j', async (payload, more, expected) => {
    const { Id } = await create();
    expect(violations((await update(Id, payload, more)).body)).toEqual([expected]);
  });

  test('has no unknown context, and nothing of engagements of others', async () => {
    const { Id } = await create();
    const unknown = await update(Id, { Lead: leadUpdate }, { ContextIdentifier: '2' });
    expect(unknown.body.__type).toContain('ResourceNotFoundException');
    const client = await on.partner('SECOND');
    const command = new UpdateEngagementContextCommand({
      Catalog,
      EngagementIdentifier: Id,
      ContextIdentifier: '1',
      EngagementLastModifiedAt: new Date(),
      Type: 'Lead',
      Payload: { Lead: leadUpdate },
    });
    expect(await refusal(client.send(command))).toMatchObject({ name: 'AccessDeniedException' });
  });
});
