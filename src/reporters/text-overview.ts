import type { ScanResult } from '../model/scan-result.ts';
import { severities } from '../model/severity.ts';
import { displayWidth, padEnd, truncateEnd, truncateMiddle } from './display-width.ts';
import type { TextGroup } from './reporter.ts';
import { safeText } from './safe-text.ts';
import { isOpenFinding, type OpenFinding } from './open-findings.ts';
import { rankFinding } from './text-groups.ts';
import { isHash, mark, nothingOpen } from './text-marks.ts';
import type { TextPen } from './text-style.ts';

const mostGroups = 40;
const mostOfGroup = 10;

interface Group {
  readonly title: string;
  readonly findings: readonly [OpenFinding, ...OpenFinding[]];
}

/** Open findings by policy, account or severity, one line each: what is most, and where. */
export function overviewLines(
  result: ScanResult,
  by: Exclude<TextGroup, 'resource'>,
  columns: number,
  pen: TextPen,
  maxFindings: number | undefined,
): readonly string[] {
  const groups = groupFindings(result, by);
  if (groups.length === 0) return [`  ${pen.paint('bold', nothingOpen(result))}`, ''];
  let left = maxFindings ?? Number.POSITIVE_INFINITY;
  const shown = groups.slice(0, maxFindings === undefined ? mostGroups : groups.length).flatMap((group) => {
    const findings = group.findings.slice(0, maxFindings === undefined ? mostOfGroup : left);
    left -= findings.length;
    return findings.length === 0 ? [] : [{ group, findings }];
  });
  const rows = shown.flatMap(({ findings }) => findings.map((finding) => cellsOf(finding, by, result)));
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((cells) => displayWidth(cells[column] ?? ''))));
  const lines = shown.flatMap(({ group, findings }) => [
    headerLine(group, columns, pen),
    ...findings.map((finding) => findingLine(finding, cellsOf(finding, by, result), widths, columns, pen)),
    ...(findings.length < group.findings.length ? [`    … and ${group.findings.length - findings.length} more`] : []),
    '',
  ]);
  const hidden = groups.slice(shown.length);
  if (hidden.length === 0) return lines;
  const findings = hidden.reduce((sum, group) => sum + group.findings.length, 0);
  return [
    ...lines,
    `  … and ${findings} more ${findings === 1 ? 'finding' : 'findings'} in ${hidden.length} more ${hidden.length === 1 ? 'group' : 'groups'}; -f json has all`,
    '',
  ];
}

/** Groups with the worst finding first, among equals the larger; by severity in its order. */
function groupFindings({ findings, policies, scopes }: ScanResult, by: Exclude<TextGroup, 'resource'>): readonly Group[] {
  const titles = new Map(policies.map(({ id, title }) => [id, title] as const));
  const live = new Set(scopes.filter(({ source }) => source === 'aws').map(({ id }) => id));
  const titleOf = ({ policyId, severity, scope, resource: { account } }: OpenFinding): string => {
    switch (by) {
      case 'rule':
        return `${policyId}  ${titles.get(policyId) ?? ''}`;
      case 'severity':
        return severity;
      case 'account':
        return live.has(scope) && account !== undefined ? `account ${account}` : scope;
      default:
        return by satisfies never;
    }
  };
  const groups = new Map<string, [OpenFinding, ...OpenFinding[]]>();
  for (const finding of findings) {
    if (!isOpenFinding(finding)) continue;
    const title = titleOf(finding);
    const group = groups.get(title);
    if (group) group.push(finding);
    else groups.set(title, [finding]);
  }
  return [...groups]
    .map(([title, group]): Group => ({
      title,
      findings: group.toSorted((a, b) => rankFinding(a) - rankFinding(b)) as [OpenFinding, ...OpenFinding[]],
    }))
    .sort(
      (a, b) =>
        rankFinding(a.findings[0]) - rankFinding(b.findings[0]) || b.findings.length - a.findings.length || (a.title < b.title ? -1 : 1),
    );
}

function headerLine({ title, findings }: Group, columns: number, { paint }: TextPen): string {
  const unknown = findings.filter(({ status }) => status === 'unknown').length;
  const fail = findings.length - unknown;
  const counts = [...(fail > 0 ? [`${fail} fail`] : []), ...(unknown > 0 ? [`${unknown} unknown`] : [])].join(', ');
  const text = truncateEnd(safeText(title), columns - 4 - counts.length);
  return `  ${paint('bold', text)}  ${paint('dim', counts)}`;
}

/** What the header has not said: policy, then resource with its place. */
function cellsOf({ policyId, resource, location, itemKey, scope }: OpenFinding, by: TextGroup, { scopes }: ScanResult): readonly string[] {
  const live = scopes.some(({ id, source }) => id === scope && source === 'aws');
  const item =
    itemKey === undefined || isHash(itemKey) ? '' : ` (${itemKey.startsWith('arn:') ? (itemKey.split('/').at(-1) ?? '') : itemKey})`;
  const name = `${live ? resource.name : resource.address}${item}`;
  const file = location && `${location.file}:${location.startLine}`;
  const place = live ? [by === 'account' ? undefined : resource.account, resource.region] : [file ?? scope];
  const cells = [name, place.filter((part) => part !== undefined).join(' ')].map(safeText);
  return by === 'rule' ? cells : [policyId, ...cells];
}

function findingLine(
  finding: OpenFinding,
  cells: readonly string[],
  widths: readonly number[],
  columns: number,
  { paint }: TextPen,
): string {
  const [symbol, style] = mark(finding);
  const longest = Math.max(...severities.map((severity) => severity.length));
  const start = `    ${paint(style, `${symbol} ${finding.severity.padEnd(longest)}`)}  `;
  const room = columns - 4 - 2 - longest - 2;
  const text = cells.map((cell, index) => (index === cells.length - 1 ? cell : padEnd(cell, widths[index] ?? 0))).join('  ');
  return `${start}${displayWidth(text) <= room ? text : truncateMiddle(cells.join('  '), room)}`;
}
