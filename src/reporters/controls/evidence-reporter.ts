import type { FrameworkEvidence } from '../../model/control-evidence.ts';
import type { ReportOptions } from '../reporter.ts';

/** One format of the evidence by control: a pure function of it. */
export interface EvidenceReporter {
  /** What `--format` accepts. */
  readonly name: string;
  /** The whole document; ends with a newline. */
  readonly render: (evidence: FrameworkEvidence, options: Pick<ReportOptions, 'color' | 'columns' | 'links'>) => string;
}
