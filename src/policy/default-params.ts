import type { ParamValues, Policy } from '../model/policy.ts';

/** The values of the params unless somebody sets them. */
export function defaultParams(policy: Policy): ParamValues {
  return Object.fromEntries(Object.entries(policy.params).map(([name, param]) => [name, param.default]));
}
