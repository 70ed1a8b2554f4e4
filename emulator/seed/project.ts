import type { JsonObject } from '../json.ts';
import { estimateOf } from '../records/estimates.ts';
import { enums } from '../values/enums.ts';
import { picklists } from '../values/picklists.ts';
import { currencyOf, type Draft, getsSolution, isSovereign } from './draft.ts';

/** The opportunity that renewals refer to: the launched landmark. */
const renewedOpportunity = 'O5000005';

export function projectOf(draft: Draft): JsonObject {
  const { index, company, deal, random, full, plan } = draft;
  const competitor = full || random.chance(0.5) ? random.pick(enums.CompetitorName) : null;
  const renewal = index > 5 && plan.status === 'Approved' && random.chance(0.1);
  return {
    Title: `${deal.title}, ${company.name}`,
    CustomerBusinessProblem: deal.problem.replace('{company}', company.name),
    CustomerUseCase: deal.useCase,
    DeliveryModels: [...deal.delivery],
    ...inventSpend(draft),
    ApnPrograms: full || random.chance(0.3) ? random.sample(picklists.ApnPrograms, random.whole(1, 2)) : null,
    SalesActivities: random.sample(enums.SalesActivity, random.whole(1, 4)),
    CompetitorName: competitor,
    OtherCompetitorNames: competitor === '*Other' ? 'Two regional hosting companies' : null,
    OtherSolutionDescription: getsSolution(draft) ? null : 'Advisory and delivery by our own team',
    AdditionalComments:
      full || random.chance(0.3) ? 'The customer asks for one weekly contact on our side.' : null,
    RelatedOpportunityIdentifier: renewal ? renewedOpportunity : null,
    AwsPartition: isSovereign(draft) ? 'aws-eusc' : null,
  };
}

/** The monthly AWS spend and, for some, the value and duration of the partner's own contract. */
function inventSpend(draft: Draft): JsonObject {
  const { random, full } = draft;
  const own = full || random.chance(0.2);
  const CurrencyCode = currencyOf(draft);
  const entry = (TargetCompany: string, amount: number): JsonObject => ({
    Amount: random.chance(0.2) ? `${amount}.50` : String(amount),
    CurrencyCode,
    Frequency: 'Monthly',
    TargetCompany,
  });
  const aws = entry('AWS', random.whole(5, 900) * 100);
  if (own)
    return {
      ExpectedCustomerSpend: [aws, entry('Self', random.whole(10, 2000) * 100)],
      ExpectedContractDuration: { Term: 'Months', Value: String(random.pick([12, 24, 36, 60])) },
    };
  const EstimationUrl = `https://calculator.aws/#/estimate?id=${random.digits(40, '0123456789abcdef')}`;
  const Amount = estimateOf(EstimationUrl, { estimates: {} }) ?? null;
  return { ExpectedCustomerSpend: [random.chance(0.15) ? { ...aws, EstimationUrl, Amount } : aws] };
}
