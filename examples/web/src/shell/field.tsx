import { type ReactNode, useId } from 'react';
import { words } from './format.ts';
import { type Choice, type ListName, usePicklists } from './picklists.ts';

/** What a field holds: text, or the chosen values of a list. */
export type Value = string | readonly string[];
export type Kind =
  | { kind: 'text' | 'long' | 'date' | 'amount' }
  | { kind: 'choice' | 'choices'; list: ListName }
  | { kind: 'choice'; options: readonly Choice[] };

type FieldProps = Kind & {
  label: string;
  value: Value;
  onChange(value: Value): void;
  hint?: ReactNode;
  error?: string | undefined;
  isRequired?: boolean | undefined;
  /** Why it cannot be changed. The field stays readable and can be focused. */
  lockedBy?: string | undefined;
  /** AWS's string for a value that is not in the schema; it stays unless the user chooses another. */
  unknown?: string | undefined;
};

/** A field of a form with its label, its hint and its error. */
export function Field(props: FieldProps) {
  const { choices } = usePicklists();
  const id = useId();
  const { kind, label, value, onChange, error, isRequired, lockedBy, unknown } = props;
  const hint = lockedBy ?? props.hint;
  const listed = 'list' in props ? choices(props.list) : 'options' in props ? props.options : [];
  const nameOf = (item: string) => listed.find((choice) => choice.value === item)?.label ?? words(item);
  const text = typeof value === 'string' ? value : value.join(', ');
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  const common = {
    id,
    required: isRequired,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': described || undefined,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  };
  const notes = (
    <>
      {hint && (
        <p className={lockedBy ? 'hint lock' : 'hint'} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </>
  );

  if (kind === 'choices' && !lockedBy) {
    const chosen = typeof value === 'string' ? [] : value;
    const toggle = (item: string) =>
      onChange(chosen.includes(item) ? chosen.filter((other) => other !== item) : [...chosen, item]);
    return (
      <fieldset className="field choices wide" aria-describedby={described || undefined}>
        <legend>{label}</legend>
        {listed.map((choice) => (
          <label key={choice.value}>
            <input
              type="checkbox"
              aria-invalid={common['aria-invalid']}
              checked={chosen.includes(choice.value)}
              onChange={() => toggle(choice.value)}
            />
            {choice.label}
          </label>
        ))}
        {notes}
      </fieldset>
    );
  }
  const isList = kind === 'choice' || kind === 'choices';
  const readable = isList ? [value].flat().filter(Boolean).map(nameOf).join(', ') || (unknown ?? '') : text;
  return (
    <div className={kind === 'long' || kind === 'choices' ? 'field wide' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {lockedBy && kind !== 'long' && <input type="text" {...common} readOnly value={readable} />}
      {kind === 'long' && <textarea rows={3} {...common} readOnly={Boolean(lockedBy)} value={text} />}
      {!lockedBy && kind === 'text' && <input type="text" {...common} value={text} />}
      {!lockedBy && kind === 'date' && <input type="date" {...common} value={text} />}
      {!lockedBy && kind === 'amount' && <input type="text" inputMode="decimal" {...common} value={text} />}
      {!lockedBy && kind === 'choice' && (
        <select {...common} value={text}>
          <option value="">{unknown ?? '—'}</option>
          {text && !listed.some((choice) => choice.value === text) && (
            <option value={text}>{nameOf(text)}</option>
          )}
          {listed.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
      {notes}
    </div>
  );
}
