import type { StatusCounts, Summary } from './scan-result.ts';

/** What one run came to, in a line of a history file (NDJSON, oldest first): enough to draw how findings went over time. */
export interface HistoryPoint {
  readonly runId: string;
  /** The clock of that run's evaluation, ISO 8601. */
  readonly asOf: string;
  readonly findings: StatusCounts;
  readonly bySeverity: Summary['bySeverity'];
}
