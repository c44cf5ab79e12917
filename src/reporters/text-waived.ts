import type { Finding, FindingResource } from '../model/finding.ts';
import type { Gap } from '../model/resource.ts';
import type { ScanResult } from '../model/scan-result.ts';
import type { WaiverNote } from '../model/waiver.ts';
import { truncateEnd } from './display-width.ts';
import { safeText } from './safe-text.ts';
import type { TextPen } from './text-style.ts';
import { hanging, type SummaryLimits } from './text-totals.ts';

type WaivedFinding = Extract<Finding, { readonly status: 'waived' }>;

/** What is accepted, by waiver: who answers for it, until when, and what it covers. */
export function waivedLines(
  { findings, scopes }: ScanResult,
  columns: number,
  pen: TextPen,
  { waivers: mostWaivers, covered, entryLines }: SummaryLimits,
): readonly string[] {
  const groups = new Map<string, { readonly waiver: WaiverNote; readonly covered: string[] }>();
  const add = (waiver: WaiverNote, text: string): void => {
    const group = groups.get(waiver.id) ?? { waiver, covered: [] };
    groups.set(waiver.id, group);
    group.covered.push(text);
  };
  for (const finding of findings) if (finding.status === 'waived') add(finding.waiver, findingText(finding));
  for (const { id, gaps } of scopes) for (const gap of gaps) if (gap.waiver !== undefined) add(gap.waiver, gapText(gap, id));
  if (groups.size === 0) return [];
  const all = [...groups.values()];
  const more = all.length - mostWaivers;
  return [
    ...all.slice(0, mostWaivers).flatMap((group) => groupLines(group, columns, pen, covered, entryLines)),
    ...(more > 0 ? [`  … and ${more} more waivers that cover something; -f json has all`] : []),
    '',
  ];
}

function groupLines(
  { waiver, covered }: { readonly waiver: WaiverNote; readonly covered: readonly string[] },
  columns: number,
  { paint }: TextPen,
  mostCovered: number,
  entryLines: number,
): readonly string[] {
  const { id, expires, owner, ticket, reason } = waiver;
  const who = ticket === undefined ? owner : `${owner}, ${ticket}`;
  const more = covered.length - mostCovered;
  return [
    ...hanging('  waived: ', `${id} until ${expires} (${who}): ${reason}`, columns, (label) => paint('cyan', label), entryLines),
    ...covered.slice(0, mostCovered).map((text) => `    ${paint('dim', truncateEnd(safeText(`⊘ ${text}`), columns - 4))}`),
    ...(more > 0 ? [`    ${paint('dim', `… and ${more} more`)}`] : []),
  ];
}

function findingText({ policyId, resource, itemKey, unknown }: WaivedFinding): string {
  const what = `${policyId}  ${nameOf(resource)}${itemKey === undefined ? '' : ` (${itemKey})`}`;
  return unknown === undefined ? what : `${what}  not verified`;
}

function nameOf({ name, account, region }: FindingResource): string {
  return [name, account, region].filter((part) => part !== undefined).join(' ');
}

function gapText({ action, reason, types }: Gap, scope: string): string {
  return `${action} ${reason.replaceAll('-', ' ')} in ${scope}: ${types.join(', ')} may be missing`;
}
