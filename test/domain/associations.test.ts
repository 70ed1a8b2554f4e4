import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AssociationStep, dropsDescription, planAssociations } from '../../src/domain/associations.ts';
import {
  type AssociatedRecord,
  checkEntityId,
  isAssociated,
  type TargetAssociations,
} from '../../src/domain/entities.ts';

const arn = (resource: string) => `arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/${resource}`;
const offer = (n = 1) => arn(`Offer/offer-${n}`);
const offerSet = (n = 1) => arn(`OfferSet/offerset-${n}`);
const solutions = (count: number, from = 1) => Array.from({ length: count }, (_, n) => `S-${from + n}`);

const record = (relatedEntityIdentifiers: object, stage = 'Qualified') =>
  ({ lifeCycle: { stage }, relatedEntityIdentifiers }) as AssociatedRecord;
/** Steps in short: `+S-1` associates, `-S-1` disassociates. */
const short = (steps: AssociationStep[]) =>
  steps.map(({ action, id }) => `${action === 'ASSOCIATE' ? '+' : '-'}${id}`);
const plan = (before: object, wanted: TargetAssociations, stage?: string) =>
  short(planAssociations(record(before, stage), wanted).steps);

describe('the steps', () => {
  test.each<[string, object, TargetAssociations, string[]]>([
    ['nothing is wanted', { solutions: ['S-1'] }, {}, []],
    ['everything is right already', { solutions: ['S-1', 'S-2'] }, { solutions: ['S-2', 'S-1'] }, []],
    ['one is missing', { solutions: ['S-1'] }, { solutions: ['S-1', 'S-2'] }, ['+S-2']],
    ['the record has no associations at all', {}, { awsProducts: ['AmazonEC2Linux'] }, ['+AmazonEC2Linux']],
    ['one is replaced', { solutions: ['S-1'] }, { solutions: ['S-2'] }, ['+S-2', '-S-1']],
    ['one is wanted twice', {}, { solutions: ['S-1', 'S-1'] }, ['+S-1']],
    ['a list is emptied', { awsProducts: ['A', 'B'] }, { awsProducts: [] }, ['-A', '-B']],
    ['a list is null', { awsProducts: ['A'] }, { awsProducts: null }, ['-A']],
    [
      'solutions become a Marketplace solution',
      { solutions: ['S-1', 'S-2'] },
      { solutions: [], awsMarketplaceSolutions: [arn('Solution/soln-1')] },
      [`+${arn('Solution/soln-1')}`, '-S-1', '-S-2'],
    ],
    [
      'an offer is replaced, of which there can be one',
      { awsMarketplaceOffers: [offer(1)] },
      { awsMarketplaceOffer: offer(2) },
      [`-${offer(1)}`, `+${offer(2)}`],
    ],
    [
      'an offer becomes an offer set',
      { awsMarketplaceOffers: [offer()] },
      { awsMarketplaceOffer: null, awsMarketplaceOfferSet: offerSet() },
      [`-${offer()}`, `+${offerSet()}`],
    ],
    [
      'a full list is replaced: one makes room for each',
      { solutions: solutions(10) },
      { solutions: [...solutions(8), 'S-21', 'S-22'] },
      ['-S-9', '+S-21', '-S-10', '+S-22'],
    ],
    [
      'a list has room for one more: no more than needed goes first',
      { solutions: solutions(9) },
      { solutions: [...solutions(6), 'S-21', 'S-22'] },
      ['+S-21', '-S-7', '+S-22', '-S-8', '-S-9'],
    ],
    [
      'kinds are mixed: all that can be associated comes before the rest is disassociated',
      { solutions: ['S-1'], awsProducts: ['A'] },
      { solutions: ['S-2'], awsProducts: ['B'] },
      ['+S-2', '+B', '-S-1', '-A'],
    ],
  ])('%s', (_case, before, wanted, steps) => {
    expect(plan(before, wanted)).toEqual(steps);
  });
});

