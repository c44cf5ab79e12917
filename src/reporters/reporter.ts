import type { HistoryPoint } from '../model/history-point.ts';
import type { ScanResult } from '../model/scan-result.ts';

/** One output format: a pure function of the result. It reads no clock, no environment and no file. */
export interface Reporter {
  /** What `--format` accepts. */
  readonly name: string;
  /** One line for the help. */
  readonly summary: string;
  readonly mediaType: string;
  readonly render: (result: ScanResult, options: ReportOptions) => Report;
}

export interface Report {
  /** The whole document; ends with a newline. */
  readonly text: string;
  /** What the reader of the document would not see in it, such as an account that had to be left out. One sentence each, for stderr. */
  readonly warnings: readonly string[];
}

export interface ReportOptions {
  /** ANSI colours, in formats for terminals. */
  readonly color: boolean;
  /** Width of the terminal, in character cells. */
  readonly columns: number;
  /** OSC 8 hyperlinks, in formats for terminals. */
  readonly links: boolean;
  readonly sarif: SarifOptions;
  /** Earlier runs, for formats that draw how findings went over time. Absent: none were given. */
  readonly history?: readonly HistoryPoint[];
}

export interface SarifOptions {
  /** `all`: every unknown finding is a result. `none`: unknown findings are left out, and GitHub takes what was open for fixed. */
  readonly unknown: 'all' | 'none';
  /** `omit`: the alert closes. `include`: a suppressed result, which GitHub shows as open and GitLab and Azure DevOps understand. */
  readonly waived: 'omit' | 'include';
}
