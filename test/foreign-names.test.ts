/** Names that every JavaScript object has find nothing, wherever AWS or a caller sends them. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { labelOf } from '../src/domain/labels.ts';
import { Fault, faultCodes } from '../src/fault.ts';
import { toFault } from '../src/upstream/errors.ts';
import { type Data, gatewayOn, type TestGateway } from './kit.ts';
import { tamperingProxy } from './tampering.ts';

const names = [
  'constructor',
  '__proto__',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  '__defineGetter__',
  '__lookupSetter__',
];

let emulator: Emulator;
let proxy: Awaited<ReturnType<typeof tamperingProxy>>;
let gw: TestGateway;
beforeAll(async () => {
  emulator = await startEmulator();
  proxy = await tamperingProxy(emulator.url);
  gw = await gatewayOn(proxy.url, { REQUEST_TIMEOUT_MS: '2000' });
});
afterEach(() => proxy.tamper(() => undefined));
afterAll(async () => {
  await gw[Symbol.asyncDispose]();
  await proxy[Symbol.asyncDispose]();
  await emulator.stop();
});

const secret = 'arn:aws:sts::123456789012:assumed-role/gateway';
const refuse = (body: object) =>
  proxy.tamper(({ operation }) =>
    operation === 'UpdateOpportunity' || operation === 'GetOpportunity'
      ? { status: 400, body: JSON.stringify(body) }
      : undefined,
  );
const read = '{ opportunity(id: "O5000002") { marketing { source } } }';
const native = /native code|\[object|function/;

describe.each(names)('the name %s', (name) => {
  test.each([name, `${name}Exception`])(
    'as the type of an AWS error (%s) is an unknown one, and its message is kept back',
    async (type) => {
      const fault = toFault({ name: type, message: secret }, 'GetOpportunity');
      expect(fault).toBeInstanceOf(Fault);
      expect(Object.keys(faultCodes)).toContain(fault.code);
      expect(fault.code).toBe('UPSTREAM_UNAVAILABLE');
      expect(fault.message).not.toContain('123456789012');
      refuse({ __type: type, message: secret });
      const { data, errors } = await gw.query(read);
      expect(data).toEqual({ opportunity: null });
      expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
      expect(JSON.stringify(errors)).not.toContain('123456789012');
      expect(gw.logged.join('')).not.toContain('internal error');
    },
  );

  test('as code and field of an AWS issue gets a plain sentence', async () => {
    const patch = `input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "${name}" } } }`;
    const query = `mutation { updateOpportunity(${patch}) { userErrors { code message field path } } }`;
    proxy.tamper(({ operation }) =>
      operation === 'UpdateOpportunity'
        ? {
            status: 400,
            body: JSON.stringify({
              __type: 'ValidationException',
              Message: '',
              Reason: name,
              ErrorList: [{ Code: name, FieldName: name, Message: 'failed to satisfy a member' }],
            }),
          }
        : undefined,
    );
    const { data, errors } = await gw.query(query);
    expect(errors).toBeUndefined();
    const [error]: Data[] = data.updateOpportunity.userErrors;
    expect(error.code).toBe('REFUSED_BY_AWS');
    expect(error.message).toMatch(/^AWS did not accept the value of [\w ]+\.$/);
    expect(error.message).not.toMatch(native);
  });

  test('as a reason of AWS is at most a word', () => {
    const fault = toFault({ name: 'AccessDeniedException', Reason: name }, 'GetOpportunity');
    expect(fault.message).not.toMatch(native);
  });

  test('as a field of a message is written out', () => {
    expect(labelOf([name, '0', name])).not.toMatch(native);
    expect(labelOf([name])).not.toMatch(native);
  });

  test('as a member or a value of a record changes nothing, and is sent back', async () => {
    const record = JSON.parse(`{"${name}": {"${name}": "kept"}, "Marketing": {"Source": "${name}"}}`);
    await gw.emulator.patchRecord('O5000003', {
      ...record,
      LifeCycle: { ReviewStatus: 'Pending Submission' },
    });
    const { data, errors, extensions } = await gw.query(
      '{ opportunity(id: "O5000003") { id marketing { source } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.opportunity).toEqual({ id: 'O5000003', marketing: { source: null } });
    expect(extensions.unknownEnumValues).toMatchObject([{ type: 'MarketingSource', value: name }]);
  });

  test('as an id, an entity, an operation or a hash is refused as what it is', async () => {
    const representation = JSON.parse(`{"__typename": "${name}", "id": "${name}"}`);
    const answers = [
      await gw.query('query ($id: ID!) { node(id: $id) { id } }', { id: name }),
      await gw.query('query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }', {
        r: [representation],
      }),
      await gw.query('query ($c: String) { opportunities(after: $c) { nodes { id } } }', { c: name }),
    ];
    for (const { errors } of answers)
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gw.logged.join('')).not.toContain('internal error');
  });
});

test('a message in place of an error type or a reason is quoted neither to callers nor in the log', async () => {
  for (const type of ['Acme Robotics', 'x'.repeat(5_000), secret, '', 7, null]) {
    const cause = { name: type, message: 'Acme Robotics', Reason: type };
    expect(toFault(cause, 'GetOpportunity').message).toBe('AWS could not answer GetOpportunity (Error).');
    const denied = toFault({ name: 'AccessDeniedException', Reason: type }, 'GetOpportunity');
    expect(denied.message).toBe('AWS denied GetOpportunity.');
  }
});