describe('violations', () => {
  test.each<[string, object, TargetAssociations, string[], string, number | undefined]>([
    ['eleven solutions', {}, { solutions: solutions(11) }, ['solutions'], 'TOO_MANY_VALUES', 10],
    ['twenty-one products', {}, { awsProducts: solutions(21) }, ['awsProducts'], 'TOO_MANY_VALUES', 20],
    [
      'eleven Marketplace products',
      {},
      { awsMarketplaceProducts: solutions(11).map(arn) },
      ['awsMarketplaceProducts'],
      'TOO_MANY_VALUES',
      10,
    ],
    [
      'a wrong id',
      {},
      { solutions: ['S-1', 'Other'] },
      ['solutions', '1'],
      'INVALID_STRING_FORMAT',
      undefined,
    ],
    [
      'a Marketplace solution without an ARN',
      {},
      { awsMarketplaceSolutions: ['soln-1'] },
      ['awsMarketplaceSolutions', '0'],
      'INVALID_STRING_FORMAT',
      undefined,
    ],
    [
      'an empty product code',
      {},
      { awsProducts: [''] },
      ['awsProducts', '0'],
      'INVALID_STRING_FORMAT',
      undefined,
    ],
    [
      'an offer set as an offer',
      {},
      { awsMarketplaceOffer: offerSet() },
      ['awsMarketplaceOffer'],
      'INVALID_STRING_FORMAT',
      undefined,
    ],
    [
      'an offer and an offer set',
      {},
      { awsMarketplaceOffer: offer(), awsMarketplaceOfferSet: offerSet() },
      ['awsMarketplaceOfferSet'],
      'INVALID_VALUE',
      undefined,
    ],
    [
      'an offer beside an offer set that is kept',
      { awsMarketplaceOfferSets: [offerSet()] },
      { awsMarketplaceOffer: offer() },
      ['awsMarketplaceOffer'],
      'INVALID_VALUE',
      undefined,
    ],
  ])('%s', (_case, before, wanted, path, code, limit) => {
    const { steps, violations } = planAssociations(record(before), wanted);
    expect(steps).toEqual([]);
    expect(violations.map((one) => ({ path: one.path, code: one.code, limit: one.limit }))).toEqual([
      { path, code, limit },
    ]);
  });

  test.each(['Committed', 'Launched'])('the last solution stays at stage %s', (stage) => {
    const before = { solutions: ['S-1'], awsMarketplaceProducts: [arn('SaaSProduct/prod-1')] };
    const { violations } = planAssociations(record(before, stage), {
      solutions: [],
      awsMarketplaceProducts: null,
    });
    expect(violations).toEqual([
      {
        path: ['solutions'],
        field: 'relatedEntityIdentifiers.solutions',
        code: 'NOT_ENOUGH_VALUES',
        message: `At stage ${stage} an opportunity must keep at least one solution, AWS Marketplace solution or AWS Marketplace product.`,
        limit: 1,
      },
    ]);
    expect(plan(before, { solutions: [] }, stage)).toEqual(['-S-1']);
    expect(plan({}, { solutions: [] }, stage)).toEqual([]);
  });

  test('the last solution may go at any other stage', () => {
    expect(plan({ solutions: ['S-1'] }, { solutions: [] }, 'Qualified')).toEqual(['-S-1']);
  });

  test('several violations are reported at once, in words for end users', () => {
    const { violations } = planAssociations(record({ solutions: ['S-1'] }, 'Committed'), {
      solutions: [],
      awsProducts: [''],
      awsMarketplaceOffer: 'offer-1',
    });
    expect(violations.map(({ message }) => message)).toEqual([
      'AWS product 1 must be the code of an AWS product, 1 to 255 characters; got "".',
      'AWS Marketplace offer must be the ARN of an offer in AWS Marketplace; got "offer-1".',
      'At stage Committed an opportunity must keep at least one solution, AWS Marketplace solution or AWS Marketplace product.',
    ]);
  });
});

test('the form of a single id is checked by its type', () => {
  expect(checkEntityId('Solutions', 'S-1', ['relatedEntityIdentifier'])).toBeUndefined();
  expect(checkEntityId('Solutions', '1', ['relatedEntityIdentifier'])).toMatchObject({
    path: ['relatedEntityIdentifier'],
    field: 'relatedEntityIdentifiers.solutions',
  });
});

test('only a solution has AWS drop the description of another one', () => {
  const described = { project: { otherSolutionDescription: 'Our own' } };
  const step = (action: AssociationStep['action'], type: AssociationStep['type']) => [
    { action, type, id: 'x' },
  ];
  expect(dropsDescription(described, step('ASSOCIATE', 'Solutions'))).toBe(true);
  expect(dropsDescription(described, step('ASSOCIATE', 'AwsMarketplaceProducts'))).toBe(true);
  expect(dropsDescription(described, step('ASSOCIATE', 'AwsProducts'))).toBe(false);
  expect(dropsDescription(described, step('DISASSOCIATE', 'Solutions'))).toBe(false);
  expect(dropsDescription({ project: {} }, step('ASSOCIATE', 'Solutions'))).toBe(false);
});

