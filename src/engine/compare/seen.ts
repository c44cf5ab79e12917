import type { Finding } from '../../model/finding.ts';
import type { PolicySetting, SelectedPolicy } from '../../model/policy.ts';
import type { Collection, Gap, Scope, ScopeStatus } from '../../model/resource.ts';
import type { PolicyResult, ScanResult } from '../../model/scan-result.ts';
import { placeUnknowns } from '../../resources/place-unknowns.ts';
import { isSwitchedOff } from '../choose-setting.ts';
import { groupBy } from '../same-thing.ts';

/** What a run looked at: enough to tell whether it means something that it does not have a finding. */
export interface Seen {
  readonly scopes: readonly SeenScope[];
  readonly resources: readonly SeenResource[];
  readonly policies: readonly Pick<PolicyResult, 'id' | 'aliases' | 'sources'>[];
  /** Whether configuration keeps a policy from judging what stands at an address of a scope. */
  readonly isOff: (policyId: string, scope: string, address: string) => boolean;
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
  const settings = new Map(
    selected.flatMap((one) => ((one.overrides ?? []).length === 0 && one.off === undefined ? [] : [[one.policy.id, one]])),
  );
  const models = new Map(scopes.map((model) => [model.scope.id, model]));
  return {
    scopes: scopes.map(({ scope, status, whole, gaps }) => ({ ...scope, status, ...(whole === undefined ? {} : { whole }), gaps })),
    resources: scopes.flatMap(({ scope, resources }) => resources.map((resource) => ({ ...resource, scope: scope.id }))),
    policies: selected.map(({ policy }) => policy),
    isOff: (policyId, scope, address) => {
      const setting = settings.get(policyId);
      const model = setting && models.get(scope);
      const resource = model?.resources.find((one) => one.address === address);
      if (setting === undefined || model === undefined || resource === undefined) return false;
      return isSwitchedOff(setting, { ...resource, attributes: placeUnknowns(resource.attributes) }, model.scope);
    },
  };
}

/**
 * What a saved result shows of it: the resources that it has findings of, so all of them with `--detail all` and fewer without. What is
 * only carried on from an earlier run was not seen.
 */
export function seenInResult({ scopes, findings, policies }: ScanResult): Seen {
  const judged = findings.filter(({ state }) => state !== 'unverified');
  const reasons = new Map(
    policies.map(({ id, off: all, overrides = [] }) => [id, [all, ...overrides.map(({ setting }) => reasonOf(setting))]]),
  );
  const off = new Set(
    findings.flatMap((one) =>
      one.status === 'not_applicable' && reasons.get(one.policyId)?.includes(one.reason) === true
        ? [JSON.stringify([one.policyId, one.scope, one.resource.address])]
        : [],
    ),
  );
  const byAddress = groupBy(judged, ({ scope, resource }) => JSON.stringify([scope, resource.type, resource.address]));
  return {
    scopes,
    resources: [...byAddress.values()].flatMap(([first]) => (first === undefined ? [] : [{ ...first.resource, scope: first.scope }])),
    policies,
    isOff: (policyId, scope, address) => off.has(JSON.stringify([policyId, scope, address])),
  };
}

function reasonOf(setting: PolicySetting): string | undefined {
  return setting.kind === 'off' ? setting.reason : undefined;
}
