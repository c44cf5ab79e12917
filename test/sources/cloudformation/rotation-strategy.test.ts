import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/model/resource.ts';
import { Unknown } from '../../../src/model/unknown.ts';
import { verdictsOf } from '../../remediations/remedies.ts';
import { read } from './read.ts';

const policy = 'secretsmanager-rotation-uses-alternating-users';
const arnOf = (name: string): string => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;

/** A secret with a rotation, and what may be around them. */
const rotated = (rotation: string, more = ''): string =>
  `Transform: AWS::SecretsManager-2024-09-16
Parameters: { Kind: { Type: String }, Arn: { Type: String } }
Conditions: { C: !Equals [!Ref Kind, x] }
Mappings:
  Apps:
    aws: { id: 'arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSMySQLRotationMultiUser', other: a }
    aws-cn: { id: 'arn:aws-cn:serverlessrepo:cn-north-1:193023089310:applications/SecretsManagerRDSMySQLRotationMultiUser', other: b }
Resources:
  S: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: {} } }
  Owner: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: {} } }
  R: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: !Ref S, ${rotation} } }
${more}`;

async function find(text: string, address = 'S'): Promise<Resource | undefined> {
  const { scope } = await read(text);
  return scope.resources.find((resource) => resource.address === address);
}

const application = (location: string, parameters = '{}'): string =>
  `  App: { Type: 'AWS::Serverless::Application', Properties: { Location: ${location}, Parameters: ${parameters} } }\n`;
const ofApplication = 'RotationLambdaARN: !GetAtt App.Outputs.RotationLambdaARN';
const singleUser = '297356227824:applications/SecretsManagerRDSMySQLRotationSingleUser';

describe('the strategy of a rotation', () => {
  it.each<[string, string, string, unknown]>([
    ['a hosted function', 'HostedRotationLambda: { RotationType: MySQLMultiUser }', '', 'alternating-users'],
    ['a hosted function of one user', 'HostedRotationLambda: { RotationType: PostgreSQLSingleUser }', '', 'single-user'],
    ['a hosted function by a parameter', 'HostedRotationLambda: { RotationType: !Ref Kind }', '', expect.any(Unknown)],
    ['a hosted function of another kind', 'HostedRotationLambda: { RotationType: Other }', '', undefined],
    ['the ARN of a function', `RotationLambdaARN: '${arnOf('SecretsManagerRDSMySQLRotationSingleUser')}'`, '', 'single-user'],
    ['the ARN of a function of any name', `RotationLambdaARN: '${arnOf('rotate')}'`, '', expect.any(Unknown)],
    ['a parameter', 'RotationLambdaARN: !Ref Arn', '', expect.any(Unknown)],
    [
      'a function by its name',
      'RotationLambdaARN: !GetAtt F.Arn',
      '  F: { Type: AWS::Lambda::Function, Properties: { FunctionName: mysql-multi-user } }\n',
      'alternating-users',
    ],
    [
      'a function by its logical id',
      'RotationLambdaARN: !GetAtt MySQLSingleUser.Arn',
      '  MySQLSingleUser: { Type: AWS::Lambda::Function }\n',
      'single-user',
    ],
    [
      'a function by its description',
      'RotationLambdaARN: !GetAtt F.Arn',
      "  F: { Type: AWS::Serverless::Function, Properties: { Description: 'Postgres, single user' } }\n",
      'single-user',
    ],
    [
      'a function by its tags',
      'RotationLambdaARN: !GetAtt F.Arn',
      `  F: { Type: AWS::Lambda::Function, Properties: { Tags: [{ Key: 'serverlessrepo:applicationId', Value: '${singleUser}' }] } }\n`,
      'single-user',
    ],
    [
      'a function of which nothing says it',
      'RotationLambdaARN: !GetAtt F.Arn',
      '  F: { Type: AWS::Lambda::Function, Properties: { FunctionName: rotate } }\n',
      undefined,
    ],
    [
      'a function with a name from a parameter',
      'RotationLambdaARN: !GetAtt F.Arn',
      '  F: { Type: AWS::Lambda::Function, Properties: { FunctionName: !Ref Kind } }\n',
      expect.any(Unknown),
    ],
    [
      'an application of AWS',
      ofApplication,
      application(`{ ApplicationId: 'arn:aws:serverlessrepo:us-east-1:${singleUser}', SemanticVersion: 1.1.0 }`),
      'single-user',
    ],
    [
      'an application by the partition, as the CDK writes it',
      ofApplication,
      application('{ ApplicationId: !FindInMap [Apps, !Ref AWS::Partition, id], SemanticVersion: 1.1.0 }'),
      'alternating-users',
    ],
    [
      'an application by a map of other texts',
      ofApplication,
      application('{ ApplicationId: !FindInMap [Apps, !Ref AWS::Partition, other] }'),
      expect.any(Unknown),
    ],
    [
      'an application by a map that is not there',
      ofApplication,
      application('{ ApplicationId: !FindInMap [None, !Ref AWS::Partition, id] }'),
      expect.any(Unknown),
    ],
    ['an application by a parameter', ofApplication, application('{ ApplicationId: !Ref Arn }'), expect.any(Unknown)],
    [
      'an application that is given a superuser',
      ofApplication,
      application('./local.yaml', '{ superuserSecretArn: !Ref Owner }'),
      'alternating-users',
    ],
    ['an application of code of its own', ofApplication, application('./local.yaml'), expect.any(Unknown)],
    ['managed rotation', 'RotationRules: { AutomaticallyAfterDays: 30 }', '', undefined],
  ])('%s', async (_name, rotation, more, expected) => {
    const found = (await find(rotated(rotation, more)))?.attributes['rotation'] as { readonly strategy?: unknown };
    expect(found.strategy).toEqual(expected);
    expect('strategy' in found).toBe(expected !== undefined);
  });

  it('is open where a condition leaves it open', async () => {
    const text = rotated('HostedRotationLambda: !If [C, { RotationType: MySQLMultiUser }, { RotationType: MySQLSingleUser }]');
    expect((await find(text))?.attributes['rotation']).toMatchObject({ strategy: expect.any(Unknown) as unknown });
    const { scope } = await read(text);
    expect(verdictsOf(scope, policy, 'S')).toEqual([expect.stringMatching(/^unknown: rotation\.strategy /)]);
  });

  it('stands where the function is chosen', async () => {
    const line = (resource: Resource | undefined): unknown => {
      const found = resource?.locate?.('rotation.strategy');
      return found && [found.startLine, found.address];
    };
    const hosted = rotated('\n    HostedRotationLambda: {\n      RotationType: MySQLSingleUser } ');
    expect(line(await find(hosted))).toEqual([13, 'R']);
    expect(line(await find(rotated(`\n    RotationLambdaARN: '${arnOf('mysql-single-user')}'`)))).toEqual([12, 'R']);
  });
});

