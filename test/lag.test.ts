/** AWS's reads lag behind writes for some seconds. Callers who have written or read the new state still see it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { input } from './create-input.ts';
import { type Data, gateway, type TestGateway } from './kit.ts';
import { type StoppedTime, stopTime } from './time.ts';

const id = 'O5000002';
/** Both the gateway's and the emulator's: reads lag until the gateway has waited so long. */
let time: StoppedTime;
beforeEach(() => {
  time = stopTime();
});
afterEach(() => time[Symbol.dispose]());

const lagging = async (settings: object): Promise<TestGateway> => {
  const gw = await gateway({}, { now: time.date });
  await gw.emulator.control('POST', 'settings', settings);
  return gw;
};
const patch = (text: string, more = '') => `mutation {
  updateOpportunity(input: { id: "${id}", patch: { lifeCycle: { nextSteps: "${text}" } } ${more} }) {
    changed opportunity { lifeCycle { nextSteps } } userErrors { code message }
  }
}`;

describe('after a write', () => {
  test('the payload, the record and lists contain a write while AWS’s reads lag', async () => {
    await using gw = await lagging({ readLagMs: 600, listLagMs: 600 });
    const { data } = await time.until(gw.query(patch('Written')));
    expect(data.updateOpportunity).toEqual({
      changed: true,
      opportunity: { lifeCycle: { nextSteps: 'Written' } },
      userErrors: [],
    });
    const record = await time.until(
      gw.query(`{ opportunity(id: "${id}") { lifeCycle { nextSteps } marketing { source } } }`),
    );
    expect(record.data.opportunity.lifeCycle.nextSteps).toBe('Written');
    const list = await time.until(
      gw.query(`{ opportunities(filter: { ids: ["${id}"] }) { nodes { lifeCycle { nextSteps } } } }`),
    );
    expect(list.data.opportunities.nodes).toEqual([{ lifeCycle: { nextSteps: 'Written' } }]);
  });

  test('a list contains a write while AWS’s lists lag, without a read of the record in between', async () => {
    await using gw = await lagging({ listLagMs: 600 });
    await time.until(
      gw.query(
        `mutation { updateOpportunity(input: { id: "${id}", patch: { lifeCycle: { nextSteps: "Written" } } }) { changed } }`,
      ),
    );
    const { data } = await time.until(
      gw.query(`{ opportunities(filter: { ids: ["${id}"] }) { nodes { lifeCycle { nextSteps } } } }`),
    );
    expect(data.opportunities.nodes).toEqual([{ lifeCycle: { nextSteps: 'Written' } }]);
  });

  test('a second patch builds on the first while AWS’s reads lag', async () => {
    await using gw = await lagging({ readLagMs: 600 });
    await time.until(gw.query(patch('First')));
    const { data } = await time.until(
      gw.query(`mutation {
      updateOpportunity(input: { id: "${id}", patch: { project: { additionalComments: "Second" } } }) {
        changed opportunity { lifeCycle { nextSteps } project { additionalComments } } userErrors { code }
      }
    }`),
    );
    expect(data.updateOpportunity).toEqual({
      changed: true,
      opportunity: { lifeCycle: { nextSteps: 'First' }, project: { additionalComments: 'Second' } },
      userErrors: [],
    });
  });

  test('associations are planned and shown on top of those before, while AWS’s reads lag', async () => {
    await using gw = await lagging({});
    await gw.emulator.patchRecord(id, { RelatedEntityIdentifiers: { Solutions: [] } });
    await time.advance(600);
    await gw.emulator.control('POST', 'settings', { readLagMs: 600 });
    const set = (...solutions: string[]) => `mutation {
      setOpportunityAssociations(input: { id: "${id}", solutions: ${JSON.stringify(solutions)} }) {
        complete opportunity { relatedEntityIdentifiers { solutions } }
      }
    }`;
    for (const solutions of [['S-1234567', 'S-0051201'], ['S-0051202'], []]) {
      const { data } = await time.until(gw.query(set(...solutions)));
      expect(data.setOpportunityAssociations).toEqual({
        complete: true,
        opportunity: { relatedEntityIdentifiers: { solutions } },
      });
    }
  });

  test('a patch is applied on top of another user’s write as soon as AWS returns that write', async () => {
    await using gw = await lagging({ readLagMs: 600 });
    const { LastModifiedDate, ...record } = await gw.emulator.record(id);
    const { Arn, CreatedDate, OpportunityTeam, RelatedEntityIdentifiers, Id, Catalog, ...content } =
      record as Data;
    await fetch(gw.emulator.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'AWSPartnerCentralSelling.UpdateOpportunity',
        authorization:
          'AWS4-HMAC-SHA256 Credential=T/20260101/us-east-1/partnercentral-selling/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify({
        ...content,
        Catalog,
        Identifier: Id,
        LastModifiedDate,
        Project: { ...content.Project, AdditionalComments: 'Theirs' },
      }),
    });
    const { data } = await time.until(gw.query(patch('Mine')));
    expect(data.updateOpportunity).toMatchObject({ changed: true, userErrors: [] });
    expect(await gw.emulator.record(id)).toMatchObject({
      Project: { AdditionalComments: 'Theirs' },
      LifeCycle: { NextSteps: 'Mine' },
    });
  });
});

describe('after a create', () => {
  test('a create returns the new opportunity while AWS’s reads lag', async () => {
    await using gw = await lagging({ readLagMs: 600, listLagMs: 600 });
    const { data, errors } = await time.until(
      gw.query(
        'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { opportunity { id project { title } } userErrors { code } } }',
        { input },
      ),
    );
    expect(errors).toBeUndefined();
    expect(data.createOpportunity).toMatchObject({
      opportunity: { project: { title: input.project.title } },
      userErrors: [],
    });
  });
});

describe('a lost response while reads lag', () => {
  test('an update whose response is lost is reported as made while AWS’s reads lag', async () => {
    await using gw = await lagging({ readLagMs: 400 });
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'UpdateOpportunity' });
    const { data } = await time.until(gw.query(patch('Once')));
    expect(data.updateOpportunity).toEqual({
      changed: true,
      opportunity: { lifeCycle: { nextSteps: 'Once' } },
      userErrors: [],
    });
    const { LifeCycle } = await gw.emulator.record(id);
    expect(
      LifeCycle.NextStepsHistory.filter(({ Value }: Data) => Value === 'Once').length,
    ).toBeLessThanOrEqual(1);
  });
});
