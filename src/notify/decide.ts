import { isChange, type Changes } from './find-changes.ts';
import type { MessageKind } from './message.ts';

export interface DecisionFacts {
  /** How the newest run stands to what the channel was told: it is that, it follows on it, or there is nothing to compare it with. */
  readonly newest: 'told' | 'follows' | 'first';
  readonly changes: Changes;
  /** When the newest run was, and when the channel was last told anything: epoch milliseconds. */
  readonly newestAt: number;
  readonly lastAt: number;
  /** What it was told then; undefined where nothing. */
  readonly lastKind: MessageKind | undefined;
  readonly now: number;
  /** Undefined: nothing but changes is told. */
  readonly heartbeatDays: number | undefined;
}

export type Decision = { readonly kind: MessageKind } | { readonly kind: 'silent'; readonly why: string };

const dayMs = 24 * 60 * 60 * 1000;
/** A job of every day does not come to the minute, and must not lose a day by that. */
const earlyMs = 60 * 60 * 1000;

/**
 * Whether a channel is told anything now, and what. That there has been no run for two heartbeats is said at once, and then once each
 * heartbeat.
 */
export function decide({ newest, changes, newestAt, lastAt, lastKind, now, heartbeatDays }: DecisionFacts): Decision {
  if (newest === 'first') return { kind: 'summary' };
  if (newest === 'follows' && isChange(changes)) return { kind: 'change' };
  const period = heartbeatDays === undefined ? Number.POSITIVE_INFINITY : heartbeatDays * dayMs;
  const due = now - lastAt >= period - earlyMs;
  const stale = now - newestAt >= 2 * period - earlyMs;
  if (stale && (due || lastKind !== 'stale')) return { kind: 'stale' };
  if (due) return { kind: 'heartbeat' };
  return { kind: 'silent', why: newest === 'told' ? 'told of the newest run already' : 'nothing has changed' };
}
