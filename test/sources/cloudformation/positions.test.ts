import { describe, expect, it } from 'vitest';
import { fixture, resourcesOf } from './read.ts';

type Place = [address: string, path: string, line: number, column: number, text: string, block: string];

async function check(text: string, places: readonly Place[]): Promise<void> {
  const resources = await resourcesOf(text);
  const lines = text.split('\n');
  const found = places.map(([address, path]): Place => {
    const location = resources.get(address)?.locate?.(path);
    if (location === undefined) return [address, path, 0, 0, '', ''];
    const { startLine, startColumn, endLine, endColumn } = location;
    expect(endLine).toBe(startLine);
    return [
      address,
      path,
      startLine,
      startColumn,
      lines[startLine - 1]?.slice(startColumn - 1, endColumn - 1) ?? '',
      location.address ?? '',
    ];
  });
  expect(found).toEqual(places);
}

describe('positions', () => {
  it('in YAML', async () => {
    await check(fixture('orders.yaml'), [
      ['OrdersDb', '', 32, 3, 'OrdersDb', 'OrdersDb'],
      ['OrdersDb', 'name', 35, 13, 'orders/db', 'OrdersDb'],
      ['OrdersDb', 'encryption.manager', 36, 17, 'alias/orders', 'OrdersDb'],
      ['OrdersDb', 'recoveryWindowDays', 32, 3, 'OrdersDb', 'OrdersDb'],
      ['OrdersDb', 'replicas[1].manager', 41, 21, '!Ref KeyArn', 'OrdersDb'],
      ['OrdersDb', 'rotation.enabled', 47, 3, 'Rotation', 'Rotation'],
      ['OrdersDb', 'rotation.schedule.intervalDays', 53, 33, '!FindInMap [Rotation, Days, prod]', 'Rotation'],
      ['Literal', 'values[0].origin', 76, 21, 'canary-secret-string-51bd02', 'Literal'],
      ['Function', 'environment[1].looksSecret', 98, 24, 'canary-environment-8d21', 'Function'],
      ['Reader', 'statements[0].actions', 112, 49, "'secretsmanager:GetSecretValue'", 'Reader'],
      ['Key', 'statements[0]', 24, 13, 'Sid: Own', 'Key'],
    ]);
  });

  it('of the statement behind one that a condition leaves out', async () => {
    const resources = await resourcesOf(fixture('orders.yaml'), { parameters: new Map([['Env', 'dev']]) });
    const secret = resources.get('OrdersDb');
    expect(secret?.attributes['statements']).toEqual([expect.objectContaining({ sid: 'Public' })]);
    expect(secret?.locate?.('statements[0].actions[1]')).toMatchObject({ startLine: 70, startColumn: 17, address: 'Policy' });
    const prod = (await resourcesOf(fixture('orders.yaml'), { parameters: new Map([['Env', 'prod']]) })).get('OrdersDb');
    expect(prod?.locate?.('statements[0].effect')).toMatchObject({ startLine: 63, startColumn: 36 });
  });

  it('through anchors, aliases and merge keys', async () => {
    const text = `Shared: &shared
  KmsKeyId: alias/own
  Tags: &tags
    - { Key: a, Value: x }
Resources:
  One: &one
    Type: AWS::SecretsManager::Secret
    Properties:
      <<: *shared
      Name: one
  Two:
    Type: AWS::SecretsManager::Secret
    Properties: { <<: [*shared], Name: two, Tags: *tags }
  Three: *one
`;
    await check(text, [
      ['One', 'encryption.manager', 2, 13, 'alias/own', 'One'],
      ['One', 'name', 10, 13, 'one', 'One'],
      ['Two', 'encryption.manager', 2, 13, 'alias/own', 'Two'],
      ['Two', 'name', 13, 40, 'two', 'Two'],
      ['Two', 'tags', 13, 51, '*tags', 'Two'],
      ['Three', 'name', 10, 13, 'one', 'Three'],
    ]);
  });

  it('in JSON', async () => {
    const text = `{
  "Resources": {
    "S": { "Type": "AWS::SecretsManager::Secret", "Properties": { "Name": "é\\u00e9" , "KmsKeyId":
      "alias/own" } },
    "P": {
      "Type": "AWS::SecretsManager::ResourcePolicy",
      "Properties": { "SecretId": { "Ref": "S" }, "ResourcePolicy": { "Statement": { "Effect": "Allow",
        "Principal": "*", "Action": ["a:b", "c:d"], "Resource": "*" } } }
    }
  }
}`;
    await check(text, [
      ['S', '', 3, 5, '"S"', 'S'],
      ['S', 'name', 3, 75, '"é\\u00e9"', 'S'],
      ['S', 'encryption', 4, 7, '"alias/own"', 'S'],
      ['S', 'statements[0].actions[1]', 8, 45, '"c:d"', 'P'],
      ['S', 'statements[0].effect', 7, 96, '"Allow"', 'P'],
    ]);
  });

  it('of what a loop makes', async () => {
    const resources = await resourcesOf(fixture('sam.yaml'));
    expect(resources.get('Secretbeta')?.locate?.('name')).toMatchObject({ startLine: 28, startColumn: 29, address: 'Secretbeta' });
  });
});
