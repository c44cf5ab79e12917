import type { Finding, FindingResource } from '../model/finding.ts';
import { severities } from '../model/severity.ts';
import { isOpenFinding, type OpenFinding } from './open-findings.ts';

/** The open findings of one resource, worst first. */
export interface ResourceGroup {
  readonly resource: FindingResource;
  readonly findings: readonly [OpenFinding, ...OpenFinding[]];
}

/** Open findings by resource: the resource with the worst finding first, among equals the one with more that are as bad. */
export function groupByResource(findings: readonly Finding[]): readonly ResourceGroup[] {
  const groups = new Map<string, [OpenFinding, ...OpenFinding[]]>();
  for (const finding of findings) {
    if (!isOpenFinding(finding)) continue;
    const { scope, resource } = finding;
    const key = JSON.stringify([scope, resource.type, resource.address]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()]
    .map((group) => {
      const ordered = group.toSorted((a, b) => rankFinding(a) - rankFinding(b) || compare(a.policyId, b.policyId)) as [
        OpenFinding,
        ...OpenFinding[],
      ];
      const counts = new Array<number>(severities.length * 2).fill(0);
      for (const finding of ordered) counts[rankFinding(finding)] = (counts[rankFinding(finding)] ?? 0) + 1;
      return { group: { resource: ordered[0].resource, findings: ordered }, counts };
    })
    .sort((a, b) => compareCounts(a.counts, b.counts) || compare(a.group.resource.address, b.group.resource.address))
    .map(({ group }) => group);
}

/** A failure is worse than an unknown of the same severity. */
export function rankFinding({ severity, status }: OpenFinding): number {
  return severities.indexOf(severity) * 2 + (status === 'fail' ? 0 : 1);
}

function compareCounts(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((count, index) => count !== b[index]);
  return at < 0 ? 0 : (b[at] ?? 0) - (a[at] ?? 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
