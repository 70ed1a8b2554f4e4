import type { ReviewStatus as Status } from '../gql/graphql.ts';
import { usePicklists } from './picklists.ts';

/** AWS's review status in AWS's words. */
export function ReviewStatus({ value }: { value: Status | null | undefined }) {
  const { labelOf } = usePicklists();
  return value ? <span className={`status ${value}`}>{labelOf('reviewStatuses', value)}</span> : null;
}
