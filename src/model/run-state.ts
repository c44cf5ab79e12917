import type { Finding } from './finding.ts';
import type { HistoryPoint } from './history-point.ts';
import type { ScanResult } from './scan-result.ts';

/** One run as a state keeps it: its result, and what the runs before it have left behind. Version 1. */
export interface RunState {
  readonly stateVersion: 1;
  /** 1 for the first run that was kept; each one takes the next number. */
  readonly sequence: number;
  /** The whole result, never redacted: findings are told again by their ids. */
  readonly result: ScanResult;
  /** What is open, and what was fixed and may come back. Sorted by id. */
  readonly tracked: readonly TrackedFinding[];
  /** When each scope was last read as a whole, by its id: ISO 8601. What is not here never was. */
  readonly wholeAt: { readonly [scope: string]: string };
  /** Every run that is remembered, oldest first, this one last. */
  readonly history: readonly HistoryPoint[];
}

export const trackedStates = ['open', 'unverified', 'not-judged', 'fixed'] as const;
/**
 * open: this run says so. unverified: it failed when it was last judged, and this run could not tell. not-judged: this run was not asked.
 * fixed: it was judged, and is open no more.
 */
export type TrackedState = (typeof trackedStates)[number];

export interface TrackedFinding {
  readonly id: string;
  readonly state: TrackedState;
  /** The run that first saw it open, or saw it again after it was fixed: ISO 8601. */
  readonly firstSeen: string;
  /** The last run that judged it open: ISO 8601. */
  readonly lastSeen: string;
  /** Of fixed: the run that found it so. */
  readonly fixedAt?: string;
  /** As it was last judged; left out of an open one, which the result holds. */
  readonly finding?: Finding;
}
