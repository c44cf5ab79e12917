import type { PolicyEvidence, RequirementEvidence } from '../../model/control-evidence.ts';
import { statuses } from '../../model/finding.ts';
import { csvLine } from '../csv-cell.ts';
import type { EvidenceReporter } from './evidence-reporter.ts';

const header = ['framework', 'requirement', 'title', 'status', 'policy', ...statuses, 'reasons', 'sources'];

/** A line for each requirement and policy (RFC 4180); a requirement that no policy is mapped to has one line, too. */
export const evidenceCsv: EvidenceReporter = {
  name: 'csv',
  render: ({ framework, requirements }) => {
    const rows = requirements.flatMap((requirement) => rowsOf(framework.id, requirement));
    return [header, ...rows].map(csvLine).join('');
  },
};

function rowsOf(framework: string, requirement: RequirementEvidence): readonly (readonly string[])[] {
  const { id, title, status, mapped, policies } = requirement;
  const sources = mapped.map(({ check, url }) => `${check} ${url}`).join('; ');
  const row = (policy?: PolicyEvidence): readonly string[] => [
    ...[framework, id, title, status, policy?.id ?? ''],
    ...statuses.map((name) => (policy?.counts === undefined ? '' : String(policy.counts[name]))),
    ...[policy?.reasons.join('; ') ?? '', sources],
  ];
  return policies.length === 0 ? [row()] : policies.map(row);
}
