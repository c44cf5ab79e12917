import type { Policy, SelectedPolicy } from '../../model/policy.ts';
import { safeText } from '../../reporters/safe-text.ts';
import type { Chosen } from '../choose-policies.ts';
import type { PolicyOptions } from '../options.ts';
import type { Configured } from './configure.ts';
import { inlineYaml } from './inline-yaml.ts';
import type { LoadedConfig } from './load-config.ts';
import { originsOf, writtenMatch } from './policy-origins.ts';
import type { PlacedRule } from './policy-rules.ts';
import type { Settings, Sourced } from './settings.ts';
import { sharedParams, takes } from './shared-params.ts';

/** A line of YAML, and where its value comes from. */
interface Line {
  readonly text: string;
  readonly from?: string;
}

/** The parts of a configuration that a command uses. */
export interface UsedParts {
  /** The live account, accounts and regions; paths too. */
  readonly sources?: 'all' | 'live';
  readonly policies?: { readonly chosen: Chosen; readonly flags: Pick<PolicyOptions, 'policy' | 'tag' | 'param'> };
  /** Thresholds, outputs and waivers. */
  readonly outcome?: boolean;
}

/**
 * What a run would be told, as a configuration of its own: put beside where it was printed, it says the same. Each value is followed by
 * where it comes from. Only the parts that the command uses.
 */
export function printConfig({ settings, config }: Configured, { sources, policies, outcome = false }: UsedParts): string {
  const lines = [
    ...(sources === undefined ? [] : sourceLines(settings, config, sources)),
    ...(policies === undefined ? [] : [line('builtin', settings.builtin), line('policyPaths', settings.policyPaths)]),
    ...(outcome ? outcomeLines(settings) : []),
    ...(policies === undefined ? [] : choiceLines(policies, config)),
  ];
  const width = Math.min(64, Math.max(...lines.map(({ text }) => text.length)));
  const head = config === undefined ? 'no configuration file' : config.shown;
  const body = lines.map(({ text, from }) => (from === undefined ? text : `${text.padEnd(width)}  # ${fromWords(from)}`));
  return `${[`# ${head}`, 'apiVersion: sealcheck/v1', ...body].map(safeText).join('\n')}\n`;
}

function fromWords(from: string): string {
  if (from.startsWith('--')) return `flag ${from}`;
  return from.startsWith('SEALCHECK_') ? `environment ${from}` : from;
}

function sourceLines(settings: Settings, config: LoadedConfig | undefined, which: 'all' | 'live'): readonly Line[] {
  const { aws, paths, roles, withCaller, regions } = settings;
  const names = config?.raw.accounts ?? [];
  const listed = roles.from === '--role-arn' ? [] : names.filter(({ role }) => role === undefined);
  return [
    { text: 'sources:' },
    line('  aws', aws),
    ...(which === 'all' ? [line('  paths', paths)] : []),
    ...(roles.value.length + listed.length === 0 ? [] : [{ text: 'accounts:', from: roles.from }]),
    ...roles.value.flatMap(({ arn, externalId }) => {
      const id = arn.split(':')[4] ?? '';
      const name = names.find((account) => account.id === id)?.name;
      return accountLines({ id, name, role: arn, externalId });
    }),
    ...listed.flatMap(({ id, name }) => accountLines({ id, name })),
    line('withCaller', withCaller),
    ...(regions.value === undefined ? [{ text: "# regions: the SDK's default region" }] : [line('regions', regions)]),
  ];
}

function outcomeLines({ failOn, failOnUnknown, outputs, waivers, stateDir, retain, dueDays }: Settings): readonly Line[] {
  return [
    line('failOn', failOn),
    failOnUnknown.value === undefined
      ? line('failOnUnknown', { value: failOn.value === 'none' ? 'never' : failOn.value, from: 'default: as failOn' })
      : line('failOnUnknown', failOnUnknown),
    ...(outputs.value.length === 0 ? [line('outputs', { value: { text: '-' }, from: outputs.from })] : outputLines(outputs)),
    ...(waivers.value === undefined ? [] : [line('waivers', waivers)]),
    ...(stateDir.value === undefined ? [] : [line('stateDir', stateDir), line('retainDays', retain), line('dueDays', dueDays)]),
  ];
}

