import { describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/model/unknown.ts';
import { mergeVariants } from '../../../src/sources/cloudformation/merge.ts';
import { resourcesOf } from './read.ts';

const head = `
Parameters:
  Env: { Type: String, AllowedValues: [prod, test, dev] }
  Free: { Type: String }
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsTest: !Equals [!Ref Env, test]
  NotProd: !Not [!Condition IsProd]
  Neither: !And [!Not [!Condition IsProd], !Not [!Equals [!Ref Env, dev]]]
  Never: !Equals [a, b]
  C1: !Equals [!Ref Free, '1']
  C2: !Equals [!Ref Free, '2']
Resources:
`;

async function secret(yaml: string, parameters: readonly (readonly [string, string])[] = []): Promise<Record<string, unknown> | undefined> {
  const found = (await resourcesOf(head + yaml, { parameters: new Map(parameters) })).get('S');
  return found?.attributes;
}

const s = (rest = ''): string => `  S:\n    Type: AWS::SecretsManager::Secret\n    Properties:\n      GenerateSecretString: {}\n${rest}`;
const rotation = (condition: string, days: string): string =>
  `  R${condition}:\n    Type: AWS::SecretsManager::RotationSchedule\n    Condition: ${condition}\n    Properties: { SecretId: !Ref S, RotationLambdaARN: 'arn:aws:lambda:eu-west-1:111122223333:function:r', RotationRules: { AutomaticallyAfterDays: ${days} } }\n`;
const depends = expect.objectContaining({
  reason: 'unresolved-reference',
  detail: expect.stringMatching(/^it depends on the condition/) as unknown,
}) as unknown;

describe('what depends on an open condition', () => {
  it('is dropped when its condition is false', async () => {
    expect(await secret('  S: { Type: AWS::SecretsManager::Secret, Condition: Never }\n')).toBeUndefined();
    expect(await secret('  S: { Type: AWS::SecretsManager::Secret, Condition: IsProd }\n', [['Env', 'dev']])).toBeUndefined();
  });

  it('is judged when its condition is open, and under its condition alone', async () => {
    const attributes = await secret(
      `  S:\n    Type: AWS::SecretsManager::Secret\n    Condition: IsProd\n    Properties: { Name: !If [IsProd, prod, dev], KmsKeyId: !If [NotProd, !Ref 'AWS::NoValue', alias/own] }\n`,
    );
    expect(attributes).toMatchObject({ name: 'prod', encryption: { manager: 'customer' } });
  });

  it('keeps what all branches say', async () => {
    expect(await secret(s('      Name: !If [IsProd, same, same]\n'))).toMatchObject({ name: 'same' });
    expect(await secret(s('      Name: !If [IsProd, one, other]\n'))).toMatchObject({ name: depends });
    expect(await secret(s('      Name: !If [IsProd, one, other]\n'), [['Env', 'prod']])).toMatchObject({ name: 'one' });
  });

  it('is not confused by branches that exclude each other', async () => {
    const name = '      Name: !If [IsProd, a, !If [IsTest, a, !If [Neither, never, a]]]\n';
    expect(await secret(s(name))).toMatchObject({ name: 'a' });
  });

  it('has a rotation in both branches', async () => {
    const attributes = await secret(s() + rotation('IsProd', '30') + rotation('NotProd', '200'));
    expect(attributes).toMatchObject({ rotation: { enabled: true, managedBy: 'function', schedule: { intervalDays: depends } } });
  });

  it('may have no rotation', async () => {
    expect(await secret(s() + rotation('IsProd', '30'))).toMatchObject({ rotation: { enabled: depends, managedBy: depends } });
    expect(await secret(s() + rotation('IsProd', '30'), [['Env', 'test']])).toMatchObject({
      rotation: { enabled: false, soughtIn: 'this template' },
    });
  });

  it('leaves a secret alone whose rotation is another', async () => {
    const other = `  O: { Type: AWS::SecretsManager::Secret }\n  RO: { Type: AWS::SecretsManager::RotationSchedule, Condition: IsProd, Properties: { SecretId: !Ref O } }\n`;
    expect(await secret(s() + other)).toMatchObject({ rotation: { enabled: false } });
  });

  it('cannot tell a rotation of a secret that is not known from its own', async () => {
    const attributes = await secret(`${s()}  R: { Type: AWS::SecretsManager::RotationSchedule, Properties: { SecretId: !Ref Free } }\n`);
    expect(attributes?.['rotation']).toMatchObject({ enabled: { detail: expect.stringMatching(/^R may be of it: Ref Free/) as unknown } });
  });

  it('keeps the statements that are there in any case', async () => {
    const always = `{ Sid: Always, Effect: Allow, Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*' }`;
    const policy = (extra: string): string =>
      `  P:\n    Type: AWS::SecretsManager::ResourcePolicy\n    Properties: { SecretId: !Ref S, ResourcePolicy: { Statement: [${extra}, ${always}] } }\n`;
    const some = `!If [IsProd, { Sid: Some, Effect: Allow, Principal: { AWS: '111122223333' }, Action: '*', Resource: '*' }, !Ref 'AWS::NoValue']`;
    expect((await secret(s() + policy(some)))?.['statements']).toEqual([expect.objectContaining({ sid: 'Always' }), depends]);
    // A Deny in one branch may cancel what the other allows.
    const denial = `!If [IsProd, { Effect: Deny, Principal: '*', Action: '*', Resource: '*' }, !Ref 'AWS::NoValue']`;
    expect((await secret(s() + policy(denial)))?.['statements']).toEqual([
      expect.objectContaining({ sid: 'Always', isPublic: true, denials: depends }),
      depends,
    ]);
  });

  it('is Unknown past as many conditions as are tried', async () => {
    const many = Array.from({ length: 12 }, (_none, index) => `  P${index}: { Type: String }`).join('\n');
    const conditions = Array.from({ length: 12 }, (_none, index) => `  K${index}: !Equals [!Ref P${index}, x]`).join('\n');
    const name = Array.from({ length: 12 }, (_none, index) => `!If [K${index}, a, b]`).join(', ');
    const text = `Parameters:\n${many}\nConditions:\n${conditions}\nResources:\n  S: { Type: AWS::SecretsManager::Secret, Properties: { Name: !Join ['', [${name}]], KmsKeyId: alias/own } }\n`;
    const found = (await resourcesOf(text)).get('S');
    expect(found?.attributes).toMatchObject({ name: expect.any(Unknown) as unknown, encryption: { manager: 'customer' } });
  });
});

describe('merging', () => {
  const why = new Unknown('unresolved-reference', 'why');
  it.each<[string, readonly unknown[], unknown]>([
    ['equals', [1, 1], 1],
    ['different', [1, 2], why],
    ['absent in one', [{ a: 1 }, {}], { a: why }],
    ['tags with other keys', [{ tags: { a: 'x' } }, { tags: {} }], { tags: why }],
    ['tags with the same keys', [{ tags: { a: 'x', b: 'y' } }, { tags: { a: 'z', b: 'y' } }], { tags: { a: why, b: 'y' } }],
    ['lists of one length', [[{ n: 'a', v: 1 }], [{ n: 'a', v: 2 }]], [{ n: 'a', v: why }]],
    ['a list that may be empty', [[1], []], why],
    [
      'a variable beside one that only some have',
      [[{ name: 'a', v: 1 }, { name: 'b' }], [{ name: 'a', v: 2 }]],
      [{ name: 'a', v: why }, why],
    ],
    ['a longer list', [[1, 2], [2]], [2, why]],
    [
      'an element in another place',
      [
        [1, 2],
        [2, 1],
      ],
      [1, 2],
    ],
    ['an Unknown in one', [why, 1], why],
    ['a map and a list', [{}, []], why],
  ])('%s', (_name, variants, expected) => {
    expect(mergeVariants(variants, why)).toEqual(expected);
  });
});
