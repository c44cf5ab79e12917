import { describe, expect, it } from 'vitest';
import { countOfType, shortTypeName, typeSegments } from '../../src/reporters/type-name.ts';

const types: readonly (readonly [type: string, short: string, three: string, segments: string])[] = [
  ['AWS::SecretsManager::Secret', 'secret', '3 secrets', 'secretsmanager/secret'],
  ['AWS::SSM::Parameter', 'SSM parameter', '3 SSM parameters', 'ssm/parameter'],
  ['AWS::KMS::Key', 'KMS key', '3 KMS keys', 'kms/key'],
  ['AWS::IAM::ManagedPolicy', 'IAM managed policy', '3 IAM managed policies', 'iam/managedpolicy'],
  ['AWS::RDS::DBInstance', 'RDS instance', '3 RDS instances', 'rds/dbinstance'],
  ['AWS::DocDB::DBCluster', 'DocumentDB cluster', '3 DocumentDB clusters', 'docdb/dbcluster'],
  ['AWS::Events::Rule', 'EventBridge rule', '3 EventBridge rules', 'events/rule'],
  ['AWS::CloudTrail::Trail', 'CloudTrail trail', '3 CloudTrail trails', 'cloudtrail/trail'],
  ['AWS::::Account', 'account', '3 accounts', 'account/account'],
];

describe('type names', () => {
  it.each(types)('%s', (type, short, three, segments) => {
    expect(shortTypeName(type)).toBe(short);
    expect(countOfType(3, type)).toBe(three);
    expect(countOfType(1, type)).toBe(`1 ${short}`);
    expect(typeSegments(type).join('/')).toBe(segments);
  });
});
