import { nearestName } from '../../expressions/nearest-name.ts';
import type { Diagnostic } from '../../model/errors.ts';
import type { ParamValue, Policy, ResourceMatch } from '../../model/policy.ts';
import { paramProblem } from '../../policy/param-shape.ts';
import type { PolicyRule, Switch } from '../../policy/select-policies.ts';
import { invalid, type LoadedConfig } from './load-config.ts';
import type { RawConfig, RawOverride, RawPolicyChoice } from './raw-config.ts';
import { sharedParams, takes } from './shared-params.ts';

type Path = readonly (string | number)[];

/** A rule with the place of each of its values, for --print-config. */
export interface PlacedRule extends PolicyRule {
  /** `FILE:LINE` by name of the param. */
  readonly paramPlaces: { readonly [name: string]: string };
  readonly severityPlace?: string;
}

/**
 * What the configuration says of each of these policies, by id. `known` are all there are, those left out by --no-builtin too.
 * Throws UserError `config-invalid` for what fits none of them.
 */
export function policyRules(config: LoadedConfig, known: readonly Policy[]): ReadonlyMap<string, PlacedRule> {
  const problems: Diagnostic[] = [];
  const check = createCheck(config, known, problems);
  const run = check(config.raw, []);
  const overrides = (config.raw.overrides ?? []).map((override, index) => ({
    match: matchOf(override, config),
    at: config.placeOf(['overrides', index, 'match']),
    said: check(override, ['overrides', index]),
  }));
  const rules = new Map(
    known.map((policy): [string, PlacedRule] => {
      const own = run(policy);
      const shared = sharedOf(config, policy, problems);
      const places = { ...shared.places, ...own.places };
      return [
        policy.id,
        {
          ...(own.switched === undefined ? {} : { switched: own.switched }),
          ...(own.severity === undefined ? {} : { severity: own.severity.value, severityPlace: own.severity.at }),
          params: { ...shared.values, ...own.params },
          paramPlaces: places,
          overrides: overrides.flatMap(({ match, at, said }) => {
            const { named, switched, params } = said(policy);
            return named ? [{ match, at, ...(switched === undefined ? {} : { switched }), params }] : [];
          }),
        },
      ];
    }),
  );
  if (problems.length > 0) throw invalid(unique(problems), config.shown);
  return rules;
}

/** What one part of the file, the whole or an override, says of one policy. */
interface Said {
  readonly named: boolean;
  readonly switched?: Switch;
  readonly severity?: { readonly value: NonNullable<PolicyRule['severity']>; readonly at: string };
  readonly params: { readonly [name: string]: ParamValue };
  readonly places: { readonly [name: string]: string };
}

