import type { ScanResult } from '../model/scan-result.ts';
import { comparisonLines } from './text-comparison.ts';
import type { TextPen, TextStyle } from './text-style.ts';
import { hanging, incompleteLines, totalLines, type SummaryLimits } from './text-totals.ts';
import { waivedLines } from './text-waived.ts';

/** Lines of the smallest screen that people have, the prompt among them. */
const screen = 24;
const room = screen - 1;

/** From all to least. The last one is of a run in which everything happened at once. */
const steps: readonly SummaryLimits[] = [
  { waivers: 20, covered: 5, causes: 20, notes: 20, fixed: 10, types: 100, entryLines: 10 },
  { waivers: 4, covered: 3, causes: 5, notes: 5, fixed: 5, types: 8, entryLines: 3 },
  { waivers: 2, covered: 1, causes: 3, notes: 3, fixed: 2, types: 5, entryLines: 2 },
  { waivers: 1, covered: 1, causes: 2, notes: 2, fixed: 1, types: 3, entryLines: 1 },
  { waivers: 1, covered: 0, causes: 1, notes: 1, fixed: 0, types: 2, entryLines: 1 },
];

/**
 * What a run came to, on one screen however much there is: waivers, totals, comparison, what is missing, notes, the exit code. What does
 * not fit is counted; that something is missing, and the exit code, are always there.
 */
export function summaryLines(result: ScanResult, columns: number, pen: TextPen): readonly string[] {
  let lines: readonly string[] = [];
  for (const limits of steps) {
    lines = linesWithin(result, columns, pen, limits);
    if (lines.length <= room) break;
  }
  return lines;
}

function linesWithin(result: ScanResult, columns: number, pen: TextPen, limits: SummaryLimits): readonly string[] {
  const { run } = result;
  const { notes } = run;
  const style: TextStyle = run.exitCode === 0 ? 'green' : run.exitCode === 1 || run.exitCode === 4 ? 'red' : 'magenta';
  const label = (text: string): string => pen.paint('cyan', text);
  const more = notes.length - limits.notes;
  const remarks = [
    ...incompleteLines(result, columns, pen, limits),
    ...notes.slice(0, limits.notes).flatMap((note) => hanging('  note: ', note, columns, label, limits.entryLines)),
    ...(more > 0 ? [`  ${label('note:')} … and ${more} more ${more === 1 ? 'note' : 'notes'}; -f json has all`] : []),
  ];
  return [
    ...waivedLines(result, columns, pen, limits),
    ...totalLines(result, columns, pen, limits),
    ...comparisonLines(result, columns, pen, limits),
    '',
    ...remarks,
    ...(remarks.length > 0 ? [''] : []),
    ...hanging(`  exit ${run.exitCode}: `, run.exitReason, columns, (text) => pen.paint(style, text)),
  ];
}
