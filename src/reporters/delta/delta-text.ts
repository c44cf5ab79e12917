import type { DeltaFinding, RunDelta } from '../../model/run-delta.ts';
import { displayWidth, padEnd, truncateMiddle } from '../display-width.ts';
import { safeLine, safeText } from '../safe-text.ts';
import { textPen, type TextPen, type TextStyle } from '../text-style.ts';
import { hanging } from '../text-totals.ts';
import { deltaCounts, deltaGroups, deltaSubject, type DeltaGroup } from './delta-groups.ts';
import type { DeltaReporter } from './delta-reporter.ts';

const styles: { readonly [word: string]: TextStyle } = { fixed: 'green', new: 'red', 'came back': 'red' };

/** For people: each kind of change with its findings, worst first, then the counts. */
export const deltaText: DeltaReporter = {
  name: 'text',
  render: (delta, { color, columns, links }) => {
    const pen = textPen({ color, links });
    const groups = deltaGroups(delta);
    const lines = [
      ...groups.flatMap((group) => groupLines(group, columns, pen)),
      ...gapLines(delta, columns),
      ...hanging(`  ${between(delta)}: `, deltaCounts(delta), columns, (label) => label),
      ...hanging('  then: ', `${delta.after.outcome}, ${delta.after.exitReason}`, columns, (label) => label),
    ];
    return `${['', ...lines].map(safeLine).join('\n')}\n`;
  },
};

function between({ before, after }: RunDelta): string {
  const to = after.asOf.slice(0, 10);
  return before === undefined ? `the first run, ${to}` : `from ${before.asOf.slice(0, 10)} to ${to}`;
}

function groupLines({ word, findings }: DeltaGroup, columns: number, { paint }: TextPen): readonly string[] {
  const width = Math.max(...findings.map(({ policyId }) => policyId.length));
  return [
    `  ${paint(styles[word] ?? 'magenta', `${word} (${findings.length})`)}`,
    ...findings.map((finding) => findingLine(finding, width, columns)),
    '',
  ];
}

function findingLine(finding: DeltaFinding, width: number, columns: number): string {
  const { severity, policyId, account, region } = finding;
  // What code says of account and region is not where the code is.
  const where = finding.scope.startsWith('aws/') ? [account, region] : [];
  const place = safeText(where.filter((part) => part !== undefined).join(' '));
  const start = `    ${severity.padEnd(8)}  ${padEnd(policyId, width)}  `;
  const room = Math.max(20, columns - displayWidth(start) - displayWidth(place) - 2);
  return `${start}${truncateMiddle(safeText(deltaSubject(finding)), room)}${place === '' ? '' : `  ${place}`}`;
}

function gapLines({ newGaps }: RunDelta, columns: number): readonly string[] {
  if (newGaps.length === 0) return [];
  const lines = newGaps.flatMap(({ scope, action, reason }) =>
    hanging('  could not be read: ', `${action} ${reason.replaceAll('-', ' ')} in ${scope}`, columns, (label) => label),
  );
  return [...lines, ''];
}
