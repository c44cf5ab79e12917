import type { HistoryPoint } from '../model/history-point.ts';
import type { ScanResult } from '../model/scan-result.ts';

/** One output format: a pure function of the result. It reads no clock, no environment and no file. */
export interface Reporter {
  /** What `--format` accepts. */
  readonly name: string;
  /** One line for the help. */
  readonly summary: string;
  readonly mediaType: string;
  /** Throws UserError where the options do not allow what the result needs. */
  readonly render: (result: ScanResult, options: ReportOptions) => Report;
}

export interface Report {
  /** The whole document; ends with a newline. */
  readonly text: string;
  /** Where the document comes as several files: these, and `text` is empty. */
  readonly parts?: readonly ReportPart[];
  /** What the reader of the document would not see in it, such as an account that had to be left out. One sentence each, for stderr. */
  readonly warnings: readonly string[];
}

export interface ReportPart {
  /** What the name of its file holds to tell it from the others: safe in a file name, without a slash. */
  readonly name: string;
  readonly text: string;
}

export interface ReportOptions {
  /** ANSI colours, in formats for terminals. */
  readonly color: boolean;
  /** Width of the terminal, in character cells. */
  readonly columns: number;
  /** OSC 8 hyperlinks, in formats for terminals. */
  readonly links: boolean;
  readonly sarif: SarifOptions;
  /** How findings come together in text; absent: by resource. */
  readonly group?: TextGroup;
  /** Findings that text lists at most; 0: the summary alone. Absent: the worst resources, and the worst of each. */
  readonly maxFindings?: number;
  /** Earlier runs, for formats that draw how findings went over time. Absent: none were given. */
  readonly history?: readonly HistoryPoint[];
}

export const textGroups = ['resource', 'rule', 'account', 'severity'] as const;
/** rule: by policy. account: by account, or by root of code. */
export type TextGroup = (typeof textGroups)[number];

export interface SarifOptions {
  /** `all`: every unknown finding is a result. `none`: unknown findings are left out, and GitHub takes what was open for fixed. */
  readonly unknown: 'all' | 'none';
  /** `omit`: the alert closes. `include`: a suppressed result, which GitHub shows as open and GitLab and Azure DevOps understand. */
  readonly waived: 'omit' | 'include';
  /** Whose limits and reading count; absent: GitHub's. */
  readonly profile?: 'github' | 'gitlab';
  /** `account`: one file for each account and root of code. Absent: one file for all, and an error where it cannot hold them. */
  readonly split?: 'account';
}