function choiceLines({ chosen, flags }: NonNullable<UsedParts['policies']>, config: LoadedConfig | undefined): readonly Line[] {
  return [
    ...sharedLines(config, chosen.policies),
    { text: 'policies:' },
    ...chosen.policies.flatMap((policy) => policyLines(policy, chosen, flags)),
    ...overrideLines(chosen.selected, config),
  ];
}

function accountLines(account: { readonly [key: string]: string | undefined }): readonly Line[] {
  const entries = Object.entries(account).filter(([, value]) => value !== undefined);
  return entries.map(([key, value], index) => ({ text: `${index === 0 ? '  - ' : '    '}${key}: ${inlineYaml(value)}` }));
}

function outputLines({ value, from }: Sourced<readonly string[]>): readonly Line[] {
  const entries = value.map((output) => {
    const [format = '', ...path] = output.split('=');
    return line(`  ${format}`, { value: path.length === 0 ? '-' : path.join('='), from });
  });
  return [{ text: 'outputs:' }, ...entries];
}

/** What is said once for all policies; it is shown with their params too. */
function sharedLines(config: LoadedConfig | undefined, policies: readonly Policy[]): readonly Line[] {
  if (config === undefined) return [];
  let head: string | undefined;
  return sharedParams.flatMap((shared): readonly Line[] => {
    const value = shared.valueOf(config.raw);
    if (value === undefined) return [];
    const [first, second] = shared.path;
    const opens = second !== undefined && head !== first;
    head = first;
    const used = policies.some((policy) => takes(policy, shared));
    const from = `${config.placeOf(shared.path)}${used ? '' : `, but no policy has a param ${shared.param}`}`;
    return [...(opens ? [{ text: `${first}:` }] : []), line(second === undefined ? first : `  ${second}`, { value, from })];
  });
}

function policyLines(policy: Policy, chosen: Chosen, flags: Pick<PolicyOptions, 'policy' | 'tag' | 'param'>): readonly Line[] {
  const rule = chosen.rules.get(policy.id);
  const selected = chosen.selected.find((one) => one.policy.id === policy.id);
  const head = [{ text: `  ${policy.id}:` }, line('    enabled', enabledOf(policy, rule, selected, flags))];
  if (selected === undefined) return head;
  const { severity, params } = originsOf(selected, chosen, flags);
  const lines = Object.entries(params).map(([name, value]) => line(`      ${name}`, value));
  return [...head, line('    severity', severity), ...(lines.length === 0 ? [] : [{ text: '    params:' }, ...lines])];
}

function enabledOf(
  policy: Policy,
  rule: PlacedRule | undefined,
  selected: SelectedPolicy | undefined,
  flags: Pick<PolicyOptions, 'policy' | 'tag'>,
): Sourced<boolean> {
  const value = selected !== undefined && selected.off === undefined;
  if (rule?.switched?.on === value) return { value, from: rule.switched.at };
  if (value) return { value, from: flags.policy.length > 0 ? '--policy' : rule?.switched === undefined ? 'default' : '--tag' };
  return { value, from: policy.deprecated === undefined || flags.policy.length > 0 ? '--policy, --tag or --severity' : 'default' };
}

/** With all params of each policy, as they come to. */
function overrideLines(selected: readonly SelectedPolicy[], config: LoadedConfig | undefined): readonly Line[] {
  const groups = new Map<string, { readonly at: string; readonly match: string; readonly lines: Line[] }>();
  for (const { policy, overrides = [] } of selected) {
    for (const { match, at, setting } of overrides) {
      const shown = inlineYaml(writtenMatch(match));
      const group = groups.get(at + shown) ?? { at, match: shown, lines: [] };
      groups.set(at + shown, group);
      const said = setting.kind === 'off' ? { enabled: false } : { enabled: true, params: setting.params };
      group.lines.push({ text: `      ${policy.id}: ${inlineYaml(said)}` });
    }
  }
  if (groups.size === 0) return [];
  // In the order of the file: the first that matches counts.
  const order = (config?.raw.overrides ?? []).map((_, index) => config?.placeOf(['overrides', index, 'match']));
  const sorted = [...groups.values()].sort((a, b) => order.indexOf(a.at) - order.indexOf(b.at));
  const entries = sorted.flatMap(({ at, match, lines }) => [
    { text: `  - match: ${match}`, from: at },
    { text: '    policies:' },
    ...lines,
  ]);
  return [{ text: 'overrides:' }, ...entries];
}

function line(key: string, { value, from }: Sourced<unknown>): Line {
  return { text: `${key}: ${inlineYaml(value)}`, from };
}
