import type { Policy, SelectedPolicy } from '../model/policy.ts';
import { safeText } from '../reporters/safe-text.ts';
import type { Chosen } from './choose-policies.ts';
import { inlineYaml } from './config/inline-yaml.ts';
import { changeOf, originsOf, switchedOff, writtenMatch } from './config/policy-origins.ts';
import type { PolicyOptions } from './options.ts';

type Given = Pick<PolicyOptions, 'param'>;

/** One policy a line; below it what is not as by default, with the place that says so. Then those that are switched off. */
export function printPolicies(chosen: Chosen, flags: Given): string {
  const { selected } = chosen;
  const width = Math.max(...selected.map(({ policy }) => policy.id.length));
  const rows = selected.flatMap((one) => {
    const { severity, id, title } = one.policy;
    return [
      `${severity.padEnd(8)}  ${id.padEnd(width)}  ${title}`,
      ...configuredLines(one, chosen, flags).map((line) => `${' '.repeat(10)}${line}`),
    ];
  });
  const off = switchedOff(chosen).map(({ policy, at }) => `  ${policy.id.padEnd(width)}  # ${at}`);
  return `${[...rows, ...(off.length === 0 ? [] : ['', 'Switched off', ...off])].map(safeText).join('\n')}\n`;
}

/** What flags and configuration change of a policy, a line each: `maxDays: 30  # sealcheck.config.yaml:12, default 90`. */
function configuredLines(selected: SelectedPolicy, chosen: Chosen, flags: Given): readonly string[] {
  const { policy } = selected;
  const { severity, params } = originsOf(selected, chosen, flags);
  const set = [
    { name: 'severity', ...severity, usual: defaultOf(policy, chosen).severity },
    ...Object.entries(params).map(([name, value]) => ({ name, ...value, usual: policy.params[name]?.default })),
  ].filter(({ from }) => from !== 'default');
  return [
    ...switchLines(selected, chosen).map((line) => `enabled: ${line}`),
    ...set.map(({ name, value, from, usual }) => `${name}: ${inlineYaml(value)}  # ${from}, default ${inlineYaml(usual)}`),
    ...overrideLines(selected),
  ];
}

/** Whether it is on or off, where configuration says so; nothing where that is as by default. */
export function switchLines({ policy, off }: SelectedPolicy, { rules, selected }: Chosen): readonly string[] {
  const switched = rules.get(policy.id)?.switched;
  if (switched === undefined) return [];
  if (switched.on) return [`true  # ${switched.at}`];
  if (!selected.some((one) => one.policy.id === policy.id)) return [`false  # ${switched.at}`];
  // A choice by flags goes before the file.
  return off === undefined ? [] : [`false, but for the overrides below  # ${switched.at}`];
}

/** What each override comes to: `where { regions: [eu-west-1] }: { enabled: false }  # sealcheck.config.yaml:12`. */
export function overrideLines(selected: SelectedPolicy): readonly string[] {
  return (selected.overrides ?? []).map(
    ({ match, at, setting }) => `where ${inlineYaml(writtenMatch(match))}: ${inlineYaml(changeOf(setting, selected))}  # ${at}`,
  );
}

/** The policy as it is without configuration. */
export function defaultOf(policy: Policy, { policies }: Pick<Chosen, 'policies'>): Policy {
  return policies.find(({ id }) => id === policy.id) ?? policy;
}

/** The same as data, with all params. */
export function policyRows(chosen: Chosen, flags: Given): readonly object[] {
  return chosen.selected.map((one) => {
    const { id, title, severity, resources, sources, tags, controls, equivalents } = one.policy;
    const origins = originsOf(one, chosen, flags);
    return {
      ...{ id, title, severity, resources, sources, tags, controls, equivalents, params: one.params },
      origins: {
        severity: origins.severity.from,
        params: Object.fromEntries(Object.entries(origins.params).map(([name, { from }]) => [name, from])),
      },
      ...(one.off === undefined ? {} : { off: one.off }),
      ...(one.overrides === undefined
        ? {}
        : { overrides: one.overrides.map(({ match, at, setting }) => ({ match: writtenMatch(match), at, ...changeOf(setting, one) })) }),
    };
  });
}
