import type { Finding } from '../../model/finding.ts';
import type { SelectedPolicy } from '../../model/policy.ts';
import type { Collection, Gap, Scope, ScopeStatus } from '../../model/resource.ts';
import type { PolicyResult, ScanResult } from '../../model/scan-result.ts';
import { groupBy } from '../same-thing.ts';

/** What a run looked at: enough to tell whether it means something that it does not have a finding. */
export interface Seen {
  readonly scopes: readonly SeenScope[];
  readonly resources: readonly SeenResource[];
  readonly policies: readonly Pick<PolicyResult, 'id' | 'aliases' | 'sources'>[];
}

export interface SeenScope extends Pick<Scope, 'id' | 'source' | 'account' | 'region'> {
  readonly status: ScopeStatus;
  readonly whole?: false;
  readonly gaps: readonly Gap[];
}

export interface SeenResource extends Pick<Finding['resource'], 'type' | 'name' | 'address' | 'account' | 'region'> {
  readonly scope: string;
  readonly previousAddresses?: readonly string[];
}

/** Everything that was read, whether or not there is a finding of it. */
export function seenInCollection({ scopes }: Collection, selected: readonly SelectedPolicy[]): Seen {
  return {
    scopes: scopes.map(({ scope, status, whole, gaps }) => ({ ...scope, status, ...(whole === undefined ? {} : { whole }), gaps })),
    resources: scopes.flatMap(({ scope, resources }) => resources.map((resource) => ({ ...resource, scope: scope.id }))),
    policies: selected.map(({ policy }) => policy),
  };
}

/**
 * What a saved result shows of it: the resources that it has findings of, so all of them with `--detail all` and fewer without. What is
 * only carried on from an earlier run was not seen.
 */
export function seenInResult({ scopes, findings, policies }: ScanResult): Seen {
  const judged = findings.filter(({ state }) => state !== 'unverified');
  const byAddress = groupBy(judged, ({ scope, resource }) => JSON.stringify([scope, resource.type, resource.address]));
  return {
    scopes,
    resources: [...byAddress.values()].flatMap(([first]) => (first === undefined ? [] : [{ ...first.resource, scope: first.scope }])),
    policies,
  };
}
