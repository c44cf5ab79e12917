import type { DeltaFinding, DeltaGap } from '../model/run-delta.ts';
import type { ScanResult } from '../model/scan-result.ts';
import type { UnknownFact } from '../model/finding.ts';

/** What would answer where something is not known. */
export interface ToDo {
  /** Undefined for what is known. */
  readonly ofFinding: (finding: DeltaFinding) => string | undefined;
  readonly ofGap: (gap: DeltaGap) => string | undefined;
}

/** From the result of the run: an unknown says which action would have answered; what a scope could not list at all is in its gaps. */
export function createToDo({ findings, scopes }: ScanResult): ToDo {
  const facts = new Map(findings.flatMap((one) => (one.status === 'unknown' ? [[one.id, one.unknown[0]] as const] : [])));
  const known = new Set(findings.flatMap(({ id, status }) => (status === 'unknown' ? [] : [id])));
  const byScope = new Map(scopes.map((scope) => [scope.id, scope]));
  return {
    ofFinding: (finding) => {
      const fact = facts.get(finding.id);
      if (fact !== undefined) return adviceOf(fact);
      if (known.has(finding.id)) return undefined;
      const scope = byScope.get(finding.scope);
      const gap = scope?.gaps.find(({ types }) => types.includes(finding.type)) ?? scope?.gaps[0];
      return gap?.hint;
    },
    ofGap: (gap) => byScope.get(gap.scope)?.gaps.find(({ action }) => action === gap.action)?.hint,
  };
}

function adviceOf({ reason, action, path }: UnknownFact): string {
  if (action !== undefined) return reason === 'access-denied' ? `allow ${action}, or see what denies it` : `${action}: ${words(reason)}`;
  return path === '' ? words(reason) : `${path}: ${words(reason)}`;
}

function words(reason: string): string {
  return reason.replaceAll('-', ' ');
}
