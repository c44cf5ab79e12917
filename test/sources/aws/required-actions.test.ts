import { describe, expect, it } from 'vitest';
import { resourceTypes } from '../../../src/resources/index.ts';
import { commonFields } from '../../../src/resources/resource-type.ts';
import type { Shape } from '../../../src/resources/shape.ts';
import { collectors } from '../../../src/sources/aws/collectors.ts';
import { leastPrivilegePolicy } from '../../../src/sources/aws/least-privilege-policy.ts';
import { provenanceOf, typesListedBy } from '../../../src/sources/aws/needed-collectors.ts';
import { operationRates } from '../../../src/sources/aws/operations.ts';
import { requiredActions } from '../../../src/sources/aws/required-actions.ts';

const secret = 'AWS::SecretsManager::Secret';
const parameter = 'AWS::SSM::Parameter';
const key = 'AWS::KMS::Key';
const noFlags = { inspectValues: false, allKeys: false };

function needs(reads: { readonly [type: string]: readonly string[] }): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(Object.entries(reads).map(([type, paths]) => [type, new Set(paths)]));
}

describe('requiredActions', () => {
  it.each([
    ['nothing', {}, []],
    ['the list alone', { [secret]: ['rotation.enabled'] }, ['account:ListRegions', 'secretsmanager:ListSecrets']],
    [
      'a path below what a call provides',
      { [secret]: ['statements[].isPublic'] },
      ['account:ListRegions', 'secretsmanager:GetResourcePolicy', 'secretsmanager:ListSecrets'],
    ],
    [
      'a path above what calls provide',
      { [secret]: ['encryption'] },
      ['account:ListRegions', 'kms:DescribeKey', 'kms:GetKeyRotationStatus', 'secretsmanager:ListSecrets'],
    ],
    ['who manages a key', { [parameter]: ['encryption.manager'] }, ['account:ListRegions', 'kms:DescribeKey', 'ssm:DescribeParameters']],
    [
      'keys, which are found through secrets and parameters',
      { [key]: ['statements'] },
      ['account:ListRegions', 'kms:DescribeKey', 'kms:GetKeyPolicy', 'secretsmanager:ListSecrets', 'ssm:DescribeParameters'],
    ],
    [
      'environments, which come with the list',
      { 'AWS::Lambda::Function': ['environment'] },
      ['account:ListRegions', 'lambda:ListFunctions'],
    ],
    [
      'environments, which come with a call for each',
      { 'AWS::ECS::TaskDefinition': ['environment[].looksSecret'], 'AWS::CodeBuild::Project': ['name'] },
      ['account:ListRegions', 'codebuild:ListProjects', 'ecs:DescribeTaskDefinition', 'ecs:ListTaskDefinitionFamilies'],
    ],
    ['values, without the flag', { [parameter]: ['value.looksSecret'] }, ['account:ListRegions', 'ssm:DescribeParameters']],
    ['IAM, which has no regions', { 'AWS::IAM::Role': ['statements'] }, ['iam:GetAccountAuthorizationDetails']],
    ['a type that no collector reads', { 'AWS::S3::Bucket': ['name'] }, []],
  ])('%s', (_name, reads, actions) => {
    expect(requiredActions(needs(reads), noFlags)).toEqual(actions);
  });

  it('follows the flags', () => {
    const reads = needs({ [parameter]: ['value.looksSecret'], [key]: ['enabled'] });
    const added = (flags: { inspectValues: boolean; allKeys: boolean }) =>
      requiredActions(reads, flags).filter((action) => !requiredActions(reads, noFlags).includes(action));
    expect(added({ inspectValues: true, allKeys: false })).toEqual(['ssm:GetParameters']);
    expect(added({ inspectValues: false, allKeys: true })).toEqual(['kms:ListKeys']);
  });
});

describe('the declarations of the collectors', () => {
  it('there is one for each resource type that an account has', () => {
    const inAccount = resourceTypes.filter(({ shape }) =>
      Object.entries(shape.fields).some(([name, { sources }]) => !Object.hasOwn(commonFields, name) && (sources?.includes('aws') ?? true)),
    );
    expect(resourceTypes.filter((type) => !inAccount.includes(type)).map(({ name }) => name)).toEqual(['AWS::CloudFormation::Parameter']);
    expect(collectors.map(({ type }) => type).sort()).toEqual(inAccount.map(({ name }) => name).sort());
  });

  it('provide only paths that the types declare', () => {
    for (const { type, details } of collectors) {
      const shape = resourceTypes.find(({ name }) => name === type)?.shape;
      for (const path of details.flatMap(({ provides }) => provides)) {
        let at: Shape | undefined = shape;
        for (const name of path.split('.')) {
          const whole: Shape | undefined = at?.kind === 'list' ? at.element : at;
          at = whole?.kind === 'object' ? whole.fields[name]?.shape : undefined;
        }
        expect(at, `${type} ${path}`).toBeDefined();
      }
    }
  });

  it('name operations that have a rate', () => {
    for (const { base, details, source } of collectors) {
      for (const operation of [source, ...base.map((listing) => listing.operation), ...details.map((detail) => detail.operation)]) {
        expect(operationRates).toHaveProperty([operation]);
      }
    }
  });

  it('no operation returns the value of a secret', () => {
    expect(Object.keys(operationRates).filter((operation) => /GetSecret|BatchGetSecret/.test(operation))).toEqual([]);
  });
});

describe('provenanceOf', () => {
  it('gives every attribute a call, and the nearest one to those of a detail', () => {
    const provenance = provenanceOf(needs({ [secret]: ['statements'] }));
    expect(Object.keys(provenance)).toEqual([secret]);
    expect(provenance[secret]).toMatchObject({
      name: 'secretsmanager:ListSecrets',
      rotation: 'secretsmanager:ListSecrets',
      'rotation.pendingSince': 'secretsmanager:ListSecretVersionIds',
      statements: 'secretsmanager:GetResourcePolicy',
      'encryption.keyState': 'kms:DescribeKey',
      'encryption.keyRotationEnabled': 'kms:GetKeyRotationStatus',
    });
  });
});

describe('typesListedBy', () => {
  it('names the needed types that a list stands for', () => {
    expect(typesListedBy('secretsmanager:ListSecrets', needs({ [key]: ['enabled'] }))).toEqual([key]);
    expect(typesListedBy('secretsmanager:ListSecrets', needs({ [key]: ['enabled'], [secret]: ['name'] }))).toEqual([secret, key]);
  });
});

describe('leastPrivilegePolicy', () => {
  it('has one sorted statement a service', () => {
    const actions = ['ssm:DescribeParameters', 'kms:GetKeyPolicy', 'secretsmanager:ListSecrets', 'kms:DescribeKey', 'kms:DescribeKey'];
    expect(leastPrivilegePolicy(actions)).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'SealcheckKms', Effect: 'Allow', Action: ['kms:DescribeKey', 'kms:GetKeyPolicy'], Resource: '*' },
        { Sid: 'SealcheckSecretsmanager', Effect: 'Allow', Action: ['secretsmanager:ListSecrets'], Resource: '*' },
        { Sid: 'SealcheckSsm', Effect: 'Allow', Action: ['ssm:DescribeParameters'], Resource: '*' },
      ],
    });
  });

  it('is empty when nothing is needed', () => {
    expect(leastPrivilegePolicy([]).Statement).toEqual([]);
  });
});
