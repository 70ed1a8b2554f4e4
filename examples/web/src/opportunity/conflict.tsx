import { useEffect, useRef, useState } from 'react';
import type { SaveMutation } from '../gql/graphql.ts';
import { usePicklists } from '../shell/picklists.ts';
import { unknownValues } from '../shell/unknown.ts';
import { type Field, fields, valueAt } from './fields.ts';

type Payload = NonNullable<SaveMutation['updateOpportunity']>;
export type Clash = NonNullable<Payload['conflict']>;
type Side = 'mine' | 'theirs';

/** Two people changed the same fields: the user chooses between both values of each. */
export function ConflictDialog({
  clash,
  mine,
  onChosen,
  onCancel,
}: {
  clash: Clash;
  mine: Readonly<Record<string, string>>;
  onChosen(kept: string[]): void;
  onCancel(): void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { labelOf } = usePicklists();
  const clashing = fields.filter(({ path }) => clash.overlappingFields.includes(path));
  const [sides, setSides] = useState<Record<string, Side>>({});
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const unknown = unknownValues(clash.current);
  const textOf = (field: Field, value: string): string =>
    field.kind === 'choice' && value ? labelOf(field.list, value) : value;
  const keep = () => onChosen(Object.keys(mine).filter((path) => sides[path] !== 'theirs'));

  return (
    <dialog ref={dialog} aria-labelledby="clash" onClose={onCancel}>
      <form method="dialog" onSubmit={keep}>
        <h2 id="clash">Someone else has changed this opportunity</h2>
        {clashing.map((field) => {
          const values: Record<Side, string | undefined> = {
            mine: textOf(field, mine[field.path] ?? ''),
            theirs: textOf(field, valueAt(clash.current, field.path)) || unknown.get(field.path),
          };
          return (
            <fieldset key={field.path}>
              <legend>{field.label}</legend>
              {(['mine', 'theirs'] as const).map((side) => (
                <label key={side} className="side">
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
          <button type="button" onClick={() => dialog.current?.close()}>
            Back to the form
          </button>
          <button type="submit" className="primary">
            Save the choice
          </button>
        </div>
      </form>
    </dialog>
  );
}
