import type { ScanResult } from '../../model/scan-result.ts';
import type { Report, Reporter } from '../reporter.ts';
import { isAccepted, runProblems } from '../run-problems.ts';
import { findingTable } from './finding-table.ts';
import { byteLength } from './markdown-text.ts';
import { comparisonSection, incompleteSection, noteSection, summarySection, waivedSection } from './sections.ts';

/** What a document may come to. */
interface Limits {
  readonly bytes: number;
  readonly findings: number;
  /** Entries of each of the other sections. */
  readonly others: number;
}

/** GitHub refuses a job summary of more than 1 MiB a step. */
const summaryLimits: Limits = { bytes: 900_000, findings: 10_000, others: 50 };

/** GitHub refuses a comment of more than 65,536 characters; more than a hundred findings nobody reads there. */
const commentLimits: Limits = { bytes: 65_000, findings: 100, others: 10 };

/** For the summary of a GitHub Actions job, or any page. */
export const markdownReporter: Reporter = {
  name: 'markdown',
  summary: 'Markdown for a job summary, up to 900 KB, most severe first',
  mediaType: 'text/markdown',
  render: (result) => markdown(result, summaryLimits),
};

/** For a comment on a pull or merge request. */
export const markdownCommentReporter: Reporter = {
  name: 'markdown-comment',
  summary: 'Markdown for a comment on a pull request: up to 65,536 characters and 100 findings',
  mediaType: 'text/markdown',
  render: (result) => markdown(result, commentLimits),
};

function markdown(result: ScanResult, { bytes, findings, others }: Limits): Report {
  // A tenth of the document for each of the other sections at the most; the findings have the rest.
  const room = { items: others, bytes: Math.floor(bytes / 10) };
  const before = [...summarySection(result), ...incompleteSection(result, room)];
  const after = [...comparisonSection(result, room), ...waivedSection(result, room), ...noteSection(result, room)];
  const used = byteLength([...before, ...after].join('\n')) + overhead;
  const complete = runProblems(result).every(isAccepted);
  const table = findingTable(result, complete, { items: findings, bytes: bytes - used });
  const lines = [...before, ...table.lines, ...after];
  const text = `${lines.join('\n').trimEnd()}\n`;
  const warnings =
    table.left === 0 ? [] : [`${table.left} of ${table.total} findings are left out, the least severe: the document has a limit`];
  return { text, warnings };
}

/** Bytes for the head of the table and the line on what is left out. */
const overhead = 1000;
