import { useQuery } from '@apollo/client/react';
import { useId } from 'react';
import { Search } from '../board/search.tsx';
import type { OpportunityFilter, Stage, ReviewStatus as Status } from '../gql/graphql.ts';
import { amountOf, day, money } from '../shell/format.ts';
import { useIndexOff } from '../shell/index-state.ts';
import { More } from '../shell/more.tsx';
import { type ListName, usePicklists } from '../shell/picklists.ts';
import { navigate, useLocation } from '../shell/router.tsx';
import { ReviewStatus } from '../shell/status.tsx';
import { Trouble, troubleOf } from '../shell/trouble.tsx';
import { Candidates } from './documents.ts';

type ChooseProps = { chosen: ReadonlySet<string>; onChange(chosen: ReadonlySet<string>): void };

/** The filter in the URL, so that other pages can link to a selection. */
function useFilter() {
  const { searchParams } = useLocation();
  const isIndexOff = useIndexOff();
  const stage = searchParams.get('stage') ?? '';
  const status = searchParams.get('status') ?? '';
  const search = searchParams.get('search') ?? '';
  const filter: OpportunityFilter = {
    ...(stage && { stages: [stage as Stage] }),
    ...(status && { reviewStatuses: [status as Status] }),
    ...(search && (isIndexOff ? { customerCompanyNames: [search] } : { search })),
  };
  function set(name: string, value: string) {
    const next = new URLSearchParams(searchParams);
    if (value) next.set(name, value);
    else next.delete(name);
    navigate(`/bulk?${next}`, { replace: true, discard: true });
  }
  return { stage, status, search, filter, set, isIndexOff };
}

type SelectProps = { label: string; list: ListName; value: string; onChange(value: string): void };

/** A filter by the values of a list. */
function Select({ label, list, value, onChange }: SelectProps) {
  const { choices } = usePicklists();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">All</option>
        {choices(list).map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A list of opportunities to choose from. The choice stays when the filter changes. */
export function Choose({ chosen, onChange }: ChooseProps) {
  const { stage, status, search, filter, set, isIndexOff } = useFilter();
  const { labelOf } = usePicklists();
  const { data, error, loading, fetchMore, refetch } = useQuery(Candidates, { variables: { filter } });
  const { edges = [], pageInfo } = data?.opportunities ?? {};
  const deals = edges.flatMap(({ node }) => node ?? []);
  const isWhole = deals.length > 0 && deals.every(({ id }) => chosen.has(id));

  function toggle(ids: readonly string[], isChosen: boolean) {
    const next = new Set(chosen);
    for (const id of ids) isChosen ? next.add(id) : next.delete(id);
    onChange(next);
  }

  return (
    <section aria-labelledby="choose">
      <h2 id="choose">1. Choose opportunities</h2>
      <div className="filters">
        <Select label="Stage" list="stages" value={stage} onChange={(value) => set('stage', value)} />
        <Select
          label="Review status"
          list="reviewStatuses"
          value={status}
          onChange={(value) => set('status', value)}
        />
        <Search
          key={search}
          value={search}
          hint={isIndexOff ? 'Whole company name' : 'Company, website or ID'}
          onSearch={(text) => set('search', text)}
        />
      </div>
      <Trouble onRetry={refetch}>{troubleOf(error)}</Trouble>
      {loading && deals.length === 0 && <p className="hint">Loading…</p>}
      {data?.opportunities && deals.length === 0 && <p className="panel">No opportunity matches.</p>}
      {deals.length > 0 && (
        <div className="panel candidates">
          <table>
            <thead>
              <tr>
                <th>
                  <input
                    type="checkbox"
                    aria-label="Choose all that are listed"
                    checked={isWhole}
                    onChange={({ target }) =>
                      toggle(
                        deals.map(({ id }) => id),
                        target.checked,
                      )
                    }
                  />
                </th>
                <th>Customer</th>
                <th>Stage</th>
                <th>Review status</th>
                <th>Target close date</th>
                <th className="money">Monthly spend</th>
              </tr>
            </thead>
            <tbody>
              {deals.map((deal) => (
                <tr key={deal.id}>
                  <td>
                    <input
                      type="checkbox"
                      id={`choose-${deal.id}`}
                      checked={chosen.has(deal.id)}
                      onChange={({ target }) => toggle([deal.id], target.checked)}
                    />
                  </td>
                  <td>
                    <label htmlFor={`choose-${deal.id}`}>
                      {deal.customer?.account?.companyName ?? deal.id} <span className="hint">{deal.id}</span>
                    </label>
                  </td>
                  <td>{labelOf('stages', deal.lifeCycle?.stage)}</td>
                  <td>
                    <ReviewStatus value={deal.lifeCycle?.reviewStatus} />
                  </td>
                  <td>{day(deal.lifeCycle?.targetCloseDate)}</td>
                  <td className="money">{money(amountOf(deal))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <More pageInfo={pageInfo} fetchMore={fetchMore} />
    </section>
  );
}
