import { AssociateOpportunityCommand } from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Body, edited, testEmulator, validCreate, violations } from './kit.ts';

const on = testEmulator({ seed: true });
const Catalog = 'Sandbox';
/** The members that a submission requires. */
const complete = {
  PrimaryNeedsFromAws: ['Co-Sell - Deal Support'],
  'Project.DeliveryModels': ['SaaS or PaaS'],
  'Project.CustomerUseCase': 'Database',
  'Project.SalesActivities': ['SOW Signed'],
  'Project.OtherSolutionDescription': 'Our own advice',
};
const create = async (edits: Body = {}): Promise<string> => {
  const { body } = await on.wire(
    'CreateOpportunity',
    edited(validCreate(`token-${JSON.stringify(edits)}`.slice(0, 255)), { ...complete, ...edits }),
  );
  return String(body.Id);
};

describe('solutions and other associated entities', () => {
  const associate = (id: string, type: string, entity: string, operation = 'AssociateOpportunity') =>
    on.wire(operation, {
      Catalog,
      OpportunityIdentifier: id,
      RelatedEntityType: type,
      RelatedEntityIdentifier: entity,
    });
  const dissociate = (id: string, type: string, entity: string) =>
    associate(id, type, entity, 'DisassociateOpportunity');
  const offer = (name: string, kind = 'Offer/') =>
    `arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/${kind}${name}`;

  test('moves the date of a record on association, and drops its description of another solution', async () => {
    const id = await create();
    const before = await on.read(id);
    await on.client.send(
      new AssociateOpportunityCommand({
        Catalog,
        OpportunityIdentifier: id,
        RelatedEntityType: 'Solutions',
        RelatedEntityIdentifier: 'S-1234567',
      }),
    );
    const after = await on.read(id);
    expect(after).toMatchObject({
      RelatedEntityIdentifiers: { Solutions: ['S-1234567'] },
      Project: { OtherSolutionDescription: null },
    });
    const stale = await on.wire('UpdateOpportunity', {
      ...after,
      Identifier: id,
      LastModifiedDate: before.LastModifiedDate,
    });
    expect(stale.body.__type).toContain('ConflictException');
    expect((await dissociate(id, 'Solutions', 'S-1234567')).status).toBe(200);
    expect(await on.read(id)).toMatchObject({ RelatedEntityIdentifiers: { Solutions: [] } });
  });

  test.each([
    ['Solutions', 'Other', 'INVALID_VALUE', 'relatedEntityIdentifier'],
    ['AwsMarketplaceOffers', 'offer-1', 'INVALID_VALUE', 'relatedEntityIdentifier'],
    ['Solutions', 'S-0051204', 'INVALID_VALUE', 'relatedEntityIdentifier'],
    ['Solutions', 'S-0051205', 'INVALID_VALUE', 'relatedEntityIdentifier'],
    [
      'AwsMarketplaceSolutions',
      'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Solution/soln-agents',
      'INVALID_VALUE',
      'relatedEntityIdentifier',
    ],
  ])('refuses to associate %s with the id %s', async (type, entity, code, field) => {
    expect(violations((await associate(await create(), type, entity)).body)).toEqual([[code, field]]);
  });

  test('answers with ResourceNotFoundException for an unknown solution, association or opportunity', async () => {
    const id = await create();
    expect((await associate(id, 'Solutions', 'S-9')).body.__type).toContain('ResourceNotFoundException');
    expect((await dissociate(id, 'AwsProducts', 'AmazonS3')).body.__type).toContain(
      'ResourceNotFoundException',
    );
    expect((await associate('O404', 'AwsProducts', 'AmazonS3')).body.__type).toContain(
      'ResourceNotFoundException',
    );
  });

  test.each([
    ['AwsProducts', 20, (n: number) => `Product${n}`],
    ['AwsMarketplaceProducts', 10, (n: number) => `arn:aws:product/${n}`],
    ['AwsMarketplaceSolutions', 10, (n: number) => `arn:aws:solution/${n}`],
    ['AwsMarketplaceOffers', 1, (n: number) => offer(`offer-${n}`)],
    ['AwsMarketplaceOfferSets', 1, (n: number) => offer(`offerset-${n}`, 'OfferSet/')],
  ])('limits the %s of an opportunity to %i', async (type, cap, nth) => {
    const id = await create();
    for (let n = 0; n < cap; n++) expect((await associate(id, type, nth(n))).status).toBe(200);
    expect(violations((await associate(id, type, nth(cap))).body)).toEqual([
      ['TOO_MANY_VALUES', `relatedEntityIdentifiers.${type.charAt(0).toLowerCase()}${type.slice(1)}`],
    ]);
  });

  test('associates an offer only once, not beside an offer set, and not with a lost deal', async () => {
    const [one, other] = [await create(), await create({ 'Project.Title': 'Another' })];
    await associate(one, 'AwsMarketplaceOffers', offer('offer-1'));
    const twice = await associate(other, 'AwsMarketplaceOffers', offer('offer-1'));
    expect(violations(twice.body)).toEqual([
      ['DUPLICATE_KEY_VALUE', 'relatedEntityIdentifiers.awsMarketplaceOffers'],
    ]);
    const beside = await associate(one, 'AwsMarketplaceOfferSets', offer('offerset-1', 'OfferSet/'));
    expect(violations(beside.body)).toEqual([
      ['INVALID_VALUE', 'relatedEntityIdentifiers.awsMarketplaceOfferSets'],
    ]);
    const lost = await associate('O5000006', 'AwsMarketplaceOffers', offer('offer-2'));
    expect(violations(lost.body)).toEqual([
      ['ACTION_NOT_PERMITTED', 'relatedEntityIdentifiers.awsMarketplaceOffers'],
    ]);
  });

  test('refuses to disassociate the last solution of a launched deal', async () => {
    await on.control('PATCH', 'opportunities/O5000005', {
      RelatedEntityIdentifiers: { Solutions: ['S-1234567'] },
    });
    const last = await dissociate('O5000005', 'Solutions', 'S-1234567');
    expect(violations(last.body)).toEqual([['ACTION_NOT_PERMITTED', 'relatedEntityIdentifiers.solutions']]);
    await associate('O5000005', 'Solutions', 'S-0051201');
    expect((await dissociate('O5000005', 'Solutions', 'S-1234567')).status).toBe(200);
  });

  test.each([
    ['refuse', 'DUPLICATE_KEY_VALUE'],
    ['ignore', undefined],
    ['conflict', undefined],
  ])(
    'answers a repeated association according to duplicateAssociation: %s',
    async (duplicateAssociation, code) => {
      await on.control('POST', 'settings', { duplicateAssociation });
      const id = await create();
      await associate(id, 'AwsProducts', 'AmazonS3');
      const { status, body } = await associate(id, 'AwsProducts', 'AmazonS3');
      expect(status).toBe(duplicateAssociation === 'ignore' ? 200 : 400);
      expect(violations(body)[0]?.[0]).toBe(code);
    },
  );

  test.each([
    ['refuse', 400],
    ['ignore', 200],
  ])(
    'answers the removal of what is not associated according to missingAssociation: %s',
    async (missingAssociation, expected) => {
      await on.control('POST', 'settings', { missingAssociation });
      const id = await create();
      const before = await on.read(id);
      expect((await dissociate(id, 'AwsProducts', 'AmazonS3')).status).toBe(expected);
      expect((await on.read(id)).LastModifiedDate).toBe(before.LastModifiedDate);
    },
  );

  test('associates a listing in AWS Marketplace of an active solution, and any that is not the partner’s', async () => {
    const id = await create();
    const arn = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Solution/soln-';
    for (const name of ['tidegate', 'of-a-subsidiary'])
      expect((await associate(id, 'AwsMarketplaceSolutions', arn + name)).status).toBe(200);
  });

  test('associates during a review, unless associateUnderReview: refuse', async () => {
    expect((await associate('O5000004', 'AwsProducts', 'AmazonSNS')).status).toBe(200);
    await on.control('POST', 'settings', { associateUnderReview: 'refuse' });
    expect(violations((await associate('O5000004', 'AwsProducts', 'AmazonSQS')).body)[0]?.[0]).toBe(
      'ACTION_NOT_PERMITTED',
    );
  });
});
