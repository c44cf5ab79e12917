import { describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/model/unknown.ts';
import { Evaluator } from '../../../src/sources/cloudformation/evaluator.ts';
import { openWorld } from '../../../src/sources/cloudformation/open-world.ts';
import { parseFile } from '../../../src/sources/cloudformation/parse-template.ts';
import { Reference } from '../../../src/sources/cloudformation/reference.ts';
import { openTemplate } from '../../../src/sources/cloudformation/template.ts';

const head = `
Parameters:
  Given: { Type: String, Default: fallback }
  Fallback: { Type: String, Default: fallback }
  Open: { Type: String }
  Masked: { Type: String, NoEcho: true, Default: hunter2-default }
  List: { Type: CommaDelimitedList, Default: 'a, b' }
  Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /name }
Mappings:
  Map:
    one: { size: small, same: x }
    two: { size: large, same: x }
Conditions:
  Yes: !Equals [!Ref Given, given]
  No: !Not [!Condition Yes]
  Both: !And [!Condition Yes, !Condition No]
  Either: !Or [!Condition Yes, !Condition Undecided]
  Undecided: !Equals [!Ref Open, x]
  Ring: !Not [!Condition Ring]
Resources:
  Secret: { Type: AWS::SecretsManager::Secret, Properties: { Name: prod/db } }
  Role: { Type: AWS::IAM::Role }
  Named: { Type: AWS::IAM::Role, Properties: { RoleName: reader } }
  GitHub: { Type: AWS::IAM::OIDCProvider, Properties: { Url: 'https://token.actions.githubusercontent.com' } }
  Corp: { Type: AWS::IAM::SAMLProvider }
  A: { Type: AWS::SSM::Parameter, Properties: { Name: !Sub '\${B}x' } }
  B: { Type: AWS::SSM::Parameter, Properties: { Name: !Sub '\${A}x' } }
  Custom: { Type: Custom::Thing }
  Value:
    Type: Custom::Probe
    Properties:
`;

function evaluate(yaml: string, place: { account?: string; region?: string; partition?: string } = {}): unknown {
  const text = `${head}      It: ${yaml.replace(/\n/g, '\n        ')}\n`;
  const template = openTemplate(parseFile(text, 't.yaml'), { file: 't.yaml', parameters: new Map([['Given', 'given']]), ...place });
  const { world } = openWorld(template);
  const properties = world.resources.get('Value')?.body['Properties'] as { It: unknown };
  return new Evaluator(world).evaluate(properties.It);
}

const unknown = (detail: string | RegExp): object => ({
  reason: expect.stringMatching(/unresolved|malformed/) as unknown,
  detail: expect.stringMatching(detail) as unknown,
});

describe('functions of CloudFormation', () => {
  it.each<[string, string, unknown]>([
    ['Ref of a given parameter', '!Ref Given', 'given'],
    ['Ref of a default', '!Ref Fallback', 'fallback'],
    ['Ref of a list', '!Ref List', ['a', 'b']],
    ['Ref of nothing', '!Ref AWS::NoValue', undefined],
    ['Ref of a resource', '!Ref Secret', new Reference('Secret', undefined)],
    ['GetAtt', '!GetAtt Role.Arn', new Reference('Role', 'Arn')],
    ['GetAtt as a list', "{ 'Fn::GetAtt': [Role, Arn] }", new Reference('Role', 'Arn')],
    ['Sub', "!Sub 'a-${Given}-${Fallback}'", 'a-given-fallback'],
    ['Sub with a literal', "!Sub '${!aws:username}/${Given}'", '${aws:username}/given'],
    ['Sub with a map', "!Sub ['${X}-${Given}', { X: !Ref Fallback }]", 'fallback-given'],
    [
      'Sub of where the stack is',
      "!Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root'",
      'arn:${AWS::Partition}:iam::${AWS::AccountId}:root',
    ],
    ['Sub of an ARN', "!Sub '${Secret}'", 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:prod/db-${Secret}'],
    ['Sub of a name', "!Sub '${Named} ${Role} ${Role.Arn}'", 'reader ${Role} arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${Role}'],
    [
      'Sub of an OIDC provider',
      "!Sub '${GitHub}'",
      'arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com',
    ],
    ['Sub of a SAML provider', "!Sub '${Corp.Arn}'", 'arn:${AWS::Partition}:iam::${AWS::AccountId}:saml-provider/${Corp}'],
    ['Join', "!Join ['-', [a, !Ref Given]]", 'a-given'],
    ['Join of a list', "!Join ['/', !Ref List]", 'a/b'],
    ['If', '!If [Yes, 1, 2]', 1],
    ['If of a Not', '!If [No, 1, 2]', 2],
    ['If of an And', '!If [Both, 1, 2]', 2],
    ['If of an Or beside an open one', '!If [Either, 1, 2]', 1],
    ['If in a list leaves out', '[a, !If [No, b, !Ref AWS::NoValue], c]', ['a', 'c']],
    ['Select', '!Select [1, [a, b]]', 'b'],
    ['Select beside an unknown', "!Select ['0', [a, !Ref Open]]", 'a'],
    ['Split', "!Split [',', 'a,b']", ['a', 'b']],
    ['Split keeps holes', "!Select [5, !Split [':', !GetAtt Role.Arn]]", 'role/${Role}'],
    ['FindInMap', '!FindInMap [Map, one, size]', 'small'],
    ['FindInMap where all are the same', '!FindInMap [Map, !Ref AWS::Region, same]', 'x'],
    ['FindInMap with a default', '!FindInMap [Map, three, size, { DefaultValue: none }]', 'none'],
    ['Base64', '!Base64 text', 'dGV4dA=='],
    ['Length', '!Length [a, b]', 2],
    ['Length of a parameter', '!Length { Ref: List }', 2],
    ['ToJsonString', '!ToJsonString { a: !Ref Given, b: [1, !Ref AWS::NoValue] }', '{"a":"given","b":[1]}'],
    ['a loop', "{ 'Fn::ForEach::L': [X, !Ref List, { 'Key${X}': !Sub 'v-${X}' }] }", { Keya: 'v-a', Keyb: 'v-b' }],
    ['a date', '2012-10-17', '2012-10-17'],
    ['an account that begins with zero', '012345678901', '012345678901'],
    ['twenty digits', '12345678901234567890', '12345678901234567890'],
  ])('%s', (_name, yaml, expected) => {
    expect(evaluate(yaml)).toEqual(expected);
  });

  it.each<[string, string, string | RegExp]>([
    ['a parameter without a value', '!Ref Open', 'Ref Open: the parameter has no default'],
    ['a part of a text', "!Sub 'a-${Open}'", 'Ref Open'],
    ['a part of a join', "!Join ['', [a, !Ref Open]]", 'Ref Open'],
    ['a parameter of Parameter Store', '!Ref Stored', 'Ref Stored: CloudFormation reads it from Parameter Store'],
    ['a name that is not there', '!Ref Nowhere', 'Ref Nowhere: nothing in the template'],
    ['an attribute of nothing', '!GetAtt Nowhere.Arn', 'Fn::GetAtt Nowhere.Arn'],
    ['an export', '!ImportValue shared-key', 'Fn::ImportValue shared-key'],
    ['an export by a parameter', "!ImportValue { 'Fn::Sub': '${Masked}-key' }", /^Fn::ImportValue \$\{Masked\}-key/],
    ['zones', '!GetAZs us-east-1', 'Fn::GetAZs'],
    ['networks', "!Cidr ['10.0.0.0/16', 4, 8]", 'Fn::Cidr'],
    ['a macro', '{ Fn::Transform: { Name: Upper } }', 'Fn::Transform Upper'],
    ['a map that is not there', '!FindInMap [Nowhere, a, b]', 'Fn::FindInMap Nowhere'],
    ['a map by an open key', '!FindInMap [Map, !Ref Open, size]', 'Ref Open'],
    ['an index past the end', '!Select [9, [a]]', 'Fn::Select'],
    ['an open condition', '!If [Undecided, 1, 2]', 'the condition Undecided is open'],
    ['a ring of conditions', '!If [Ring, 1, 2]', 'the condition Ring is open'],
    ['a custom resource in a text', "!Sub '${Custom.Thing}'", 'Fn::GetAtt Custom.Thing'],
    ['Sub of a map', '!Sub { a: b }', 'Fn::Sub is not written'],
  ])('does not know %s', (_name, yaml, detail) => {
    const value = evaluate(yaml);
    expect(value).toBeInstanceOf(Unknown);
    expect(value).toMatchObject(unknown(detail));
    expect(JSON.stringify(value)).not.toContain('hunter2');
  });

  it('ends where names lead in a ring', () => {
    expect(evaluate("!Sub '${A}'")).toMatch(/^\$\{A\}x?|x/);
  });

  it('knows where the stack is when it is told', () => {
    expect(
      evaluate("!Sub '${AWS::AccountId} ${AWS::Region} ${AWS::URLSuffix}'", {
        account: '111122223333',
        region: 'eu-west-1',
        partition: 'aws',
      }),
    ).toBe('111122223333 eu-west-1 amazonaws.com');
    expect(evaluate('!Ref AWS::AccountId')).toMatchObject({ symbol: 'AWS::AccountId' });
  });
});