describe('the plan for any record and any wish', () => {
  const members = {
    Solutions: 'solutions',
    AwsProducts: 'awsProducts',
    AwsMarketplaceSolutions: 'awsMarketplaceSolutions',
    AwsMarketplaceProducts: 'awsMarketplaceProducts',
    AwsMarketplaceOffers: 'awsMarketplaceOffers',
    AwsMarketplaceOfferSets: 'awsMarketplaceOfferSets',
  } as const;
  type Associations = Record<(typeof members)[keyof typeof members], string[]>;
  const caps: Record<keyof Associations, number> = {
    solutions: 10,
    awsProducts: 20,
    awsMarketplaceSolutions: 10,
    awsMarketplaceProducts: 10,
    awsMarketplaceOffers: 1,
    awsMarketplaceOfferSets: 1,
  };
  const some = (id: (n: number) => string, cap: number) =>
    fc.uniqueArray(fc.integer({ min: 1, max: cap + 4 }).map(id), { maxLength: cap });
  const lists = {
    solutions: some((n) => `S-${n}`, 10),
    awsProducts: some((n) => `Product${n}`, 20),
    awsMarketplaceSolutions: some((n) => arn(`Solution/soln-${n}`), 10),
    awsMarketplaceProducts: some((n) => arn(`SaaSProduct/prod-${n}`), 10),
  };
  const oneOffer = fc.constantFrom<Pick<Associations, 'awsMarketplaceOffers' | 'awsMarketplaceOfferSets'>>(
    { awsMarketplaceOffers: [], awsMarketplaceOfferSets: [] },
    { awsMarketplaceOffers: [offer(1)], awsMarketplaceOfferSets: [] },
    { awsMarketplaceOffers: [], awsMarketplaceOfferSets: [offerSet(1)] },
  );
  const stored = fc
    .tuple(fc.record(lists), oneOffer)
    .map(([some, offers]): Associations => ({ ...some, ...offers }));
  const wish = fc.record(
    {
      ...Object.fromEntries(Object.entries(lists).map(([name, ids]) => [name, fc.option(ids)])),
      awsMarketplaceOffer: fc.constantFrom(null, offer(1), offer(2)),
      awsMarketplaceOfferSet: fc.constantFrom(null, offerSet(1), offerSet(2)),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<TargetAssociations>;
  const stages = fc.constantFrom('Qualified', 'Committed', 'Launched');

  /** What the caller wants, as a record would have it. */
  const target = (before: Associations, wanted: TargetAssociations): Associations => {
    const { awsMarketplaceOffer: one, awsMarketplaceOfferSet: set, ...rest } = wanted;
    const given = Object.entries(rest).map(([name, ids]) => [name, ids ?? []]);
    return {
      ...before,
      ...Object.fromEntries(given),
      ...(one !== undefined && { awsMarketplaceOffers: one ? [one] : [] }),
      ...(set !== undefined && { awsMarketplaceOfferSets: set ? [set] : [] }),
    };
  };
  const solutionCount = (all: Associations) =>
    all.solutions.length + all.awsMarketplaceSolutions.length + all.awsMarketplaceProducts.length;
  const isAllowed = (all: Associations) =>
    Object.entries(caps).every(([name, cap]) => all[name as keyof Associations].length <= cap) &&
    all.awsMarketplaceOffers.length + all.awsMarketplaceOfferSets.length <= 1;
  const sorted = (all: Associations) =>
    Object.fromEntries(Object.entries(all).map(([name, ids]) => [name, ids.toSorted()]));

  test('ends at what is wanted, within the limits after every step, and never without a solution on the way', () => {
    fc.assert(
      fc.property(stored, wish, stages, (before, wanted, stage) => {
        const { steps, violations } = planAssociations(record(before, stage), wanted);
        const after = target(before, wanted);
        const isFirm = stage !== 'Qualified' && solutionCount(before) > 0;
        expect(violations.length === 0).toBe(isAllowed(after) && !(isFirm && solutionCount(after) === 0));
        if (violations.length > 0) return;
        const all = structuredClone(before);
        for (const [index, { action, type, id }] of steps.entries()) {
          const ids = all[members[type]];
          expect(ids.includes(id)).toBe(action === 'DISASSOCIATE');
          expect(isAssociated(record(all), type, id)).toBe(action === 'DISASSOCIATE');
          if (action === 'ASSOCIATE') ids.push(id);
          else ids.splice(ids.indexOf(id), 1);
          expect(isAllowed(all)).toBe(true);
          if (solutionCount(before) > 0 && solutionCount(after) > 0)
            expect(solutionCount(all)).toBeGreaterThan(0);
          // Whoever stops here and plans again goes on with what is left.
          expect(planAssociations(record(all, stage), wanted).steps).toHaveLength(steps.length - index - 1);
        }
        expect(sorted(all)).toEqual(sorted(after));
      }),
      { numRuns: Number(process.env.RUNS ?? 500) },
    );
  });
});
