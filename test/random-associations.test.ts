/**
 * Random associations under random faults, through GraphQL against the emulator: none is lost or made twice, and every
 * outcome is reported correctly. `RUNS=1000` runs longer.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { type Data, emulatorControl, gateway, gatewayOn } from './kit.ts';
import { post, startProgram } from './program.ts';

const runs = Number(process.env.RUNS ?? 10);
const id = 'O5000001';
const members: Record<string, string> = {
  SOLUTIONS: 'Solutions',
  AWS_PRODUCTS: 'AwsProducts',
  AWS_MARKETPLACE_SOLUTIONS: 'AwsMarketplaceSolutions',
  AWS_MARKETPLACE_PRODUCTS: 'AwsMarketplaceProducts',
  AWS_MARKETPLACE_OFFERS: 'AwsMarketplaceOffers',
  AWS_MARKETPLACE_OFFER_SETS: 'AwsMarketplaceOfferSets',
};
const arn = (resource: string) => `arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/${resource}`;
const offers = [arn('Offer/offer-1'), arn('Offer/offer-2')];
const known = ['S-1234567', 'S-0051201', 'S-0051202', 'S-0051203'];
const set = `mutation ($input: SetOpportunityAssociationsInput!) {
  setOpportunityAssociations(input: $input) {
    complete steps { action type id outcome error { code } } userErrors { code }
  }
}`;

const wish = fc.record(
  {
    // AWS does not have the last of the solutions.
    solutions: fc.subarray([...known, 'S-404'], { maxLength: 4 }),
    awsProducts: fc.option(fc.subarray(['AmazonEC2Linux', 'AmazonS3', 'AWSLambda'])),
    awsMarketplaceOffer: fc.constantFrom(null, ...offers),
  },
  { requiredKeys: [] },
);
const stored = fc.record({
  Solutions: fc.subarray(known),
  AwsProducts: fc.subarray(['AmazonEC2Linux', 'AmazonS3']),
  AwsMarketplaceOffers: fc.subarray(offers, { maxLength: 1 }),
});
const fault = fc.record({
  kind: fc.constantFrom(
    'error',
    'error-after',
    'drop-before',
    'drop-after',
    'html-503',
    'throttle',
    'conflict',
    'access-denied',
  ),
  operation: fc.constantFrom('AssociateOpportunity', 'DisassociateOpportunity', 'GetOpportunity'),
  times: fc.integer({ min: 1, max: 3 }),
});

/** What the record has of the type that a step is about. */
const listOf = (record: Data, type: string): string[] =>
  record.RelatedEntityIdentifiers?.[members[type] ?? ''] ?? [];

test('random associations under random faults are made once or not at all, and reported as such', async () => {
  await using gw = await gateway();
  const outcomes: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(
      wish,
      stored,
      fc.array(fault, { maxLength: 3 }),
      fc.constantFrom('Qualified', 'Committed'),
      fc.constantFrom('refuse', 'conflict', 'ignore'),
      async (wanted, before, faults, stage, duplicateAssociation) => {
        await gw.emulator.control('POST', 'settings', { duplicateAssociation });
        await gw.emulator.patchRecord(id, {
          LifeCycle: { Stage: stage },
          RelatedEntityIdentifiers: { AwsMarketplaceOfferSets: [], ...before },
        });
        const from = await gw.emulator.record(id);
        for (const one of faults) await gw.emulator.injectFault(one);
        const input = { id, ...wanted };
        const { data, errors } = await gw.query(set, { input });
        await gw.emulator.control('DELETE', 'faults');
        const to = await gw.emulator.record(id);
        const payload = data.setOpportunityAssociations;
        const code = errors?.[0]?.extensions.code ?? payload.userErrors[0]?.code ?? 'DONE';
        outcomes[code] = (outcomes[code] ?? 0) + 1;

        for (const type of Object.keys(members)) {
          const ids = listOf(to, type);
          expect(new Set(ids).size, 'none is made twice').toBe(ids.length);
        }
        if (payload === null) {
          expect(to.RelatedEntityIdentifiers, 'an error means that nothing was changed').toEqual(
            from.RelatedEntityIdentifiers,
          );
          return;
        }
        const isMade = ({ action, type, id: entity }: Data) =>
          listOf(to, type).includes(entity) === (action === 'ASSOCIATE');
        for (const step of payload.steps) {
          if (step.error?.code === 'OUTCOME_UNKNOWN') continue;
          expect(isMade(step), JSON.stringify(step)).toBe(step.outcome === 'DONE');
        }
        const steps = new Set(payload.steps.map(({ type, id: entity }: Data) => `${type} ${entity}`));
        for (const type of Object.keys(members))
          for (const entity of [...listOf(from, type), ...listOf(to, type)])
            if (!steps.has(`${type} ${entity}`))
              expect(listOf(to, type).includes(entity), 'nothing else is changed').toBe(
                listOf(from, type).includes(entity),
              );
        if (payload.complete) {
          if (wanted.solutions)
            expect(listOf(to, 'SOLUTIONS').toSorted()).toEqual(wanted.solutions.toSorted());
          if (wanted.awsProducts !== undefined)
            expect(listOf(to, 'AWS_PRODUCTS').toSorted()).toEqual((wanted.awsProducts ?? []).toSorted());
          if (wanted.awsMarketplaceOffer !== undefined)
            expect(listOf(to, 'AWS_MARKETPLACE_OFFERS')).toEqual([wanted.awsMarketplaceOffer ?? []].flat());
        }
        // Whatever has happened, the same input continues: only what AWS refuses is left.
        const again = (await gw.query(set, { input })).data.setOpportunityAssociations;
        const refused = again.userErrors.length > 0;
        expect(refused).toBe(
          wanted.solutions?.includes('S-404') === true ||
            (stage === 'Committed' && before.Solutions.length > 0 && wanted.solutions?.length === 0),
        );
        expect(again.complete).toBe(!refused);
      },
    ),
    { numRuns: runs },
  );
  if (process.env.RUNS) process.stdout.write(`${JSON.stringify(outcomes)}\n`);
}, 600_000);

describe('a gateway that is killed', () => {
  test.each([1, 2, 3, 4])('in step %i leaves what the same input completes on another one', async (place) => {
    const server = await startEmulator();
    const emulator = emulatorControl(server.url);
    await emulator.patchRecord(id, { RelatedEntityIdentifiers: { Solutions: ['S-1234567'] } });
    const input = { id, solutions: ['S-0051201', 'S-0051202', 'S-0051203'] };
    const program = startProgram({ UPSTREAM_ENDPOINT: server.url });
    const isLast = place === 4;
    // The steps before it are not held.
    if (place > 1 && !isLast)
      await emulator.injectFault({
        kind: 'delay',
        delayMs: 1,
        times: place - 1,
        operation: 'AssociateOpportunity',
      });
    await emulator.hold(isLast ? 'DisassociateOpportunity' : 'AssociateOpportunity', 1);
    const asked = post(await program.address('GraphQL'), { query: set, variables: { input } });
    await emulator.untilHeld();
    program.child.kill('SIGKILL');
    await expect(asked).rejects.toThrow();
    await program.exited;
    await emulator.control('DELETE', 'faults');
    {
      await using other = await gatewayOn(server.url);
      const { data } = await other.query(set, { input });
      expect(data.setOpportunityAssociations).toMatchObject({ complete: true, userErrors: [] });
    }
    const { RelatedEntityIdentifiers } = await emulator.record(id);
    expect(RelatedEntityIdentifiers.Solutions).toEqual(input.solutions);
    await server.stop();
  });
});
