/** Receives the events of an account: from a queue, or from an emulator in the same process. */
import { randomUUID } from 'node:crypto';
import type { Account } from '../accounts/account.ts';
import { calendar } from '../clock.ts';
import type { PartnerEvent } from '../domain/partner-event.ts';
import type { Queue } from '../upstream/queue.ts';
import { type ConsumerOptions, startConsumer } from './consumer.ts';
import { createIntake, type IntakeOptions } from './intake.ts';
import { createEventMetrics } from './metrics.ts';

/** Events of one account that are handed over in this process. */
export type LocalEvents = {
  accountId: string;
  /** Calls a function with every event, in EventBridge's envelope; returns a function that ends this. */
  listen(take: (body: string) => void): () => void;
};

/** Where events come from, and of which AWS account they are. */
export type EventSource = LocalEvents | { accountId: string; queue: Queue };

export type EventsOptions = {
  log: ConsumerOptions['log'] & IntakeOptions['log'];
  /** Reports to the other replicas an event that this one has received. */
  publish(event: PartnerEvent): void;
};

export type Events = {
  /** Takes an event that another replica has received. */
  hear(event: PartnerEvent): void;
  /** Receives nothing more, and returns to the queue what has not been handled. */
  stop(): Promise<void>;
};

export function startEvents(account: Account, source: EventSource, { log, publish }: EventsOptions): Events {
  const { clock, name, catalog } = account;
  const filter = { accountId: source.accountId, catalog };
  const metrics = createEventMetrics(name);
  const intake = createIntake(account, { filter, log, metrics, publish });
  if ('listen' in source) {
    account.timeline.startReception(calendar.instant);
    const stopListening = source.listen(
      (body) => void intake.take({ id: randomUUID(), body, receiveCount: 1 }),
    );
    return {
      hear: intake.hear,
      async stop() {
        stopListening();
        intake.stop();
      },
    };
  }
  const consumer = startConsumer({
    queue: source.queue,
    take: intake.take,
    clock,
    log,
    onError: metrics.queueError,
  });
  account.timeline.startReception(consumer.receivedAt);
  return {
    hear: intake.hear,
    stop() {
      const stopped = consumer.stop();
      intake.stop();
      return stopped;
    },
  };
}
