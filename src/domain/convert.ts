/**
 * The conversion of a lead into an opportunity, in steps that can be resumed: CHECK, START. Waiting for the task that START
 * has started is up to the caller.
 *
 * AWS keeps the tasks, and they show what has been done. So there is no journal, and a conversion that was interrupted, by
 * a crash or by the end of its request, is continued by the same call, in whichever process.
 */
import { Fault } from '../fault.ts';
import { conversionsOf, type EngagementLead } from './leads.ts';
import { isFinished, type Task } from './tasks.ts';
import { uuidOf } from './uuid.ts';
import type { Violation } from './violation.ts';

/** What a caller asks to be converted. */
export type Conversion = {
  /** The lead's id. */
  id: string;
  /** The caller's token for the task. */
  clientToken?: string | null | undefined;
};

/** One lead, while nothing else of this process is written to its engagement. All but `isTimeUp` call AWS and throw `Fault`s. */
export type ConversionStore = {
  read(): Promise<EngagementLead | null>;
  /** The tasks that have converted leads of its engagement, latest first. */
  tasks(): Promise<Task[]>;
  /** Starts the task; undefined if AWS does not say which. */
  start(clientToken: string): Promise<Task | undefined>;
  /** True when there is no time for another step. */
  isTimeUp(): boolean;
};

/** How far a conversion has come. */
export type ConversionProgress =
  | { kind: 'notFound' }
  | { kind: 'refused'; violations: Violation[] }
  /** It was converted before. */
  | { kind: 'converted'; task: Task }
  /** A task was started, or one that is in progress was joined, which has no token here. */
  | { kind: 'started'; task: Task | undefined; clientToken?: string }
  /** The task was not started: for lack of time without a fault. */
  | { kind: 'stopped'; fault?: Fault };

/** The task that has converted a lead, of all those of its engagement. */
export const completedConversion = (lead: EngagementLead, tasks: readonly Task[]): Task | undefined =>
  conversionsOf(lead, tasks).find(({ status }) => status === 'COMPLETE');

/** API reference, ReasonCode: DisqualifiedLeadNotPermitted. */
const disqualified = (): Violation => ({
  path: ['id'],
  field: 'qualificationStatus',
  code: 'ACTION_NOT_PERMITTED',
  message: 'A disqualified lead cannot be converted. Change its qualification status first.',
});

/**
 * Converts a lead as far as time allows. AWS's token is the same for every attempt of a conversion; another one as soon as
 * a task has failed, since AWS answers a repeated token with the task of its first use.
 *
 * @throws Fault if CHECK failed, so that nothing was changed
 */
export async function convert(
  store: ConversionStore,
  { id, clientToken }: Conversion,
): Promise<ConversionProgress> {
  const lead = await store.read();
  if (!lead) return { kind: 'notFound' };
  const all = await store.tasks();
  const done = completedConversion(lead, all);
  if (done) return { kind: 'converted', task: done };
  const tasks = conversionsOf(lead, all);
  const running = tasks.find((task) => !isFinished(task));
  if (running) return { kind: 'started', task: running };
  if (lead.content.qualificationStatus === 'Disqualified')
    return { kind: 'refused', violations: [disqualified()] };

  if (store.isTimeUp()) return { kind: 'stopped' };
  const token = clientToken ?? uuidOf('convertLead', id, tasks[0]?.id ?? '');
  try {
    return { kind: 'started', task: await store.start(token), clientToken: token };
  } catch (fault) {
    if (fault instanceof Fault) return { kind: 'stopped', fault };
    throw fault;
  }
}
