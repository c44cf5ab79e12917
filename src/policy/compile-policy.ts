import type { Diagnostic } from '../model/errors.ts';
import type { Param, Policy } from '../model/policy.ts';
import { sourceNames } from '../model/source-name.ts';
import { findResourceType } from '../resources/index.ts';
import { draftPolicy, isInherited, type Draft } from './draft-policy.ts';
import { paramProblem } from './param-shape.ts';
import type { RawPolicy } from './raw-policy.ts';
import type { YamlSource } from './yaml-source.ts';

export interface CompiledPolicy {
  /** What could be made of it; not to be used for judging when there is an error among the diagnostics. */
  readonly policy?: Policy;
  readonly diagnostics: readonly Diagnostic[];
}

/** Type-checks the conditions of a policy against every resource type that it names. */
export function compilePolicy(raw: RawPolicy, source: YamlSource, origin: Policy['origin']): CompiledPolicy {
  const diagnostics: Diagnostic[] = [];
  const params = checkParams(raw, source, diagnostics);
  const types = (typeof raw.resource === 'string' ? [raw.resource] : raw.resource).flatMap((name) => findResourceType(name) ?? []);
  const drafts = types.map((type) =>
    draftPolicy(raw, type, params, { sources: raw.sources ?? sourceNames, builtin: origin.builtin, source, diagnostics }),
  );
  const [draft, ...others] = drafts;
  if (!draft) return { diagnostics: deduplicate(diagnostics) };
  // The conditions are compiled once, so they must mean the same for every type that the policy judges.
  const different = types.find((_, index) => index > 0 && meaning(others[index - 1]) !== meaning(draft));
  if (different && !diagnostics.some((diagnostic) => diagnostic.severity === 'error')) {
    const hint = 'write a policy for each';
    diagnostics.push(source.at(['resource'], `the conditions mean different things for ${types[0]?.name} and ${different.name}`, { hint }));
  }

  const policy: Policy = {
    id: raw.id,
    aliases: raw.aliases ?? [],
    title: raw.title,
    severity: raw.severity,
    description: raw.description,
    resources: types.map((type) => type.name),
    sources: raw.sources ?? sourceNames,
    tags: raw.tags ?? [],
    controls: raw.controls ?? [],
    equivalents: raw.equivalents ?? [],
    ...(raw.deprecated === undefined ? {} : { deprecated: raw.deprecated }),
    remediation: raw.remediation,
    params,
    variables: draft.variables,
    exclude: draft.exclude,
    ...(draft.each ? { each: draft.each } : {}),
    ...(draft.when && raw.when !== undefined ? { when: { expression: draft.when, text: raw.when } } : {}),
    assert: draft.assert,
    reads: Object.fromEntries(types.map((type, index) => [type.name, [...(drafts[index]?.reads ?? [])].sort()])),
    origin,
  };
  return { policy, diagnostics: deduplicate(diagnostics) };
}

/** What the drafts of a policy must have in common. */
function meaning(draft: Draft | undefined): string {
  return JSON.stringify({ ...draft, reads: [] });
}

function checkParams(raw: RawPolicy, source: YamlSource, diagnostics: Diagnostic[]): { readonly [name: string]: Param } {
  const params = Object.fromEntries(Object.entries(raw.params ?? {}).filter(([name]) => !isInherited(name)));
  for (const name of Object.keys(raw.params ?? {})) {
    if (isInherited(name) && !name.startsWith('_'))
      diagnostics.push(source.atKey(['params', name], `${name} is a reserved name; choose another`));
  }
  for (const [name, param] of Object.entries(params)) {
    const problem = paramProblem(param, param.default);
    if (problem !== undefined) diagnostics.push(source.at(['params', name, 'default'], problem));
    if (param.type !== 'int' && (param.minimum !== undefined || param.maximum !== undefined || param.accepts !== undefined)) {
      diagnostics.push(source.at(['params', name], 'minimum, maximum and accepts belong to an int'));
    }
  }
  return params;
}

function deduplicate(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const unique = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) unique.set(`${diagnostic.line}:${diagnostic.column}:${diagnostic.message}`, diagnostic);
  return [...unique.values()];
}
