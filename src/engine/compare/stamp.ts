import type { Finding } from '../../model/finding.ts';
import type { Baseline } from './compare-runs.ts';
import { dueDate, type DueDays } from './due.ts';

/**
 * Says of each open finding since when it is, and until when it should not be. What is new or came back begins now; what was
 * there keeps its beginning, an accepted one too. `before` holds the finding of the run before, by the id of today.
 */
export function stampTimes(
  findings: readonly Finding[],
  before: ReadonlyMap<string, Finding>,
  baseline: Baseline | undefined,
  { now, dueDays }: { readonly now: number; readonly dueDays: DueDays },
): readonly Finding[] {
  const today = new Date(now).toISOString();
  return findings.map((finding) => {
    if (finding.status === 'pass' || finding.status === 'not_applicable') return finding;
    const old = before.get(finding.id);
    const begins = old === undefined || finding.state === 'new' || finding.state === 'reopened';
    const firstSeen = begins ? today : (old.firstSeen ?? baseline?.run.asOf ?? today);
    if (finding.status === 'waived') return { ...finding, firstSeen };
    const dueAt = dueDate(firstSeen, finding.severity, dueDays);
    return { ...finding, firstSeen, ...(dueAt === undefined ? {} : { dueAt }) };
  });
}

/** Of what failed and is unknown now: when it was last judged. */
export function stampLastSeen(finding: Finding, old: Finding | undefined, { run }: Baseline): Finding {
  if (finding.state !== 'unverified' || old === undefined) return finding;
  return { ...finding, lastSeen: old.lastSeen ?? run.asOf };
}
