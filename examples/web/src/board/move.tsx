import { type FormEvent, useState } from 'react';
import type { ClosedLostReason, Stage } from '../gql/graphql.ts';
import { Dialog } from '../shell/dialog.tsx';
import { Field } from '../shell/field.tsx';
import { usePicklists } from '../shell/picklists.ts';
import { type Deal, stages } from './documents.ts';

export type Target = { deal: Deal; stage?: Stage };

type MoveProps = {
  target: Target;
  onMove(deal: Deal, stage: Stage, closedLostReason?: ClosedLostReason): void;
  onClose(): void;
};

/** Moves a deal by keyboard or touch, and asks for the reason when it is lost. */
export function MoveDialog({ target: { deal, stage }, onMove, onClose }: MoveProps) {
  const { labelOf } = usePicklists();
  const now = deal.lifeCycle?.stage;
  const [chosen, setChosen] = useState(stage ?? now ?? 'PROSPECT');
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (chosen !== 'CLOSED_LOST') return onMove(deal, chosen);
    if (!reason) return setError('AWS requires a reason when a deal is lost.');
    onMove(deal, chosen, reason as ClosedLostReason);
  }

  return (
    <Dialog title={`Move ${deal.customer?.account?.companyName ?? deal.id}`} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <fieldset className="field choices">
          <legend>Stage</legend>
          {stages.map((each) => (
            <label key={each}>
              <input type="radio" name="stage" checked={chosen === each} onChange={() => setChosen(each)} />
              {labelOf('stages', each)}
              {each === now && <span className="hint">now</span>}
            </label>
          ))}
        </fieldset>
        {chosen === 'CLOSED_LOST' && (
          <Field
            kind="choice"
            list="closedLostReasons"
            label="Closed lost reason"
            isRequired
            value={reason}
            error={error}
            onChange={(value) => setReason(String(value))}
          />
        )}
        <div className="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="primary" disabled={chosen === now}>
            Move
          </button>
        </div>
      </form>
    </Dialog>
  );
}
