import { nearestName } from './expressions/nearest-name.ts';
import { UserError } from './model/errors.ts';
import type { ScanResult } from './model/scan-result.ts';
import { findReporter, reporters } from './reporters/index.ts';
import type { Report, ReportOptions } from './reporters/reporter.ts';

/** As in the files that the command writes where no flag says otherwise. */
const plain: ReportOptions = { color: false, columns: 120, links: false, sarif: { unknown: 'all', waived: 'omit' } };

/**
 * Makes a report of a result: a pure function, which writes nothing. Throws UserError `usage` for a format that is none, and what the
 * reporter throws where the options do not allow what the result needs.
 *
 * @param format one of the names in `reporters`
 * @param options instead of the defaults: no colour, no links, 120 columns, and SARIF as GitHub takes it
 */
export function renderReport(result: ScanResult, format: string, options: Partial<ReportOptions> = {}): Report {
  const reporter = findReporter(format);
  if (reporter === undefined) {
    const names = reporters.map(({ name }) => name);
    const nearest = nearestName(format, names);
    const hint = nearest === undefined ? `there are ${names.join(', ')}` : `did you mean ${nearest}?`;
    throw new UserError('usage', `there is no format ${format}`, { hint });
  }
  return reporter.render(result, { ...plain, ...options });
}
