import type { OperationVariables } from '@apollo/client';
import { useState } from 'react';
import { Trouble, troubleOf } from './trouble.tsx';

type MoreProps = {
  pageInfo: { hasNextPage: boolean; endCursor: string | null } | undefined;
  fetchMore(options: { variables: OperationVariables }): Promise<{ error?: unknown }>;
};

/** A button for the next page of a list. A page that fails is reported beside it, and can be tried again. */
export function More({ pageInfo, fetchMore }: MoreProps) {
  const [isLoading, setIsLoading] = useState(false);
  const [error, setError] = useState<unknown>();
  if (!pageInfo?.hasNextPage) return null;
  async function more() {
    setIsLoading(true);
    const { error } = await fetchMore({ variables: { after: pageInfo?.endCursor } });
    setError(error);
    setIsLoading(false);
  }
  return (
    <>
      <Trouble>{troubleOf(error)}</Trouble>
      <button type="button" disabled={isLoading} onClick={() => void more()}>
        {isLoading ? 'Loading…' : 'Show more'}
      </button>
    </>
  );
}
