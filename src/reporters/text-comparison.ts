import type { BaselineResult, ClosedFinding, Run, ScanResult } from '../model/scan-result.ts';
import { comparisonWords } from './comparison-words.ts';
import { wrapWords } from './display-width.ts';
import { countOverdue } from './finding-times.ts';
import { safeText } from './safe-text.ts';
import type { TextPen } from './text-style.ts';
import { hanging, type SummaryLimits } from './text-totals.ts';

/** What the run came to beside another: what a plan finds already there, an earlier run, or the code that was given with the account. */
export function comparisonLines(
  { run: { asOf, baseline, plan }, findings }: ScanResult,
  columns: number,
  pen: TextPen,
  { fixed }: SummaryLimits,
): readonly string[] {
  const open = findings.filter(({ status }) => status === 'fail' || status === 'unknown');
  const overdue = countOverdue(open, asOf);
  const unchanged = open.filter(({ resource }) => resource.change === 'none').length;
  return [
    ...(unchanged === 0 ? [] : [`  ${pen.paint('dim', `${unchanged} of ${open.length} are of resources that the plan does not change`)}`]),
    ...(baseline === undefined ? [] : baselineLines(baseline, columns, pen, fixed)),
    ...(overdue === 0 ? [] : [`  ${pen.paint('red', `${overdue} overdue`)}`]),
    ...(plan === undefined ? [] : planLines(plan, columns)),
  ];
}

function baselineLines(baseline: BaselineResult, columns: number, { paint }: TextPen, mostFixed: number): readonly string[] {
  const { asOf, fixed } = baseline;
  const more = fixed.length - mostFixed;
  return [
    ...hanging(`  compared with ${asOf.slice(0, 10)}: `, comparisonWords(baseline), columns, (label) => label),
    ...fixed.slice(0, mostFixed).flatMap((each) => hanging('    fixed: ', closedText(each), columns, (label) => paint('green', label))),
    ...(more > 0 ? [`    … and ${more} more fixed; -f json has all`] : []),
  ];
}

function closedText({ policyId, name, itemKey }: ClosedFinding): string {
  return `${policyId} ${name}${itemKey === undefined ? '' : ` (${itemKey})`}`;
}

function planLines({ fixed, left, undecided, elsewhere }: NonNullable<Run['plan']>, columns: number): readonly string[] {
  const missing = `${elsewhere} ${elsewhere === 1 ? 'is' : 'are'} not in it`;
  const text = `of the live findings this code fixes ${fixed}, leaves ${left}, cannot decide ${undecided}; ${missing}`;
  return wrapWords(safeText(text), columns - 2).map((line) => `  ${line}`);
}
