import {
  type GraphQLInputObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isListType,
} from 'graphql';
import { type Certainty, isReview, isSubmittable, locksOf } from '../../domain/editability.ts';
import { isEdits } from '../../domain/list-edits.ts';
import type { Resolvers } from '../types.generated.ts';

function leaves(type: GraphQLInputObjectType, path = ''): string[] {
  return Object.values(type.getFields()).flatMap((field) => {
    if (isEdits(field.name)) return []; // the list that they edit is a field
    const below = path ? `${path}.${field.name}` : field.name;
    const inner = getNamedType(field.type);
    return isInputObjectType(inner) && !isListType(field.type) ? leaves(inner, below) : [below];
  });
}

const fieldsBySchema = new WeakMap<GraphQLSchema, string[]>();

/** Every field of a patch, in the order of the schema; a list is one field. */
function patchFields(schema: GraphQLSchema): string[] {
  const cached = fieldsBySchema.get(schema);
  if (cached) return cached;
  const type = schema.getType('OpportunityPatch');
  const fields = isInputObjectType(type) ? leaves(type) : [];
  fieldsBySchema.set(schema, fields);
  return fields;
}

export const resolvers: Resolvers = {
  Opportunity: {
    editability(record, _args, _context, { schema }) {
      const { reason, certaintyOf } = locksOf(record);
      const fields = patchFields(schema);
      const those = (certainty: Certainty) => fields.filter((field) => certaintyOf(field) === certainty);
      return {
        editable: fields.some((field) => certaintyOf(field) !== 'locked' && !isReview(field)),
        reason,
        lockedFields: those('locked'),
        editableFields: those('editable'),
        uncertainFields: those('uncertain'),
        submittable: isSubmittable(record),
      };
    },
  },
};
