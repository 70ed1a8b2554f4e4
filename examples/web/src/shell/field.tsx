import { type ReactNode, useId } from 'react';
import { type Choice, type ListName, usePicklists } from './picklists.ts';

/** What a field holds: text, or the chosen values of a list. */
export type Value = string | readonly string[];
export type Kind =
  | { kind: 'text' | 'long' | 'date' | 'amount' }
  | { kind: 'choice' | 'choices'; list: ListName };

type FieldProps = Kind & {
  label: string;
  value: Value;
  onChange(value: Value): void;
  hint?: ReactNode;
  error?: string | undefined;
  isRequired?: boolean;
  /** Why it cannot be changed. The field stays readable and can be focused. */
  lockedBy?: string | undefined;
  /** AWS's string for a value that the gateway does not know; it stays unless the user chooses another. */
  unknown?: string | undefined;
};

/** A field of a form with its label, its hint and its error. */
export function Field(props: FieldProps) {
  const { choices, labelOf } = usePicklists();
  const id = useId();
  const { kind, label, value, onChange, error, isRequired, lockedBy, unknown } = props;
  const hint = lockedBy ?? props.hint;
  const listed: readonly Choice[] = 'list' in props ? choices(props.list) : [];
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
        <p className="hint" id={`${id}-hint`}>
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
      <fieldset className="field choices" aria-describedby={described || undefined}>
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
  const readable =
    'list' in props
      ? (typeof value === 'string' ? [value] : value)
          .filter(Boolean)
          .map((item) => labelOf(props.list, item))
          .join(', ') ||
        (unknown ?? '')
      : text;
  return (
    <div className={`field ${kind}`}>
      <label htmlFor={id}>{label}</label>
      {lockedBy && kind !== 'long' && <input type="text" {...common} readOnly value={readable} />}
      {kind === 'long' && <textarea rows={3} {...common} readOnly={Boolean(lockedBy)} value={text} />}
      {!lockedBy && kind === 'text' && <input type="text" {...common} value={text} />}
      {!lockedBy && kind === 'date' && <input type="date" {...common} value={text} />}
      {!lockedBy && kind === 'amount' && <input type="text" inputMode="decimal" {...common} value={text} />}
      {!lockedBy && kind === 'choice' && (
        <select {...common} value={text}>
          <option value="">{unknown ?? '—'}</option>
          {text && !listed.some((choice) => choice.value === text) && <option>{text}</option>}
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
