import { isDay, toDay } from '../instant.ts';
import { noSupport, picklists } from '../values/picklists.ts';
import { listAt, missing, type Rule, stringAt, touches, violation } from './rule.ts';

const dayMs = 86_400_000;
const closeDatePath = 'LifeCycle.TargetCloseDate';

/** A deal closes after today and within sixty years. AWS: observed for the past, the data model for the future. */
export const closeDate: Rule = (change) => {
  const day = stringAt(change.after, closeDatePath);
  if (day === undefined || !touches(change, closeDatePath)) return [];
  if (!isDay(day)) return [violation('INVALID_VALUE', closeDatePath, `${day} is not a day of the calendar`)];
  // This code is not in the service's list, but was observed.
  if (day <= toDay(change.now))
    return [
      violation(
        'BUSINESS_VALIDATION_EXCEPTION',
        closeDatePath,
        'The target close date must be in the future',
      ),
    ];
  if (day > toDay(change.now + 60 * 365.25 * dayMs))
    return [
      violation('VALUE_OUT_OF_RANGE', closeDatePath, 'The target close date is more than sixty years away'),
    ];
  return [];
};

/**
 * Removes spaces around slashes: use cases are published with and without, and both were observed to work. Not by a
 * pattern: one that starts with spaces takes quadratic time on spaces alone.
 */
const spelled = (useCase: string): string =>
  useCase
    .split('/')
    .map((part) => part.trim())
    .join('/');
const useCases: ReadonlySet<string> = new Set(picklists.CustomerUseCase.map(spelled));

/** A free string in the model, a picklist on the server. AWS: the data model's values; observed as refused. */
export const customerUseCase: Rule = (change) => {
  const path = 'Project.CustomerUseCase';
  const useCase = stringAt(change.after, path);
  if (useCase === undefined || useCases.has(spelled(useCase)) || !touches(change, path)) return [];
  return [
    violation(
      'INVALID_ENUM_VALUE',
      path,
      `${JSON.stringify(useCase)} is not one of AWS's customer use cases`,
    ),
  ];
};

const programs: ReadonlySet<string> = new Set(picklists.ApnPrograms);
export const isProgram = (name: unknown): boolean => programs.has(String(name));

/** AWS: the data model has unknown programs both dropped and refused; hence the switch. */
export const apnPrograms: Rule = (change) => {
  const path = 'Project.ApnPrograms';
  if (change.settings.apnPrograms === 'drop' || !touches(change, path)) return [];
  const known = listAt(change.before, path);
  const unknown = listAt(change.after, path).filter((name) => !isProgram(name) && !known.includes(name));
  return unknown.map((name) =>
    violation('INVALID_ENUM_VALUE', path, `${JSON.stringify(name)} is not one of AWS's partner programs`),
  );
};

/** The competitor *Other requires a name; others must not have one. AWS: the data model on OtherCompetitorNames. */
export const competitors: Rule = (change) => {
  const [name, others] = ['Project.CompetitorName', 'Project.OtherCompetitorNames'];
  if (!touches(change, name, others)) return [];
  const isOther = stringAt(change.after, name) === '*Other';
  const named = stringAt(change.after, others) !== undefined;
  if (isOther === named) return [];
  if (isOther) return [missing(others)];
  return [
    violation('INVALID_VALUE', others, 'Other competitors can only be named if the competitor is *Other'),
  ];
};

/** A renewal requires the opportunity that it renews, which must exist. AWS: the field sheet. */
export const relatedOpportunity: Rule = (change) => {
  const path = 'Project.RelatedOpportunityIdentifier';
  if (!touches(change, 'OpportunityType', path)) return [];
  const type = stringAt(change.after, 'OpportunityType');
  const related = stringAt(change.after, path);
  if (related === undefined) return type === 'Flat Renewal' ? [missing(path)] : [];
  // New business has no predecessor: it is dropped anyway, so it need not exist.
  if (type === undefined || type === 'Net New Business' || !touches(change, path)) return [];
  if (change.others.exists(related)) return [];
  return [violation('INVALID_VALUE', path, `Opportunity ${related} does not exist or is not accessible`)];
};

/** Co-selling and needing no support exclude each other. AWS: the data model on primary needs. */
export const primaryNeeds: Rule = (change) => {
  const path = 'PrimaryNeedsFromAws';
  const needs = listAt(change.after, path);
  const mixed = needs.includes(noSupport) && needs.some((need) => need !== noSupport);
  if (!mixed || !touches(change, path)) return [];
  return [violation('INVALID_VALUE', path, 'Co-selling and no support cannot both be needed')];
};
