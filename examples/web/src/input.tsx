import type { Field } from './form.ts';
import { usePicklists } from './picklists.ts';

type InputProps = {
  field: Field;
  value: string;
  /** AWS's string for a value that the gateway does not know; it stays unless the user chooses another. */
  unknown: string | undefined;
  isLocked: boolean;
  error: string | undefined;
  onChange(value: string): void;
};

/** A field of the form with its label and its error. */
export function Input({ field, value, unknown, isLocked, error, onChange }: InputProps) {
  const { choices } = usePicklists();
  const { path, label, kind } = field;
  const listed = field.kind === 'choice' ? choices(field.list) : [];
  const common = {
    id: path,
    value,
    disabled: isLocked,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': error ? `${path}-error` : undefined,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  };
  return (
    <div className="field">
      <label htmlFor={path}>{label}</label>
      {kind === 'text' && <input type="text" {...common} />}
      {kind === 'date' && <input type="date" {...common} />}
      {kind === 'long' && <textarea rows={3} {...common} />}
      {kind === 'choice' && (
        <select {...common}>
          <option value="">{unknown ?? '—'}</option>
          {value && !listed.some((choice) => choice.value === value) && <option>{value}</option>}
          {listed.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
      {error && (
        <p className="error" id={`${path}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
