import type { Finding } from '../../src/model/finding.ts';
import { sha256 } from '../../src/engine/identity.ts';
import { samplePolicies } from './sample-policies.ts';

const arnKinds: { readonly [type: string]: readonly [service: string, prefix: string] } = {
  'AWS::SecretsManager::Secret': ['secretsmanager', 'secret:'],
  'AWS::SSM::Parameter': ['ssm', 'parameter/'],
  'AWS::KMS::Key': ['kms', 'key/'],
  'AWS::IAM::Role': ['iam', 'role/'],
  'AWS::IAM::User': ['iam', 'user/'],
};

export interface LiveTarget {
  readonly type?: string;
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
}

type Verdict = Finding extends infer F
  ? F extends Finding
    ? Omit<F, 'id' | 'policyId' | 'severity' | 'scope' | 'resource'>
    : never
  : never;

/** A finding about a live resource; identity as the engine makes it, short of the partition. */
export function liveFinding(policyId: string, target: LiveTarget, verdict: Verdict): Finding {
  const { type = 'AWS::SecretsManager::Secret', name, account = '123456789012', region = 'us-east-1' } = target;
  const [service = 'x', prefix = ''] = arnKinds[type] ?? [];
  const severity = samplePolicies.find(({ id }) => id === policyId)?.severity ?? 'high';
  const id = `f1_${sha256(JSON.stringify([policyId, 'aws', account, region, type, name, verdict.itemKey ?? null])).slice(0, 32)}`;
  const address = `arn:aws:${service}:${region === 'global' ? '' : region}:${account}:${prefix}${name}`;
  return { id, policyId, severity, scope: `aws/${account}/${region}`, resource: { type, address, name, account, region }, ...verdict };
}

/** A finding about a block of infrastructure code. */
export function codeFinding(policyId: string, address: string, file: string | undefined, startLine: number, verdict: Verdict): Finding {
  const severity = samplePolicies.find(({ id }) => id === policyId)?.severity ?? 'high';
  const id = `f1_${sha256(JSON.stringify([policyId, 'iac', 'infra', address, verdict.itemKey ?? null])).slice(0, 32)}`;
  const location =
    file === undefined
      ? {}
      : {
          location: {
            file,
            startLine,
            startColumn: 1,
            endLine: startLine + 2,
            endColumn: 2,
            lineHash: `${sha256(`${file}:${startLine}`).slice(0, 16)}:1`,
          },
        };
  const resource = { type: 'AWS::SecretsManager::Secret', address, name: address };
  return { id, policyId, severity, scope: 'terraform/infra', resource, ...location, ...verdict };
}
