import type { Outcome, StatusCounts, Summary } from './scan-result.ts';

/** What one run came to, in a line of a history file (NDJSON, oldest first): enough to draw how findings went over time. */
export interface HistoryPoint {
  readonly runId: string;
  /** The clock of that run's evaluation, ISO 8601. */
  readonly asOf: string;
  readonly findings: StatusCounts;
  readonly bySeverity: Summary['bySeverity'];
  /** Only in the history of a state. */
  readonly sequence?: number;
  readonly outcome?: Outcome;
  /** Against the run before; absent for the first. */
  readonly changes?: { readonly new: number; readonly reopened: number; readonly fixed: number; readonly unverified: number };
}
