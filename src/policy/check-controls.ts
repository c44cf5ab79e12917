import { nearestName } from '../expressions/nearest-name.ts';
import type { Diagnostic } from '../model/errors.ts';
import type { Framework } from '../model/framework.ts';
import type { Control, PolicyText } from '../model/policy.ts';
import type { YamlSource } from './yaml-source.ts';

/**
 * Whether what a policy of the pack claims can be shown: the framework and the requirement are known, and somebody
 * published that one of the checks that ask the same (its controls of AWS, its equivalents) gives evidence for it.
 */
export function checkControls(policy: PolicyText, frameworks: readonly Framework[], source: YamlSource): readonly Diagnostic[] {
  const asked = new Set([...policy.equivalents, ...policy.controls.filter((control) => isCheck(control, frameworks)).map(({ id }) => id)]);
  return policy.controls.flatMap((control, at) => checkControl(control, ['controls', at], asked, frameworks, source));
}

function isCheck({ framework }: Control, frameworks: readonly Framework[]): boolean {
  return frameworks.some(({ id, checks }) => checks && id === framework);
}

function checkControl(
  control: Control,
  path: readonly (string | number)[],
  asked: ReadonlySet<string>,
  frameworks: readonly Framework[],
  source: YamlSource,
): readonly Diagnostic[] {
  const framework = frameworks.find(({ id }) => id === control.framework);
  if (framework === undefined) {
    const ids = frameworks.map(({ id }) => id);
    return [source.at([...path, 'framework'], `there is no framework ${control.framework}`, { hint: suggest(control.framework, ids) })];
  }
  const requirement = framework.requirements.find(({ id }) => id === control.id);
  if (requirement === undefined) {
    const ids = framework.requirements.map(({ id }) => id);
    const message = `frameworks/${framework.id}.yaml has no requirement ${control.id}`;
    return [source.at([...path, 'id'], message, { hint: suggest(control.id, ids) })];
  }
  if (framework.checks || requirement.mapped.some(({ check }) => asked.has(check))) return [];
  const message = `no mapping to ${framework.id} ${control.id} is published for what this policy asks`;
  const checks = requirement.mapped.map(({ check }) => check).join(', ');
  const hint = `name the check that is mapped (${checks === '' ? 'none is known' : checks}) among the controls or equivalents, or drop the claim`;
  return [source.at([...path, 'id'], message, { hint })];
}

function suggest(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? `there are ${names.join(', ')}` : `did you mean ${nearest}?`;
}
