import type { Finding } from '../model/finding.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Whether the last moment to fix it was before then. What nothing is due of never is. */
function isOverdue({ dueAt }: Pick<Finding, 'dueAt'>, asOf: string): boolean {
  return dueAt !== undefined && Date.parse(dueAt) < Date.parse(asOf);
}

/** Whole days between two moments in ISO 8601; 0 within a day. */
function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / dayMs));
}

/** `open 37 days`, `overdue since 2026-01-31`; nothing where no state keeps the times. `asOf` is the clock of the run. */
export function timeRemarks({ firstSeen, dueAt, status }: Finding, asOf: string): readonly string[] {
  if (status !== 'fail' && status !== 'unknown') return [];
  const open = firstSeen === undefined ? 0 : daysBetween(firstSeen, asOf);
  return [
    ...(open === 0 ? [] : [`open ${open} ${open === 1 ? 'day' : 'days'}`]),
    ...(dueAt !== undefined && isOverdue({ dueAt }, asOf) ? [`overdue since ${dueAt.slice(0, 10)}`] : []),
  ];
}

/** How many open findings are overdue. */
export function countOverdue(findings: readonly Finding[], asOf: string): number {
  return findings.filter((finding) => (finding.status === 'fail' || finding.status === 'unknown') && isOverdue(finding, asOf)).length;
}
