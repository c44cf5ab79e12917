import type { UnknownReason } from './unknown.ts';
import type { Outcome, Summary } from './scan-result.ts';
import type { Severity } from './severity.ts';

/** What is different between two runs: what `diff` shows and `notify` tells. A finding stands in one list at most. */
export interface RunDelta {
  /** Absent: there was no run before, so all that is open is new. */
  readonly before?: RunNote;
  readonly after: RunNote & Pick<Summary, 'findings' | 'bySeverity'> & { readonly outcome: Outcome; readonly exitReason: string };
  /** They fail now or are unknown, and were not open before. */
  readonly new: readonly DeltaFinding[];
  /** New, but the state knows them from a time before they were fixed. */
  readonly reopened: readonly DeltaFinding[];
  /** They failed when they were last judged and cannot be verified now: not fixed. Only those that could be verified in the run before. */
  readonly unverified: readonly DeltaFinding[];
  /** They were judged, and are neither failing nor unknown any more. */
  readonly fixed: readonly DeltaFinding[];
  /** Accepted by a waiver now, and open before. */
  readonly waived: readonly DeltaFinding[];
  /** How many are open as they were. */
  readonly persisting: number;
  /** How many of before were not asked for this time, such as those of another selection of policies or regions. */
  readonly notJudged: number;
  /** What could not be read now, and could before. One for each scope and action. */
  readonly newGaps: readonly DeltaGap[];
}

export interface RunNote {
  readonly runId: string;
  /** ISO 8601. */
  readonly asOf: string;
}

export interface DeltaFinding {
  readonly id: string;
  readonly policyId: string;
  /** Of the policy. */
  readonly title: string;
  readonly severity: Severity;
  /** Now: of an unverified one the last verdict was fail. */
  readonly status: 'fail' | 'unknown' | 'waived' | 'pass';
  readonly scope: string;
  readonly type: string;
  readonly address: string;
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
  readonly itemKey?: string;
  /** ISO 8601; only where a state keeps it. */
  readonly firstSeen?: string;
  /** ISO 8601, the moment after which it is overdue; absent where nothing is due. */
  readonly dueAt?: string;
}

export interface DeltaGap {
  readonly scope: string;
  readonly action: string;
  readonly reason: UnknownReason;
}
