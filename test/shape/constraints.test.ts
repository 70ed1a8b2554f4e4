/**
 * The gateway's constraints against the emulator's. Both were written independently from AWS's documentation; where
 * they differ, one of them is wrong.
 */
import { describe, expect, test } from 'vitest';
import { startEmulator } from '../../emulator/server.ts';
import { leadConstraints, opportunityConstraints } from '../../src/domain/constraints.ts';
import { checkConstraints } from '../../src/domain/validation.ts';
import { convertNames } from '../../src/upstream/naming.ts';

type Members = Record<string, unknown>;
const lists = new Set(['customer.contacts', 'opportunityTeam', 'tags', 'project.expectedCustomerSpend']);

/** An input with only one value, at a path; list items also get their other required members. */
function inputWith(path: string, value: unknown, done = ''): Members {
  const [name = '', ...rest] = path.split('.');
  const below = done ? `${done}.${name}` : name;
  if (rest.length === 0) return { [name]: value };
  const inner = inputWith(rest.join('.'), value, below);
  if (!lists.has(below)) return { [name]: inner };
  const spend = { currencyCode: 'USD', frequency: 'Monthly', targetCompany: 'AWS', amount: '1' };
  const filler =
    below === 'project.expectedCustomerSpend' ? spend : below === 'tags' ? { key: 'k', value: 'v' } : {};
  return { [name]: [{ ...filler, ...inner }] };
}

const item = (path: string): unknown =>
  path === 'project.expectedCustomerSpend'
    ? { currencyCode: 'USD', frequency: 'Monthly', targetCompany: 'AWS', amount: '1' }
    : path === 'tags'
      ? { key: 'k', value: 'v' }
      : path === 'lifeCycle.nextStepsHistory'
        ? { value: 'x', time: '2026-01-01T00:00:00Z' }
        : { email: 'a@b.example' };

/** Values at and beyond the bounds of a constraint, and others that its form may or may not accept. */
function probes(path: string): unknown[] {
  const { min = 0, max = 0, form } = opportunityConstraints.get(path) ?? {};
  const isList = [
    'opportunityTeam',
    'tags',
    'project.expectedCustomerSpend',
    'lifeCycle.nextStepsHistory',
  ].includes(path);
  if (isList) return [0, 1, max, max + 1].map((length) => Array.from({ length }, () => item(path)));
  if (!form)
    return [
      '',
      'x',
      'x'.repeat(Math.max(0, min - 1)),
      'x'.repeat(min),
      'x'.repeat(max),
      'x'.repeat(max + 1),
      '🚀'.repeat(max),
    ];
  return [
    '',
    '0',
    '1',
    '-1',
    '01',
    '1.',
    '1.5',
    '1.55',
    '1.555',
    '1e3',
    ' ',
    '12345678',
    '123456789',
    '123456789012',
    '1234567890123',
    'abcdefghijkl',
    'abc-def',
    '+14155550123',
    '+0155550123',
    '14155550123',
    '+1',
    '+12',
    'a@b.example',
    'A@b.example',
    'a@b',
    'a.b@c-d.example',
    'a..b@c.example',
    `${'x'.repeat(70)}@example.com`,
    `${'x'.repeat(60)}@example.com`,
    'O1',
    'O12345678901234567890',
    'o1',
    'https://calculator.aws/#/estimate?id=0123456789abcdef0123456789abcdef',
    'https://pricing.calculator.aws.eu/#/estimate?id=0123456789abcdef0123456789abcdef',
    'https://calculator.aws/#/estimate?id=0123',
    'x'.repeat(128),
    'x'.repeat(129),
    'x'.repeat(256),
    'x'.repeat(257),
    'key:with/all_.=+-@',
    'key#',
    'clé',
    '9'.repeat(31),
    '9'.repeat(32),
  ];
}

