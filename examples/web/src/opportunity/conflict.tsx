import { type FormEvent, useState } from 'react';
import type { SaveMutation } from '../gql/graphql.ts';
import { Dialog } from '../shell/dialog.tsx';
import type { Value } from '../shell/field.tsx';
import { usePicklists } from '../shell/picklists.ts';
import { unknownValues } from '../shell/unknown.ts';
import { type FormField, fields, type Values, valueAt } from './fields.ts';

type Payload = NonNullable<SaveMutation['updateOpportunity']>;
export type Clash = NonNullable<Payload['conflict']>;
type Side = 'mine' | 'theirs';

type ConflictProps = { clash: Clash; mine: Values; onChosen(kept: string[]): void; onCancel(): void };

/** Two people changed the same fields: the user chooses between both values of each. */
export function ConflictDialog({ clash, mine, onChosen, onCancel }: ConflictProps) {
  const { labelOf } = usePicklists();
  const clashing = fields.filter(
    ({ path, partOf }) => path in mine && clash.overlappingFields.includes(partOf ?? path),
  );
  const [sides, setSides] = useState<Record<string, Side>>({});
  const unknown = unknownValues(clash.current);
  const textOf = (field: FormField, value: Value): string =>
    [value]
      .flat()
      .map((item) => ('list' in field && item ? labelOf(field.list, item) : item))
      .join(', ');

  function keep(event: FormEvent) {
    event.preventDefault();
    onChosen(Object.keys(mine).filter((path) => sides[path] !== 'theirs'));
  }

  return (
    <Dialog title="Someone else has changed this opportunity" onClose={onCancel}>
      <form onSubmit={keep}>
        {clashing.map((field) => {
          const values: Record<Side, string | undefined> = {
            mine: textOf(field, mine[field.path] ?? ''),
            theirs: textOf(field, valueAt(clash.current, field)) || unknown.get(field.path),
          };
          return (
            <fieldset key={field.path} className="field choices">
              <legend>{field.label}</legend>
              {(['mine', 'theirs'] as const).map((side) => (
                <label key={side}>
                  <input
                    type="radio"
                    name={field.path}
                    checked={(sides[field.path] ?? 'mine') === side}
                    onChange={() => setSides({ ...sides, [field.path]: side })}
                  />
                  <b>{side === 'mine' ? 'Yours' : 'Theirs'}</b> {values[side] || 'empty'}
                </label>
              ))}
            </fieldset>
          );
        })}
        <div className="actions">
          <button type="button" onClick={onCancel}>
            Back to the form
          </button>
          <button type="submit" className="primary">
            Save the choice
          </button>
        </div>
      </form>
    </Dialog>
  );
}
