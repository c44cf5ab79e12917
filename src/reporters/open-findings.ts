import type { Finding } from '../model/finding.ts';
import { severities } from '../model/severity.ts';

/** A finding that somebody has to do something about: it fails, or could not be judged. */
export type OpenFinding = Extract<Finding, { readonly status: 'fail' | 'unknown' }>;

/** A finding that says something of its resource. not_applicable is never a result. */
export type JudgedFinding = Exclude<Finding, { readonly status: 'not_applicable' }>;

export function isOpenFinding(finding: Finding): finding is OpenFinding {
  return finding.status === 'fail' || finding.status === 'unknown';
}

export function isJudgedFinding(finding: Finding): finding is JudgedFinding {
  return finding.status !== 'not_applicable';
}

/** False where the verdict itself is missing: an unknown, waived or not. */
export function isVerified(finding: JudgedFinding): boolean {
  return finding.status !== 'unknown' && (finding.status !== 'waived' || finding.unknown === undefined);
}

/** The open findings, most severe first; of one severity failures before unknowns, and what is new before the rest; else in their order. */
export function mostSevereFirst(findings: readonly Finding[]): readonly OpenFinding[] {
  const byRank: OpenFinding[][] = Array.from({ length: severities.length * 4 }, () => []);
  for (const finding of findings) if (isOpenFinding(finding)) byRank[rank(finding)]?.push(finding);
  return byRank.flat();
}

function rank({ severity, status, state }: OpenFinding): number {
  return severities.indexOf(severity) * 4 + (status === 'fail' ? 0 : 2) + (state === 'persisting' || state === 'unverified' ? 1 : 0);
}
