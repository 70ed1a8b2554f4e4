import { useEffect, useRef } from 'react';
import { Field, type Value } from '../shell/field.tsx';
import { type FormField, fields } from './fields.ts';

type FormFieldsProps = {
  isNew?: boolean;
  errors: Readonly<Record<string, string>>;
  fieldValue(field: FormField): Value;
  lockOf?(field: FormField): string | undefined;
  unknownOf?(field: FormField): string | undefined;
  onChange(field: FormField, value: Value): void;
};

const sections = {
  new: ['Customer', 'Project', 'Progress'],
  stored: ['Progress', 'Customer', 'Project'],
} as const;

/** The fields of an opportunity in their sections. When errors arrive, the first of them gets the focus. */
export function FormFields({ isNew, errors, fieldValue, lockOf, unknownOf, onChange }: FormFieldsProps) {
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (Object.keys(errors).length > 0)
      first.current?.querySelector<HTMLElement>('.trouble, [aria-invalid="true"]')?.focus();
  }, [errors]);
  const isLost = fields.some(
    (field) => field.path === 'lifeCycle.stage' && fieldValue(field) === 'CLOSED_LOST',
  );
  const shown = fields.filter(
    ({ path, isForExisting }) =>
      !(isNew && isForExisting) && (path !== 'lifeCycle.closedLostReason' || isLost),
  );
  return (
    <div ref={first} className="stack">
      {errors[''] && (
        <p className="trouble" role="alert" tabIndex={-1}>
          {errors['']}
        </p>
      )}
      {sections[isNew ? 'new' : 'stored'].map((section) => (
        <section key={section} className="panel" aria-labelledby={section}>
          <h2 id={section}>{section}</h2>
          <div className="fields">
            {shown
              .filter((field) => field.section === section)
              .map(({ isRequired, ...field }) => (
                <Field
                  key={field.path}
                  {...field}
                  isRequired={isNew && isRequired}
                  value={fieldValue(field)}
                  error={errors[field.path]}
                  lockedBy={lockOf?.(field)}
                  unknown={unknownOf?.(field)}
                  onChange={(value) => onChange(field, value)}
                />
              ))}
          </div>
        </section>
      ))}
    </div>
  );
}
