import { describe, expect, it } from 'vitest';
import { inlineYaml } from '../../src/cli/config/inline-yaml.ts';
import { changeOf, originsOf, writtenMatch, type Change } from '../../src/cli/config/policy-origins.ts';
import type { PlacedRule } from '../../src/cli/config/policy-rules.ts';
import type { PolicySetting, SelectedPolicy } from '../../src/model/policy.ts';
import { makePolicy } from '../engine/make-policy.ts';

const policy = {
  ...makePolicy({
    id: 'own-limits',
    params: {
      days: { type: 'int', default: 90, minimum: 1, maximum: 999, description: 'Days' },
      names: { type: 'list<string>', default: [], description: 'Names' },
    },
  }),
  aliases: ['own-old'],
};
const judged = (params: SelectedPolicy['params']): PolicySetting => ({ kind: 'judged', params });
const off: PolicySetting = { kind: 'off', reason: 'switched off by c.yaml:9' };
const run = { params: { days: 30, names: ['a'] } };

describe('what an override changes', () => {
  it.each<[string, PolicySetting, Pick<SelectedPolicy, 'off' | 'params'>, Change]>([
    ['a param', judged({ days: 7, names: ['a'] }), run, { params: { days: 7 } }],
    ['a list', judged({ days: 30, names: ['a', 'b'] }), run, { params: { names: ['a', 'b'] } }],
    ['nothing', judged(run.params), run, {}],
    ['off', off, run, { enabled: false }],
    ['off, and so is the run', off, { ...run, off: 'switched off by c.yaml:3' }, {}],
    ['on, and the run is off', judged(run.params), { ...run, off: 'switched off by c.yaml:3' }, { enabled: true }],
    ['on with a param', judged({ days: 7, names: ['a'] }), { ...run, off: 'x' }, { enabled: true, params: { days: 7 } }],
  ])('%s', (_name, setting, selected, expected) => {
    expect(changeOf(setting, selected)).toEqual(expected);
  });
});

describe('where the values of a policy come from', () => {
  const rule: PlacedRule = {
    params: { days: 30 },
    paramPlaces: { days: 'c.yaml:4' },
    severity: 'high',
    severityPlace: 'c.yaml:5',
    overrides: [],
  };
  it.each<[string, readonly string[], PlacedRule | undefined, readonly string[]]>([
    ['the default', [], undefined, ['default', 'default', 'default']],
    ['the file', [], rule, ['c.yaml:5', 'c.yaml:4', 'default']],
    ['a flag', ['own-limits.days=7'], rule, ['c.yaml:5', '--param', 'default']],
    ['a flag by the former id', ['own-old.names=a'], rule, ['c.yaml:5', 'c.yaml:4', '--param']],
    ['a flag for another policy, or another param', ['own-limits-2.days=7', 'own-limits.day=7'], rule, ['c.yaml:5', 'c.yaml:4', 'default']],
  ])('%s', (_name, param, said, expected) => {
    const rules = new Map(said === undefined ? [] : [[policy.id, said]]);
    const { severity, params } = originsOf({ policy, params: run.params }, { rules }, { param });
    expect([severity.from, params['days']?.from, params['names']?.from]).toEqual(expected);
  });
});

it.each<[unknown, string]>([
  [writtenMatch({ regions: ['eu-*'], paths: { patterns: ['a/**'], from: '..' } }), '{ regions: ["eu-*"], paths: ["a/**"] }'],
  [writtenMatch({ tags: { 'team: a': 'b' } }), '{ tags: { "team: a": b } }'],
  [['true', 'null', 'yes please', '012', ''], '["true", "null", "yes please", "012", ""]'],
  [{}, '{}'],
  [false, 'false'],
  [90, '90'],
])('%j on one line is %s', (value, expected) => {
  expect(inlineYaml(value)).toBe(expected);
});
