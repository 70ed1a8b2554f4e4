/** What the given fields of an input cost, in upstream calls. */
import { type GraphQLInputObjectType, type GraphQLInputType, getNamedType, isInputObjectType } from 'graphql';
import { weightOf } from './directives.ts';

/** A field of an input with a price, or with one somewhere below it. */
type PricedField = { name: string; weight: number; type: GraphQLInputType };

const pricedFields = new WeakMap<GraphQLInputObjectType, readonly PricedField[]>();

/** The fields of an input that have to be looked at for its price: most inputs have none, regardless of their length. */
function pricedFieldsOf(input: GraphQLInputObjectType): readonly PricedField[] {
  const known = pricedFields.get(input);
  if (known) return known;
  pricedFields.set(input, []); // for an input that contains itself
  const fields = Object.values(input.getFields()).map((field) => ({
    name: field.name,
    weight: weightOf(field),
    type: field.type,
  }));
  // A weight of 0 is that of all below, such as the items of a bulk job, which are not this operation's to pay.
  const priced = fields.flatMap(({ weight, ...field }) =>
    weight === 0 || (weight === undefined && !isPriced(field.type))
      ? []
      : [{ ...field, weight: weight ?? 0 }],
  );
  pricedFields.set(input, priced);
  return priced;
}

/** Checks whether what is given for an input can have a price. */
export function isPriced(type: GraphQLInputType): boolean {
  const input = getNamedType(type);
  return isInputObjectType(input) && pricedFieldsOf(input).length > 0;
}

/** What the given fields of an input cost: a write for each solution that is to be associated, for example. */
export function inputCost(type: GraphQLInputType, value: unknown): number {
  const input = getNamedType(type);
  if (!isInputObjectType(input) || typeof value !== 'object' || value === null) return 0;
  const priced = pricedFieldsOf(input);
  if (priced.length === 0) return 0;
  if (Array.isArray(value)) return value.reduce((sum, item) => sum + inputCost(type, item), 0);
  return priced.reduce((sum, { name, weight, type }) => {
    const given: unknown = Reflect.get(value, name);
    if (given === null || given === undefined) return sum;
    return sum + weight * (Array.isArray(given) ? given.length : 1) + inputCost(type, given);
  }, 0);
}
