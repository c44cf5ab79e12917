import type { ParamValue, ParamValues, Policy, PolicySetting, ResourceMatch, SelectedPolicy } from '../../model/policy.ts';
import type { Severity } from '../../model/severity.ts';
import type { Chosen } from '../choose-policies.ts';
import type { PolicyOptions } from '../options.ts';
import type { Sourced } from './settings.ts';

/** What a selected policy is judged with, and where each value comes from. */
export interface PolicyOrigins {
  readonly severity: Sourced<Severity>;
  readonly params: { readonly [name: string]: Sourced<ParamValue> };
}

/** The severity and the params of a policy of this choice; `flags` are what the command was given. */
export function originsOf(
  { policy, params }: SelectedPolicy,
  { rules }: Pick<Chosen, 'rules'>,
  flags: Pick<PolicyOptions, 'param'>,
): PolicyOrigins {
  const rule = rules.get(policy.id);
  const ids = [policy.id, ...policy.aliases];
  const byFlag = (name: string): boolean => flags.param.some((setting) => ids.some((id) => setting.startsWith(`${id}.${name}=`)));
  return {
    severity: { value: policy.severity, from: rule?.severityPlace ?? 'default' },
    params: Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        { value, from: byFlag(name) ? '--param' : (rule?.paramPlaces[name] ?? 'default') },
      ]),
    ),
  };
}

/** What an override changes for the resources that it matches: whether the policy is judged, and the params that are others there. */
export interface Change {
  readonly enabled?: boolean;
  readonly params?: ParamValues;
}

/** Empty: an override that comes to what holds anyhow, and keeps those after it from counting. */
export function changeOf(setting: PolicySetting, { off, params }: Pick<SelectedPolicy, 'off' | 'params'>): Change {
  if (setting.kind === 'off') return off === undefined ? { enabled: false } : {};
  const others = Object.entries(setting.params).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(params[name]));
  return { ...(off === undefined ? {} : { enabled: true }), ...(others.length === 0 ? {} : { params: Object.fromEntries(others) }) };
}

/** A match as it is written in the file. */
export function writtenMatch({ paths, ...rest }: ResourceMatch): { readonly [part: string]: unknown } {
  return { ...rest, ...(paths === undefined ? {} : { paths: paths.patterns }) };
}

/** Policies that the file switches off for everything, with the place. */
export function switchedOff({ policies, selected, rules }: Chosen): readonly { readonly policy: Policy; readonly at: string }[] {
  const judged = new Set(selected.map(({ policy }) => policy.id));
  return policies.flatMap((policy) => {
    const switched = rules.get(policy.id)?.switched;
    return switched?.on === false && !judged.has(policy.id) ? [{ policy, at: switched.at }] : [];
  });
}
