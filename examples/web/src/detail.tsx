import { useMutation, useQuery } from '@apollo/client/react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type Conflict, ConflictDialog } from './conflict.tsx';
import * as documents from './documents.ts';
import { useEnums } from './enums.ts';
import { fields, patchOf, valueAt } from './form.ts';
import type { SaveMutation } from './gql/graphql.ts';
import { Input } from './input.tsx';
import { errorMessage, partialData, unknownValues } from './trouble.ts';

type Outcome = SaveMutation['updateOpportunity'];

/** The errors by field of the form; those of other fields are under ''. */
function errorsOf({ userErrors }: Outcome): Record<string, string> {
  const entries = userErrors.map(({ path, message }) => {
    const at = path.slice(2).join('.'); // without `input.patch`
    return [fields.some((field) => field.path === at) ? at : '', message] as const;
  });
  return Object.fromEntries(entries);
}

/** A record as a form. It sends the changed fields, with the version that the user has seen. */
export function Detail({ id, onClose }: { id: string; onClose(): void }) {
  const { labelOf } = useEnums();
  const { data, error, loading, refetch } = useQuery(documents.Detail, { variables: { id }, ...partialData });
  const [save, { loading: saving }] = useMutation(documents.Save, partialData);
  const [changes, setChanges] = useState<Record<string, string>>({});
  // The version that the form shows. Changes are sent with it, even if the cache has a newer one by then.
  const [seen, setSeen] = useState<string | null>();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [conflict, setConflict] = useState<Conflict>();
  const [status, setStatus] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  const record = data?.opportunity;
  const unknown = unknownValues(error);
  const version = seen ?? record?.lastModifiedDate ?? null;

  async function send(values: Record<string, string>, expectedLastModifiedDate: string | null) {
    setErrors({});
    setStatus('');
    try {
      const input = { id, patch: patchOf(values), expectedLastModifiedDate };
      const { data: answer } = await save({ variables: { input } });
      const outcome = answer?.updateOpportunity;
      if (!outcome) return;
      if (outcome.conflict) return setConflict(outcome.conflict);
      setErrors(errorsOf(outcome));
      if (outcome.userErrors.length > 0) return;
      setChanges({});
      setSeen(undefined);
      setStatus(['Saved.', ...outcome.warnings.map(({ message }) => message)].join(' '));
    } catch (failure) {
      setErrors({ '': errorMessage(failure) ?? 'The changes could not be saved.' });
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void send(changes, version);
  }

  function choose(kept: string[]) {
    const current = conflict?.current as { lastModifiedDate?: string | null } | undefined;
    const values = Object.fromEntries(Object.entries(changes).filter(([path]) => kept.includes(path)));
    setConflict(undefined);
    setChanges(values);
    setSeen(current?.lastModifiedDate);
    if (kept.length > 0) void send(values, current?.lastModifiedDate ?? null);
    else setStatus('There was nothing left to save.');
  }

  function change(path: string, value: string) {
    setSeen(version);
    setStatus('');
    const { [path]: _, ...others } = changes;
    setChanges(value === valueAt(record, path) ? others : { ...others, [path]: value });
  }

  const message = errorMessage(error);
  return (
    <aside className="detail" aria-labelledby="detail">
      <div className="top">
        <h2 id="detail" ref={heading} tabIndex={-1}>
          {record?.customer?.account?.companyName ?? id}
        </h2>
        <button type="button" onClick={onClose} aria-label="Close">
          ×
        </button>
      </div>
      {loading && !record && <p className="hint">Loading…</p>}
      {message && (
        <p className="error">
          {message}{' '}
          <button type="button" onClick={() => void refetch()}>
            Try again
          </button>
        </p>
      )}
      {record && (
        <form onSubmit={submit}>
          <p className={`status ${record.lifeCycle?.reviewStatus ?? ''}`}>
            {labelOf('ReviewStatus', record.lifeCycle?.reviewStatus)}
          </p>
          <p className="hint">{record.editability.reason}</p>
          {fields.map((field) => (
            <Input
              key={field.path}
              field={field}
              value={changes[field.path] ?? valueAt(record, field.path)}
              unknown={unknown.get(field.path)}
              isLocked={record.editability.lockedFields.includes(field.path)}
              error={errors[field.path]}
              onChange={(value) => change(field.path, value)}
            />
          ))}
          {errors[''] && <p className="error">{errors['']}</p>}
          <div className="actions">
            <output>{status}</output>
            <button type="submit" className="primary" disabled={saving || Object.keys(changes).length === 0}>
              {saving ? 'Saving…' : 'Save'}
            </button>
          </div>
        </form>
      )}
      {conflict && (
        <ConflictDialog
          conflict={conflict}
          mine={changes}
          onChosen={choose}
          onCancel={() => setConflict(undefined)}
        />
      )}
    </aside>
  );
}
