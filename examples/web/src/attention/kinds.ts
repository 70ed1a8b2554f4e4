import type { AttentionKind } from '../gql/graphql.ts';

type Words = {
  title: string;
  /** What has to be done. */
  task: string;
  /** What `since` means, before a date. */
  since: string;
  /** Whether the gateway's sentence for an item has more than the title. */
  hasReason?: boolean;
};

/** The groups of the list in words, the most urgent first. */
export const kinds: Readonly<Record<AttentionKind, Words>> = {
  ACTION_REQUIRED: {
    title: 'AWS asks for changes',
    task: 'Read AWS’s comments, correct the opportunity, and submit it again.',
    since: 'since',
  },
  SUBMISSION_FAILED: {
    title: 'Submission failed',
    task: 'See what AWS has refused, correct it, and submit the opportunity again.',
    since: 'tried',
    hasReason: true,
  },
  DEFERRED_EDIT_STUCK: {
    title: 'Waiting change could not be made',
    task: 'Open the opportunity and make the change again.',
    since: 'since',
    hasReason: true,
  },
  INVITATION_EXPIRING: {
    title: 'Invitation expires soon',
    task: 'Accept or reject it. An expired invitation cannot be answered any more.',
    since: 'since',
  },
  CLOSE_DATE_PASSED: {
    title: 'Close date has passed',
    task: 'Set a new target close date, or close the opportunity.',
    since: 'was due',
  },
  LEAD_UNTOUCHED: {
    title: 'Lead has not been qualified',
    task: 'Contact the company and set the qualification status.',
    since: 'since',
  },
  NOT_SUBMITTED: {
    title: 'Not submitted to AWS',
    task: 'Complete the opportunity and submit it.',
    since: 'created',
  },
};
