import type { ScanResult } from '../model/scan-result.ts';
import type { Reporter, ReportOptions } from './reporter.ts';
import { safeLine } from './safe-text.ts';
import { comparisonLines } from './text-comparison.ts';
import { resourceLines } from './text-resources.ts';
import { textPen, type TextStyle } from './text-style.ts';
import { waivedLines } from './text-waived.ts';
import { hanging, incompleteLines, totalLines } from './text-totals.ts';

/** Narrower than this, columns make no sense. */
const leastColumns = 40;

/** For people: what fails and what could not be judged by resource, worst first, then totals, what is missing and the exit code. */
export const textReporter: Reporter = {
  name: 'text',
  summary: 'for people: findings by resource, totals, what is incomplete',
  mediaType: 'text/plain',
  render: (result, options) => ({ text: `${textLines(result, options).map(safeLine).join('\n')}\n`, warnings: [] }),
};

function textLines(result: ScanResult, options: ReportOptions): readonly string[] {
  const { run } = result;
  const pen = textPen(options);
  const columns = Math.max(leastColumns, options.columns);
  const style: TextStyle = run.exitCode === 0 ? 'green' : run.exitCode === 1 || run.exitCode === 4 ? 'red' : 'magenta';
  const remarks = [
    ...incompleteLines(result, columns, pen),
    ...run.notes.flatMap((note) => hanging('  note: ', note, columns, (label) => pen.paint('cyan', label))),
  ];
  return [
    '',
    ...resourceLines(result, columns, pen),
    ...waivedLines(result, columns, pen),
    ...totalLines(result, columns, pen),
    ...comparisonLines(result, columns, pen),
    '',
    ...remarks,
    ...(remarks.length > 0 ? [''] : []),
    ...hanging(`  exit ${run.exitCode}: `, run.exitReason, columns, (label) => pen.paint(style, label)),
  ];
}
