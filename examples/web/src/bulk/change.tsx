import { useMutation, useQuery } from '@apollo/client/react';
import { type FormEvent, useRef, useState } from 'react';
import type { OpportunityPatch } from '../gql/graphql.ts';
import { Field, type Kind } from '../shell/field.tsx';
import { navigate, useUnsaved } from '../shell/router.tsx';
import { Trouble, troubleOf } from '../shell/trouble.tsx';
import { Start, WriteQuota } from './documents.ts';
import { durationOf } from './words.ts';

/** The fields that can be set on many opportunities at once. */
const changes: readonly ({ name: 'nextSteps' | 'targetCloseDate' | 'stage'; label: string } & Kind)[] = [
  { name: 'nextSteps', label: 'Next steps', kind: 'long' },
  { name: 'targetCloseDate', label: 'Target close date', kind: 'date' },
  { name: 'stage', label: 'Stage', kind: 'choice', list: 'stages' },
];

/** What a job of so many items takes, before it is started. */
function Estimate({ count }: { count: number }) {
  const { data } = useQuery(WriteQuota, { fetchPolicy: 'cache-and-network' });
  const { perSecond, remaining24h } = data?.quota?.write ?? {};
  if (count === 0) return <p className="hint">Choose opportunities first.</p>;
  if (!perSecond || remaining24h === undefined) return null;
  return (
    <p className="hint">
      Takes {durationOf(count / perSecond)} and up to {count} of the {remaining24h.toLocaleString('en')}{' '}
      writes that AWS allows your company in the next 24 hours. Everyone else’s work goes first.
    </p>
  );
}

/** The new value of one field, for all that are chosen. */
export function Change({ chosen }: { chosen: ReadonlySet<string> }) {
  const [start, { loading, error }] = useMutation(Start);
  const [name, setName] = useState(changes[0]?.name);
  const [value, setValue] = useState('');
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<{ value?: string; reason?: string; job?: string }>({});
  const attempt = useRef({ items: '', clientToken: '' });
  useUnsaved(value !== '');
  const change = changes.find((one) => one.name === name) ?? changes[0];
  const isLost = name === 'stage' && value === 'CLOSED_LOST';

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!change || !value.trim()) return setErrors({ value: 'Enter the new value.' });
    if (isLost && !reason) return setErrors({ reason: 'AWS requires a reason when a deal is lost.' });
    setErrors({});
    const lifeCycle = { [change.name]: value, ...(isLost && { closedLostReason: reason }) };
    const items = [...chosen].map((id) => ({ id, patch: { lifeCycle } as OpportunityPatch }));
    // If the answer was lost, the same attempt again finds the job instead of starting a second one.
    const text = JSON.stringify(items);
    if (attempt.current.items !== text) attempt.current = { items: text, clientToken: crypto.randomUUID() };
    const { clientToken } = attempt.current;
    const label = `${change.label} of ${items.length} ${items.length === 1 ? 'opportunity' : 'opportunities'}`;
    const { data } = await start({ variables: { input: { name: label, items, clientToken } } });
    const { job, userErrors = [] } = data?.bulkUpdateOpportunities ?? {};
    if (job) return navigate(`/bulk?job=${job.id}`, { discard: true });
    setErrors({ job: userErrors.map(({ message }) => message).join(' ') });
  }

  return (
    <section aria-labelledby="change">
      <h2 id="change">2. Set a field</h2>
      <form className="panel change" onSubmit={(event) => void submit(event)} noValidate>
        <fieldset className="field choices">
          <legend>Field</legend>
          {changes.map((one) => (
            <label key={one.name}>
              <input
                type="radio"
                name="field"
                checked={one.name === name}
                onChange={() => {
                  setName(one.name);
                  setValue('');
                  setErrors({});
                }}
              />
              {one.label}
            </label>
          ))}
        </fieldset>
        {change && (
          <Field
            {...change}
            isRequired
            value={value}
            error={errors.value}
            onChange={(next) => setValue(String(next))}
          />
        )}
        {isLost && (
          <Field
            kind="choice"
            list="closedLostReasons"
            label="Closed lost reason"
            isRequired
            value={reason}
            error={errors.reason}
            onChange={(next) => setReason(String(next))}
          />
        )}
        <Estimate count={chosen.size} />
        <Trouble>{troubleOf(error) ?? (errors.job || undefined)}</Trouble>
        <div className="actions">
          <button type="submit" className="primary" disabled={loading || chosen.size === 0}>
            {loading
              ? 'Starting…'
              : `Change ${chosen.size} ${chosen.size === 1 ? 'opportunity' : 'opportunities'}`}
          </button>
        </div>
      </form>
    </section>
  );
}