/** A lead with only one value of its own, at a path; list items also get their required members. */
function leadWith(path: string, value: unknown): Members {
  const contact = { businessTitle: 'x', email: 'x', firstName: 'x', lastName: 'x' };
  const [first = '', ...rest] = path.split('.');
  const lead = { customer: { companyName: 'x' }, interactions: [{ contact }] };
  const set = (target: unknown, steps: readonly string[]): unknown => {
    const [name = '', ...more] = steps;
    const members = (Array.isArray(target) ? target[0] : target) as Members;
    const changed = { ...members, [name]: more.length > 0 ? set(members[name] ?? {}, more) : value };
    return Array.isArray(target) ? [changed] : changed;
  };
  if (path === 'interactions')
    return {
      ...lead,
      interactions: Array.from({ length: (value as unknown[]).length }, () => ({ contact })),
    };
  return set(lead, [first, ...rest]) as Members;
}

describe('every constraint', () => {
  test('the gateway’s constraints of leads accept and refuse the same values as the emulator’s', async () => {
    const emulator = await startEmulator({ seed: false });
    const differences: string[] = [];
    // The interaction of a change has the constraints of those of a new lead.
    for (const path of [...leadConstraints.keys()].filter((one) => !one.startsWith('addInteraction'))) {
      const { min = 0, max = 0 } = leadConstraints.get(path) ?? {};
      const lengths = [...new Set([Math.max(0, min - 1), min, max, max + 1])];
      for (const length of lengths) {
        const value = path === 'interactions' ? Array(length).fill({}) : 'x'.repeat(length);
        const { title, description, clientToken, ...lead } = leadWith(path, value);
        const gatewayRefuses = checkConstraints(leadWith(path, value), leadConstraints).length > 0;
        const request = {
          catalog: 'Sandbox',
          title,
          description,
          clientToken: clientToken ?? `${path} ${length}`,
          contexts: [{ type: 'Lead', payload: { lead } }],
        };
        const response = await fetch(emulator.url, {
          method: 'POST',
          headers: {
            'content-type': 'application/x-amz-json-1.0',
            'x-amz-target': 'AWSPartnerCentralSelling.CreateEngagement',
            authorization:
              'AWS4-HMAC-SHA256 Credential=T/20260101/us-east-1/partnercentral-selling/aws4_request, SignedHeaders=host, Signature=0',
          },
          body: JSON.stringify(convertNames(request)),
        });
        if (gatewayRefuses === response.ok) differences.push(`${path} of ${length}`);
      }
    }
    await emulator.stop();
    expect(differences).toEqual([]);
  });

  test('the gateway’s constraints accept and refuse the same values as the emulator’s', async () => {
    const emulator = await startEmulator({ seed: false });
    const differences: string[] = [];
    for (const path of opportunityConstraints.keys()) {
      for (const value of probes(path)) {
        const gatewayRefuses = checkConstraints(inputWith(path, value), opportunityConstraints).some(
          ({ field }) => field === path,
        );
        const response = await fetch(emulator.url, {
          method: 'POST',
          headers: {
            'content-type': 'application/x-amz-json-1.0',
            'x-amz-target': 'AWSPartnerCentralSelling.CreateOpportunity',
            authorization:
              'AWS4-HMAC-SHA256 Credential=T/20260101/us-east-1/partnercentral-selling/aws4_request, SignedHeaders=host, Signature=0',
          },
          body: JSON.stringify(
            convertNames({
              catalog: 'Sandbox',
              clientToken: `${path} ${JSON.stringify(value).slice(0, 99)}`.slice(0, 255),
              ...inputWith(path, value),
            }),
          ),
        });
        const { Reason, ErrorList = [] } = (await response.json()) as {
          Reason?: string;
          ErrorList?: { FieldName: string }[];
        };
        const emulatorRefuses =
          Reason === 'REQUEST_VALIDATION_FAILED' && ErrorList.some(({ FieldName }) => FieldName === path);
        if (gatewayRefuses !== emulatorRefuses)
          differences.push(
            `${path} = ${JSON.stringify(value).slice(0, 60)}: the gateway ${gatewayRefuses ? 'refuses' : 'accepts'} it`,
          );
      }
    }
    await emulator.stop();
    expect(differences).toEqual([]);
  });
});
