import type { ReportOptions } from '../../src/reporters/reporter.ts';

export const htmlOptions: ReportOptions = { color: false, columns: 80, links: false, sarif: { unknown: 'all', waived: 'omit' } };
