import { useEnums } from './enums.ts';
import type { Field } from './form.ts';

type InputProps = {
  field: Field;
  value: string;
  /** A value that the gateway does not have; it is kept unless another one is chosen. */
  unknown: string | undefined;
  isLocked: boolean;
  error: string | undefined;
  onChange(value: string): void;
};

/** A field of the form, with its label and its error. */
export function Input({ field, value, unknown, isLocked, error, onChange }: InputProps) {
  const { choices } = useEnums();
  const { path, label, kind } = field;
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
      {kind !== 'text' && kind !== 'date' && kind !== 'long' && (
        <select {...common}>
          <option value="">{unknown ?? '—'}</option>
          {choices(kind).map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.text}
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
