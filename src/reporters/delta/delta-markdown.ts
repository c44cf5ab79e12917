import type { DeltaFinding, RunDelta } from '../../model/run-delta.ts';
import { codeSpan, prose } from '../markdown/markdown-text.ts';
import { deltaCounts, deltaGroups, deltaSubject } from './delta-groups.ts';
import type { DeltaReporter } from './delta-reporter.ts';

const mostName = 160;
const mostSentence = 500;
const mostFindings = 200;

/** For a pull request, a ticket or a job summary. */
export const deltaMarkdown: DeltaReporter = {
  name: 'markdown',
  render: (delta) => `${markdownLines(delta).join('\n')}\n`,
};

function markdownLines(delta: RunDelta): readonly string[] {
  const { before, after, newGaps } = delta;
  const day = (iso: string): string => codeSpan(iso.slice(0, 10), mostName);
  return [
    `# Sealcheck: ${before === undefined ? `the first run, ${day(after.asOf)}` : `from ${day(before.asOf)} to ${day(after.asOf)}`}`,
    '',
    `${deltaCounts(delta)}.`,
    '',
    `**${after.outcome}**: ${prose(after.exitReason, mostSentence)}`,
    '',
    ...newGaps.map(({ scope, action, reason }) => `- could not be read: ${codeSpan(`${action} ${reason} in ${scope}`, mostSentence)}`),
    ...(newGaps.length === 0 ? [] : ['']),
    ...deltaGroups(delta).flatMap(({ word, findings }) => {
      const more = findings.length - mostFindings;
      return [
        `## ${word.charAt(0).toUpperCase()}${word.slice(1)} (${findings.length})`,
        '',
        '| severity | policy | resource | where |',
        '|---|---|---|---|',
        ...findings.slice(0, mostFindings).map(row),
        ...(more > 0 ? ['', `and ${more} more.`] : []),
        '',
      ];
    }),
  ].slice(0, -1);
}

function row(finding: DeltaFinding): string {
  const { severity, policyId, account, region } = finding;
  const place = [account, region].filter((part) => part !== undefined).join(' ');
  const cells = [
    severity,
    codeSpan(policyId, mostName),
    codeSpan(deltaSubject(finding), mostName),
    place === '' ? '' : codeSpan(place, mostName),
  ];
  return `| ${cells.join(' | ')} |`;
}
