import type { ControlStatus, FrameworkEvidence } from '../../model/control-evidence.ts';

/** How people read a status. */
export const statusWords: { readonly [status in ControlStatus]: string } = {
  met: 'met',
  not_met: 'not met',
  unknown: 'unknown',
  waived: 'waived',
  not_applicable: 'not applicable',
  not_covered: 'not covered',
};

/** What the evidence is, and what it is not. */
export const scopeOfEvidence =
  'It covers the part of each requirement that configuration shows, as far as a published mapping says so; it is evidence for an assessor, not the assessment.';

/** The counts of the statuses that there are, in one line. */
export function summaryLine({ requirements, summary }: FrameworkEvidence): string {
  const counts = Object.entries(statusWords).flatMap(([status, word]) => {
    const count = summary[status as ControlStatus];
    return count > 0 ? [`${String(count)} ${word}`] : [];
  });
  return `${String(requirements.length)} ${requirements.length === 1 ? 'requirement' : 'requirements'}: ${counts.join(', ')}`;
}
