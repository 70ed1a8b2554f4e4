import { putContext } from '../engagements/engagement.ts';
import { aws, type Context, type Engagement } from '../engagements/model.ts';
import { putProspectingResult } from '../engagements/prospecting.ts';
import { asObject, mergePatch } from '../json.ts';
import { leadShape, prospectingResultShape } from '../shapes/engagement.ts';
import { assertShape, readObject } from './read.ts';
import { badRequest, type ControlCall, ControlError, onlyMembers, type Route } from './route.ts';

/** What AWS adds to leads: its data on the company, and how ready it thinks that the lead is. */
export const leads: readonly Route[] = [
  {
    path: 'leads/:id',
    PATCH: (call) => {
      const { body, own, state } = call;
      onlyMembers(body, ['lead', 'prospectingResult']);
      const { engagement, context } = find(call);
      let changed = engagement;
      if (body.lead !== undefined) {
        const patched = asObject(mergePatch(context.Payload?.Lead, readObject(body, 'lead')));
        assertShape(leadShape, patched, state);
        const lead: Context = { ...context, Payload: { Lead: patched } };
        changed = putContext(own, changed, lead, aws).engagement;
      }
      if (body.prospectingResult !== undefined) {
        const result = readObject(body, 'prospectingResult');
        assertShape(prospectingResultShape, result, state);
        const put = putProspectingResult(own, changed, result);
        if (!put) throw badRequest(`Engagement ${changed.Id} has no room for another context`);
        changed = put;
      }
      call.changed();
      return changed;
    },
  },
];

function find({ state, name }: ControlCall): { engagement: Engagement; context: Context } {
  const engagement = state.engagements.engagements.get(name);
  const context = engagement?.Contexts.findLast(({ Type }) => Type === 'Lead');
  if (!engagement || !context) throw new ControlError(404, `Engagement ${name} with a lead not found`);
  return { engagement, context };
}
