import type { Resource } from '../src/model/resource.ts';

/** What the number of calls follows from, for one account and region. */
export interface CallFacts {
  readonly secrets: number;
  /** Secrets whose resource policy is asked for: neither replicas nor scheduled for deletion. */
  readonly secretsWithPolicyCall: number;
  /** Primaries: of those with replicas the keys of these are asked for. Left out: none. */
  readonly replicatedSecrets?: number;
  /** Secrets whose dates leave open when the value was set. */
  readonly ambiguousSecrets: number;
  readonly parameters: number;
  /** Customer managed keys that encrypt a secret or parameter. */
  readonly keysInUse: number;
  /** Entries that GetAccountAuthorizationDetails pages over. */
  readonly iamEntries: number;
}

const pages = (count: number, size: number): number => Math.max(1, Math.ceil(count / size));

/**
 * Calls of a scan with the built-in pack, by operation: the formula of docs/performance.md. Nothing depends on the
 * number of keys that encrypt nothing, and no value is read.
 */
export function expectedCalls(facts: CallFacts): Readonly<Record<string, number>> {
  const calls = {
    'sts:GetCallerIdentity': 1,
    'account:ListRegions': 1,
    'secretsmanager:ListSecrets': pages(facts.secrets, 100),
    'secretsmanager:GetResourcePolicy': facts.secretsWithPolicyCall,
    'secretsmanager:DescribeSecret': facts.replicatedSecrets ?? 0,
    'secretsmanager:ListSecretVersionIds': facts.ambiguousSecrets,
    'ssm:DescribeParameters': pages(facts.parameters, 50),
    'kms:DescribeKey': facts.keysInUse,
    'kms:GetKeyRotationStatus': facts.keysInUse,
    'kms:GetKeyPolicy': facts.keysInUse,
    'iam:GetAccountAuthorizationDetails': pages(facts.iamEntries, 1000),
  };
  return Object.fromEntries(Object.entries(calls).filter(([, count]) => count > 0));
}

/** How many resources of a type there are. */
export function countOf(resources: readonly Resource[], type: string): number {
  return resources.filter((resource) => resource.type === type).length;
}
