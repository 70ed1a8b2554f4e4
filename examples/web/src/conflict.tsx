import { useEffect, useRef, useState } from 'react';
import { type Choice, useEnums } from './enums.ts';
import { type Field, fields, valueAt } from './form.ts';

export type Conflict = { current: unknown; overlappingFields: readonly string[] };
type Side = 'mine' | 'theirs';

function labelOf({ kind }: Field, value: string, choices: (kind: 'Stage') => Choice[]): string {
  const isEnum = kind !== 'text' && kind !== 'long' && kind !== 'date';
  const text = isEnum ? choices(kind as 'Stage').find((choice) => choice.value === value)?.text : undefined;
  return text ?? (value || 'empty');
}

/** Shows both values of each field that two users have changed, and lets the user choose. */
export function ConflictDialog({
  conflict,
  mine,
  onChosen,
  onCancel,
}: {
  conflict: Conflict;
  mine: Readonly<Record<string, string>>;
  onChosen(kept: string[]): void;
  onCancel(): void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { choices } = useEnums();
  const conflicting = fields.filter(({ path }) => conflict.overlappingFields.includes(path));
  const [sides, setSides] = useState<Record<string, Side>>({});
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const keep = () => onChosen(Object.keys(mine).filter((path) => sides[path] !== 'theirs'));

  return (
    <dialog ref={dialog} aria-labelledby="conflict" onClose={onCancel}>
      <form method="dialog" onSubmit={keep}>
        <h2 id="conflict">Someone else has changed this in the meantime</h2>
        {conflicting.map((field) => {
          const values: Record<Side, string> = {
            mine: mine[field.path] ?? '',
            theirs: valueAt(conflict.current, field.path),
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
                  <b>{side === 'mine' ? 'Yours' : 'Theirs'}</b> {labelOf(field, values[side], choices)}
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
            Save selection
          </button>
        </div>
      </form>
    </dialog>
  );
}