describe('the secret of a superuser', () => {
  const alternating = 'HostedRotationLambda: { RotationType: MySQLMultiUser, SuperuserSecretArn: !Ref Owner }';
  it.each<[string, string, string, boolean]>([
    ['by which a hosted function alternates users', alternating, '', true],
    ['of which an older one does', 'HostedRotationLambda: { RotationType: MySQLMultiUser, MasterSecretArn: !Ref Owner }', '', true],
    ['by which an application does', ofApplication, application('./local.yaml', '{ masterSecretArn: !Ref Owner }'), true],
    [
      'from which a database has its password',
      'RotationRules: {}',
      "  Db: { Type: AWS::RDS::DBInstance, Properties: { MasterUserPassword: !Sub '{{resolve:secretsmanager:${Owner}:SecretString:password}}' } }\n",
      true,
    ],
    [
      'from which a database has its user, by way of the attachment',
      'RotationRules: {}',
      `  A: { Type: AWS::SecretsManager::SecretTargetAttachment, Properties: { SecretId: !Ref Owner, TargetId: x, TargetType: AWS::RDS::DBInstance } }
  Db: { Type: AWS::DocDB::DBCluster, Properties: { MasterUsername: !Join ['', ['{{resolve:secretsmanager:', !Ref A, ':SecretString:username}}']] } }\n`,
      true,
    ],
    [
      'that a function reads is none',
      'RotationRules: {}',
      "  F: { Type: AWS::Lambda::Function, Properties: { Environment: { Variables: { MasterUserPassword: !Sub '{{resolve:secretsmanager:${Owner}}}' } } } }\n",
      false,
    ],
    ['that nothing uses is none', 'RotationRules: {}', '', false],
  ])('%s', async (_name, rotation, more, expected) => {
    expect((await find(rotated(rotation, more), 'Owner'))?.attributes['superuser']).toBe(expected);
  });

  it.each<[string, string, boolean]>([
    ['DbAdmin', '{}', true],
    ['Db', '{ Name: orders/master }', true],
    ['Db', '{ Name: orders/app }', false],
    ['Db', '{ Name: !Ref X }', false],
  ])('%s %s by its name', async (id, properties, expected) => {
    const text = `Resources: { ${id}: { Type: 'AWS::SecretsManager::Secret', Properties: ${properties} } }\n`;
    expect((await find(text, id))?.attributes['superuser']).toBe(expected);
  });

  it('is not known of a secret outside of the template', async () => {
    const text =
      "Resources: { R: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: db, HostedRotationLambda: { RotationType: MySQLSingleUser } } } }\n";
    const { scope } = await read(text);
    expect(scope.resources[0]?.attributes).toMatchObject({
      superuser: expect.any(Unknown) as unknown,
      rotation: { strategy: 'single-user' },
    });
    expect(verdictsOf(scope, policy)).toEqual([]);
  });
});

it('the policy blames one user, and not the superuser by whom another alternates', async () => {
  const { scope } = await read(
    rotated(
      'HostedRotationLambda: { RotationType: MySQLMultiUser, SuperuserSecretArn: !Ref Owner }',
      `  OfOwner: { Type: AWS::SecretsManager::RotationSchedule, Properties: { SecretId: !Ref Owner, HostedRotationLambda: { RotationType: MySQLSingleUser } } }
  App: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: {} } }
  OfApp: { Type: AWS::SecretsManager::RotationSchedule, Properties: { SecretId: !Ref App, HostedRotationLambda: { RotationType: MySQLSingleUser } } }
  Token: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: {} } }
  F: { Type: AWS::Lambda::Function, Properties: { FunctionName: rotate-token } }
  OfToken: { Type: AWS::SecretsManager::RotationSchedule, Properties: { SecretId: !Ref Token, RotationLambdaARN: !GetAtt F.Arn } }
`,
    ),
  );
  const verdicts = ['S', 'Owner', 'App', 'Token'].map((address) => [address, ...verdictsOf(scope, policy, address)]);
  expect(verdicts).toEqual([
    ['S', 'pass'],
    ['Owner'],
    ['App', 'fail: App rotates the password of one user, so that sign-ins fail until all who use it have read the new one'],
    ['Token'],
  ]);
});
