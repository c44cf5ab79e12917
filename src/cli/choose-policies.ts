import { builtinPolicies } from '../builtin-policies.ts';
import { UserError } from '../model/errors.ts';
import type { Policy, SelectedPolicy } from '../model/policy.ts';
import type { PolicyTest } from '../policy/policy-test.ts';
import type { Output } from './io.ts';
import type { LoadedConfig } from './config/load-config.ts';
import { noPolicyLeft } from './config/no-policy-left.ts';
import type { PlacedRule } from './config/policy-rules.ts';
import type { PolicyOptions } from './options.ts';

export { builtinPolicies };

export interface LoadedPolicies {
  readonly policies: readonly Policy[];
  /** Tests of the policies that came from files, by id. */
  readonly tests: ReadonlyMap<string, readonly PolicyTest[]>;
}

/** The built-in pack and the user's files. Warnings go to stderr. Throws UserError. */
async function loadAllPolicies(options: Pick<PolicyOptions, 'policies' | 'builtin'>, stderr: Output): Promise<LoadedPolicies> {
  const builtin = options.builtin ? await builtinPolicies() : [];
  if (options.policies.length === 0) {
    if (!options.builtin) throw new UserError('usage', '--no-builtin leaves no policy', { hint: 'name your own with --policies PATH' });
    return { policies: builtin, tests: new Map() };
  }
  // Only a user's own policies need the YAML parser and the type checker.
  const [{ checkIds, loadPolicies }, { printDiagnostic }] = await Promise.all([
    import('../policy/load-policies.ts'),
    import('./print-error.ts'),
  ]);
  const own = loadPolicies(options.policies, { builtin: false });
  for (const warning of own.warnings) printDiagnostic(warning, stderr);
  checkIds([...builtin, ...own.policies]);
  const policies = [...builtin, ...own.policies].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { policies, tests: own.tests };
}

/** All that there is to choose from, and what configuration says of it. */
export interface Offer {
  readonly policies: readonly Policy[];
  /** What configuration says, by policy id; empty without one. */
  readonly rules: ReadonlyMap<string, PlacedRule>;
}

/** What a choice by flags and configuration comes to. */
export interface Chosen extends Offer {
  readonly selected: readonly SelectedPolicy[];
}

/** The policies of this run with their params. Throws UserError. */
export async function chooseConfigured(options: PolicyOptions, config: LoadedConfig | undefined, stderr: Output): Promise<Chosen> {
  return await chooseFrom(await loadOffer(options, config, stderr), options);
}

/** Loads the policies and checks what a configuration says of them. Throws UserError. */
export async function loadOffer(
  options: Pick<PolicyOptions, 'policies' | 'builtin'>,
  config: LoadedConfig | undefined,
  stderr: Output,
): Promise<Offer> {
  if (!options.builtin && options.policies.length === 0 && config?.raw.builtin === false) throw noPolicyLeft(config);
  const { policies } = await loadAllPolicies(options, stderr);
  return { policies, rules: config === undefined ? new Map<string, PlacedRule>() : await rulesOf(config, policies, options) };
}

/** Throws UserError `selector-empty` when nothing is chosen, or a selector means nothing. */
export async function chooseFrom(offer: Offer, options: Omit<PolicyOptions, 'policies' | 'builtin'>): Promise<Chosen> {
  const { selectPolicies } = await import('../policy/select-policies.ts');
  const selected = selectPolicies(offer.policies, {
    ids: options.policy,
    tags: options.tag,
    ...(options.severity === undefined ? {} : { severity: options.severity }),
    params: options.param,
    rules: offer.rules,
  });
  return { ...offer, selected };
}

/** A file may name what --no-builtin leaves out. */
async function rulesOf(
  config: LoadedConfig,
  policies: readonly Policy[],
  { builtin }: Pick<PolicyOptions, 'builtin'>,
): Promise<ReadonlyMap<string, PlacedRule>> {
  const { policyRules } = await import('./config/policy-rules.ts');
  const ids = new Set(policies.map(({ id }) => id));
  const left = builtin ? [] : (await builtinPolicies()).filter(({ id }) => !ids.has(id));
  return policyRules(config, [...left, ...policies]);
}
