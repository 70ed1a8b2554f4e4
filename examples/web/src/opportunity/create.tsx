import { useMutation } from '@apollo/client/react';
import { type FormEvent, useState } from 'react';
import { placeDeal } from '../board/documents.ts';
import type { Value } from '../shell/field.tsx';
import { Page } from '../shell/page.tsx';
import { navigate, useUnsaved } from '../shell/router.tsx';
import { saveTroubleOf } from '../shell/trouble.tsx';
import { CreateDeal } from './documents.ts';
import { errorsByField, newOpportunityOf, problemsOf, type Values } from './fields.ts';
import { FormFields } from './form.tsx';
import './opportunity.css';

const initial: Values = { 'spend.currencyCode': 'USD', opportunityType: 'NET_NEW_BUSINESS' };

/** A new opportunity. All that AWS would refuse is shown at once, each at its field. */
export function Create() {
  const [create, { loading }] = useMutation(CreateDeal);
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Record<string, string>>({});
  // AWS's token: sending the form again after a lost answer never creates a second opportunity.
  const [clientToken] = useState(() => crypto.randomUUID());
  useUnsaved(values !== initial);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const problems = problemsOf(values);
    if (Object.keys(problems).length > 0) return setErrors(problems);
    const { data, error } = await create({
      variables: { input: { ...newOpportunityOf(values), clientToken } },
      update: (cache, { data }) => {
        const created = data?.createOpportunity?.opportunity;
        if (created) placeDeal(cache, created);
      },
    });
    const payload = data?.createOpportunity;
    if (!payload) return setErrors({ '': saveTroubleOf(error) });
    if (payload.id) return navigate(`/opportunities/${payload.id}`, { replace: true, discard: true });
    setErrors(errorsByField(payload.userErrors, 1));
  }

  return (
    <Page title="New opportunity">
      <form className="narrow" onSubmit={submit} noValidate>
        <FormFields
          isNew
          errors={errors}
          fieldValue={({ path }) => values[path] ?? ''}
          onChange={({ path }, value: Value) => setValues({ ...values, [path]: value })}
        />
        <div className="actions sticky">
          <button type="submit" className="primary" disabled={loading}>
            {loading ? 'Creating…' : 'Create opportunity'}
          </button>
        </div>
      </form>
    </Page>
  );
}
