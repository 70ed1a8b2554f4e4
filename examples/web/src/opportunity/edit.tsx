import { useMutation } from '@apollo/client/react';
import { type FormEvent, useEffect, useState } from 'react';
import { placeDeal } from '../board/documents.ts';
import type { FormFragment } from '../gql/graphql.ts';
import type { Value } from '../shell/field.tsx';
import { useUnsaved } from '../shell/router.tsx';
import { saveTroubleOf } from '../shell/trouble.tsx';
import { unknownValues } from '../shell/unknown.ts';
import { type Clash, ConflictDialog } from './conflict.tsx';
import { Save } from './documents.ts';
import { errorsByField, type FormField, patchOf, problemsOf, type Values, valueAt } from './fields.ts';
import { FormFields } from './form.tsx';

type EditProps = { record: FormFragment; onUnsaved(isUnsaved: boolean): void };
const isSame = (a: Value, b: Value) => [a].flat().toSorted().join('\n') === [b].flat().toSorted().join('\n');

/** A record as a form: it sends what was changed, with the version that the user saw. */
export function Edit({ record, onUnsaved }: EditProps) {
  const [save, { loading }] = useMutation(Save);
  const [changes, setChanges] = useState<Values>({});
  // The version that the user started from, even if the cache has a newer one since.
  const [base, setBase] = useState<FormFragment>();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [clash, setClash] = useState<Clash>();
  const [outcome, setOutcome] = useState('');
  const isUnsaved = Object.keys(changes).length > 0;
  useUnsaved(isUnsaved);
  useEffect(() => onUnsaved(isUnsaved), [isUnsaved, onUnsaved]);

  const unknown = unknownValues(record);

  async function send(values: Values, seen: FormFragment) {
    const problems = problemsOf(values, seen);
    setErrors(problems);
    setOutcome('');
    if (Object.keys(problems).length > 0) return;
    const { data, error } = await save({
      variables: {
        input: {
          id: record.id,
          patch: patchOf(values, seen),
          expectedLastModifiedDate: seen.lastModifiedDate ?? null,
        },
      },
      update: (cache, { data }) => {
        const saved = data?.updateOpportunity?.opportunity;
        if (saved) placeDeal(cache, saved);
      },
    });
    const payload = data?.updateOpportunity;
    if (!payload) return setErrors({ '': saveTroubleOf(error) });
    if (payload.conflict) return setClash(payload.conflict);
    if (payload.userErrors.length > 0) return setErrors(errorsByField(payload.userErrors, 2));
    // What was typed while the save ran is kept: it is a change of the version that was saved.
    setChanges((now) =>
      Object.fromEntries(Object.entries(now).filter(([path, value]) => value !== values[path])),
    );
    setBase(payload.opportunity ?? undefined);
    setOutcome(['Saved.', ...payload.warnings.map(({ message }) => message)].join(' '));
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void send(changes, base ?? record);
  }

  function choose(kept: readonly string[]) {
    const current = clash?.current;
    setClash(undefined);
    if (!current) return;
    const values = Object.fromEntries(Object.entries(changes).filter(([path]) => kept.includes(path)));
    setChanges(values);
    setBase(current);
    if (kept.length > 0) void send(values, current);
    else setOutcome('There is nothing left to save.');
  }

  function change(field: FormField, value: Value) {
    const seen = isUnsaved ? (base ?? record) : record;
    const { [field.path]: _, ...others } = changes;
    setBase(seen);
    setOutcome('');
    // While a save runs, even the seen value is a change: of what is being saved.
    const isBack = !loading && isSame(value, valueAt(seen, field));
    setChanges(isBack ? others : { ...others, [field.path]: value });
  }

  return (
    <div>
      <form onSubmit={submit} noValidate>
        <FormFields
          errors={errors}
          fieldValue={(field) => changes[field.path] ?? valueAt(record, field)}
          lockOf={({ path, partOf }) =>
            record.editability.lockedFields.includes(partOf ?? path) ? record.editability.reason : undefined
          }
          unknownOf={({ path }) => unknown.get(path)}
          onChange={change}
        />
        <div className="actions sticky">
          <p role="status">{outcome}</p>
          <button type="submit" className="primary" disabled={loading || !isUnsaved}>
            {loading ? 'Saving…' : 'Save'}
          </button>
        </div>
      </form>
      {clash && (
        <ConflictDialog clash={clash} mine={changes} onChosen={choose} onCancel={() => setClash(undefined)} />
      )}
    </div>
  );
}
