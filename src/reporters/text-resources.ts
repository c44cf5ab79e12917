import type { UnknownFact } from '../model/finding.ts';
import type { SourceLocation } from '../model/location.ts';
import type { ScanResult } from '../model/scan-result.ts';
import { displayWidth, padEnd, truncateMiddle, wrapInto } from './display-width.ts';
import { timeRemarks } from './finding-times.ts';
import { withoutName } from './finding-words.ts';
import type { OpenFinding } from './open-findings.ts';
import { safeText } from './safe-text.ts';
import { stateTexts } from './state-texts.ts';
import { changeNote, groupLocation, planNote, whereInCode } from './text-code.ts';
import { groupByResource, type ResourceGroup } from './text-groups.ts';
import { isHash, mark, nothingOpen } from './text-marks.ts';
import type { TextPen } from './text-style.ts';
import { shortTypeName } from './type-name.ts';

const mostResources = 40;
const mostFindings = 10;
const mostMessageLines = 3;
const indent = '    ';
const symbolAndSeverity = 11;

/** The blocks of resources with open findings: a header each, and a line for each finding; at most `maxFindings` of them, where given. */
export function resourceLines(result: ScanResult, columns: number, pen: TextPen, maxFindings?: number): readonly string[] {
  const groups = groupByResource(result.findings);
  if (groups.length === 0) return [`  ${pen.paint('bold', nothingOpen(result))}`, ''];
  const { asOf } = result.run;
  const code = new Set(result.scopes.filter(({ source }) => source !== 'aws').map(({ id }) => id));
  const worst = chooseShown(groups, maxFindings);
  const shown = byFile(worst, code);
  const headers = shown.map((group) => headerCells(group, code));
  const widths = headerWidths(headers, columns);
  const longestId = Math.max(0, ...shown.flatMap(({ findings, most }) => findings.slice(0, most).map(({ policyId }) => policyId.length)));
  const messageStart = indent.length + symbolAndSeverity + longestId + 2;
  const layout: FindingLayout = {
    columns,
    idWidth: longestId,
    // Beside their policies only where all of them fit: a message cut off says nothing.
    oneLine: shown.every((group) => shownTexts(group, asOf).every((text) => displayWidth(inOneLine(text)) <= columns - messageStart)),
    urls: policyUrls(result),
    asOf,
  };
  const lines = shown.flatMap((group, index) => [
    headerLine(headers[index] ?? [], widths, pen),
    ...declaredLines(group, code, columns, pen),
    ...findingLines(group, layout, pen),
    '',
  ]);
  const hidden = groups.slice(worst.length);
  if (hidden.length === 0) return lines;
  const findings = hidden.reduce((sum, group) => sum + group.findings.length, 0);
  const more = `  … and ${count(hidden.length, 'more resource')} with ${count(findings, 'finding')} (the worst are shown); -f json has all`;
  return [...lines, more, ''];
}

/** A resource, and how many of its findings are shown. */
interface ShownGroup extends ResourceGroup {
  readonly most: number;
}

/** The worst: resources and findings of each up to usual numbers, or so many findings of as many resources as that takes. */
function chooseShown(groups: readonly ResourceGroup[], maxFindings: number | undefined): readonly ShownGroup[] {
  if (maxFindings === undefined) return groups.slice(0, mostResources).map((group) => ({ ...group, most: mostFindings }));
  const shown: ShownGroup[] = [];
  let left = maxFindings;
  for (const group of groups) {
    if (left <= 0) break;
    shown.push({ ...group, most: left });
    left -= group.findings.length;
  }
  return shown;
}

/** What stands in one file of code comes together, by line, where the worst of it would be. */
function byFile(groups: readonly ShownGroup[], code: ReadonlySet<string>): readonly ShownGroup[] {
  const files = new Map<string, ShownGroup[]>();
  for (const group of groups) {
    const { scope, id } = group.findings[0];
    const key = JSON.stringify(code.has(scope) ? [scope, groupLocation(group)?.file ?? ''] : [id]);
    const into = files.get(key);
    if (into) into.push(group);
    else files.set(key, [group]);
  }
  const line = (group: ResourceGroup): number => groupLocation(group)?.startLine ?? 0;
  return [...files.values()].flatMap((file) => file.toSorted((a, b) => line(a) - line(b)));
}

/** Name, then what tells resources of the same name apart. */
function headerCells(group: ResourceGroup, code: ReadonlySet<string>): readonly string[] {
  const { name, address, account, region, type } = group.resource;
  const { scope } = group.findings[0];
  const location = groupLocation(group);
  const kind = [shortTypeName(type), changeNote(group.resource)].filter((part) => part !== '').join(', ');
  if (code.has(scope)) return [safeText(address), safeText(location ? placeInFile(location) : scope), kind];
  return [safeText(name), safeText([account, region].filter((part) => part !== undefined).join(' ')), kind];
}

function placeInFile({ file, startLine, startColumn }: SourceLocation): string {
  return `${file}:${startLine}:${startColumn}`;
}

/** Of a live resource, the place in the code that was given with it. */
function declaredLines(group: ResourceGroup, code: ReadonlySet<string>, columns: number, { paint }: TextPen): readonly string[] {
  const location = groupLocation(group);
  if (location === undefined || code.has(group.findings[0].scope)) return [];
  const text = safeText(`declared at ${location.file}:${location.startLine}`);
  return [`${indent}${paint('dim', truncateMiddle(text, columns - indent.length))}`];
}

