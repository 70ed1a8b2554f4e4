import { useMutation, useQuery } from '@apollo/client/react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { FormFragment, SalesInvolvementType, StepOutcome, SubmitMutation } from '../gql/graphql.ts';
import { Field } from '../shell/field.tsx';
import { time } from '../shell/format.ts';
import { Trouble, troubleOf } from '../shell/trouble.tsx';
import * as documents from './documents.ts';

type Payload = NonNullable<SubmitMutation['submitOpportunity']>;

const steps: Record<Payload['steps'][number]['name'], string> = {
  CHECK: 'Check the opportunity',
  PATCH: 'Save corrections',
  ASSOCIATE: 'Associate the solution',
  START: 'Start AWS’s task',
  WAIT: 'AWS takes the opportunity',
};
const outcomes: Record<StepOutcome, string> = {
  DONE: 'done',
  SKIPPED: 'not necessary',
  FAILED: 'failed',
  PENDING: 'waiting',
};
/** How often a submission is continued while AWS works on it, and how long each request waits. */
const attempts = 10;
const waitMs = 8_000;

type SubmitProps = { record: FormFragment; isUnsaved: boolean; onSubmit(): void };

/** What is missing for a submission, and the submission itself, step by step. */
export function Submit({ record, isUnsaved, onSubmit }: SubmitProps) {
  const { id, lastModifiedDate, relatedEntityIdentifiers, submissionReadiness: readiness } = record;
  const { data, error, refetch } = useQuery(documents.Submission, { variables: { id } });
  const [submit] = useMutation(documents.Submit);
  const [involvement, setInvolvement] = useState('CO_SELL');
  const [solution, setSolution] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [payload, setPayload] = useState<Payload>();
  const [trouble, setTrouble] = useState<string>();
  const isLeft = useRef(false);
  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
    };
  }, []);

  const associated = relatedEntityIdentifiers?.solutions ?? [];
  const options = data?.solutions?.nodes.map(({ id, name }) => ({ value: id, label: name ?? id })) ?? [];
  const nameOf = (solution: string) => options.find(({ value }) => value === solution)?.label ?? solution;
  const task = data?.opportunity?.submission;

  /** The same input continues a submission that AWS is still working on; it never submits twice. */
  async function send(event: FormEvent) {
    event.preventDefault();
    onSubmit();
    setBusy(true);
    setTrouble(undefined);
    const input = {
      id,
      involvementType: involvement as SalesInvolvementType,
      ...(solution && { associate: { solutions: [...new Set([...associated, solution])] } }),
      expectedLastModifiedDate: lastModifiedDate ?? null,
    };
    for (let attempt = 0; attempt < attempts && !isLeft.current; attempt += 1) {
      const { data, error } = await submit({ variables: { input: { ...input, waitMs: attempt && waitMs } } });
      const answer = data?.submitOpportunity;
      if (!answer) {
        setTrouble(troubleOf(error) ?? 'The submission was not completed.');
        return setBusy(false);
      }
      setPayload(answer);
      if (answer.submitted || answer.userErrors.length > 0) return setBusy(false);
    }
    setTrouble(
      'AWS has not taken the opportunity yet. Submit again to continue: nothing is submitted twice.',
    );
    setBusy(false);
  }

  const isDone = payload?.submitted;
  const problems = payload?.userErrors.map(({ message }) => message) ?? [];
  return (
    <section className="panel" aria-labelledby="submit">
      <h2 id="submit">Submit to AWS</h2>
      {task?.status === 'FAILED' && !payload && (
        <div className="trouble">
          The submission of {time(task.startTime)} has failed.{' '}
          {task.errors.map(({ message }) => message).join(' ')}
        </div>
      )}
      {isDone ? <h3>AWS has the opportunity</h3> : <Readiness readiness={readiness} />}
      <form onSubmit={send}>
        {!isDone && (
          <>
            <Field
              kind="choice"
              list="involvementTypes"
              label="Involvement"
              value={involvement}
              onChange={(value) => setInvolvement(String(value))}
            />
            <Field
              kind="choice"
              options={options.filter(({ value }) => !associated.includes(value))}
              label="Associate a solution"
              hint={associated.length > 0 ? `Associated: ${associated.map(nameOf).join(', ')}` : undefined}
              value={solution}
              onChange={(value) => setSolution(String(value))}
            />
          </>
        )}
        <Trouble onRetry={refetch}>{troubleOf(error)}</Trouble>
        <Trouble>{[trouble, ...problems].filter(Boolean).join(' ') || undefined}</Trouble>
        {payload && payload.warnings.length > 0 && (
          <p className="note">{payload.warnings.map(({ message }) => message).join(' ')}</p>
        )}
        {payload && (
          <ol className="steps" aria-label="Progress" aria-live="polite">
            {payload.steps.map(({ name, outcome, association }) => (
              <li key={`${name} ${association?.id}`} className={outcome}>
                {steps[name]} <span className="hint">{outcomes[outcome]}</span>
              </li>
            ))}
          </ol>
        )}
        {!isDone && (
          <div className="actions">
            <p className="hint">
              {isUnsaved ? 'Save your changes first.' : 'A submission cannot be taken back.'}
            </p>
            <button type="submit" className="primary" disabled={isBusy || isUnsaved || !involvement}>
              {isBusy ? 'Submitting…' : 'Submit'}
            </button>
          </div>
        )}
      </form>
    </section>
  );
}

/** What is missing, and what AWS's pages disagree about. */
function Readiness({ readiness }: { readiness: FormFragment['submissionReadiness'] }) {
  const { ready, blockers, warnings } = readiness;
  return (
    <>
      <h3>{ready ? 'Ready to submit' : 'Not ready yet'}</h3>
      <ul className="checklist">
        {blockers.map(({ message }) => (
          <li key={message} className="missing">
            {message}
          </li>
        ))}
        {warnings.map(({ message }) => (
          <li key={message} className="unsure">
            {message}
          </li>
        ))}
        {ready && <li className="met">Nothing is missing that AWS is known to require.</li>}
      </ul>
    </>
  );
}
