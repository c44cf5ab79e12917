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
  /** Functions that rotate secrets, of the account and region; each exists. Left out: none. */
  readonly rotationFunctions?: number;
  readonly parameters: number;
  /** Those of the Advanced tier, whose resource policies are asked for. Left out: none. */
  readonly advancedParameters?: number;
  /** Customer managed keys that encrypt a secret or parameter. */
  readonly keysInUse: number;
  /** Trails that record in the region. Left out: none. */
  readonly trails?: number;
  /** Rules of the default bus. Left out: none. */
  readonly rules?: number;
  /** Those that are on and cover an event of secrets, whose targets are asked for. Left out: none. */
  readonly rulesOnSecrets?: number;
  /** Alarms on a metric. Left out: none. */
  readonly alarms?: number;
  /** Functions of Lambda. Left out: none. */
  readonly functions?: number;
  /** Families of ECS task definitions. Left out: none. */
  readonly taskFamilies?: number;
  /** Build projects. Left out: none. */
  readonly buildProjects?: number;
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
    'lambda:GetFunctionConfiguration': facts.rotationFunctions ?? 0,
    'lambda:GetPolicy': facts.rotationFunctions ?? 0,
    'ssm:DescribeParameters': pages(facts.parameters, 50),
    'ssm:GetResourcePolicies': facts.advancedParameters ?? 0,
    'kms:DescribeKey': facts.keysInUse,
    'kms:GetKeyRotationStatus': facts.keysInUse,
    'kms:GetKeyPolicy': facts.keysInUse,
    'cloudtrail:DescribeTrails': 1,
    'cloudtrail:GetTrailStatus': facts.trails ?? 0,
    'cloudtrail:GetEventSelectors': facts.trails ?? 0,
    'events:ListRules': pages(facts.rules ?? 0, 100),
    'events:ListTargetsByRule': facts.rulesOnSecrets ?? 0,
    'cloudwatch:DescribeAlarms': pages(facts.alarms ?? 0, 100),
    'lambda:ListFunctions': pages(facts.functions ?? 0, 50),
    'ecs:ListTaskDefinitionFamilies': pages(facts.taskFamilies ?? 0, 100),
    'ecs:DescribeTaskDefinition': facts.taskFamilies ?? 0,
    // One page of each where there is none, as in the account of the benchmark.
    'ec2:DescribeInstances': 1,
    'ec2:DescribeLaunchTemplates': 1,
    'rds:DescribeDBInstances': 1,
    'rds:DescribeDBClusters': 1,
    'redshift:DescribeClusters': 1,
    'codebuild:ListProjects': pages(facts.buildProjects ?? 0, 100),
    'codebuild:BatchGetProjects': Math.ceil((facts.buildProjects ?? 0) / 100),
    'iam:GetAccountAuthorizationDetails': pages(facts.iamEntries, 1000),
  };
  return Object.fromEntries(Object.entries(calls).filter(([, count]) => count > 0));
}

/** How many resources of a type there are. */
export function countOf(resources: readonly Resource[], type: string): number {
  return resources.filter((resource) => resource.type === type).length;
}