/** Widths of the columns; the name gives way first, then the place. */
function headerWidths(headers: readonly (readonly string[])[], columns: number): readonly number[] {
  const widest = (column: number): number => Math.max(0, ...headers.map((cells) => displayWidth(cells[column] ?? '')));
  const room = columns - 2 - 4 - widest(2);
  const place = Math.min(widest(1), Math.max(Math.floor(room / 2), room - widest(0)));
  return [Math.min(widest(0), Math.max(12, room - place)), place, widest(2)];
}

function headerLine(
  [name = '', place = '', type = '']: readonly string[],
  [nameWidth = 0, placeWidth = 0]: readonly number[],
  { paint }: TextPen,
): string {
  const placeText = padEnd(truncateMiddle(place, placeWidth), placeWidth);
  const nameText = truncateMiddle(name, nameWidth);
  return `  ${paint('bold', nameText)}${' '.repeat(Math.max(0, nameWidth - displayWidth(nameText)))}  ${paint('dim', `${placeText}  ${type}`)}`;
}

interface FindingLayout {
  readonly columns: number;
  readonly idWidth: number;
  readonly oneLine: boolean;
  readonly urls: ReadonlyMap<string, string>;
  readonly asOf: string;
}

/** What a finding says beside its policy. */
interface FindingText {
  readonly message: string;
  /** `new`, `(this plan fixes it)`. */
  readonly notes: readonly string[];
}

function shownTexts(group: ShownGroup, asOf: string): readonly FindingText[] {
  const shown = groupLocation(group);
  return group.findings.slice(0, group.most).map((finding) => ({
    message: safeText(shortMessage(finding, shown)),
    notes: [stateNote(finding), ...timeRemarks(finding, asOf), expiredNote(finding), planNote(finding)].filter((note) => note !== ''),
  }));
}

function stateNote({ state, lastSeen }: OpenFinding): string {
  if (state === undefined || state === 'persisting') return '';
  return state === 'unverified' && lastSeen !== undefined ? `failed on ${lastSeen.slice(0, 10)}` : stateTexts[state];
}

function expiredNote({ expiredWaiver }: OpenFinding): string {
  return expiredWaiver === undefined ? '' : safeText(`(waiver ${expiredWaiver.id} expired on ${expiredWaiver.expires})`);
}

function inOneLine({ message, notes }: FindingText): string {
  return [message, ...notes].join('  ');
}

function findingLines(group: ShownGroup, layout: FindingLayout, pen: TextPen): readonly string[] {
  const { findings, most } = group;
  const texts = shownTexts(group, layout.asOf);
  const own = ' '.repeat(indent.length + symbolAndSeverity);
  const lines = findings.slice(0, most).flatMap((finding, index) => {
    const [symbol, style] = mark(finding);
    const start = `${indent}${pen.paint(style, `${symbol} ${finding.severity.padEnd(symbolAndSeverity - 2)}`)}`;
    const id = pen.link(finding.policyId, layout.urls.get(finding.policyId));
    const { message, notes } = texts[index] ?? { message: '', notes: [] };
    const dressed = notes.map((note) => `  ${pen.paint('bold', note)}`).join('');
    if (layout.oneLine) {
      const pad = ' '.repeat(layout.idWidth - finding.policyId.length + 2);
      return [`${start}${id}${pad}${message}${dressed}`];
    }
    const fits = own.length + inOneLine({ message: finding.policyId, notes }).length <= layout.columns;
    return [
      `${start}${id}${fits ? dressed : ''}`,
      ...(fits ? [] : [`${own}${dressed.trimStart()}`]),
      ...wrapInto(message, layout.columns - own.length, mostMessageLines).map((line) => `${own}${line}`),
    ];
  });
  const more = findings.length - most;
  return more > 0 ? [...lines, `${indent}… and ${count(more, 'more finding')} of this resource`] : lines;
}

/** The message without the name that the header has just said; with the item and the place in code where they differ. */
function shortMessage(finding: OpenFinding, shown: SourceLocation | undefined): string {
  const { itemKey } = finding;
  const text = finding.status === 'unknown' ? unknownText(finding.unknown) : withoutName(finding.message, finding.resource);
  const item = itemKey === undefined || !tellsPeople(itemKey, text) ? '' : `${itemKey}: `;
  const where = whereInCode(finding, shown);
  return `${where === '' ? '' : `${where}: `}${item}${text}`;
}

/** A hash tells people nothing, and neither does the ARN of a policy whose name the message says. */
function tellsPeople(itemKey: string, text: string): boolean {
  const name = itemKey.startsWith('arn:') ? (itemKey.split('/').at(-1) ?? itemKey) : itemKey;
  return !isHash(itemKey) && !text.includes(name);
}

/** What is not known and why, in few words: the action where AWS gave no answer, else the detail. */
function unknownText([{ path, reason, detail, action }, ...more]: readonly [UnknownFact, ...UnknownFact[]]): string {
  const what = path === '' ? '' : ` ${path}:`;
  const why = action === undefined ? detail : `${reason.replaceAll('-', ' ')} (${action})`;
  return `unknown:${what} ${why}${more.length > 0 ? `, and ${more.length} more` : ''}`;
}

function policyUrls({ policies }: ScanResult): ReadonlyMap<string, string> {
  return new Map(policies.flatMap(({ id, remediation }) => (remediation.url === undefined ? [] : [[id, remediation.url] as const])));
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
