import { describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/model/unknown.ts';
import type { TemplateParameterAttributes } from '../../../src/resources/cloudformation-parameter.ts';
import type { TemplateOptions } from '../../../src/sources/cloudformation/index.ts';
import { verdictsOf } from '../../remediations/remedies.ts';
import { read } from './read.ts';

const policy = 'cloudformation-parameter-no-echo';

async function parametersOf(
  text: string,
  options: Partial<TemplateOptions> = {},
): Promise<{ readonly [name: string]: TemplateParameterAttributes }> {
  const { scope } = await read(text, options);
  const found = scope.resources.filter(({ type }) => type === 'AWS::CloudFormation::Parameter');
  return Object.fromEntries(found.map(({ address, attributes }) => [address, attributes as unknown as TemplateParameterAttributes]));
}

/** A template with the parameters P and Q, and one resource. */
const using = (type: string, properties: string): string =>
  `Parameters: { P: { Type: String }, Q: { Type: String }, DbPass: { Type: String } }
Conditions: { C: !Equals [!Ref Q, x] }
Resources:
  Other: { Type: 'AWS::SecretsManager::Secret' }
  It:
    Type: ${type}
    Properties: ${properties}
`;

async function usesOf(type: string, properties: string, name = 'P'): Promise<readonly string[]> {
  const { uses } = (await parametersOf(using(type, properties)))[name] as { uses: readonly { property: string; as: string }[] };
  return uses.map(({ property, as }) => `${property}: ${as}`);
}

describe('what a property takes', () => {
  it.each<[string, string, string, string[]]>([
    ['a master password', 'AWS::RDS::DBInstance', '{ MasterUserPassword: !Ref P }', ['MasterUserPassword: credential']],
    ['the name of a user', 'AWS::RDS::DBInstance', '{ MasterUsername: !Ref P }', ['MasterUsername: other']],
    [
      'a switch called after a password',
      'AWS::RDS::DBInstance',
      '{ ManageMasterUserPassword: !Ref P }',
      ['ManageMasterUserPassword: other'],
    ],
    ['a branch', 'AWS::RDS::DBInstance', '{ MasterUserPassword: !If [C, !Ref P, x] }', ['MasterUserPassword: credential']],
    ['the other branch', 'AWS::RDS::DBInstance', '{ MasterUserPassword: !If [C, x, !Ref P] }', ['MasterUserPassword: credential']],
    ['a part of a text', 'AWS::RDS::DBInstance', "{ MasterUserPassword: !Sub 'x${P}' }", ['MasterUserPassword: credential']],
    [
      'a variable of a Sub',
      'AWS::RDS::DBInstance',
      "{ MasterUserPassword: !Sub ['${V}', { V: !Ref P }] }",
      ['MasterUserPassword: credential'],
    ],
    ['a Join', 'AWS::RDS::DBInstance', "{ MasterUserPassword: !Join ['', [x, !Ref P]] }", ['MasterUserPassword: credential']],
    [
      'an element of a list',
      'AWS::RDS::DBInstance',
      "{ MasterUserPassword: !Select [0, !Split [',', !Ref P]] }",
      ['MasterUserPassword: credential'],
    ],
    ['the index of an element', 'AWS::RDS::DBInstance', '{ MasterUserPassword: !Select [!Ref P, [a, b]] }', []],
    ['the key of a map', 'AWS::RDS::DBInstance', '{ MasterUserPassword: !FindInMap [M, !Ref P, x] }', []],
    ['the name of an export', 'AWS::RDS::DBInstance', '{ MasterUserPassword: !ImportValue { Ref: P } }', []],
    [
      'what a macro is given',
      'AWS::RDS::DBInstance',
      '{ MasterUserPassword: { Fn::Transform: { Name: M, Parameters: { X: !Ref P } } } }',
      ['MasterUserPassword: credential'],
    ],
    [
      'a part of a dynamic reference',
      'AWS::RDS::DBInstance',
      "{ MasterUserPassword: !Sub '{{resolve:secretsmanager:${P}:SecretString:password}}' }",
      ['MasterUserPassword: name'],
    ],
    [
      'a dynamic reference in parts',
      'AWS::RDS::DBInstance',
      "{ MasterUserPassword: !Join ['', ['{{resolve:secretsmanager:', !Ref P, ':SecretString:password}}']] }",
      ['MasterUserPassword: name'],
    ],
    [
      'beside a dynamic reference',
      'AWS::RDS::DBInstance',
      "{ MasterUserPassword: !Sub '{{resolve:ssm:/salt}}${P}' }",
      ['MasterUserPassword: credential'],
    ],
    ['the value of a secret', 'AWS::SecretsManager::Secret', '{ SecretString: !Ref P }', ['SecretString: credential']],
    [
      'the password in the value of a secret',
      'AWS::SecretsManager::Secret',
      `{ SecretString: !Sub '{"username": "app", "password": "\${P}"}' }`,
      ['SecretString: credential'],
    ],
    [
      'the user in the value of a secret',
      'AWS::SecretsManager::Secret',
      `{ SecretString: !Sub '{"username": "\${P}", "password": "\${Q}"}' }`,
      ['SecretString: other'],
    ],
    [
      'a value that is a map',
      'AWS::SecretsManager::Secret',
      '{ SecretString: { Fn::ToJsonString: { username: !Ref Q, password: !Ref P } } }',
      ['SecretString.password: credential'],
    ],
    [
      'the template of a generated value',
      'AWS::SecretsManager::Secret',
      `{ GenerateSecretString: { SecretStringTemplate: !Sub '{"username": "\${P}"}' } }`,
      ['GenerateSecretString.SecretStringTemplate: other'],
    ],
    ['the name of a secret', 'AWS::SecretsManager::Secret', '{ Name: !Ref P }', ['Name: name']],
    [
      'a text beside one that says what it is',
      'AWS::SecretsManager::Secret',
      "{ SecretString: !Sub '${P}-${DbPass}' }",
      ['SecretString: other'],
    ],
    [
      'a text of two, of which none says what it is',
      'AWS::SecretsManager::Secret',
      "{ SecretString: !Sub '${P}-${Q}' }",
      ['SecretString: credential'],
    ],
    ['a SecureString', 'AWS::SSM::Parameter', '{ Type: SecureString, Name: /app/salt, Value: !Ref P }', ['Value: credential']],
    [
      'a String of that name',
      'AWS::SSM::Parameter',
      "{ Type: String, Name: !Sub '/${Q}/db/password', Value: !Ref P }",
      ['Value: credential'],
    ],
    ['a String of another', 'AWS::SSM::Parameter', '{ Type: String, Name: /app/level, Value: !Ref P }', ['Value: other']],
    ['a String of a made-up name', 'AWS::SSM::Parameter', '{ Type: String, Value: !Ref P }', ['Value: other']],
    [
      'a variable of a function',
      'AWS::Lambda::Function',
      '{ Environment: { Variables: { DB_PASSWORD: !Ref P } } }',
      ['Environment.Variables.DB_PASSWORD: credential'],
    ],
    [
      'a variable for an ARN',
      'AWS::Lambda::Function',
      '{ Environment: { Variables: { DB_SECRET_ARN: !Ref P } } }',
      ['Environment.Variables.DB_SECRET_ARN: name'],
    ],
    ['a setting', 'AWS::Lambda::Function', '{ Environment: { Variables: { LEVEL: !Ref P } } }', ['Environment.Variables.LEVEL: other']],
    [
      'the address of a database with its password',
      'AWS::Lambda::Function',
      "{ Environment: { Variables: { DB_URL: !Sub 'postgres://app:${P}@db/orders' } } }",
      ['Environment.Variables.DB_URL: credential'],
    ],
    [
      'the host of that address',
      'AWS::Lambda::Function',
      "{ Environment: { Variables: { DB: !Sub 'postgres://app@${P}:5432/orders' } } }",
      ['Environment.Variables.DB: other'],
    ],
    [
      'a variable of a container',
      'AWS::ECS::TaskDefinition',
      '{ ContainerDefinitions: [{ Name: web, Environment: [{ Name: API_TOKEN, Value: !Ref P }] }] }',
      ['ContainerDefinitions.0.Environment.0.Value: credential'],
    ],
    [
      'where a container reads a secret',
      'AWS::ECS::TaskDefinition',
      '{ ContainerDefinitions: [{ Name: web, Secrets: [{ Name: API_TOKEN, ValueFrom: !Ref P }] }] }',
      ['ContainerDefinitions.0.Secrets.0.ValueFrom: name'],
    ],
    [
      'an option of Beanstalk',
      'AWS::ElasticBeanstalk::Environment',
      '{ OptionSettings: [{ Namespace: aws:rds:dbinstance, OptionName: DBPassword, Value: !Ref P }] }',
      ['OptionSettings.0.Value: credential'],
    ],
    ['a tag', 'AWS::S3::Bucket', '{ Tags: [{ Key: password, Value: !Ref P }] }', ['Tags.0.Value: other']],
    ['the key of an API', 'AWS::ApiGateway::ApiKey', '{ Name: partner, Value: !Ref P }', ['Value: credential']],
    [
      'a parameter of a nested stack',
      'AWS::CloudFormation::Stack',
      '{ Parameters: { DbPassword: !Ref P, DbName: !Ref Q } }',
      ['Parameters.DbPassword: credential'],
    ],
    ['a custom resource', 'Custom::User', '{ Password: !Ref P }', ['Password: credential']],
    [
      'a token for a pipeline',
      'AWS::CodePipeline::Webhook',
      '{ AuthenticationConfiguration: { SecretToken: !Ref P } }',
      ['AuthenticationConfiguration.SecretToken: credential'],
    ],
    ['a script', 'AWS::EC2::Instance', "{ UserData: { Fn::Base64: !Sub 'echo ${P}' } }", ['UserData: other']],
    [
      'a script that sets it',
      'AWS::EC2::Instance',
      "{ UserData: { Fn::Base64: !Sub 'export DB_PASSWORD=${P}' } }",
      ['UserData: credential'],
    ],
    [
      'a script that sets where it is',
      'AWS::EC2::Instance',
      '{ UserData: { Fn::Base64: !Sub \'export SECRET_ARN="${P}"\' } }',
      ['UserData: name'],
    ],
    ['a key pair', 'AWS::EC2::Instance', '{ KeyName: !Ref P }', ['KeyName: name']],
    [
      'a resource of a statement',
      'AWS::IAM::ManagedPolicy',
      '{ PolicyDocument: { Statement: [{ Resource: !Ref P }] } }',
      ['PolicyDocument.Statement.0.Resource: name'],
    ],
    [
      'an ARN',
      'AWS::IAM::ManagedPolicy',
      "{ PolicyDocument: { Statement: [{ Condition: { ArnLike: { 'aws:X': !Sub 'arn:aws:secretsmanager:*:*:secret:${P}' } } }] } }",
      ['PolicyDocument.Statement.0.Condition.ArnLike.aws:X: name'],
    ],
    ['the key of a project', 'AWS::CodeBuild::Project', '{ EncryptionKey: !Ref P }', ['EncryptionKey: name']],
    [
      'the role of an integration',
      'AWS::ApiGateway::Method',
      '{ Integration: { Credentials: !Ref P } }',
      ['Integration.Credentials: name'],
    ],
    ['the rotation of a secret', 'AWS::SecretsManager::RotationSchedule', '{ SecretId: !Ref P }', ['SecretId: name']],
    ['a name that nobody should see', 'Custom::It', '{ "a b": { Password: !Ref P } }', ['(…).Password: credential']],
    ['nothing', 'AWS::S3::Bucket', '{ BucketName: x }', []],
  ])('%s', async (_name, type, properties, expected) => {
    expect(await usesOf(type, properties)).toEqual(expected);
  });

  it('does not tell a Ref of a resource from nothing', async () => {
    expect(await usesOf('AWS::RDS::DBInstance', '{ MasterUserPassword: !Ref Other }')).toEqual([]);
  });

  it('is the same in both places of one text', async () => {
    expect(await usesOf('AWS::RDS::DBInstance', "{ MasterUserPassword: !Sub '${P}${P}' }")).toEqual(['MasterUserPassword: credential']);
  });

  it('follows loops and the globals of SAM', async () => {
    const { Pw, Token } = await parametersOf(`Transform: [AWS::Serverless-2016-10-31, AWS::LanguageExtensions]
Parameters: { Pw: { Type: String }, Token: { Type: String } }
Globals: { Function: { Environment: { Variables: { API_TOKEN: !Ref Token } } } }
Resources:
  Handler: { Type: 'AWS::Serverless::Function', Properties: { Handler: index.handler } }
  Fn::ForEach::Users:
    - User
    - [Ann, Ben]
    - 'User\${User}': { Type: 'AWS::IAM::User', Properties: { LoginProfile: { Password: !Ref Pw } } }
`);
    const user = { type: 'AWS::IAM::User', property: 'LoginProfile.Password', as: 'credential' };
    expect(Pw?.uses).toEqual([
      { resource: 'UserAnn', ...user },
      { resource: 'UserBen', ...user },
    ]);
    expect(Token?.uses).toEqual([
      { resource: 'Handler', type: 'AWS::Serverless::Function', property: 'Environment.Variables.API_TOKEN', as: 'credential' },
    ]);
  });
});

describe('the definition of a parameter', () => {
  const only = async (definition: string, given?: string): Promise<TemplateParameterAttributes | undefined> => {
    const text = `Parameters: { P: ${definition} }\nResources: { S: { Type: 'AWS::SecretsManager::Secret' } }\n`;
    return (await parametersOf(text, given === undefined ? {} : { parameters: new Map([['P', given]]) }))['P'];
  };

  it.each<[string, object]>([
    ['{ Type: String }', { takes: 'text', noEcho: false, overridden: false, uses: [], shownIn: [] }],
    ['{ Type: String, NoEcho: true }', { noEcho: true }],
    ["{ Type: String, NoEcho: 'true' }", { noEcho: true }],
    ['{ Type: String, NoEcho: yes }', { noEcho: true }],
    ['{ Type: String, NoEcho: false }', { noEcho: false }],
    ["{ Type: String, NoEcho: 'no' }", { noEcho: false }],
    ['{ Type: String, NoEcho: !Ref X }', { noEcho: expect.objectContaining({ reason: 'malformed-response' }) as unknown }],
    ['{ Type: String, NoEcho: 7 }', { noEcho: expect.any(Unknown) as unknown }],
    ['{ Type: CommaDelimitedList }', { takes: 'text' }],
    ['{ Type: Number }', { takes: 'identifier' }],
    ["{ Type: 'List<Number>' }", { takes: 'identifier' }],
    ["{ Type: 'AWS::EC2::KeyPair::KeyName' }", { takes: 'identifier' }],
    ["{ Type: 'AWS::SSM::Parameter::Name' }", { takes: 'identifier' }],
    ["{ Type: 'AWS::SSM::Parameter::Value<String>', Default: /a/b }", { takes: 'store', default: 'path' }],
    ['{ Type: String, Default: hunter22 }', { default: 'literal' }],
    ['{ Type: String, Default: 481516 }', { default: 'literal' }],
    ["{ Type: String, Default: '{{resolve:secretsmanager:db:SecretString:password}}' }", { default: 'reference' }],
    ["{ Type: String, Default: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf' }", { default: 'reference' }],
    ['{ Type: String, Default: prod/db }', { default: 'path' }],
    ['{ Type: String, Default: acme/OrdersDb2/v2 }', { default: 'path' }],
    ['{ Type: String, Default: /prod/db }', { default: 'path' }],
    ['{ Type: String, Default: https://git.example.com/x }', { default: 'path' }],
    ['{ Type: String, Default: https://app:Hunter2zz@git.example.com/x }', { default: 'literal' }],
    ['{ Type: String, Default: hunter2/zz9Q }', { default: 'literal' }],
    ["{ Type: String, Default: 'Hunter2zz{{resolve:ssm:/x}}' }", { default: 'literal' }],
    ['{ Type: String, Default: password }', { default: 'literal' }],
    ["{ Type: String, Default: '12345' }", { default: 'literal' }],
    ["{ Type: String, Default: 'Winter(2026)' }", { default: 'literal' }],
    ['{ Type: String, Default: none }', { default: 'filler' }],
    ["{ Type: String, Default: '********' }", { default: 'filler' }],
  ])('%s', async (definition, expected) => {
    expect(await only(definition)).toMatchObject(expected);
  });

  it.each(['{ Type: String }', "{ Type: String, Default: '' }", "{ Type: String, Default: ' ' }"])(
    '%s has no default',
    async (definition) => {
      expect(await only(definition)).not.toHaveProperty('default');
    },
  );

  it('was given another value, or the same', async () => {
    expect(await only('{ Type: String, Default: hunter22 }', 'hunter23')).toMatchObject({ overridden: true, default: 'literal' });
    expect(await only('{ Type: String, Default: hunter22 }', 'hunter22')).toMatchObject({ overridden: false });
  });

  it('is a gap where a macro makes it', async () => {
    const { scope } = await read(
      "Parameters: { Fn::Transform: { Name: 'AWS::Include', Parameters: { Location: x } } }\nResources: { S: { Type: 'AWS::SecretsManager::Secret' } }\n",
    );
    expect(scope.resources.map(({ address }) => address)).toEqual(['S']);
    expect(scope.gaps).toMatchObject([{ detail: expect.stringContaining('Fn::Transform in Parameters') as string }]);
    expect(scope.gaps[0]?.types).toContain('AWS::CloudFormation::Parameter');
  });
});

describe('what prints a parameter', () => {
  const template = (metadata: string, outputs: string): string =>
    `Parameters: { P: { Type: String, NoEcho: true } }
Resources:
  Server:
    Type: AWS::EC2::Instance
    Metadata: ${metadata}
Outputs: ${outputs}
`;
  it.each<[string, string, string, string[]]>([
    ['an output', '{}', '{ Password: { Value: !Ref P } }', ['Outputs.Password']],
    ['a part of an output', '{}', "{ Url: { Value: !Sub 'https://app:${P}@host' } }", ['Outputs.Url']],
    [
      'metadata',
      "{ 'AWS::CloudFormation::Init': { config: { files: { /etc/app: { content: !Sub 'x=${P}' } } } } }",
      '{}',
      ['Server.Metadata'],
    ],
    ['both, and one of them twice', '{ a: !Ref P, b: !Ref P }', '{ Password: { Value: !Ref P } }', ['Server.Metadata', 'Outputs.Password']],
    ['an output of a dynamic reference that it names', '{}', "{ X: { Value: !Sub '{{resolve:ssm:${P}}}' } }", []],
    ['an output of something else', '{}', '{ X: { Value: !Ref Server } }', []],
    ['outputs that are none', '{}', '[]', []],
  ])('%s', async (_name, metadata, outputs, expected) => {
    expect((await parametersOf(template(metadata, outputs)))['P']?.shownIn).toEqual(expected);
  });
});

describe('the policy over a template', () => {
  const whole = `Parameters:
  DbPassword: { Type: String }
  OldPassword:
    Type: String
    NoEcho: true
    Default: hunter22-example
  BrokerPassword:
    Type: String
    NoEcho: true
    Default: hunter33-example
  Phrase: { Type: String, NoEcho: true }
  SecretArn: { Type: String }
  PasswordLength: { Type: Number, Default: 32 }
  KeyPairName: { Type: 'AWS::EC2::KeyPair::KeyName' }
  DbSecret: { Type: String, Default: prod-db }
  Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /db/password }
  Stage: { Type: String, Default: prod }
Resources:
  New: { Type: 'AWS::RDS::DBInstance', Properties: { MasterUserPassword: !Ref DbPassword, DBName: !Ref Stage } }
  Old: { Type: 'AWS::RDS::DBInstance', Properties: { MasterUserPassword: !Ref OldPassword } }
  Third:
    Type: AWS::RDS::DBInstance
    Properties: { MasterUserPassword: !Sub '{{resolve:secretsmanager:\${DbSecret}:SecretString:password}}' }
  Fourth: { Type: 'AWS::RDS::DBInstance', Properties: { MasterUserPassword: !Ref Stored } }
  Broker: { Type: 'AWS::AmazonMQ::Broker', Properties: { Users: [{ Username: app, Password: !Ref BrokerPassword }] } }
  Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: !Ref Phrase } }
Outputs:
  Phrase: { Value: !Ref Phrase }
`;

  it('blames what is at fault, and nothing twice', async () => {
    const { scope } = await read(whole);
    const judged = scope.resources.flatMap(({ type, address }) =>
      type === 'AWS::CloudFormation::Parameter' ? [[address, ...verdictsOf(scope, { id: policy }, address)]] : [],
    );
    expect(Object.fromEntries(judged.map(([address, ...verdicts]) => [address, verdicts]))).toEqual({
      DbPassword: ['fail: the parameter DbPassword is not masked, and it goes into MasterUserPassword of New'],
      OldPassword: ['pass'],
      BrokerPassword: ['fail: the default of the parameter BrokerPassword, which is for a credential, stands in the template'],
      Phrase: ['fail: the parameter Phrase, which is for a credential, is printed by Outputs.Phrase, where NoEcho does not mask it'],
      SecretArn: [],
      PasswordLength: [],
      KeyPairName: [],
      DbSecret: [],
      Stored: [],
      Stage: [],
    });
    expect(verdictsOf(scope, { id: 'rds-no-plaintext-password' }, 'Old')).toEqual([
      'fail: the master password of Old is written out in the code, here or in the default of a variable',
    ]);
  });

  it.each<[string, string, string, string[]]>([
    [
      'of a resource that a condition leaves out',
      'Condition: Never,',
      '!Ref P',
      ['fail: the default of the parameter P, which is for a credential, stands in the template'],
    ],
    [
      'in a branch that is left out',
      '',
      '!If [Never, !Ref P, !Ref Q]',
      ['fail: the default of the parameter P, which is for a credential, stands in the template'],
    ],
    ['in a branch that is taken', '', '!If [Never, !Ref Q, !Ref P]', ['pass']],
    ['in a branch that is open', '', '!If [Open, !Ref P, !Ref Q]', ['pass']],
  ])('judges a default %s', async (_name, condition, password, expected) => {
    const { scope } = await read(`Parameters:
  P: { Type: String, NoEcho: true, Default: Hunter2zzQ }
  Q: { Type: String, NoEcho: true }
Conditions: { Never: !Equals [a, b], Open: !Equals [!Ref Q, b] }
Resources:
  Db: { Type: 'AWS::RDS::DBInstance', ${condition} Properties: { MasterUserPassword: ${password} } }
  Other: { Type: 'AWS::SNS::Topic' }
`);
    expect(verdictsOf(scope, { id: policy }, 'P')).toEqual(expected);
  });

  it.each(['hunter2/zz9Q', 'https://app:Hunter2zz@git.example.com/x', 'prod/db'])(
    'asks for NoEcho, whatever %s looks like',
    async (fallback) => {
      const { scope } = await read(`Parameters: { DbPassword: { Type: String, Default: '${fallback}' } }
Resources:
  Db: { Type: 'AWS::RDS::DBInstance', Properties: { MasterUserPassword: !Ref DbPassword } }
`);
      expect(verdictsOf(scope, { id: policy }, 'DbPassword')).toEqual([
        'fail: the parameter DbPassword is not masked, and it goes into MasterUserPassword of Db',
      ]);
    },
  );

  it('says the same of JSON', async () => {
    const { scope } = await read(
      JSON.stringify({
        Parameters: { P: { Type: 'String' } },
        Resources: { Db: { Type: 'AWS::RDS::DBInstance', Properties: { MasterUserPassword: { Ref: 'P' } } } },
      }),
    );
    expect(verdictsOf(scope, { id: policy })).toEqual(['fail: the parameter P is not masked, and it goes into MasterUserPassword of Db']);
  });

  it('points to the line', async () => {
    const { scope } = await read(whole);
    const place = (address: string, path: string): unknown => {
      const location = scope.resources.find((resource) => resource.address === address)?.locate?.(path);
      return location && [location.startLine, location.address];
    };
    expect(place('DbPassword', 'noEcho')).toEqual([2, 'DbPassword']);
    expect(place('OldPassword', 'noEcho')).toEqual([5, 'OldPassword']);
    expect(place('BrokerPassword', 'default')).toEqual([10, 'BrokerPassword']);
    expect(place('PasswordLength', 'takes')).toEqual([13, 'PasswordLength']);
    expect(place('Phrase', 'shownIn')).toEqual([28, 'Phrase']);
    expect(place('DbPassword', 'shownIn')).toEqual([2, 'DbPassword']);
  });
});
