import type { ScanResult, ScopeResult } from '../model/scan-result.ts';
import { severities } from '../model/severity.ts';
import { displayWidth, wrapInto } from './display-width.ts';
import { gatherIncompleteness, type Incompleteness } from './incompleteness.ts';
import { safeText } from './safe-text.ts';
import type { TextPen } from './text-style.ts';
import { countOfType, pluralTypeName } from './type-name.ts';

const mostPlaces = 6;

/** How much of each part of the summary is shown; the rest is counted. */
export interface SummaryLimits {
  readonly waivers: number;
  /** What a waiver covers. */
  readonly covered: number;
  readonly causes: number;
  readonly notes: number;
  readonly fixed: number;
  readonly types: number;
  /** Lines of one entry. */
  readonly entryLines: number;
}

/** What was looked at, and what it came to. */
export function totalLines(
  { scopes, summary, run }: ScanResult,
  columns: number,
  { paint }: TextPen,
  { types }: SummaryLimits,
): readonly string[] {
  const { pass, fail, unknown, waived, not_applicable } = summary.findings;
  const duration = run.durationMs === undefined ? [] : [`${(run.durationMs / 1000).toFixed(1)} s`];
  const verdicts = [
    paint(pass > 0 ? 'green' : 'dim', `✔ ${pass} pass`),
    paint(fail > 0 ? 'red' : 'dim', `✖ ${fail} fail${breakdown(summary, 'fail')}`),
    paint(unknown > 0 ? 'magenta' : 'dim', `? ${unknown} unknown${breakdown(summary, 'unknown')}`),
    paint('dim', `⊘ ${waived} waived`),
    paint('dim', `– ${not_applicable} not applicable`),
  ];
  return [...joined([...readTypes(scopes, types), ...readPlaces(scopes), ...duration], ' · ', columns), ...joined(verdicts, '  ', columns)];
}

/** One entry for each cause of missing verdicts: what failed, where, how much it concerns, what to do. */
export function incompleteLines(
  { scopes, findings }: ScanResult,
  columns: number,
  { paint }: TextPen,
  { causes: mostCauses, entryLines }: SummaryLimits,
): readonly string[] {
  const causes = gatherIncompleteness(scopes, findings);
  const unread = scopes.filter(({ status, gaps }) => status === 'failed' && gaps.length === 0).map(({ id }) => `${id} could not be read`);
  const lines = causes
    .slice(0, mostCauses)
    .flatMap((cause) => [
      ...hanging('  incomplete: ', causeText(cause), columns, (label) => paint('magenta', label), entryLines),
      ...hanging('    → ', cause.advice, columns, (label) => label, entryLines),
    ]);
  const more = Math.max(0, causes.length - mostCauses) + Math.max(0, unread.length - mostCauses);
  return [
    ...unread.slice(0, mostCauses).flatMap((text) => hanging('  incomplete: ', text, columns, (label) => paint('magenta', label))),
    ...lines,
    ...(more > 0 ? [`  ${paint('magenta', 'incomplete:')} … and ${more} more ${more === 1 ? 'cause' : 'causes'}; -f json has all`] : []),
  ];
}

/** Text after a label, its further lines below its first; at most so many lines, the last one cut. */
export function hanging(
  label: string,
  text: string,
  columns: number,
  dress: (label: string) => string,
  most = Number.POSITIVE_INFINITY,
): readonly string[] {
  const width = displayWidth(label);
  return wrapInto(safeText(text), columns - width, most).map((line, index) => `${index === 0 ? dress(label) : ' '.repeat(width)}${line}`);
}

function causeText({ kind, action, reason, count, types, places }: Incompleteness): string {
  const what = action === undefined ? reason.replaceAll('-', ' ') : `${action} ${reason.replaceAll('-', ' ')}`;
  const where = placeText(places);
  if (kind === 'gap') {
    const missing = types.map(pluralTypeName).join(', ');
    return `${what}${where}: ${missing === '' ? 'resources' : missing} may be missing (${count} ${count === 1 ? 'call' : 'calls'} failed)`;
  }
  return `${what}${where}: ${count} ${count === 1 ? 'resource' : 'resources'} not fully judged`;
}

function placeText(places: Incompleteness['places']): string {
  const named = [...places].filter(([account, regions]) => account !== '' || regions.size > 0);
  if (named.length === 0) return '';
  const texts = named.slice(0, mostPlaces).map(([account, regions]) => {
    const all = [...regions];
    const some = all.length > mostPlaces ? [...all.slice(0, mostPlaces), `${all.length - mostPlaces} more`] : all;
    return [account, some.join(', ')].filter((part) => part !== '').join(' ');
  });
  const more = named.length > mostPlaces ? [`${named.length - mostPlaces} more places`] : [];
  return ` in ${[...texts, ...more].join('; ')}`;
}

function breakdown({ bySeverity }: ScanResult['summary'], status: 'fail' | 'unknown'): string {
  const parts = severities
    .filter((severity) => bySeverity[severity][status] > 0)
    .map((severity) => `${bySeverity[severity][status]} ${severity}`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function readTypes(scopes: readonly ScopeResult[], most: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const { resources } of scopes) {
    for (const [type, count] of Object.entries(resources)) counts.set(type, (counts.get(type) ?? 0) + count);
  }
  const read = [...counts].filter(([, count]) => count > 0).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  if (read.length === 0) return ['no resources read'];
  const rest = read.slice(most).reduce((sum, [, count]) => sum + count, 0);
  return [...read.slice(0, most).map(([type, count]) => countOfType(count, type)), ...(rest > 0 ? [`${rest} others`] : [])];
}

/** `2 accounts, 3 regions`, `1 terraform root`. */
function readPlaces(scopes: readonly ScopeResult[]): readonly string[] {
  const live = scopes.filter(({ source }) => source === 'aws');
  const accounts = new Set(live.map(({ account, id }) => account ?? id)).size;
  const regions = new Set(live.flatMap(({ region }) => (region === undefined || region === 'global' ? [] : [region]))).size;
  const roots = new Set(scopes.flatMap(({ source, root, id }) => (source === 'aws' ? [] : [`${source}\n${root ?? id}`]))).size;
  const some = (count: number, noun: string): readonly string[] => (count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'}`]);
  return [...some(accounts, 'account'), ...some(regions, 'region'), ...some(roots, 'code root')];
}

/** Parts on as few lines as fit; a part is never broken. */
function joined(parts: readonly string[], separator: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    const longer = line === '' ? part : `${line}${separator}${part}`;
    if (line !== '' && displayWidth(withoutStyle(longer)) > columns - 2) {
      lines.push(line);
      line = part;
    } else {
      line = longer;
    }
  }
  return [...lines, line].map((text) => `  ${text}`);
}

function withoutStyle(text: string): string {
  return text.replace(/\u001b\[\d+m/g, '');
}
