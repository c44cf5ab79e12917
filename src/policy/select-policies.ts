import { nearestName } from '../expressions/nearest-name.ts';
import { UserError } from '../model/errors.ts';
import type { ParamValue, Policy, SelectedPolicy } from '../model/policy.ts';
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
  /** `ID.NAME=VALUE`. */
  readonly params: readonly string[];
}

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
  const chosen = policies.filter(
    (policy) =>
      (wanted.size === 0 ? policy.deprecated === undefined : wanted.has(policy.id)) &&
      (selection.tags.length === 0 || policy.tags.some((tag) => selection.tags.includes(tag))) &&
      (selection.severity === undefined || isAtLeast(policy.severity, selection.severity)),
  );
  if (chosen.length === 0) {
    throw new UserError('selector-empty', 'no policy is selected', {
      hint: 'loosen --policy, --tag or --severity, or name policies with --policies',
    });
  }
  const settings = parseSettings(selection.params, find);
  return chosen.map((policy) => ({ policy, params: { ...defaultParams(policy), ...Object.fromEntries(settings.get(policy.id) ?? []) } }));
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
