import type { ScanResult } from '../../src/model/scan-result.ts';
import { findReporter } from '../../src/reporters/index.ts';
import type { Report } from '../../src/reporters/reporter.ts';
import { usual } from './sarif-cases.ts';

/** A report as a scan makes it into a file. */
export function render(format: string, result: ScanResult): Report {
  const reporter = findReporter(format);
  if (reporter === undefined) throw new Error(`there is no format ${format}`);
  return reporter.render(result, { color: false, columns: 120, links: false, sarif: usual });
}
