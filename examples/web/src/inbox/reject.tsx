import { useMutation } from '@apollo/client/react';
import { type FormEvent, useState } from 'react';
import type { RejectionReason } from '../gql/graphql.ts';
import { Dialog } from '../shell/dialog.tsx';
import { Field } from '../shell/field.tsx';
import { Trouble, troubleOf } from '../shell/trouble.tsx';
import { Reject } from './documents.ts';

type RejectProps = { id: string; title: string; onRejected(): void; onClose(): void };

/** Asks why an invitation is rejected, because that cannot be taken back. */
export function RejectDialog({ id, title, onRejected, onClose }: RejectProps) {
  const [reject, { loading, error }] = useMutation(Reject);
  const [reason, setReason] = useState('');
  const [otherReason, setOtherReason] = useState('');
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!reason) return setErrors({ reason: 'Choose why. The sender sees the reason.' });
    const own = reason === 'OTHER' && otherReason ? { otherReason } : {};
    const input = { id, reason: reason as RejectionReason, confirm: true, ...own };
    const { data } = await reject({ variables: { input } });
    const { userErrors } = data?.rejectEngagementInvitation ?? {};
    if (!userErrors) return setErrors({});
    if (userErrors.length === 0) return onRejected();
    setErrors(Object.fromEntries(userErrors.map(({ path, message }) => [path.at(1) ?? '', message])));
  }

  const { reason: reasonError, otherReason: otherError, ...others } = errors;
  return (
    <Dialog title={`Reject “${title}”`} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <p>This cannot be taken back. The sender sees the reason.</p>
        <Field
          kind="choice"
          list="rejectionReasons"
          label="Reason"
          isRequired
          value={reason}
          error={reasonError}
          onChange={(value) => setReason(String(value))}
        />
        {reason === 'OTHER' && (
          <Field
            kind="text"
            label="In your own words"
            hint="At most 80 characters"
            value={otherReason}
            error={otherError}
            onChange={(value) => setOtherReason(String(value))}
          />
        )}
        <Trouble>{troubleOf(error) ?? (Object.values(others).join(' ') || undefined)}</Trouble>
        <div className="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="primary" disabled={loading}>
            {loading ? 'Rejecting…' : 'Reject the invitation'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
