import { describe, expect, it } from 'vitest';
import { toSarif } from '../../src/reporters/sarif.ts';
import { checkGithubProfile } from './github-sarif.ts';
import { liveFinding } from './sample-finding.ts';
import { samplePolicies } from './sample-policies.ts';
import { resultOf } from './sample-result.ts';
import { failing, interval, usual } from './sarif-cases.ts';
import { createSarifValidator } from './sarif-schema.ts';

const validate = createSarifValidator();

describe('rules', () => {
  it('are all policies of the source, sorted, with former ids, remediation and what GitHub reads', () => {
    const rules = toSarif(resultOf([]), usual).log.runs[0]?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual(samplePolicies.map(({ id }) => id).toSorted());
    expect(rules.find(({ id }) => id === 'secretsmanager-no-public-access')).toMatchObject({
      name: 'SecretsmanagerNoPublicAccess',
      deprecatedIds: ['secretsmanager-not-public'],
      defaultConfiguration: { level: 'error' },
      properties: {
        precision: 'very-high',
        'security-severity': '9.5',
        'problem.severity': 'error',
        tags: ['security', 'rotation', 'aws-fsbp/SecretsManager.4'],
      },
    });
  });

  it('fence code that holds fences', () => {
    const rules = toSarif(resultOf([]), usual).log.runs[0]?.tool.driver.rules ?? [];
    expect(rules.find(({ id }) => id === 'secretsmanager-no-public-access')?.help.markdown).toContain('````hcl\n# ```\n');
  });

  const levels = [
    ['critical', 'error', '9.5'],
    ['high', 'error', '8.0'],
    ['medium', 'warning', '5.5'],
    ['low', 'note', '2.5'],
    ['info', 'note', '0.5'],
  ] as const;
  it.each(levels)('of severity %s: level %s, %s', (severity, level, score) => {
    const policies = samplePolicies.map((policy) => ({ ...policy, severity }));
    const [rule] = toSarif(resultOf([], { policies }), usual).log.runs[0]?.tool.driver.rules ?? [];
    expect(rule).toMatchObject({ defaultConfiguration: { level }, properties: { 'security-severity': score } });
  });

  it('are cut to what GitHub takes', () => {
    const policies = samplePolicies.map((policy) => ({
      ...policy,
      title: 't'.repeat(3_000),
      description: 'é'.repeat(3_000),
      tags: Array.from({ length: 30 }, (_, index) => `t${index}`),
    }));
    const { log } = toSarif(resultOf([liveFinding(interval, { name: 'x' }, failing)], { policies }), usual);
    expect(checkGithubProfile(log)).toEqual([]);
    expect(validate(log)).toEqual([]);
  });

  it('leave the policies out that mean nothing in the source', () => {
    const policies = samplePolicies.map((policy) =>
      policy.id === 'kms-key-rotates' ? { ...policy, sources: ['terraform' as const] } : policy,
    );
    const rules = toSarif(resultOf([], { policies }), usual).log.runs[0]?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).not.toContain('kms-key-rotates');
  });
});
