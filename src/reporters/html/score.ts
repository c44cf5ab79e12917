import type { ScanResult } from '../../model/scan-result.ts';

/** How far the policies hold, and how much of what they ask could be answered. */
export interface Score {
  /** Verdicts that were asked for: everything but not_applicable. */
  readonly asked: number;
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  readonly waived: number;
  /** Whole percents of `asked`, rounded down; undefined where nothing was judged. */
  readonly passing: number | undefined;
  readonly verified: number | undefined;
  /** Resources may be missing that nobody counted. */
  readonly mayLack: boolean;
}

/** Waived and unknown are no passes, and rounding never makes 100 % of less. */
export function scoreOf({ run, summary, scopes, findings }: ScanResult): Score {
  const { pass, fail, unknown, waived } = summary.findings;
  const asked = pass + fail + unknown + waived;
  const unverified = unknown + findings.filter((finding) => finding.status === 'waived' && finding.unknown !== undefined).length;
  const mayLack = run.outcome === 'interrupted' || run.outcome === 'failed' || scopes.some(isIncomplete);
  const percent = (part: number): number | undefined => {
    if (asked === 0) return undefined;
    return Math.floor((100 * part) / asked);
  };
  return { asked, pass, fail, unknown, waived, passing: percent(pass), verified: percent(asked - unverified), mayLack };
}

/** Something of the scope may not have been read, whether or not a waiver accepts that. */
export function isIncomplete({ status, gaps, whole }: ScanResult['scopes'][number]): boolean {
  return status !== 'complete' || whole === false || gaps.length > 0;
}

/** The share of passes: of what was seen, and never the whole where something may not have been. */
export function passingText({ passing, mayLack }: Score): string {
  if (passing === undefined) return '–';
  return mayLack && passing === 100 ? '< 100 %' : `${passing} %`;
}

/** The share of what could be verified: what was not seen can only make it less. */
export function verifiedText({ verified, mayLack }: Score): string {
  if (verified === undefined) return '–';
  if (!mayLack) return `${verified} %`;
  return verified === 100 ? '< 100 %' : `≤ ${verified} %`;
}
