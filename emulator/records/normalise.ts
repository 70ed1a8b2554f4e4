import { asObject, asString, isObject, type Json, type JsonObject } from '../json.ts';
import { isProgram } from '../rules/project.ts';
import type { Settings } from '../settings.ts';
import { estimateOf, sameAmount } from './estimates.ts';

/**
 * The members of an accepted write that the service computes, corrects or silently drops. Everything else is stored as
 * sent. Values that equal those of the stored record `before` are left alone.
 */
export function normalise(
  written: JsonObject,
  before: JsonObject | undefined,
  settings: Settings,
): JsonObject {
  if (!isObject(written.Project)) return written;
  const earlier = asObject(before?.Project);
  const project = { ...written.Project };
  if (Array.isArray(project.ExpectedCustomerSpend) || isObject(project.ExpectedContractDuration))
    project.ExpectedCustomerSpend = normalisedSpend(project, earlier, settings);
  if (Array.isArray(project.ApnPrograms)) {
    const known = Array.isArray(earlier.ApnPrograms) ? earlier.ApnPrograms : [];
    project.ApnPrograms = project.ApnPrograms.filter((name) => isProgram(name) || known.includes(name));
  }
  // New business renews no opportunity. AWS: the field sheet.
  const isNew = (written.OpportunityType ?? 'Net New Business') === 'Net New Business';
  if (isNew && earlier.RelatedOpportunityIdentifier !== project.RelatedOpportunityIdentifier)
    delete project.RelatedOpportunityIdentifier;
  if (project.ExpectedCustomerSpend === undefined) delete project.ExpectedCustomerSpend;
  return { ...written, Project: project };
}

/** AWS: deal sizing, on estimates and on contract values. */
function normalisedSpend(project: JsonObject, earlier: JsonObject, settings: Settings): Json {
  const list = (value: Json | undefined) => (Array.isArray(value) ? value.filter(isObject) : []);
  const stored = list(earlier.ExpectedCustomerSpend);
  const isSelf = ({ TargetCompany }: JsonObject) => TargetCompany === 'Self';
  const sent = list(project.ExpectedCustomerSpend);
  const contract = stored.find(isSelf);
  // A contract whose duration is kept keeps its entry, even if the caller omitted it.
  const forgotten =
    isObject(project.ExpectedContractDuration) && contract !== undefined && !sent.some(isSelf);
  const spend = forgotten ? [...sent, inCurrencyOf(sent[0], contract)] : sent;
  return spend.map((entry) => normalisedEntry(entry, stored, settings));
}

const inCurrencyOf = (entry: JsonObject | undefined, contract: JsonObject): JsonObject =>
  entry?.CurrencyCode === undefined ? contract : { ...contract, CurrencyCode: entry.CurrencyCode };

function normalisedEntry(entry: JsonObject, stored: JsonObject[], settings: Settings): JsonObject {
  const { EstimationUrl: url, Amount: amount, TargetCompany: company } = entry;
  const same = (one: JsonObject) =>
    one.EstimationUrl === url && one.Amount === amount && one.TargetCompany === company;
  if (stored.some(same)) return entry;
  if (company === 'Self') return settings.selfFrequency === 'none' ? { ...entry, Frequency: 'None' } : entry;
  const normalised = settings.targetCompany === 'coerce' ? { ...entry, TargetCompany: 'AWS' } : entry;
  const text = asString(url);
  if (text === undefined) return normalised;
  const estimated = estimateOf(text, settings);
  if (amount === undefined || amount === '')
    return estimated === undefined ? normalised : { ...normalised, Amount: estimated };
  // If amount and estimate disagree, the amount wins and the estimate is dropped.
  const { EstimationUrl: _forgotten, ...rest } = normalised;
  return sameAmount(estimated, asString(amount)) ? normalised : rest;
}
