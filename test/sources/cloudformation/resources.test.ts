import { describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/model/unknown.ts';
import { fixture, read, resourcesOf } from './read.ts';

describe('the sample template', async () => {
  const resources = await resourcesOf(fixture('orders.yaml'));
  const attributes = (address: string): unknown => resources.get(address)?.attributes;

  it('has each resource once', () => {
    expect([...resources.values()].map(({ type, address }) => `${address} ${type}`).sort()).toEqual(
      [
        'Database AWS::RDS::DBInstance',
        'Env AWS::CloudFormation::Parameter',
        'KeyArn AWS::CloudFormation::Parameter',
        'MasterPassword AWS::CloudFormation::Parameter',
        'OldPassword AWS::CloudFormation::Parameter',
        'Teams AWS::CloudFormation::Parameter',
        'Elsewhere AWS::IAM::Role',
        'Function AWS::Lambda::Function',
        'Key AWS::KMS::Key',
        'Literal AWS::SecretsManager::Secret',
        'Flag AWS::SSM::Parameter',
        'OldDatabase AWS::RDS::DBInstance',
        'OrdersDb AWS::SecretsManager::Secret',
        'Reader AWS::IAM::Role',
        'Server AWS::EC2::Instance',
        'Shared AWS::IAM::ManagedPolicy',
        'WrittenDatabase AWS::RDS::DBCluster',
      ].sort(),
    );
  });

  it.each<[string, unknown]>([
    [
      'OrdersDb',
      {
        name: 'orders/db',
        tags: { owner: 'orders' },
        isReplica: false,
        encryption: { manager: 'customer', keyId: 'alias/orders', keyRotationEnabled: true },
        replicas: [
          { region: 'eu-west-1', manager: 'aws' },
          { region: 'eu-central-1', manager: expect.any(Unknown) as unknown },
        ],
        rotation: { enabled: true, managedBy: 'function', schedule: { intervalDays: 30 }, functionArn: expect.any(Unknown) as unknown },
        values: [{ from: 'OrdersDb', origin: 'generated', writeOnly: false }],
        recoveryWindowDays: { reason: 'not-in-source' },
      },
    ],
    [
      'Literal',
      {
        name: { detail: expect.stringContaining('Ref Env') as unknown },
        values: [{ origin: 'literal' }],
        rotation: { enabled: false, managedBy: 'none' },
      },
    ],
    [
      'Flag',
      {
        name: '/orders/token',
        type: 'String',
        tier: 'Standard',
        value: { looksSecret: true, kind: 'github-token', origin: 'literal', writeOnly: false },
      },
    ],
    [
      'Key',
      {
        aliases: ['alias/orders'],
        rotationEnabled: true,
        rotationPeriodDays: 365,
        enabled: true,
        spec: 'SYMMETRIC_DEFAULT',
        protects: [{ type: 'AWS::SecretsManager::Secret', name: 'orders/db' }],
      },
    ],
    ['Database', { engine: 'postgres', masterPassword: { origin: 'dynamic-reference', managed: false } }],
    ['OldDatabase', { masterPassword: { origin: 'literal' } }],
    ['WrittenDatabase', { masterPassword: { origin: 'literal' } }],
    [
      'Function',
      {
        environment: [
          { name: 'STAGE', source: 'variable', looksSecret: false },
          { name: 'DB_PASSWORD', source: 'literal', looksSecret: true },
          { name: 'DB_URL', looksSecret: true, kind: 'masked-parameter' },
          { name: 'SECRET', source: 'reference', looksSecret: false },
        ],
      },
    ],
    ['Server', { userData: { looksSecret: true } }],
    [
      'Reader',
      {
        trust: [{ principals: [{ type: 'Service', value: 'lambda.amazonaws.com' }] }],
        statements: [
          {
            policyName: 'read',
            actions: ['secretsmanager:GetSecretValue'],
            resources: [expect.stringMatching(/secret:orders\/db-\$\{OrdersDb\}$/) as unknown],
          },
          { policyName: 'SecretsManagerReadWrite', actions: ['secretsmanager:*'] },
          { policyArn: expect.stringMatching(/policy\/\$\{Shared\}$/) as unknown, actions: ['kms:Decrypt'] },
        ],
        attachments: [{ name: 'SecretsManagerReadWrite' }, { name: '${Shared}' }],
      },
    ],
    ['Shared', { attachmentCount: 1, boundaryCount: 0, boundaryOnly: false }],
    ['Elsewhere', { name: expect.any(Unknown) as unknown, statements: [{ policyName: 'elsewhere', actions: ['ssm:GetParameter*'] }] }],
  ])('reads %s', (address, expected) => {
    expect(attributes(address)).toMatchObject(expected as object);
  });

  it('marks what stands in for an owner elsewhere', () => {
    expect(resources.get('Elsewhere')?.standIn).toBeDefined();
    expect(resources.get('Reader')?.standIn).toBeUndefined();
  });
});

const wrap = (resource: string): string => `Parameters:
  Secret: { Type: String, NoEcho: true }
  Free: { Type: String }
  Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /db/password }
Resources:
  Other: { Type: AWS::SecretsManager::Secret }
  Named: { Type: AWS::S3::Bucket, Properties: { BucketName: Hunter2zz } }
  It: ${resource}
`;

async function it_(resource: string): Promise<unknown> {
  return (await resourcesOf(wrap(resource))).get('It')?.attributes;
}

describe('a master password', () => {
  it.each<[string, string, unknown]>([
    ['written out', 'MasterUserPassword: hunter22', { origin: 'literal' }],
    ['of a masked parameter without a default', 'MasterUserPassword: !Ref Secret', { origin: 'variable' }],
    ['of Parameter Store', 'MasterUserPassword: !Ref Stored', { origin: 'dynamic-reference' }],
    [
      'read from a secret',
      "MasterUserPassword: '{{resolve:secretsmanager:prod/db:SecretString:password}}'",
      { origin: 'dynamic-reference' },
    ],
    [
      'read by a Sub',
      "MasterUserPassword: !Sub '{{resolve:secretsmanager:${Other}:SecretString:password}}'",
      { origin: 'dynamic-reference' },
    ],
    ['read by a Sub of a parameter', "MasterUserPassword: !Sub '{{resolve:ssm-secure:${Free}:1}}'", { origin: 'dynamic-reference' }],
    ['of one version', "MasterUserPassword: '{{resolve:secretsmanager:prod/db:SecretString:password::0d4a-1}}'", { pinned: true }],
    ['of an older stage', "MasterUserPassword: '{{resolve:secretsmanager:prod/db:SecretString:password:AWSPREVIOUS}}'", { pinned: true }],
    [
      'of the current stage',
      "MasterUserPassword: '{{resolve:secretsmanager:prod/db:SecretString:password:AWSCURRENT:}}'",
      { pinned: false },
    ],
    ['of a version by ARN', "MasterUserPassword: !Sub '{{resolve:secretsmanager:${Other}:SecretString:password::v1}}'", { pinned: true }],
    ['of the newest by ARN', "MasterUserPassword: !Sub '{{resolve:secretsmanager:${Other}:SecretString:password}}'", { pinned: false }],
    [
      'of a stage from outside',
      "MasterUserPassword: !Sub '{{resolve:secretsmanager:a:SecretString:b:${Free}}}'",
      { pinned: expect.any(Unknown) as unknown },
    ],
    [
      'of a version of a parameter, which is no secret',
      "MasterUserPassword: '{{resolve:ssm-secure:/db/password:3}}'",
      expect.not.objectContaining({ pinned: expect.anything() as unknown }),
    ],
    ['with a literal before a dynamic reference', "MasterUserPassword: 'Hunter2zz{{resolve:ssm:/x}}'", { origin: 'literal' }],
    ['of a literal joined to a resource', "MasterUserPassword: !Sub 'Hunter2zz-${Other}'", { origin: 'literal' }],
    ['of a literal joined to a parameter', "MasterUserPassword: !Join ['-', [Hunter2zz, !Ref Free]]", { origin: 'literal' }],
    [
      'of what may be a name, joined to a parameter',
      "MasterUserPassword: !Sub 'orders2024-${Free}'",
      { origin: expect.any(Unknown) as unknown },
    ],
    ['of a parameter with a word behind it', "MasterUserPassword: !Sub '${Free}-suffix'", { origin: 'variable' }],
    ['of a resource that is named like a password', "MasterUserPassword: !Sub '${Named}-suffix'", { origin: 'reference' }],
    [
      'of a part of a resource that is named like a password',
      "MasterUserPassword: !Select [0, !Split ['/', !Ref Named]]",
      { origin: 'reference' },
    ],
    ['of another stack', 'MasterUserPassword: !ImportValue x', { origin: expect.any(Unknown) as unknown }],
    ['managed', 'ManageMasterUserPassword: true', { origin: 'managed', managed: true }],
    ['of a snapshot', 'DBSnapshotIdentifier: s', { origin: 'inherited' }],
    ['of a cluster', 'DBClusterIdentifier: c', { origin: 'none' }],
    ['nowhere', '', { origin: 'none', managed: false }],
    ['managed or not', 'ManageMasterUserPassword: !Ref Free', { managed: expect.any(Unknown) as unknown }],
  ])('%s', async (_name, property, expected) => {
    expect(await it_(`{ Type: AWS::RDS::DBInstance, Properties: { ${property} } }`)).toMatchObject({ masterPassword: expected });
  });

  it.each(['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Redshift::Cluster'])('of %s', async (type) => {
    expect(await it_(`{ Type: ${type}, Properties: { MasterUserPassword: hunter22 } }`)).toMatchObject({
      masterPassword: { origin: 'literal' },
    });
    expect(await it_(`{ Type: ${type}, Properties: { SnapshotIdentifier: s } }`)).toMatchObject({
      masterPassword: { origin: 'inherited' },
    });
    expect(await it_(`{ Type: ${type}, Properties: { ManageMasterUserPassword: true, ManageMasterPassword: 'true' } }`)).toMatchObject({
      masterPassword: { managed: true },
    });
  });
});

it('a macro beside the type of a resource makes its properties unknown', async () => {
  expect(
    await it_("{ Type: AWS::SecretsManager::Secret, 'Fn::Transform': { Name: AWS::Include }, Properties: { Name: x } }"),
  ).toMatchObject({ name: expect.any(Unknown) as unknown, values: [{ origin: expect.any(Unknown) as unknown }] });
});

describe('a parameter of Parameter Store', () => {
  it.each<[string, string, string]>([
    ['with a literal before a dynamic reference', "Name: /db/password, Value: 'Hunter2zz {{resolve:ssm:/x}}'", 'literal'],
    ['with a literal joined to a parameter', "Name: /a, Type: SecureString, Value: !Sub 'Hunter2zz-${Free}'", 'literal'],
    ['of no credential, with a literal joined to a parameter', "Name: /a, Type: String, Value: !Sub 'Hunter2zz-${Free}'", 'variable'],
  ])('%s', async (_name, properties, origin) => {
    expect(await it_(`{ Type: AWS::SSM::Parameter, Properties: { ${properties} } }`)).toMatchObject({ value: { origin } });
  });
});

describe('a secret', () => {
  it.each<[string, string, unknown]>([
    ['without a value', '{}', { values: [] }],
    ['with a value of a parameter', '{ SecretString: !Ref Secret }', { values: [{ origin: 'variable' }] }],
    ['with a text around a parameter', `{ SecretString: !Sub '{"password":"\${Secret}"}' }`, { values: [{ origin: 'variable' }] }],
    [
      'with a literal beside a reference',
      `{ SecretString: !Sub '{"password":"hunter2hunter","arn":"\${Other}"}' }`,
      { values: [{ origin: 'literal' }] },
    ],
    ['with a reference', '{ SecretString: !GetAtt Other.Id }', { values: [{ origin: 'reference' }] }],
    ['with a dynamic reference', "{ SecretString: '{{resolve:ssm-secure:/a:1}}' }", { values: [{ origin: 'dynamic-reference' }] }],
    [
      'with a literal in a field beside a dynamic reference',
      `{ SecretString: '{"user":"app","password":"Hunter2zz","host":"{{resolve:ssm:/db/host}}"}' }`,
      { values: [{ origin: 'literal' }] },
    ],
    [
      'with a user and a host beside a dynamic reference',
      `{ SecretString: '{"user":"app","password":"{{resolve:ssm:/db/password}}","host":"db2024Orders.example.com"}' }`,
      { values: [{ origin: 'dynamic-reference' }] },
    ],
    ['with a literal joined to a resource', "{ SecretString: !Sub 'Hunter2zz-${Other}' }", { values: [{ origin: 'literal' }] }],
    [
      'with an address around a password of a parameter',
      "{ SecretString: !Sub 'postgres://app:${Secret}@db2024Orders.example.com/orders' }",
      { values: [{ origin: 'variable' }] },
    ],
    [
      'with an address that holds a password, and the host of a parameter',
      "{ SecretString: !Sub 'postgres://app:Hunter2zz@${Free}/orders' }",
      { values: [{ origin: 'literal' }] },
    ],
    [
      'that a macro makes a part of',
      "{ Name: x, 'Fn::Transform': { Name: AWS::Include } }",
      { values: [{ origin: expect.any(Unknown) as unknown }] },
    ],
    [
      'that a macro generates',
      "{ GenerateSecretString: { 'Fn::Transform': { Name: AWS::Include } } }",
      { values: [{ origin: expect.any(Unknown) as unknown }] },
    ],
    ['that AWS generates', '{ GenerateSecretString: {} }', { values: [{ origin: 'generated' }] }],
    [
      'that AWS generates beside a user',
      `{ GenerateSecretString: { SecretStringTemplate: '{"username":"app2024Db"}', GenerateStringKey: password } }`,
      { values: [{ origin: 'generated' }] },
    ],
    [
      'that AWS generates beside a user of a parameter',
      `{ GenerateSecretString: { SecretStringTemplate: !Sub '{"username":"\${Free}"}', GenerateStringKey: password } }`,
      { values: [{ origin: 'generated' }] },
    ],
    [
      'that AWS generates beside a key that is written out',
      `{ GenerateSecretString: { SecretStringTemplate: '{"username":"app","api_key":"Hunter2zzABC123"}', GenerateStringKey: password } }`,
      { values: [{ origin: 'literal' }] },
    ],
    [
      'that AWS generates beside what a macro makes',
      "{ GenerateSecretString: { SecretStringTemplate: { 'Fn::Transform': { Name: AWS::Include } } } }",
      { values: [{ origin: expect.any(Unknown) as unknown }] },
    ],
    ['with an export', '{ SecretString: !ImportValue x }', { values: [{ origin: expect.any(Unknown) as unknown }] }],
    ['with the key of AWS', '{ KmsKeyId: alias/aws/secretsmanager }', { encryption: { manager: 'aws' } }],
    [
      'with an alias by its ARN, in whatever partition',
      "{ KmsKeyId: !Sub 'arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:alias/orders' }",
      { encryption: { manager: 'customer' } },
    ],
    [
      'with a key of a parameter',
      '{ KmsKeyId: !Ref Free }',
      { encryption: { manager: { detail: expect.stringContaining('Ref Free') as unknown } } },
    ],
    [
      'with an id of a key',
      '{ KmsKeyId: 1234abcd-12ab-34cd-56ef-1234567890ab }',
      { encryption: { manager: expect.any(Unknown) as unknown } },
    ],
  ])('%s', async (_name, properties, expected) => {
    expect(await it_(`{ Type: AWS::SecretsManager::Secret, Properties: ${properties} }`)).toMatchObject(expected as object);
  });

  it.each<[string, string, unknown]>([
    [
      'a function',
      "RotationLambdaARN: 'arn:x', RotationRules: { ScheduleExpression: rate(10 days) }",
      { managedBy: 'function', functionArn: 'arn:x', schedule: { intervalDays: 10 } },
    ],
    ['a service', 'RotationRules: { AutomaticallyAfterDays: 5 }', { managedBy: 'service', schedule: { intervalHours: 120 } }],
    [
      'a schedule of a parameter',
      "RotationLambdaARN: 'arn:x', RotationRules: { ScheduleExpression: !Ref Free }",
      { schedule: expect.any(Unknown) as unknown },
    ],
    ['no schedule', "RotationLambdaARN: 'arn:x'", { enabled: true, managedBy: 'function' }],
  ])('rotated by %s', async (_name, properties, expected) => {
    const text = wrap(`{ Type: AWS::SecretsManager::RotationSchedule, Properties: { SecretId: !Ref Other, ${properties} } }`);
    expect((await resourcesOf(text)).get('Other')?.attributes['rotation']).toMatchObject(expected as object);
  });

  it('is found by its name, and by its ARN', async () => {
    const secret = '{ Type: AWS::SecretsManager::Secret, Properties: { Name: prod/db } }';
    for (const id of ['prod/db', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf']) {
      const text = `${wrap(secret)}  R: { Type: AWS::SecretsManager::RotationSchedule, Properties: { SecretId: '${id}' } }\n`;
      const found = await resourcesOf(text);
      expect(found.get('It')?.attributes['rotation']).toMatchObject({ enabled: true });
      expect(found.has('R')).toBe(false);
    }
  });

  it('of elsewhere is stood in for by its rotation and its policy', async () => {
    const text = `Resources:
  R: { Type: AWS::SecretsManager::RotationSchedule, Properties: { SecretId: elsewhere, RotationLambdaARN: 'arn:x', RotationRules: { AutomaticallyAfterDays: 400 } } }
  P: { Type: AWS::SecretsManager::ResourcePolicy, Properties: { SecretId: elsewhere, ResourcePolicy: { Statement: [{ Effect: Allow, Principal: '*', Action: '*', Resource: '*' }] } } }
`;
    const found = await resourcesOf(text);
    expect(found.get('R')?.attributes).toMatchObject({
      rotation: { enabled: true, schedule: { intervalDays: 400 } },
      statements: [expect.any(Unknown)],
    });
    expect(found.get('P')?.attributes).toMatchObject({
      rotation: { enabled: expect.any(Unknown) as unknown },
      statements: [{ isPublic: true }],
    });
  });
});

describe('a parameter of Parameter Store', () => {
  const policies = '[{"Type":"Expiration","Version":"1.0","Attributes":{"Timestamp":"${When}"}}]';
  const template = (body: string): string => `Parameters:
  When: { Type: String, Default: '2027-06-01T10:00:00.000Z' }
  Later: { Type: String }
Resources:
${body}`;
  const parameter = (id: string, more: string): string =>
    `  ${id}: { Type: AWS::SSM::Parameter, Properties: { Name: /a/${id}, Type: String, Tier: Advanced, Value: x, ${more} } }\n`;

  it.each<[string, string, unknown]>([
    ['written out', `Policies: !Sub '${policies}'`, Date.UTC(2027, 5, 1, 10)],
    ['none', 'DataType: text', undefined],
    ['from a parameter', 'Policies: !Ref Later', expect.objectContaining({ reason: 'unresolved-reference' })],
    ['no JSON', 'Policies: soon', expect.objectContaining({ reason: 'malformed-response' })],
  ])('has its expiration: %s', async (_name, more, expected) => {
    const found = await resourcesOf(template(parameter('It', more)));
    expect(found.get('It')?.attributes['expiration']).toEqual(expected);
  });

  it.each([
    ['by reference', "!Sub 'arn:aws:ssm:eu-west-1:111122223333:parameter${It}'", 'It'],
    ['by its ARN', 'arn:aws:ssm:eu-west-1:111122223333:parameter/a/It', 'It'],
    ['not another one whose name ends alike', 'arn:aws:ssm:eu-west-1:111122223333:parameter/b/It', undefined],
  ])('is shared by a policy that names it %s', async (_name, arn, owner) => {
    const policy = `  P: { Type: AWS::SSM::ResourcePolicy, Properties: { ResourceArn: ${arn}, Policy: { Statement: { Effect: Allow, Principal: '*', Action: 'ssm:*', Resource: '*' } } } }\n`;
    const found = await resourcesOf(template(parameter('It', '') + parameter('Other', '') + policy));
    expect(found.get('It')?.attributes['statements']).toEqual(owner === undefined ? [] : [expect.objectContaining({ isPublic: true })]);
    expect(found.get('Other')?.attributes['statements']).toEqual([]);
  });

  it.each<[string, string, unknown]>([
    ['short', 'x', true],
    ['long', 'x'.repeat(4097), false],
    ['given when it is deployed', '!Ref Later', expect.objectContaining({ reason: 'unresolved-reference' })],
  ])('has the length of its value: %s', async (_name, value, fits) => {
    const found = await resourcesOf(template(`  It: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: ${value} } }\n`));
    expect(found.get('It')?.attributes['value']).toMatchObject({ fitsStandard: fits });
  });
});

describe('a variable', () => {
  it.each<[string, string, unknown]>([
    ['of a parameter without a value', '!Ref Free', { source: 'variable', looksSecret: expect.any(Unknown) as unknown }],
    ['of an id', '!Ref Vpc', { source: 'variable', looksSecret: false }],
    ['of a masked parameter', '!Ref Secret', { source: 'variable', looksSecret: true }],
    ['of Parameter Store', '!Ref Stored', { source: 'dynamic-reference', looksSecret: expect.any(Unknown) as unknown }],
    ['of an attribute', '!GetAtt Other.Id', { source: 'reference', looksSecret: false }],
    ['of an attribute of others', '!GetAtt Custom.Thing', { source: 'reference', looksSecret: expect.any(Unknown) as unknown }],
    ['of an access key', '!GetAtt AccessKey.SecretAccessKey', { source: 'reference', looksSecret: true }],
    ['of a pinned secret', "'{{resolve:secretsmanager:a:SecretString:b::v1}}'", { source: 'dynamic-reference', pinned: true }],
    ['of an export', '!ImportValue x', { source: expect.any(Unknown) as unknown, looksSecret: expect.any(Unknown) as unknown }],
  ])('%s', async (_name, value, expected) => {
    const more = '  Custom: { Type: Custom::Thing }\n  AccessKey: { Type: AWS::IAM::AccessKey }\n';
    const text = wrap(`{ Type: AWS::Lambda::Function, Properties: { Environment: { Variables: { X: ${value} } } } }`) + more;
    const vpc = text.replace('Parameters:', 'Parameters:\n  Vpc: { Type: AWS::EC2::VPC::Id }');
    expect((await resourcesOf(vpc)).get('It')?.attributes['environment']).toEqual([expect.objectContaining(expected as object)]);
  });
});

describe('containers and builds', () => {
  it('reads the environment and the secrets of a task', async () => {
    const attributes = await it_(`
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Environment: [{ Name: DB_PASSWORD, Value: hunter2hunter }, { Name: LEVEL, Value: info }]
          Secrets: [{ Name: A, ValueFrom: !Ref Other }, { Name: B, ValueFrom: /a/b }, { Name: C, ValueFrom: !Sub '\${Other}:key::' },
            { Name: D, ValueFrom: !Sub '\${Other}:key:AWSPREVIOUS:' }, { Name: E, ValueFrom: !ImportValue x }]`);
    expect(attributes).toMatchObject({
      environment: [
        { name: 'DB_PASSWORD', container: 'web', source: 'literal', looksSecret: true },
        { name: 'LEVEL', looksSecret: false },
        { name: 'A', source: 'secretsmanager', pinned: false },
        { name: 'B', source: 'ssm' },
        { name: 'C', source: 'secretsmanager', looksSecret: false, pinned: false },
        { name: 'D', source: 'secretsmanager', looksSecret: false, pinned: true },
        { name: 'E', source: expect.any(Unknown) as unknown, looksSecret: false, pinned: expect.any(Unknown) as unknown },
      ],
    });
  });

  it('reads the environment of a build', async () => {
    const attributes = await it_(`
    Type: AWS::CodeBuild::Project
    Properties:
      Environment:
        EnvironmentVariables:
          - { Name: TOKEN, Value: ghp_0123456789abcdefghijABCDEFGHIJ012345 }
          - { Name: S, Type: SECRETS_MANAGER, Value: x }
          - { Name: V, Type: SECRETS_MANAGER, Value: 'x:key::0d4a-1' }
          - { Name: P, Type: PARAMETER_STORE, Value: x }
          - { Name: T, Type: !Ref Free, Value: x }`);
    expect(attributes).toMatchObject({
      environment: [
        { name: 'TOKEN', source: 'literal', looksSecret: true, kind: 'github-token' },
        { name: 'S', source: 'secretsmanager', pinned: false },
        { name: 'V', source: 'secretsmanager', pinned: true },
        { name: 'P', source: 'ssm' },
        { name: 'T', source: expect.any(Unknown) as unknown },
      ],
    });
  });

  it('finds a credential beside what is not known', async () => {
    const userData = `{ Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { UserData: { 'Fn::Base64': !Sub "export PASSWORD=hunter2hunter\\necho \${Free}" } } } }`;
    expect(await it_(userData)).toMatchObject({ userData: { looksSecret: true } });
    const clean = `{ Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { UserData: { 'Fn::Base64': !Sub "echo \${Free}" } } } }`;
    expect(await it_(clean)).toMatchObject({ userData: { looksSecret: expect.any(Unknown) as unknown } });
  });
});

describe('SAM', async () => {
  const resources = await resourcesOf(fixture('sam.yaml'));

  it('reads functions with their globals', () => {
    expect(resources.get('Handler')).toMatchObject({
      type: 'AWS::Lambda::Function',
      attributes: {
        role: expect.stringMatching(/role\/\$\{HandlerRole\}$/) as unknown,
        environment: [
          { name: 'STAGE', looksSecret: false },
          { name: 'LEVEL', source: 'literal' },
          { name: 'API_TOKEN', source: 'dynamic-reference', pinned: false },
        ],
      },
    });
  });

  it('reads the grants of the role that it makes', () => {
    expect(resources.get('HandlerRole')?.attributes).toMatchObject({
      statements: [
        // IAM ignores the case of actions.
        {
          actions: [expect.stringMatching(/^secretsmanager:getsecretvalue$/i) as unknown],
          resources: [expect.stringContaining('secret:api/token-') as unknown],
        },
        { actions: ['ssm:DescribeParameters'], resources: ['*'] },
        { resources: [expect.stringMatching(/parameter\/orders\/\*$/) as unknown] },
        { actions: ['kms:Decrypt'], resources: [expect.stringMatching(/key\/\*$/) as unknown] },
        { actions: ['secretsmanager:*'], resources: ['*'] },
      ],
      attachments: [{ name: 'AWSLambdaBasicExecutionRole' }],
    });
  });

  it('does not know the templates of others', async () => {
    const found = await resourcesOf(
      'Transform: AWS::Serverless-2016-10-31\nResources: { F: { Type: AWS::Serverless::Function, Properties: { Policies: [{ MadeUpPolicy: {} }] } } }',
    );
    expect(found.get('FRole')?.attributes['statements']).toEqual([expect.any(Unknown)]);
  });

  it('makes the resources of loops', () => {
    expect([...resources.keys()].filter((id) => id.startsWith('Secret'))).toEqual(['Secretalpha', 'Secretbeta']);
    expect(resources.get('Secretalpha')?.name).toBe('team/alpha');
  });
});

describe('what hides resources', () => {
  it.each<[string, string, string]>([
    ['a macro', 'Transform: [Mine]\nResources: {}', 'the transform Mine'],
    ['an include', 'Resources: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: s3 } } }', 'Fn::Transform in Resources'],
    [
      'a loop over what is not known',
      "Parameters: { L: { Type: CommaDelimitedList } }\nResources: { 'Fn::ForEach::X': [I, !Ref L, { 'S${I}': { Type: A::B::C } }] }",
      'Ref L',
    ],
    ['what is no resource', 'Resources: { A: 3 }', 'at A in Resources'],
  ])('%s is a gap', async (_name, text, detail) => {
    const { scope } = await read(text);
    expect(scope.status).toBe('partial');
    expect(scope.gaps).toEqual([
      expect.objectContaining({ reason: 'unresolved-reference', detail: expect.stringContaining(detail) as unknown }),
    ]);
  });

  it('a nested stack is a note', async () => {
    const { scope, notes } = await read('Resources: { N: { Type: AWS::CloudFormation::Stack } }');
    expect(scope.status).toBe('complete');
    expect(notes).toEqual([expect.stringContaining('the templates of N are not part of it')]);
  });
});

describe('the function of a rotation', () => {
  const permission = (more: string): string =>
    `  P: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref F, Action: lambda:InvokeFunction, ${more} } }\n`;
  const declared = '!GetAtt F.Arn';
  it.each<[string, string, string, unknown]>([
    [
      'with its permission',
      declared,
      permission('Principal: secretsmanager.amazonaws.com'),
      { functionExists: true, functionInvocable: true },
    ],
    [
      'with a permission for the secret alone',
      declared,
      permission('Principal: secretsmanager.amazonaws.com, SourceArn: !Ref S'),
      { functionExists: true, functionInvocable: true },
    ],
    ['without one', declared, '', { functionExists: true, functionInvocable: false }],
    [
      'with one for another service',
      declared,
      permission('Principal: s3.amazonaws.com'),
      { functionExists: true, functionInvocable: false },
    ],
    [
      'with one for the account of the stack, whichever it is',
      declared,
      permission('Principal: secretsmanager.amazonaws.com, SourceAccount: !Ref AWS::AccountId'),
      { functionExists: true, functionInvocable: true },
    ],
    [
      'with one for an account that may be that of the stack',
      declared,
      permission("Principal: secretsmanager.amazonaws.com, SourceAccount: '999988887777'"),
      { functionExists: true, functionInvocable: expect.any(Unknown) as unknown },
    ],
    [
      'of other code',
      '!ImportValue rotate',
      '',
      { functionExists: expect.any(Unknown) as unknown, functionInvocable: expect.any(Unknown) as unknown },
    ],
  ])('%s', async (_name, arn, more, expected) => {
    const text = `Resources:
  S: { Type: AWS::SecretsManager::Secret, Properties: { Name: s } }
  F: { Type: AWS::Lambda::Function, Properties: { FunctionName: rotate } }
  R: { Type: AWS::SecretsManager::RotationSchedule, Properties: { SecretId: !Ref S, RotationLambdaARN: ${arn} } }
${more}`;
    expect((await resourcesOf(text)).get('S')?.attributes['rotation']).toMatchObject(expected as object);
  });
});
