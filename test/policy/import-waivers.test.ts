import { describe, expect, it } from 'vitest';
import { findSuppressions } from '../../src/policy/waivers/find-suppressions.ts';
import { parseWaivers } from '../../src/policy/waivers/load-waivers.ts';
import { proposeWaivers } from '../../src/policy/waivers/propose-waivers.ts';
import { loadPolicies } from '../../src/policy/load-policies.ts';

const { policies } = loadPolicies(['policies'], { builtin: true });

describe('suppressions of other tools', () => {
  const cases: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    [
      'checkov in a block',
      'resource "aws_kms_key" "k" {\n  # checkov:skip=CKV_AWS_7:the vendor rotates\n}',
      ['2 checkov CKV_AWS_7 aws_kms_key.k: the vendor rotates'],
    ],
    [
      'several of checkov',
      'resource "a" "b" {\n  #checkov:skip=CKV_AWS_7,CKV_AWS_33: why\n}',
      ['2 checkov CKV_AWS_7 a.b: why', '2 checkov CKV_AWS_33 a.b: why'],
    ],
    [
      'tfsec above a block',
      '#tfsec:ignore:aws-kms-auto-rotate-keys\nresource "aws_kms_key" "k" {\n}',
      ['1 tfsec aws-kms-auto-rotate-keys aws_kms_key.k: '],
    ],
    ['trivy on the header', 'resource "aws_kms_key" "k" { #trivy:ignore:AVD-AWS-0065\n}', ['1 trivy AVD-AWS-0065 aws_kms_key.k: ']],
    ['checkov in a template', 'Resources:\n  Key:\n    # checkov:skip=CKV_AWS_7\n    Type: AWS::KMS::Key', ['3 checkov CKV_AWS_7 Key: ']],
    [
      'cfn-nag',
      'Resources:\n  Key:\n    Metadata:\n      cfn_nag:\n        rules_to_suppress:\n          - id: F19\n            reason: vendor\n    Type: AWS::KMS::Key',
      ['5 cfn-nag F19 Key: vendor'],
    ],
    [
      'cdk-nag, in JSON',
      JSON.stringify(
        { Resources: { Key: { Metadata: { cdk_nag: { rules_to_suppress: [{ reason: 'x', id: 'AwsSolutions-KMS5' }] } } } } },
        null,
        1,
      ),
      ['6 cdk-nag AwsSolutions-KMS5 Key: x'],
    ],
    [
      'cfn-guard',
      'Resources:\n  S:\n    Metadata:\n      guard:\n        SuppressedRules:\n          - SECRETSMANAGER_USING_CMK\n',
      ['5 cfn-guard SECRETSMANAGER_USING_CMK S: '],
    ],
    ['none in a text', 'a = "checkov:skip=CKV_AWS_7"', []],
  ];
  it.each(cases)('%s', (_name, text, expected) => {
    const found = findSuppressions(text).map(
      ({ line, tool, check, address, reason }) => `${line} ${tool} ${check} ${address ?? '?'}: ${reason}`,
    );
    expect(found).toEqual(expected);
  });
});

it('proposals name our policies, and are no waivers before somebody has filled them in', () => {
  const found = findSuppressions(
    'resource "aws_secretsmanager_secret" "s" {\n  # checkov:skip=CKV_AWS_149:vendor "key"\n  # checkov:skip=CKV_AWS_1\n}',
  ).map((one) => ({
    ...one,
    file: 'main.tf',
  }));
  const text = proposeWaivers(found, policies, '2026-01-01');
  expect(text).toContain('# main.tf:2: checkov CKV_AWS_149\n');
  expect(text).toContain('# main.tf:3: checkov CKV_AWS_1 has no policy here');
  const rules = { maxDays: 365, policyIds: policies.map(({ id }) => id) };
  const empty = parseWaivers('w.yaml', text, rules);
  expect(empty.waivers).toEqual([]);
  expect(empty.diagnostics.map(({ message }) => message)).toEqual(['expected a text', 'expected a text']);
  const filled = text.replace('owner:', 'owner: team').replace('expires:', 'expires: 2026-06-30');
  expect(parseWaivers('w.yaml', filled, rules)).toMatchObject({
    diagnostics: [],
    waivers: [
      {
        target: { policies: ['secretsmanager-customer-managed-key'], match: { address: 'aws_secretsmanager_secret.s' } },
        reason: 'vendor "key"',
      },
    ],
  });
});
