import { changeAwsView } from '../engagements/aws-edit.ts';
import { awsView } from '../engagements/aws-view.ts';
import { isObject, type Json } from '../json.ts';
import type { Opportunity } from '../records/record.ts';
import { awsSummary } from '../shapes/aws-summary.ts';
import type { Shape } from '../shapes/shape.ts';
import { catalogOf } from './read.ts';
import { badRequest, type ControlCall, ControlError, type Route } from './route.ts';

/** AWS's view of opportunities, which only AWS can change: its stage, people, insights and involvement. */
export const summaries: readonly Route[] = [
  {
    path: 'summaries/:id',
    GET: (call) => awsView(recordOf(call), call.own),
    PATCH: (call) => {
      const record = recordOf(call);
      const { Catalog: _catalog, RelatedOpportunityId: _id, ...changeable } = awsSummary.members;
      const stray = Object.entries(call.body).flatMap(([name, value]) =>
        Object.hasOwn(changeable, name) ? strayMembers(changeable[name] as Shape, value, name) : [name],
      );
      if (stray.length > 0)
        throw badRequest(
          `Unknown member ${stray.join(', ')}; expected members of AWS's summary: ${Object.keys(changeable).join(', ')}`,
        );
      changeAwsView(call.own, record, call.body);
      call.changed();
      return awsView(record, call.own);
    },
  },
];

function recordOf({ own, name, query }: ControlCall): Opportunity {
  const catalog = catalogOf(query);
  const record = own.store.get(catalog, name);
  if (!record) throw new ControlError(404, `Opportunity ${name} not found in catalog ${catalog}`);
  return record;
}

/** The paths of members that a shape does not have: they would be dropped without a word. */
function strayMembers(shape: Shape, value: Json, path: string): string[] {
  if (shape.kind === 'list' && Array.isArray(value))
    return value.flatMap((item, index) => strayMembers(shape.item, item, `${path}.${index}`));
  if (shape.kind !== 'structure' || !isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const member = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    return member ? strayMembers(member, inner, `${path}.${name}`) : [`${path}.${name}`];
  });
}
