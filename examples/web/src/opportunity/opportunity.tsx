import { useMutation, useQuery } from '@apollo/client/react';
import { type FormEvent, useState } from 'react';
import type { SaveMutation } from '../gql/graphql.ts';
import { Field } from '../shell/field.tsx';
import { Page } from '../shell/page.tsx';
import { useUnsaved } from '../shell/router.tsx';
import { ReviewStatus } from '../shell/status.tsx';
import { Trouble, troubleOf } from '../shell/trouble.tsx';
import { unknownValues } from '../shell/unknown.ts';
import { type Clash, ConflictDialog } from './conflict.tsx';
import * as documents from './documents.ts';
import { fields, patchOf, valueAt } from './fields.ts';

type Payload = NonNullable<SaveMutation['updateOpportunity']>;

/** Errors by the form's field; those about none of its fields are under ''. */
function errorsOf({ userErrors }: Payload): Record<string, string> {
  const entries = userErrors.map(({ path, message }) => {
    const at = path.slice(2).join('.'); // after `input.patch`
    return [fields.some((field) => field.path === at) ? at : '', message] as const;
  });
  return Object.fromEntries(entries);
}

/** A record as a form: it sends what was changed, with the version that the user saw. */
export function Opportunity({ id }: { id: string }) {
  // The default error policy: a field that could not be read must not look empty in a form.
  const { data, error, loading, refetch } = useQuery(documents.Detail, {
    variables: { id },
    errorPolicy: 'none',
  });
  // What was saved is saved, even if its response is incomplete.
  const [save, { loading: saving }] = useMutation(documents.Save);
  const [changes, setChanges] = useState<Record<string, string>>({});
  // The version that the user started from, even if the cache has a newer one since.
  const [seen, setSeen] = useState<string | null>();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [clash, setClash] = useState<Clash>();
  const [said, setSaid] = useState('');
  useUnsaved(Object.keys(changes).length > 0);

  const record = data?.opportunity;
  const unknown = unknownValues(record);
  const version = seen ?? record?.lastModifiedDate ?? null;

  async function send(values: Record<string, string>, expectedLastModifiedDate: string | null) {
    setErrors({});
    setSaid('');
    const input = { id, patch: patchOf(values), expectedLastModifiedDate };
    const { data: response, error: failure } = await save({ variables: { input } });
    const payload = response?.updateOpportunity;
    if (!payload) return setErrors({ '': `Nothing was saved. ${troubleOf(failure) ?? ''}` });
    if (payload.conflict) return setClash(payload.conflict);
    setErrors(errorsOf(payload));
    if (payload.userErrors.length > 0) return;
    setChanges({});
    setSeen(undefined);
    setSaid(['Saved.', ...payload.warnings.map(({ message }) => message)].join(' '));
    if (failure) void refetch();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void send(changes, version);
  }

  function choose(kept: string[]) {
    const current = clash?.current;
    const values = Object.fromEntries(Object.entries(changes).filter(([path]) => kept.includes(path)));
    setClash(undefined);
    setChanges(values);
    setSeen(current?.lastModifiedDate);
    if (kept.length > 0) void send(values, current?.lastModifiedDate ?? null);
    else setSaid('There is nothing left to save.');
  }

  function change(path: string, value: string) {
    setSeen(version);
    setSaid('');
    const { [path]: _, ...others } = changes;
    setChanges(value === valueAt(record, path) ? others : { ...others, [path]: value });
  }

  const missing =
    data?.opportunity === null ? `AWS has no opportunity ${id}, or this account may not see it.` : undefined;
  const trouble = troubleOf(error) ?? missing;
  return (
    <Page title={record?.customer?.account?.companyName ?? id}>
      {loading && !record && <p className="hint">Loading…</p>}
      <Trouble onRetry={refetch}>{trouble}</Trouble>
      {record && (
        <form onSubmit={submit}>
          <ReviewStatus value={record.lifeCycle?.reviewStatus} />
          <p className="hint">{record.editability.reason}</p>
          {fields.map((field) => (
            <Field
              key={field.path}
              {...field}
              value={changes[field.path] ?? valueAt(record, field.path)}
              unknown={unknown.get(field.path)}
              lockedBy={
                record.editability.lockedFields.includes(field.path) ? record.editability.reason : undefined
              }
              error={errors[field.path]}
              onChange={(value) => change(field.path, String(value))}
            />
          ))}
          {errors[''] && (
            <p className="error" role="alert">
              {errors['']}
            </p>
          )}
          <div className="actions">
            <p role="status">{said}</p>
            <button type="submit" className="primary" disabled={saving || Object.keys(changes).length === 0}>
              {saving ? 'Saving…' : 'Save'}
            </button>
          </div>
        </form>
      )}
      {clash && (
        <ConflictDialog clash={clash} mine={changes} onChosen={choose} onCancel={() => setClash(undefined)} />
      )}
    </Page>
  );
}
