import type { Json, JsonObject } from '../json.ts';
import { enums } from '../values/enums.ts';
import { inventPeople } from './company.ts';
import { currencyOf, type Draft, getsSolution } from './draft.ts';

const partnerHost = 'partner.example';

/** Co-sell needs; a record not yet submitted may have none. */
export const needsOf = ({ plan, random, full }: Draft): Json =>
  full || plan.status !== 'Pending Submission' || random.chance(0.6)
    ? random.sample(enums.PrimaryNeedFromAws, random.whole(1, 2))
    : null;

export function marketingOf({ deal, random, full }: Draft): JsonObject {
  if (!full && !random.chance(0.3)) return { Source: 'None' };
  const { campaign } = deal;
  return {
    Source: 'Marketing Activity',
    CampaignName: `${campaign} roadshow`,
    UseCases: [campaign],
    Channels: random.sample(enums.Channel, random.whole(1, 3)),
    AwsFundingUsed: 'Yes',
  };
}

/** Software revenue; every launched record has it. */
export function revenueOf(draft: Draft): Json {
  const { plan, dates, random, full } = draft;
  if (!full && plan.stage !== 'Launched' && !random.chance(0.15)) return null;
  const start = random.whole(10, 90);
  return {
    DeliveryModel: random.pick(enums.RevenueModel),
    Value: { Amount: `${random.whole(10, 900) * 1000}.00`, CurrencyCode: currencyOf(draft) },
    EffectiveDate: dates.day(start),
    ExpirationDate: dates.day(start + 365),
  };
}

/** The owner comes first; the service returns no phone number for them. */
export function teamOf({ random }: Draft): JsonObject[] {
  const [owner, manager] = inventPeople(2, partnerHost, random, () => ({}));
  const team = [{ ...owner, BusinessTitle: 'OpportunityOwner' }];
  return random.chance(0.4) ? [...team, { ...manager, BusinessTitle: 'PartnerAccountManager' }] : team;
}

const solutionIds = ['S-1234567', 'S-0051201', 'S-0051202', 'S-0051203'];
const productIds = ['AmazonEC2', 'AmazonS3', 'AmazonRDS', 'AWSLambda', 'AmazonSageMaker', 'AmazonConnect'];

export function relatedOf(draft: Draft): JsonObject {
  const { random } = draft;
  return {
    ...(getsSolution(draft) ? { Solutions: random.sample(solutionIds, random.whole(1, 2)) } : {}),
    ...(random.chance(0.6) ? { AwsProducts: random.sample(productIds, random.whole(1, 3)) } : {}),
  };
}
