import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/engine/evaluate.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { loadPolicies } from '../../../src/policy/load-policies.ts';
import { selectPolicies } from '../../../src/policy/select-policies.ts';
import { encodeCollection } from '../../../src/sources/snapshot/encode-collection.ts';
import { read } from './read.ts';

const { policies } = loadPolicies(['policies'], { builtin: true });
const pack = selectPolicies(policies, { ids: [], tags: [], params: [] });

const head = `Parameters: { Env: { Type: String } }
Conditions: { IsProd: !Equals [!Ref Env, prod] }
Resources:
`;

async function judge(resources: string, policyId: string): Promise<readonly Finding[]> {
  const { scope } = await read(head + resources);
  const { findings } = evaluate({ scopes: [scope], provenance: {}, notes: [] }, pack, { now: Date.UTC(2026, 10, 25), detail: 'all' });
  return findings.filter((finding) => finding.policyId === policyId);
}

const rotating = (days: string): string => `  S:
    Type: AWS::SecretsManager::Secret
    Properties: { GenerateSecretString: {} }
  R:
    Type: AWS::SecretsManager::RotationSchedule
    Properties:
      SecretId: !Ref S
      RotationLambdaARN: arn:aws:lambda:eu-west-1:111122223333:function:r
      RotationRules:
        AutomaticallyAfterDays: ${days}
`;

const granting = (...actions: readonly string[]): string => `  P:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: p
      Roles: [some-role]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Action: !If [IsProd, ${actions.join(', ')}], Resource: '*' }
`;

describe('an attribute that differs between the branches of an open condition', () => {
  it.each([
    ['passes in both', '!If [IsProd, 30, 60]', 'pass'],
    ['fails in both', '!If [IsProd, 400, 500]', 'fail'],
    ['fails in one', '!If [IsProd, 400, 60]', 'unknown'],
    ['fails in one and is not known in the other', '!If [IsProd, 400, !ImportValue days]', 'unknown'],
    ['fails in both, with the branch within another', '!If [IsProd, !If [IsProd, 400, 1], 500]', 'fail'],
  ])('%s', async (_, days, status) => {
    const [finding, ...others] = await judge(rotating(days), 'secretsmanager-rotation-interval');
    expect(others).toEqual([]);
    expect(finding?.status).toBe(status);
  });

  it('says that it does not matter, and points at the attribute', async () => {
    const [finding] = await judge(rotating('!If [IsProd, 400, 500]'), 'secretsmanager-rotation-interval');
    expect(finding).toMatchObject({
      status: 'fail',
      message: expect.stringMatching(/ \(and fails however the condition IsProd turns out\)$/) as unknown,
      location: { file: 'template.yaml', startLine: 13 },
    });
    expect(finding?.status === 'fail' && finding.evidence.some(({ state }) => state === 'value')).toBe(true);
  });

  it.each([
    ['grants too much in both', ["'secretsmanager:*'", "['secretsmanager:*', 's3:Get*']"], 'fail'],
    ['grants too much in one', ["'secretsmanager:*'", "'s3:GetObject'"], 'unknown'],
    ['grants too much in none', ["'s3:PutObject'", "'s3:GetObject'"], undefined],
  ])('%s', async (_, actions, status) => {
    const open = (await judge(granting(...actions), 'iam-no-secretsmanager-wildcard')).filter(
      (finding) => finding.status === 'fail' || finding.status === 'unknown',
    );
    expect([...new Set(open.map((finding) => finding.status))]).toEqual(status === undefined ? [] : [status]);
  });

  it('makes another input of a template that differs in a branch alone', async () => {
    const encoded = async (days: string): Promise<string> => {
      const { scope } = await read(head + rotating(days));
      return JSON.stringify(encodeCollection({ scopes: [scope], provenance: {}, notes: [] }));
    };
    expect(await encoded('!If [IsProd, 400, 500]')).not.toBe(await encoded('!If [IsProd, 400, 60]'));
    expect(await encoded('!If [IsProd, 400, 500]')).toBe(await encoded('!If [IsProd, 400, 500]'));
  });
});
