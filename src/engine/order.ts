import type { Finding } from '../model/finding.ts';
import { severities } from '../model/severity.ts';

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order of findings in a result: severity, policy id, address, item key. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    order(a.policyId, b.policyId) ||
    order(a.resource.address, b.resource.address) ||
    order(a.itemKey ?? '', b.itemKey ?? '')
  );
}
