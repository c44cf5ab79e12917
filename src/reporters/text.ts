import type { ScanResult } from '../model/scan-result.ts';
import type { Reporter, ReportOptions } from './reporter.ts';
import { safeLine } from './safe-text.ts';
import { overviewLines } from './text-overview.ts';
import { resourceLines } from './text-resources.ts';
import { textPen } from './text-style.ts';
import { summaryLines } from './text-summary.ts';

/** Narrower than this, columns make no sense. */
const leastColumns = 40;

/** For people: what fails and what could not be judged, worst first, then on one screen totals, what is missing and the exit code. */
export const textReporter: Reporter = {
  name: 'text',
  summary: 'for people: findings by resource, totals, what is incomplete',
  mediaType: 'text/plain',
  render: (result, options) => ({ text: `${textLines(result, options).map(safeLine).join('\n')}\n`, warnings: [] }),
};

function textLines(result: ScanResult, options: ReportOptions): readonly string[] {
  const pen = textPen(options);
  const columns = Math.max(leastColumns, options.columns);
  const { group = 'resource', maxFindings } = options;
  const list =
    group === 'resource' ? resourceLines(result, columns, pen, maxFindings) : overviewLines(result, group, columns, pen, maxFindings);
  return ['', ...list, ...summaryLines(result, columns, pen)];
}
