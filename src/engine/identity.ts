import { hash } from 'node:crypto';
import type { Resource, Scope } from '../model/resource.ts';

/**
 * The identity of a finding between runs: `f1_` and 32 hex digits. It rests on what is judged and nothing else:
 * never on message, severity, line, time, the text of the policy, or the random suffix of an ARN.
 */
export function findingId(policyId: string, scope: Scope, resource: Resource, itemKey: string | undefined): string {
  const key = itemKey ?? null;
  const parts =
    scope.source === 'aws'
      ? [
          policyId,
          resource.partition ?? scope.partition ?? 'aws',
          resource.account ?? scope.account ?? '',
          resource.region ?? scope.region ?? '',
          resource.type,
          resource.name,
          key,
        ]
      : [policyId, 'iac', scope.root ?? '', resource.address, key];
  return `f1_${sha256(JSON.stringify(parts)).slice(0, 32)}`;
}

export function sha256(text: string): string {
  return hash('sha256', text);
}
