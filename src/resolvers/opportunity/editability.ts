import {
  type GraphQLInputObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isListType,
} from 'graphql';
import { isSubmittable, locksOf } from '../../domain/editability.ts';
import type { Resolvers } from '../types.generated.ts';

function leaves(type: GraphQLInputObjectType, path = ''): string[] {
  return Object.values(type.getFields()).flatMap((field) => {
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
      const { reason, isLocked } = locksOf(record);
      const fields = patchFields(schema);
      const editableFields = fields.filter((field) => !isLocked(field));
      return {
        editable: editableFields.length > 0,
        reason,
        lockedFields: fields.filter(isLocked),
        editableFields,
        submittable: isSubmittable(record),
      };
    },
  },
};
