import type { ScanResult } from '../model/scan-result.ts';
import { placeOf, remarksOf, subjectOf } from './finding-words.ts';
import { mostSevereFirst, type OpenFinding } from './open-findings.ts';
import type { Reporter } from './reporter.ts';
import { expiredWaivers, isAccepted, runProblems } from './run-problems.ts';
import { safeText } from './safe-text.ts';
import { cutText } from './sarif-limits.ts';

/**
 * GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest without a word (docs of the Actions toolkit). So
 * these are all that we write, the last line excepted, which says what the run came to.
 */
const mostAnnotations = 9;
const mostTitle = 200;
const mostMessage = 1000;
const mostProblems = 5;

type Level = 'error' | 'warning' | 'notice';

interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly lines: readonly string[];
  readonly place?: OpenFinding['location'];
}

/** Workflow commands that annotate the files of a pull request; to be printed in a step. */
export const githubReporter: Reporter = {
  name: 'github',
  summary: 'annotations of a GitHub Actions step: the most severe findings, on their lines of code',
  mediaType: 'text/plain',
  render: (result) => {
    const open = mostSevereFirst(result.findings);
    const incomplete = incompleteAnnotation(result);
    const shown = open.slice(0, mostAnnotations - incomplete.length);
    const titles = new Map(result.policies.map(({ id, title }) => [id, title] as const));
    const hidden = open.length - shown.length;
    const annotations = [
      ...incomplete,
      ...shown.map((finding) => findingAnnotation(finding, titles, result.run.asOf)),
      summaryAnnotation(result, hidden),
    ];
    return {
      text: `${annotations.map(command).join('\n')}\n`,
      warnings:
        hidden === 0 ? [] : [`${hidden} of ${open.length} findings are not annotated: GitHub drops what is more than ten of a step`],
    };
  },
};

/** One for all that could not be read, so that it leaves room for findings. */
function incompleteAnnotation(result: ScanResult): readonly Annotation[] {
  const problems = runProblems(result).filter((problem) => !isAccepted(problem));
  if (problems.length === 0) return [];
  const more = problems.length - mostProblems;
  const lines = [...problems.slice(0, mostProblems).map(({ text }) => text), ...(more > 0 ? [`and ${more} more`] : [])];
  return [{ level: 'warning', title: 'Sealcheck could not read everything', lines }];
}

function findingAnnotation(finding: OpenFinding, titles: ReadonlyMap<string, string>, asOf: string): Annotation {
  const { status, severity, policyId, message, location, expiredWaiver } = finding;
  const title = `${status === 'fail' ? severity : `${severity}, not verified`}: ${titles.get(policyId) ?? policyId}`;
  const where = location === undefined ? placeOf(finding) : '';
  const remarks = remarksOf(finding, asOf);
  return {
    level:
      status === 'unknown'
        ? 'warning'
        : severity === 'critical' || severity === 'high'
          ? 'error'
          : severity === 'medium'
            ? 'warning'
            : 'notice',
    title,
    lines: [
      message,
      `${subjectOf(finding)}${where === '' ? '' : ` in ${where}`} (${policyId})`,
      ...(remarks.length === 0 ? [] : [`${remarks.join('; ')}${expiredWaiver === undefined ? '' : `, owner ${expiredWaiver.owner}`}`]),
    ],
    place: location,
  };
}

/** Always there, so that a run without findings is told from one that was never made. */
function summaryAnnotation({ run, summary }: ScanResult, hidden: number): Annotation {
  const { fail, unknown, waived } = summary.findings;
  const counts = `${fail} fail, ${unknown} unknown, ${waived} waived`;
  const more = hidden === 0 ? [] : [`${hidden} more ${hidden === 1 ? 'is' : 'are'} not shown here: the other reports have all`];
  const expired = expiredWaivers(run).map(({ id, expires, owner }) => `waiver ${id} of ${owner} expired on ${expires}`);
  return {
    level: run.exitCode === 0 ? 'notice' : 'warning',
    title: `Sealcheck: ${run.outcome}`,
    lines: [`${run.exitReason} (${counts})`, ...more, ...expired.slice(0, mostProblems)],
  };
}

function command({ level, title, lines, place }: Annotation): string {
  const columns = place === undefined || place.startLine !== place.endLine ? {} : { col: place.startColumn, endColumn: place.endColumn };
  const position = place === undefined ? {} : { file: place.file, line: place.startLine, endLine: place.endLine, ...columns };
  const properties = Object.entries({ ...position, title: cutText(safeText(title), mostTitle) })
    .map(([name, value]) => `${name}=${escapeProperty(safeText(String(value)))}`)
    .join(',');
  const message = lines.map((line) => cutText(safeText(line), mostMessage)).join('\n');
  return `::${level} ${properties}::${escapeData(message)}`;
}

/** As the Actions toolkit does (`toCommandProperties`, `escapeData`). */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
