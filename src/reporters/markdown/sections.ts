import type { WaiverNote } from '../../model/waiver.ts';
import type { ClosedFinding, ScanResult } from '../../model/scan-result.ts';
import { severities } from '../../model/severity.ts';
import { comparisonWords } from '../comparison-words.ts';
import { countOverdue } from '../finding-times.ts';
import { subjectOf } from '../finding-words.ts';
import { expiredWaivers, isAccepted, partialScopes, runProblems, type RunProblem } from '../run-problems.ts';
import { codeSpan, prose } from './markdown-text.ts';
import { listed } from './take-lines.ts';

/** How much of a document a section may take. */
export interface Room {
  readonly items: number;
  readonly bytes: number;
}

const mostName = 160;
const mostSentence = 500;
const mostNamed = 3;

/** What the run came to, and the counts by severity. */
export function summarySection({ run, summary }: ScanResult): readonly string[] {
  const { pass, fail, unknown, waived, not_applicable } = summary.findings;
  const row = (status: 'fail' | 'unknown', total: number): string =>
    `| ${[status === 'fail' ? '✖ fail' : '? unknown', ...severities.map((severity) => summary.bySeverity[severity][status]), total].join(' | ')} |`;
  return [
    `# Sealcheck: ${headline(fail, unknown, run.outcome)}`,
    '',
    `**Exit ${run.exitCode}**: ${prose(run.exitReason, mostSentence)}`,
    '',
    `| | ${severities.join(' | ')} | all |`,
    `|---|${'--:|'.repeat(severities.length + 1)}`,
    row('fail', fail),
    row('unknown', unknown),
    '',
    `✔ ${pass} pass · ⊘ ${waived} waived · – ${not_applicable} not applicable · ${summary.resources} resources`,
    '',
  ];
}

/** Never that all is well where something is missing. */
function headline(fail: number, unknown: number, outcome: ScanResult['run']['outcome']): string {
  const parts = [
    ...(fail > 0 ? [`${fail} ${fail === 1 ? 'failure' : 'failures'}`] : []),
    ...(unknown > 0 ? [`${unknown} not verified`] : []),
    ...(outcome === 'incomplete' || outcome === 'interrupted' || outcome === 'failed' ? [outcome] : []),
  ];
  return parts.length === 0 ? outcome : parts.join(', ');
}

/** What could not be read, first: the rest says less than it seems to. */
export function incompleteSection(result: ScanResult, { items, bytes }: Room): readonly string[] {
  const problems = runProblems(result).filter((problem) => !isAccepted(problem));
  const head = ['## Incomplete', '', 'Not everything could be read, so what is not listed below has not passed.', ''];
  return listed(head, problems, problemLine, items, bytes);
}

function problemLine(problem: RunProblem): string {
  const advice = problem.kind === 'gap' ? `. What to do: ${prose(problem.gap.hint, mostSentence)}` : '';
  return `- ${prose(problem.text, mostSentence)}${advice}`;
}

/** How the findings compare with those of an earlier run, and what a plan does about them. */
export function comparisonSection(
  { run: { asOf: today, baseline, plan }, findings }: ScanResult,
  { items, bytes }: Room,
): readonly string[] {
  const planLine =
    plan === undefined
      ? []
      : [
          `Of the live findings this code fixes ${plan.fixed}, leaves ${plan.left}, cannot decide ${plan.undecided}; ${plan.elsewhere} not in it.`,
          '',
        ];
  const overdue = countOverdue(findings, today);
  if (baseline === undefined) return plan === undefined ? [] : ['## What changes', '', ...planLine];
  const { fixed, asOf } = baseline;
  return [
    ...[
      '## What changed',
      '',
      `Compared with the run of ${codeSpan(asOf.slice(0, 10), mostName)}: ${comparisonWords(baseline)}${overdue === 0 ? '' : ` · **${overdue} overdue**`}.`,
      '',
      ...planLine,
    ],
    ...listed([], fixed, fixedLine, items, bytes),
  ];
}

function fixedLine({ policyId, name, itemKey }: ClosedFinding): string {
  return `- fixed: ${codeSpan(policyId, mostName)} ${codeSpan(itemKey === undefined ? name : `${name} (${itemKey})`, mostName)}`;
}

/** What is accepted, by waiver: who answers for it, until when, what it covers. */
export function waivedSection({ findings, scopes }: ScanResult, { items, bytes }: Room): readonly string[] {
  const groups = new Map<string, { readonly waiver: WaiverNote; readonly covered: string[] }>();
  const add = (waiver: WaiverNote, text: string): void => {
    const group = groups.get(waiver.id) ?? { waiver, covered: [] };
    groups.set(waiver.id, group);
    group.covered.push(text);
  };
  for (const finding of findings) {
    if (finding.status === 'waived') add(finding.waiver, `${subjectOf(finding)}${finding.unknown === undefined ? '' : ', not verified'}`);
  }
  for (const { id, gaps } of scopes) for (const { waiver, action } of gaps) if (waiver !== undefined) add(waiver, `${action} in ${id}`);
  const head = ['## Waived', '', 'Accepted by somebody until a day; not passed.', ''];
  return listed(head, [...groups.values()], groupLine, items, bytes);
}

function groupLine({ waiver, covered }: { readonly waiver: WaiverNote; readonly covered: readonly string[] }): string {
  const { id, owner, expires, ticket, reason } = waiver;
  const named = covered.slice(0, mostNamed).map((text) => codeSpan(text, mostName));
  const more = covered.length > mostNamed ? ` and ${covered.length - mostNamed} more` : '';
  const who = [owner, ticket].filter((part) => part !== undefined).map((part) => codeSpan(part, mostName));
  return `- waived: ${codeSpan(id, mostName)} until ${codeSpan(expires, mostName)} (${who.join(', ')}) covers ${named.join(', ')}${more}. Reason: ${prose(reason, mostSentence)}`;
}

/** What else people should know: waivers that have run out, parts that were not judged, notes of the run. */
export function noteSection(result: ScanResult, { items, bytes }: Room): readonly string[] {
  const { run } = result;
  const expired = expiredWaivers(run).map(({ id, owner, expires }) => `waiver ${id} of ${owner} expired on ${expires}`);
  const parts = partialScopes(result).map(({ id }) => `only a part of ${id} was judged`);
  return listed(['## Notes', ''], [...expired, ...parts, ...run.notes], (note) => `- note: ${prose(note, mostSentence)}`, items, bytes);
}
