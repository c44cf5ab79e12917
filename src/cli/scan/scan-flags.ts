import type { DueDays } from '../../engine/compare/due.ts';
import type { Severity } from '../../model/severity.ts';
import type { InputFlags } from '../inputs/input.ts';
import type { AwsFlags, ConfigOptions, PolicyOptions } from '../options.ts';
import type { ReportFlags } from '../report-options.ts';

/** What may be given to `scan`, as commander has it. */
export interface ScanFlags extends AwsFlags, PolicyOptions, ConfigOptions, ReportFlags, Omit<InputFlags, 'region'> {
  readonly failOn?: Severity | 'none';
  readonly failOnUnknown?: Severity | 'never';
  readonly exitZero?: boolean;
  readonly asOf?: string;
  readonly detail?: 'all' | 'failing';
  readonly quiet?: boolean;
  readonly changedOnly?: boolean;
  readonly baseline?: string;
  /** False: `--no-waivers`. */
  readonly waivers?: readonly string[] | false;
  readonly waiverMaxDays: number;
  readonly failOnNew?: boolean;
  readonly stateDir?: string;
  readonly retain?: number;
  readonly printConfig?: boolean;
}

/** What counts, after configuration and environment have been heard. */
export type RunFlags = ScanFlags & Required<Pick<ScanFlags, 'failOn' | 'retain'>> & { readonly dueDays: DueDays };
