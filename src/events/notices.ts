/** Reports engagements and invitations that have changed, each once a second at most: their readers ask AWS themselves. */
import type { Clock } from '../clock.ts';
import type { PartnerEvent } from '../domain/partner-event.ts';
import type { Change, Changes } from '../records/changes.ts';
import { windowMs } from './proofs.ts';

/** What an event reports besides an opportunity. */
function changesBy({ engagementId, invitationId }: PartnerEvent): Change[] {
  return [
    ...(engagementId ? [{ type: 'Engagement' as const, id: engagementId }] : []),
    ...(invitationId ? [{ type: 'EngagementInvitation' as const, id: invitationId }] : []),
  ];
}

export function createNotices(clock: Pick<Clock, 'setTimer'>, changes: Pick<Changes, 'publish'>) {
  const pending = new Map<string, () => void>();
  return {
    note(event: PartnerEvent): void {
      for (const change of changesBy(event)) {
        const key = `${change.type} ${'id' in change ? change.id : ''}`;
        if (pending.has(key)) continue;
        const publish = () => {
          pending.delete(key);
          changes.publish(change);
        };
        pending.set(key, clock.setTimer(publish, windowMs));
      }
    },
    stop(): void {
      for (const stop of pending.values()) stop();
      pending.clear();
    },
  };
}
