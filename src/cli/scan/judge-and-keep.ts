import type { UserError } from '../../model/errors.ts';
import type { HistoryPoint } from '../../model/history-point.ts';
import type { SelectedPolicy } from '../../model/policy.ts';
import type { Collection } from '../../model/resource.ts';
import type { RunState } from '../../model/run-state.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import type { ScanOptions } from '../../scan.ts';
import type { KeptRuns } from '../kept-runs.ts';
import type { RunFlags } from './scan-flags.ts';

export interface JudgedRun {
  readonly result: ScanResult;
  readonly history?: readonly HistoryPoint[];
  /** Why the run could not be kept. */
  readonly error?: UserError;
}

/** Judges, and keeps the run where runs are kept. One that was stopped is not: it says too little of what it did not come to. */
export async function judgeAndKeep(
  runs: KeptRuns | undefined,
  { dueDays }: RunFlags,
  collection: Collection,
  selected: readonly SelectedPolicy[],
  options: ScanOptions,
): Promise<JudgedRun> {
  const { scan, scanAndKeep } = await import('../../scan.ts');
  if (runs === undefined) return { result: scan(collection, selected, options) };
  const make = (previous: RunState | undefined): RunState => scanAndKeep(collection, selected, options, { previous, dueDays });
  if (collection.interrupted === true) return { result: make(runs.previous).result };
  const { run, error } = await runs.keep(make);
  return { result: run.result, history: run.history, ...(error === undefined ? {} : { error }) };
}
