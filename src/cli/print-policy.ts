import type { ParamValue, Policy, SelectedPolicy } from '../model/policy.ts';
import { safeText } from '../reporters/safe-text.ts';
import type { Chosen } from './choose-policies.ts';
import { inlineYaml } from './config/inline-yaml.ts';
import { originsOf, type PolicyOrigins } from './config/policy-origins.ts';
import type { Sourced } from './config/settings.ts';
import type { PolicyOptions } from './options.ts';
import { defaultOf, overrideLines, switchLines } from './print-policies.ts';

type Given = Pick<PolicyOptions, 'param'>;

/** One policy as text: what, why, params as they are set and by whom, how to mend it, and what it is evidence for. */
export function printPolicy(selected: SelectedPolicy, chosen: Chosen, flags: Given): string {
  const { policy } = selected;
  const origins = originsOf(selected, chosen, flags);
  const lines = [
    `${policy.id}  (${policy.severity})`,
    safeText(policy.title),
    '',
    ...wrap(policy.description),
    '',
    ...field('judges', policy.resources.join(', ')),
    ...field('sources', policy.sources.join(', ')),
    ...(policy.tags.length > 0 ? field('tags', policy.tags.join(', ')) : []),
    ...(policy.aliases.length > 0 ? field('formerly', policy.aliases.join(', ')) : []),
    ...(policy.deprecated === undefined ? [] : field('deprecated', policy.deprecated)),
    ...field('file', policy.origin.file),
    ...switchLines(selected, chosen).map((line) => safeText(`enabled:    ${line}`)),
    ...(origins.severity.from === 'default' ? [] : field('severity', setting(origins.severity, defaultOf(policy, chosen).severity))),
    ...params(policy, origins),
    ...overrides(selected),
    ...exclusions(policy),
    ...section(
      'Controls',
      policy.controls.map(({ framework, id }) => `${framework} ${id}`),
    ),
    ...section('Equivalents in other tools', policy.equivalents),
    '',
    'Remediation',
    ...wrap(policy.remediation.text).map((line) => `  ${line}`),
    ...(policy.remediation.url === undefined ? [] : [`  ${safeText(policy.remediation.url)}`]),
    ...snippet('AWS CLI', policy.remediation.cli),
    ...snippet('Terraform', policy.remediation.terraform),
    ...snippet('CloudFormation', policy.remediation.cloudformation),
  ];
  return `${lines.join('\n')}\n`;
}

function params(policy: Policy, origins: PolicyOrigins): readonly string[] {
  const entries = Object.entries(policy.params).map(([name, param]) => {
    const bounds = param.minimum === undefined && param.maximum === undefined ? '' : `, ${param.minimum ?? ''} to ${param.maximum ?? ''}`;
    const set = origins.params[name] ?? { value: param.default, from: 'default' };
    const value = set.from === 'default' ? inlineYaml(set.value) : setting(set, param.default);
    return `${name} (${param.type}${bounds}) = ${value}: ${param.description}`;
  });
  return section(`Params (set with --param ${policy.id}.NAME=VALUE)`, entries);
}

function setting({ value, from }: Sourced<ParamValue>, usual: ParamValue): string {
  return `${inlineYaml(value)} (${from}, default ${inlineYaml(usual)})`;
}

/** On one line each, which can be put into a file. */
function overrides(selected: SelectedPolicy): readonly string[] {
  const lines = overrideLines(selected);
  return lines.length === 0 ? [] : ['', 'Overrides', ...lines.map((line) => `  - ${safeText(line)}`)];
}

function exclusions(policy: Policy): readonly string[] {
  const when = policy.when ? [`where this does not hold: ${policy.when.text}`] : [];
  return section('Not applicable', [...policy.exclude.map((item) => item.reason), ...when]);
}

function section(title: string, entries: readonly string[]): readonly string[] {
  return entries.length === 0
    ? []
    : ['', title, ...entries.flatMap((entry) => wrap(entry, 96).map((line, index) => (index === 0 ? `  - ${line}` : `    ${line}`)))];
}

function snippet(title: string, text: string | undefined): readonly string[] {
  return text === undefined
    ? []
    : [
        '',
        `  ${title}`,
        ...text
          .trimEnd()
          .split('\n')
          .map((line) => `    ${safeText(line)}`),
      ];
}

function field(name: string, value: string): readonly string[] {
  return [`${`${name}:`.padEnd(12)}${safeText(value)}`];
}

function wrap(text: string, width = 100): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of safeText(text).split(/\s+/)) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
