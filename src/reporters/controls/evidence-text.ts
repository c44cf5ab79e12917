import type { ControlStatus, PolicyEvidence, RequirementEvidence } from '../../model/control-evidence.ts';
import { statuses } from '../../model/finding.ts';
import { padEnd, wrapWords } from '../display-width.ts';
import { safeLine, safeText } from '../safe-text.ts';
import { textPen, type TextPen, type TextStyle } from '../text-style.ts';
import type { EvidenceReporter } from './evidence-reporter.ts';
import { scopeOfEvidence, statusWords, summaryLine } from './words.ts';

const styles: { readonly [status in ControlStatus]: TextStyle } = {
  met: 'green',
  not_met: 'red',
  unknown: 'yellow',
  waived: 'magenta',
  not_applicable: 'dim',
  not_covered: 'dim',
};
const widestStatus = Math.max(...Object.values(statusWords).map((word) => word.length));
const countWords = { pass: 'pass', fail: 'fail', unknown: 'unknown', waived: 'waived', not_applicable: 'not applicable' } as const;

/** For people: each requirement with its status, below it the policies and what they found. */
export const evidenceText: EvidenceReporter = {
  name: 'text',
  render: (evidence, { color, columns, links }) => {
    const pen = textPen({ color, links });
    const { framework, run, scopes, requirements } = evidence;
    const width = Math.max(...requirements.map(({ id }) => id.length));
    const lines = [
      pen.link(pen.paint('bold', safeText(`${framework.title} ${framework.version}`)), framework.url),
      ...wrap(`Run ${safeText(run.id)} of ${safeText(run.asOf)}, over ${scopes.map(safeText).join(', ') || 'nothing'}`, columns),
      '',
      ...requirements.flatMap((requirement) => requirementLines(requirement, width, pen, columns)),
      '',
      pen.paint('bold', summaryLine(evidence)),
      ...wrap(scopeOfEvidence, columns),
    ];
    return `${lines.map(safeLine).join('\n')}\n`;
  },
};

function requirementLines(
  { id, title, status, policies }: RequirementEvidence,
  width: number,
  pen: TextPen,
  columns: number,
): readonly string[] {
  const indent = widestStatus + width + 4;
  const [first = '', ...rest] = wrap(title, columns - indent);
  const head = `${pen.paint(styles[status], padEnd(statusWords[status], widestStatus))}  ${pen.paint('bold', padEnd(id, width))}  ${first}`;
  const below = [
    ...rest,
    ...policies.flatMap((policy) => wrap(policyLine(policy), columns - indent).map((line) => pen.paint('dim', line))),
  ];
  return [head, ...below.map((line) => `${' '.repeat(indent)}${line}`)];
}

function policyLine({ id, counts, reasons }: PolicyEvidence): string {
  const numbers = statuses.flatMap((status) => {
    const count = counts?.[status] ?? 0;
    return count === 0 || status === 'unknown' ? [] : [`${String(count)} ${countWords[status]}`];
  });
  const found = counts !== undefined && numbers.length === 0 && reasons.length === 0 ? ['nothing to judge'] : numbers;
  return `${safeText(id)}: ${[...found, ...reasons.map(safeText)].join(', ')}`;
}

function wrap(text: string, width: number): readonly string[] {
  return wrapWords(text, Math.max(20, width));
}
