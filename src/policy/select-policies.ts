import { nearestName } from '../expressions/nearest-name.ts';
import { UserError } from '../model/errors.ts';
import type { ParamValue, ParamValues, Policy, PolicyOverride, ResourceMatch, SelectedPolicy } from '../model/policy.ts';
import { isAtLeast, type Severity } from '../model/severity.ts';
import { defaultParams } from './default-params.ts';
import { parseParam } from './param-shape.ts';

export interface Selection {
  /** Ids or aliases; empty: all. */
  readonly ids: readonly string[];
  /** Policies with any of these tags; empty: all. */
  readonly tags: readonly string[];
  /** Policies of this severity or worse. */
  readonly severity?: Severity;
  /** `ID.NAME=VALUE`; go before those of the rules. */
  readonly params: readonly string[];
  /** What configuration says, by policy id. */
  readonly rules?: ReadonlyMap<string, PolicyRule>;
}

/** What configuration says of one policy. Everything in it fits the policy. */
export interface PolicyRule {
  /** Switches it on or off for the run; absent: nothing is said. */
  readonly switched?: Switch;
  readonly severity?: Severity;
  readonly params: ParamValues;
  readonly overrides: readonly {
    readonly match: ResourceMatch;
    readonly at: string;
    readonly switched?: Switch;
    readonly params: ParamValues;
  }[];
}

export interface Switch {
  readonly on: boolean;
  /** Where it is said: `sealcheck.config.yaml:12`. */
  readonly at: string;
  /** The tag by which the policy was meant; absent: its id. */
  readonly tag?: string;
}

/** All policies that are not deprecated, with their own params. */
export const everything: Selection = { ids: [], tags: [], params: [] };

/** Chooses policies and sets their params. Throws UserError when a selector matches nothing or a param does not fit. */
export function selectPolicies(policies: readonly Policy[], selection: Selection): readonly SelectedPolicy[] {
  const byId = new Map(policies.flatMap((policy) => [policy.id, ...policy.aliases].map((id) => [id, policy] as const)));
  const find = (id: string): Policy => {
    const policy = byId.get(id);
    if (policy) return policy;
    const nearest = nearestName(id, byId.keys());
    throw new UserError('selector-empty', `there is no policy ${id}`, {
      hint: nearest ? `did you mean ${nearest}?` : 'sealcheck policies list shows them all',
    });
  };
  const wanted = new Set(selection.ids.map((id) => find(id).id));
  for (const tag of selection.tags) {
    if (policies.some((policy) => policy.tags.includes(tag))) continue;
    const nearest = nearestName(tag, new Set(policies.flatMap((policy) => policy.tags)));
    throw new UserError('selector-empty', `no policy has the tag ${tag}`, nearest ? { hint: `did you mean ${nearest}?` } : {});
  }
  const ruleOf = (policy: Policy): PolicyRule => selection.rules?.get(policy.id) ?? noRule;
  /** Off for what no override names. A choice that is as exact or more goes before configuration: an id before all, a tag before tags. */
  const switchedOff = (policy: Policy): Switch | undefined => {
    const { switched } = ruleOf(policy);
    if (switched === undefined || switched.on || wanted.has(policy.id)) return undefined;
    return switched.tag !== undefined && selection.tags.some((tag) => policy.tags.includes(tag)) ? undefined : switched;
  };
  const isOn = (policy: Policy): boolean => {
    const { switched, overrides } = ruleOf(policy);
    if (wanted.size > 0) return wanted.has(policy.id);
    if (policy.deprecated !== undefined && switched?.on !== true) return false;
    return switchedOff(policy) === undefined || overrides.some((override) => override.switched?.on === true);
  };
  const withSeverity = (policy: Policy): Policy => {
    const { severity } = ruleOf(policy);
    return severity === undefined ? policy : { ...policy, severity };
  };
  const chosen = policies
    .map(withSeverity)
    .filter(
      (policy) =>
        isOn(policy) &&
        (selection.tags.length === 0 || policy.tags.some((tag) => selection.tags.includes(tag))) &&
        (selection.severity === undefined || isAtLeast(policy.severity, selection.severity)),
    );
  if (chosen.length === 0) {
    throw new UserError('selector-empty', 'no policy is selected', {
      hint: 'loosen --policy, --tag or --severity, or name policies with --policies',
    });
  }
  const settings = parseSettings(selection.params, find);
  return chosen.map((policy): SelectedPolicy => {
    const rule = ruleOf(policy);
    const given = Object.fromEntries(settings.get(policy.id) ?? []);
    const off = switchedOff(policy);
    const params = { ...defaultParams(policy), ...rule.params, ...given };
    const overrides = rule.overrides.map(({ match, at, switched, params: own }): PolicyOverride => {
      const other = switched ?? off;
      if (other?.on === false) return { match, at, setting: { kind: 'off', reason: offReason(other) } };
      return { match, at, setting: { kind: 'judged', params: { ...params, ...own, ...given } } };
    });
    return {
      ...{ policy, params },
      ...(off === undefined ? {} : { off: offReason(off) }),
      ...(overrides.length === 0 ? {} : { overrides }),
    };
  });
}

const noRule: PolicyRule = { params: {}, overrides: [] };

function offReason({ at }: Switch): string {
  return `switched off by ${at}`;
}

function parseSettings(settings: readonly string[], find: (id: string) => Policy): ReadonlyMap<string, ReadonlyMap<string, ParamValue>> {
  const found = new Map<string, Map<string, ParamValue>>();
  for (const setting of settings) {
    const parts = /^([^.=]+)\.([^.=]+)=([\s\S]*)$/.exec(setting);
    if (!parts) throw new UserError('param-invalid', `${setting} is no setting`, { hint: 'write --param POLICY.NAME=VALUE' });
    const [, id = '', name = '', text = ''] = parts;
    const policy = find(id);
    const param = Object.hasOwn(policy.params, name) ? policy.params[name] : undefined;
    if (!param) {
      const names = Object.keys(policy.params);
      const nearest = nearestName(name, names);
      const hint = nearest ? `did you mean ${nearest}?` : names.length > 0 ? `it has ${names.join(', ')}` : 'it has none';
      throw new UserError('param-invalid', `${policy.id} has no param ${name}`, { hint });
    }
    const parsed = parseParam(param, text);
    if ('problem' in parsed) throw new UserError('param-invalid', `${policy.id}.${name}: ${parsed.problem}`, { hint: param.description });
    const own = found.get(policy.id) ?? new Map<string, ParamValue>();
    found.set(policy.id, own.set(name, parsed.value));
  }
  return found;
}
