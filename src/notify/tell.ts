import type { RunState } from '../model/run-state.ts';
import { UserError } from '../model/errors.ts';
import type { Channel, World } from './channel.ts';
import { decide } from './decide.ts';
import { deliver, type RetryLimits } from './deliver.ts';
import { findChanges, type Compared } from './find-changes.ts';
import { messageId } from './hashes.ts';
import { makeMessage } from './make-message.ts';
import type { Message } from './message.ts';
import { readTold, writeRecord, type RecordStore } from './records.ts';

/** What telling needs besides the channel. */
export interface TellContext {
  readonly newest: RunState;
  /** An earlier run; undefined where it is no longer kept. */
  readonly runAt: (sequence: number) => Promise<RunState | undefined>;
  readonly compare: (before: RunState | undefined, after: RunState) => Pick<Compared, 'delta' | 'open' | 'unverified'>;
  readonly records: RecordStore;
  /** Last change to a message before it gets its id: redaction. */
  readonly finish: (message: Omit<Message, 'id'>) => Omit<Message, 'id'>;
  readonly heartbeatDays: number | undefined;
  readonly link: string | undefined;
  readonly world: World;
  readonly limits: RetryLimits;
  readonly signal: AbortSignal;
}

/** What a channel is to be told: a message, the `ordinal`th about the newest run, or nothing. */
export type Plan =
  { readonly kind: 'silent'; readonly why: string } | { readonly kind: 'message'; readonly message: Message; readonly ordinal: number };

export type Told =
  | { readonly kind: 'silent'; readonly why: string }
  | { readonly kind: 'told'; readonly message: Message; readonly attempts: number }
  /** It was sent, and the state did not take the record: the next run sends it again, with the same id. */
  | { readonly kind: 'unrecorded'; readonly message: Message; readonly why: string }
  | { readonly kind: 'failed'; readonly message: Message; readonly attempts: number; readonly why: string };

/** Reads what the channel was told, and says what comes next; sends nothing. Throws what the state throws. */
export async function planMessage(channel: Channel, context: TellContext): Promise<Plan> {
  const { newest, heartbeatDays, link, world } = context;
  const { run } = newest.result;
  const told = await readTold(context.records, channel.key, { sequence: newest.sequence, runId: run.id });
  const before = told.base === undefined || told.aboutNewest > 0 ? undefined : await keptRun(told.base, context);
  const compared: Compared = { ...(before === undefined ? {} : { before }), after: newest, ...context.compare(before, newest) };
  const changes = findChanges(compared);
  const decision = decide({
    newest: told.aboutNewest > 0 ? 'told' : before === undefined ? 'first' : 'follows',
    changes,
    newestAt: Date.parse(run.asOf),
    lastAt: told.lastAt ?? 0,
    lastKind: told.lastKind,
    now: world.now(),
    heartbeatDays,
  });
  if (decision.kind === 'silent') return decision;
  const facts = { kind: decision.kind, compared, changes, ...(link === undefined ? {} : { link }) };
  const message = context.finish(makeMessage(facts));
  const ordinal = told.aboutNewest + 1;
  return { kind: 'message', message: { ...message, id: messageId(channel.key, message.run.id, message.kind, ordinal) }, ordinal };
}

/**
 * Tells a channel what it has not been told. Only then it is put down, so that what is cut short in between is sent again with the same id,
 * and what a failed delivery did not tell comes with the next run. Throws what reading the state throws.
 */
export async function tell(channel: Channel, context: TellContext): Promise<Told> {
  const plan = await planMessage(channel, context);
  if (plan.kind === 'silent') return plan;
  const { world, limits, signal, newest } = context;
  const { message, ordinal } = plan;
  const delivery = await deliver(() => channel.send(message, world, signal), world, limits, signal);
  if (!delivery.ok) return { kind: 'failed', message, attempts: delivery.attempts, why: delivery.why };
  const record = { runId: newest.result.run.id, at: new Date(world.now()).toISOString(), kind: message.kind };
  try {
    await writeRecord(context.records, channel.key, { sequence: newest.sequence, ordinal }, record);
  } catch (error) {
    if (error instanceof UserError) return { kind: 'unrecorded', message, why: error.message };
    throw error;
  }
  return { kind: 'told', message, attempts: delivery.attempts };
}

async function keptRun({ sequence, runId }: { sequence: number; runId: string }, { runAt }: TellContext): Promise<RunState | undefined> {
  const run = await runAt(sequence);
  return run?.result.run.id === runId ? run : undefined;
}