function createCheck(
  config: LoadedConfig,
  known: readonly Policy[],
  problems: Diagnostic[],
): (choice: RawPolicyChoice, at: Path) => (policy: Policy) => Said {
  const { source, placeOf } = config;
  const byId = new Map(known.flatMap((policy) => [policy.id, ...policy.aliases].map((id) => [id, policy] as const)));
  const tags = new Set(known.flatMap((policy) => policy.tags));

  return (choice, at) => {
    const names = new Map<string, string>();
    for (const name of Object.keys(choice.policies ?? {})) {
      const policy = byId.get(name);
      const before = policy && names.get(policy.id);
      if (policy === undefined) {
        const nearest = nearestName(name, byId.keys());
        const hint = nearest ? `did you mean ${nearest}?` : 'sealcheck policies list shows them all';
        problems.push(source.atKey([...at, 'policies', name], `there is no policy ${name}`, hint));
      } else if (before !== undefined) {
        problems.push(source.atKey([...at, 'policies', name], `${name} is ${before} by another name`));
      } else {
        names.set(policy.id, name);
        problems.push(...paramProblems(choice, name, policy, at, config));
      }
    }
    for (const tag of Object.keys(choice.tags ?? {})) {
      if (tags.has(tag)) continue;
      const nearest = nearestName(tag, tags);
      problems.push(source.atKey([...at, 'tags', tag], `no policy has the tag ${tag}`, nearest ? `did you mean ${nearest}?` : undefined));
    }
    return (policy) => {
      const name = names.get(policy.id);
      const own = name === undefined ? undefined : choice.policies?.[name];
      const path: Path = [...at, 'policies', name ?? ''];
      const byTag = policy.tags.filter((tag) => Object.hasOwn(choice.tags ?? {}, tag));
      const tag = byTag.find((one) => choice.tags?.[one]?.enabled === false) ?? byTag[0];
      const params = own?.params ?? {};
      const switched = ((): Switch | undefined => {
        if (own?.enabled !== undefined) return { on: own.enabled, at: placeOf([...path, 'enabled']) };
        const word = tag === undefined ? undefined : choice.tags?.[tag];
        return tag === undefined || word === undefined
          ? undefined
          : { on: word.enabled, at: placeOf([...at, 'tags', tag, 'enabled']), tag };
      })();
      return {
        named: own !== undefined || switched !== undefined,
        ...(switched === undefined ? {} : { switched }),
        ...(own?.severity === undefined ? {} : { severity: { value: own.severity, at: placeOf([...path, 'severity']) } }),
        params,
        places: Object.fromEntries(Object.keys(params).map((param) => [param, placeOf([...path, 'params', param])])),
      };
    };
  };
}

function paramProblems(choice: RawPolicyChoice, name: string, policy: Policy, at: Path, { source }: LoadedConfig): readonly Diagnostic[] {
  return Object.entries(choice.policies?.[name]?.params ?? {}).flatMap(([key, value]) => {
    const path = [...at, 'policies', name, 'params', key];
    const param = Object.hasOwn(policy.params, key) ? policy.params[key] : undefined;
    if (param === undefined) {
      const names = Object.keys(policy.params);
      const nearest = nearestName(key, names);
      const hint = nearest ? `did you mean ${nearest}?` : names.length > 0 ? `it has ${names.join(', ')}` : 'it has none';
      return [source.atKey(path, `${policy.id} has no param ${key}`, hint)];
    }
    const problem = paramProblem(param, value);
    return problem === undefined ? [] : [source.at(path, problem, { hint: param.description })];
  });
}

/** The params that the file says once for all policies. */
function sharedOf(
  config: LoadedConfig,
  policy: Policy,
  problems: Diagnostic[],
): { readonly values: { readonly [name: string]: ParamValue }; readonly places: { readonly [name: string]: string } } {
  const values: { [name: string]: ParamValue } = {};
  const places: { [name: string]: string } = {};
  for (const shared of sharedParams) {
    const value = shared.valueOf(config.raw);
    const param = takes(policy, shared) ? policy.params[shared.param] : undefined;
    if (value === undefined || param === undefined) continue;
    const problem = paramProblem(param, value);
    if (problem !== undefined)
      problems.push(config.source.at(shared.path, `${policy.id}.${shared.param}: ${problem}`, { hint: param.description }));
    values[shared.param] = value;
    places[shared.param] = config.placeOf(shared.path);
  }
  return { values, places };
}

function matchOf({ match }: RawOverride, { raw, hereFrom }: { readonly raw: RawConfig; readonly hereFrom: string }): ResourceMatch {
  const { accounts, regions, paths, tags } = match;
  const idOf = (account: string): string => raw.accounts?.find(({ name }) => name === account)?.id ?? account;
  return {
    ...(accounts === undefined ? {} : { accounts: accounts.map(idOf) }),
    ...(regions === undefined ? {} : { regions }),
    ...(paths === undefined ? {} : { paths: { patterns: paths, from: hereFrom } }),
    ...(tags === undefined ? {} : { tags }),
  };
}

function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [`${one.line}:${one.column}:${one.message}`, one])).values()];
}
