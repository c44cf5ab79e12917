import type { ParamValue, Policy } from '../../model/policy.ts';
import type { RawConfig } from './raw-config.ts';

/** Something that configuration says once for all policies with a param of a name. */
export interface SharedParam {
  /** Where it stands in the file. */
  readonly path: readonly [string, ...string[]];
  readonly param: string;
  /** Only for policies that judge this type. */
  readonly resource?: string;
  readonly valueOf: (config: RawConfig) => ParamValue | undefined;
}

/** The registry. A policy takes part by declaring a param of the name; where none does, nothing comes of it. */
export const sharedParams: readonly SharedParam[] = [
  { path: ['trusted', 'accounts'], param: 'trustedAccounts', valueOf: ({ trusted }) => trusted?.accounts },
  { path: ['trusted', 'organizations'], param: 'trustedOrganizations', valueOf: ({ trusted }) => trusted?.organizations },
  { path: ['requiredTags'], param: 'requiredTags', valueOf: ({ requiredTags }) => requiredTags },
  {
    path: ['naming', 'secrets'],
    param: 'namePattern',
    resource: 'AWS::SecretsManager::Secret',
    valueOf: ({ naming }) => naming?.secrets,
  },
  {
    path: ['naming', 'parameters'],
    param: 'namePattern',
    resource: 'AWS::SSM::Parameter',
    valueOf: ({ naming }) => naming?.parameters,
  },
];

/** Whether a policy has the param. */
export function takes(policy: Policy, { param, resource }: SharedParam): boolean {
  return Object.hasOwn(policy.params, param) && (resource === undefined || policy.resources.includes(resource));
}
