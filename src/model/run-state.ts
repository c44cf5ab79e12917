import type { Finding } from './finding.ts';
import type { HistoryPoint } from './history-point.ts';
import type { ScanResult } from './scan-result.ts';

/** One run as a state keeps it: its result, and what the runs before it have left behind. Version 1. */
export interface RunState {
  readonly stateVersion: 1;
  /** 1 for the first run that was kept; each one takes the next number. */
  readonly sequence: number;
  /** The whole result, never redacted: findings are told again by their ids. What could not be verified stands in it as unknown. */
  readonly result: ScanResult;
  /** Open when they were last judged, and not asked for since, such as those of another selection of policies; with their `lastSeen`. */
  readonly notJudged: readonly Finding[];
  /** Fixed, and remembered for a year, so that they are told when they come back. Sorted by id. */
  readonly fixed: readonly FixedFinding[];
  /** When each scope was last read as a whole, by its id: ISO 8601. What is not here never was. */
  readonly whole: { readonly [scope: string]: string };
  /** Every run that is remembered, oldest first, this one last. */
  readonly history: readonly HistoryPoint[];
}

export interface FixedFinding {
  readonly id: string;
  /** ISO 8601. */
  readonly firstSeen: string;
  /** The run that found it fixed: ISO 8601. */
  readonly fixedAt: string;
}
