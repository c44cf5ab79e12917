import type { PolicyResult, ScanResult } from '../../model/scan-result.ts';
import { severities } from '../../model/severity.ts';
import { placeOf, remarksOf, subjectOf, withoutName } from '../finding-words.ts';
import { mostSevereFirst, type OpenFinding } from '../open-findings.ts';
import { codeSpan, prose } from './markdown-text.ts';
import type { Room } from './sections.ts';
import { takeLines } from './take-lines.ts';

const mostName = 160;
const mostMessage = 400;

/** The table, how many findings it leaves out, and what they are. */
export interface FindingTable {
  readonly lines: readonly string[];
  readonly total: number;
  readonly left: number;
}

/** What fails and what could not be verified, most severe first, as far as there is room. */
export function findingTable({ findings, policies, run }: ScanResult, complete: boolean, { items, bytes }: Room): FindingTable {
  const open = mostSevereFirst(findings);
  if (open.length === 0) {
    return { lines: [nothingOpen(run.outcome === 'compliant' && complete, findings), ''], total: 0, left: 0 };
  }
  const byId = new Map(policies.map((policy) => [policy.id, policy] as const));
  const { lines, left } = takeLines(open, (finding) => row(finding, byId.get(finding.policyId), run.asOf), items, bytes);
  const head = ['## Findings', '', '| | severity | policy | resource | where | what is wrong |', '|---|---|---|---|---|---|'];
  const omitted =
    left === 0 ? [] : ['', `**${left} more findings are left out here** (${countsOf(open.slice(lines.length))}); findings.json has all.`];
  return { lines: [...head, ...lines, ...omitted, ''], total: open.length, left };
}

function nothingOpen(complete: boolean, findings: ScanResult['findings']): string {
  if (!complete) return 'Nothing fails in what could be read.';
  const waived = findings.some(({ status }) => status === 'waived');
  return waived ? 'Nothing fails and nothing is unknown, but for what is waived.' : 'Nothing fails and nothing is unknown.';
}

function row(finding: OpenFinding, policy: PolicyResult | undefined, asOf: string): string {
  const { status, severity, policyId, message, resource } = finding;
  const place = placeOf(finding);
  const remarks = remarksOf(finding, asOf).map((remark) => prose(remark, mostName));
  const cells = [
    status === 'fail' ? '✖ fail' : '? not verified',
    severity,
    linked(codeSpan(policyId, mostName), policy?.remediation.url),
    codeSpan(subjectOf(finding), mostName),
    place === '' ? '' : codeSpan(place, mostName),
    `${prose(withoutName(message, resource), mostMessage)}${remarks.length === 0 ? '' : ` **${remarks.join('; ')}**`}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** A link only to what is plainly an address, without anything that Markdown reads. */
function linked(text: string, url: string | undefined): string {
  return url !== undefined && /^https:\/\/[A-Za-z0-9./?=&%#~_-]+$/.test(url) ? `[${text}](${url})` : text;
}

function countsOf(findings: readonly OpenFinding[]): string {
  return severities
    .map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}`)
    .join(', ');
}
