import { useMutation } from '@apollo/client/react';
import { type FormEvent, useState } from 'react';
import type { ContactEdit, ContactFragment, FormFragment } from '../gql/graphql.ts';
import { Dialog } from '../shell/dialog.tsx';
import { Field } from '../shell/field.tsx';
import { mayLeave, useUnsaved } from '../shell/router.tsx';
import { saveTroubleOf, Trouble } from '../shell/trouble.tsx';
import { Save } from './documents.ts';

type Contact = Partial<ContactFragment>;
const parts = [
  { name: 'firstName', label: 'First name' },
  { name: 'lastName', label: 'Last name' },
  { name: 'businessTitle', label: 'Business title' },
  { name: 'email', label: 'Email' },
  { name: 'phone', label: 'Phone', hint: 'With the country code, such as +14155550123' },
] as const;

/** The five values, as an input takes them: the cache has the type's name beside them. */
const valuesOf = ({ firstName, lastName, businessTitle, email, phone }: ContactFragment): Contact => ({
  firstName,
  lastName,
  businessTitle,
  email,
  phone,
});
const nameOf = ({ firstName, lastName, email }: Contact) =>
  [firstName, lastName].filter(Boolean).join(' ') || email || 'Contact without a name';

/** The customer's contacts. Each edit changes one contact, so that two people can add one each. */
export function Contacts({ record }: { record: FormFragment }) {
  const [save, { loading }] = useMutation(Save);
  // The contact as it was when the dialog opened: its place may be another's since.
  const [edited, setEdited] = useState<{ index: number; expect: Contact } | 'new'>();
  const [trouble, setTrouble] = useState<string>();
  const contacts = (record.customer?.contacts ?? []).map(valuesOf);
  const isLocked = record.editability.lockedFields.includes('customer.contacts');

  /** Resolves with the problems by the name of the contact's field; undefined if there are none. */
  async function send(edit: ContactEdit): Promise<Record<string, string> | undefined> {
    const { data, error } = await save({
      variables: { input: { id: record.id, patch: { contactEdits: [edit] } } },
    });
    const payload = data?.updateOpportunity;
    if (!payload) return { '': saveTroubleOf(error) };
    if (payload.userErrors.length === 0) return undefined;
    const names = parts.map(({ name }) => String(name));
    return Object.fromEntries(
      payload.userErrors.map(({ path, message }) => [
        names.includes(path.at(-1) ?? '') ? path.at(-1) : '',
        message,
      ]),
    );
  }

  async function remove(contact: Contact, index: number) {
    if (!confirm(`Remove ${nameOf(contact)} from this opportunity?`)) return;
    const problems = await send({ remove: { index, expect: contact } });
    setTrouble(problems && Object.values(problems).join(' '));
  }

  return (
    <section className="panel" aria-labelledby="contacts">
      <h2 id="contacts">Contacts</h2>
      <Trouble>{trouble}</Trouble>
      <ul className="rows">
        {contacts.map((contact, index) => (
          <li key={`${contact.email} ${nameOf(contact)}`}>
            <div>
              <strong>{nameOf(contact)}</strong>
              <p className="hint">
                {[contact.businessTitle, contact.email, contact.phone].filter(Boolean).join(' · ')}
              </p>
            </div>
            {!isLocked && (
              <span>
                <button
                  type="button"
                  aria-label={`Edit ${nameOf(contact)}`}
                  onClick={() => setEdited({ index, expect: contact })}
                >
                  Edit
                </button>{' '}
                <button
                  type="button"
                  aria-label={`Remove ${nameOf(contact)}`}
                  disabled={loading}
                  onClick={() => void remove(contact, index)}
                >
                  Remove
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {isLocked && <p className="hint">{record.editability.reason}</p>}
      {!isLocked && (
        <button type="button" onClick={() => setEdited('new')}>
          Add a contact
        </button>
      )}
      {edited !== undefined && (
        <ContactDialog
          contact={edited === 'new' ? undefined : edited.expect}
          onSave={(contact, changes) =>
            send(edited === 'new' ? { add: contact } : { update: { match: edited, set: changes } })
          }
          onClose={() => setEdited(undefined)}
        />
      )}
    </section>
  );
}

type ContactDialogProps = {
  contact: Contact | undefined;
  onSave(contact: Contact, changes: Contact): Promise<Record<string, string> | undefined>;
  onClose(): void;
};

function ContactDialog({ contact, onSave, onClose }: ContactDialogProps) {
  const [changes, setChanges] = useState<Record<string, string>>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const isUnsaved = Object.keys(changes).length > 0;
  useUnsaved(isUnsaved);
  async function submit(event: FormEvent) {
    event.preventDefault();
    const set = Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value || null]));
    const problems = await onSave({ ...contact, ...set }, set);
    if (problems) setErrors(problems);
    else onClose();
  }
  return (
    <Dialog
      title={contact ? `Edit ${nameOf(contact)}` : 'Add a contact'}
      isUnsaved={isUnsaved}
      onClose={onClose}
    >
      <form onSubmit={submit} noValidate>
        <Trouble>{errors['']}</Trouble>
        {parts.map(({ name, ...part }) => (
          <Field
            key={name}
            kind="text"
            {...part}
            value={changes[name] ?? contact?.[name] ?? ''}
            error={errors[name]}
            onChange={(value) => setChanges({ ...changes, [name]: String(value) })}
          />
        ))}
        <div className="actions">
          <button type="button" onClick={() => (!isUnsaved || mayLeave()) && onClose()}>
            Cancel
          </button>
          <button type="submit" className="primary" disabled={!isUnsaved}>
            Save contact
          </button>
        </div>
      </form>
    </Dialog>
  );
}
