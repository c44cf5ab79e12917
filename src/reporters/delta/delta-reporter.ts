import type { RunDelta } from '../../model/run-delta.ts';
import type { ReportOptions } from '../reporter.ts';

/** One format of the difference between two runs: a pure function of it. */
export interface DeltaReporter {
  /** What `--format` accepts. */
  readonly name: string;
  /** The whole document; ends with a newline. */
  readonly render: (delta: RunDelta, options: Pick<ReportOptions, 'color' | 'columns' | 'links'>) => string;
}
