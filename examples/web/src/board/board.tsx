import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import type { ClosedLostReason, OpportunityFilter, Stage } from '../gql/graphql.ts';
import { useIndexOff } from '../shell/index-state.ts';
import { Page } from '../shell/page.tsx';
import { usePicklists } from '../shell/picklists.ts';
import { navigate, useLocation } from '../shell/router.tsx';
import { Trouble, troubleOf } from '../shell/trouble.tsx';
import './board.css';
import { dealFragment } from '../shell/deal.ts';
import { Column } from './column.tsx';
import { type Deal, Move, placeDeal, stages, Totals } from './documents.ts';
import { MoveDialog, type Target } from './move.tsx';
import { Search } from './search.tsx';

/** Without the index AWS finds whole company names only. */
function filterOf(search: string, isIndexOff: boolean): OpportunityFilter {
  if (!search) return {};
  return isIndexOff ? { customerCompanyNames: [search] } : { search };
}

/** The pipeline: a column per stage, between which deals are moved. */
export function Board() {
  const { labelOf } = usePicklists();
  const client = useApolloClient();
  const isIndexOff = useIndexOff();
  const search = useLocation().searchParams.get('search') ?? '';
  const filter = filterOf(search, isIndexOff);
  const { data, error, refetch } = useQuery(Totals, {
    variables: { filter },
    skip: isIndexOff,
    fetchPolicy: 'cache-and-network',
  });
  const [move] = useMutation(Move);
  const [target, setTarget] = useState<Target>();
  const [trouble, setTrouble] = useState<string>();
  const [news, setNews] = useState<{ id: string; text: string }>();

  async function send(deal: Deal, stage: Stage, closedLostReason?: ClosedLostReason) {
    const name = deal.customer?.account?.companyName ?? deal.id;
    const from = deal.lifeCycle?.stage;
    setTarget(undefined);
    setTrouble(undefined);
    if (stage === from) return;
    const lifeCycle = { stage, ...(closedLostReason && { closedLostReason }) };
    const expectedLastModifiedDate = deal.lastModifiedDate ?? null;
    setNews({ id: deal.id, text: `${name} is now in ${labelOf('stages', stage)}.` });
    const { data, error } = await move({
      variables: { input: { id: deal.id, patch: { lifeCycle }, expectedLastModifiedDate } },
      optimisticResponse: {
        updateOpportunity: {
          __typename: 'UpdateOpportunityPayload',
          opportunity: { ...deal, lifeCycle: { __typename: 'LifeCycle', ...deal.lifeCycle, stage } },
          userErrors: [],
        },
      } as never,
      update: (cache, { data }) => {
        const moved = data?.updateOpportunity?.opportunity;
        if (moved) placeDeal(cache, moved, filter);
      },
    });
    const refusals = data?.updateOpportunity?.userErrors.map(({ message }) => message) ?? [];
    const reason = refusals.join(' ') || troubleOf(error);
    if (!reason) return void (isIndexOff || refetch());
    setTrouble(`${name} stays in ${labelOf('stages', from)}. ${reason}`);
    setNews({ id: deal.id, text: '' });
  }

  function drop(id: string, stage: Stage) {
    const deal = client.cache.readFragment({ id: `Opportunity:${id}`, fragment: dealFragment });
    if (!deal || deal.lifeCycle?.stage === stage) return;
    if (stage === 'CLOSED_LOST') setTarget({ deal, stage });
    else void send(deal, stage);
  }

  return (
    <Page
      title="Pipeline"
      actions={
        <Search
          value={search}
          hint={isIndexOff ? 'Whole company name' : 'Company, website or ID'}
          onSearch={(text) => navigate(text ? `/pipeline?search=${encodeURIComponent(text)}` : '/pipeline')}
        />
      }
    >
      {isIndexOff && (
        <p className="note">
          Counts, sums and search by part of a name need the gateway’s index of opportunities, which is off
          (INDEX=on turns it on).
        </p>
      )}
      {!isIndexOff && <Trouble onRetry={refetch}>{troubleOf(error)}</Trouble>}
      <Trouble>{trouble}</Trouble>
      <p role="status" className="for-screen-readers">
        {news?.text}
      </p>
      <div className="board">
        {stages.map((stage) => (
          <Column
            key={`${stage} ${search}`}
            stage={stage}
            filter={filter}
            bucket={
              data?.pipeline?.find((bucket) => bucket.stage === stage) ?? (data?.pipeline ? empty : undefined)
            }
            movedId={news?.id}
            onMove={(deal) => setTarget({ deal })}
            onDrop={(id) => drop(id, stage)}
          />
        ))}
      </div>
      {target && <MoveDialog target={target} onMove={send} onClose={() => setTarget(undefined)} />}
    </Page>
  );
}

const empty = { stage: null, count: 0, overdue: 0, expectedMonthlySpend: [] };
