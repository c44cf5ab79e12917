import { describe, expect, it } from 'vitest';
import { Unknown } from '../../src/model/unknown.ts';
import { parsePolicyDocument } from '../../src/resources/iam-document.ts';
import type { IamStatement } from '../../src/resources/iam-statement.ts';

const owner = '111122223333';
const foreign = '444455556666';
const unknown = new Unknown('known-after-apply', 'known after apply');

function parse(document: unknown) {
  return parsePolicyDocument(document, { account: owner });
}

function parseOne(statement: unknown): IamStatement {
  const statements = parse({ Version: '2012-10-17', Statement: [statement] });
  const [first] = statements instanceof Unknown ? [] : statements;
  if (first === undefined || first instanceof Unknown) throw new Error(`not parsed: ${first?.detail}`);
  return first;
}

function allow(parts: object) {
  return { Effect: 'Allow', Principal: '*', Action: 'secretsmanager:GetSecretVal' + 'ue', Resource: '*', ...parts };
}

describe('the shape of a statement', () => {
  it('takes JSON text, a statement as object, strings for lists', () => {
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Sid: 'a', Effect: 'Allow', Action: 'kms:Decrypt', Resource: 'arn:aws:kms:*:*:key/*' },
    });
    expect(parsePolicyDocument(text, { account: owner, policyName: 'p', policyArn: 'arn:aws:iam::aws:policy/p' })).toEqual([
      {
        policyName: 'p',
        policyArn: 'arn:aws:iam::aws:policy/p',
        sid: 'a',
        effect: 'Allow',
        actions: ['kms:Decrypt'],
        notActions: [],
        resources: ['arn:aws:kms:*:*:key/*'],
        notResources: [],
        principals: [],
        notPrincipals: [],
        conditions: [],
        denials: [],
        isPublic: false,
        accounts: [],
        organizations: [],
      },
    ]);
  });

  it('leaves out what is not there, and an empty Sid', () => {
    const statement = parseOne({ Sid: '', Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], NotResource: ['a', 'b'] });
    expect(statement).not.toHaveProperty('sid');
    expect(statement).not.toHaveProperty('policyName');
    expect(statement).toMatchObject({ actions: [], notActions: ['iam:*', 'sts:*'], resources: [], notResources: ['a', 'b'] });
  });

  it('reads each kind of principal', () => {
    const { principals, notPrincipals } = parseOne({
      Effect: 'Allow',
      Principal: { AWS: ['*', foreign], Service: 'rds.amazonaws.com', Federated: ['accounts.google.com'], CanonicalUser: 'abc' },
      Action: 'sts:AssumeRole',
    });
    expect(notPrincipals).toEqual([]);
    expect(principals).toEqual([
      { type: 'AWS', value: '*' },
      { type: 'AWS', value: foreign },
      { type: 'Service', value: 'rds.amazonaws.com' },
      { type: 'Federated', value: 'accounts.google.com' },
      { type: 'CanonicalUser', value: 'abc' },
    ]);
    expect(parseOne(allow({ Principal: '*' })).principals).toEqual([{ type: 'AWS', value: '*' }]);
  });

  it('reads conditions: keys in lower case, operators as written, values as lists of strings', () => {
    const { conditions } = parseOne(
      allow({
        Condition: {
          'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ['o-a/*', 'o-b/*'] },
          Bool: { 'AWS:SecureTransport': true },
          NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 },
        },
      }),
    );
    expect(conditions).toEqual([
      { operator: 'ForAnyValue:StringLike', key: 'aws:principalorgpaths', values: ['o-a/*', 'o-b/*'] },
      { operator: 'Bool', key: 'aws:securetransport', values: ['true'] },
      { operator: 'NumericLessThan', key: 'aws:multifactorauthage', values: ['3600'] },
    ]);
  });
});

describe('a document that is not one', () => {
  const good = '{"Statement":[]}';
  const cases: [string, unknown][] = [
    ['no JSON', '{"Statement": [FAKE'],
    ['empty text', ''],
    ['a JSON string', '"FAKE"'],
    ['a list', []],
    ['null', null],
    ['nothing', undefined],
    ['a number', 3],
    ['no Statement', { Version: '2012-10-17' }],
    ['statement in lower case', { statement: [] }],
    ['Statement a string', { Statement: 'FAKE' }],
    ['Statement null', { Statement: null }],
    ['over 200 KB', good + ' '.repeat(200 * 1024)],
  ];
  it.each(cases)('%s is malformed as a whole, and its text is not repeated', (_, document) => {
    const result = parse(document);
    expect(result).toBeInstanceOf(Unknown);
    expect(result).toMatchObject({ reason: 'malformed-response' });
    expect(JSON.stringify(result)).not.toContain('FAKE');
  });

  it('is empty when it has no statements', () => {
    expect(parse(good)).toEqual([]);
  });
});

describe('a broken statement', () => {
  const base = { Effect: 'Allow', Action: 'a:b', Resource: '*' };
  const cases: [string, unknown][] = [
    ['not an object', 'FAKE'],
    ['null', null],
    ['a list', [base]],
    ['no Effect', { ...base, Effect: undefined }],
    ['Effect in lower case', { ...base, Effect: 'allow' }],
    ['an element in lower case', { ...base, condition: {} }],
    ['an element that AWS does not know', { ...base, FAKE: 1 }],
    ['__proto__', JSON.parse('{"Effect":"Allow","Action":"a:b","Resource":"*","__proto__":{}}')],
    ['no Action', { Effect: 'Allow', Resource: '*' }],
    ['Action and NotAction', { ...base, NotAction: 'a:c' }],
    ['Action null', { ...base, Action: null }],
    ['Action an empty list', { ...base, Action: [] }],
    ['a number among the actions', { ...base, Action: ['a:b', 7] }],
    ['Action an object', { ...base, Action: {} }],
    ['no Resource and no Principal', { Effect: 'Allow', Action: 'a:b' }],
    ['Resource and NotResource', { ...base, NotResource: 'x' }],
    ['Principal and NotPrincipal', { ...base, Principal: '*', NotPrincipal: { AWS: foreign } }],
    ['Principal a bare ARN', { ...base, Principal: 'arn:aws:iam::444455556666:root' }],
    ['Principal empty', { ...base, Principal: {} }],
    ['a kind of principal in lower case', { ...base, Principal: { aws: '*' } }],
    ['Principal null', { ...base, Principal: null }],
    ['Condition a list', { ...base, Condition: [] }],
    ['a test of the Condition a string', { ...base, Condition: { Bool: 'FAKE' } }],
    ['a value of the Condition an object', { ...base, Condition: { Bool: { k: { FAKE: 1 } } } }],
    ['a value of the Condition null', { ...base, Condition: { Bool: { k: null } } }],
    ['Sid a number', { ...base, Sid: 3 }],
  ];
  it.each(cases)('%s: Unknown in its place, the others stay', (_, broken) => {
    const result = parse({ Statement: [base, broken] });
    expect(result).toHaveLength(2);
    const [first, second] = result as readonly unknown[];
    expect(first).toMatchObject({ actions: ['a:b'] });
    expect(second).toMatchObject({ reason: 'malformed-response', detail: expect.stringMatching(/^statement 2 /) as unknown });
    expect(JSON.stringify(second)).not.toContain('FAKE');
  });

  it('may hide a Deny from the others', () => {
    const [first] = parse({ Statement: [base, { ...base, Effect: 'deny' }] }) as readonly IamStatement[];
    expect(first?.denials).toEqual([expect.any(Unknown)]);
  });
});

describe('Unknown in a document', () => {
  it('is the result where it stands for the whole', () => {
    expect(parse(unknown)).toBe(unknown);
    expect(parse({ Statement: unknown })).toBe(unknown);
    expect(parse({ Statement: [unknown] })).toEqual([unknown]);
  });

  it('stays in its place elsewhere', () => {
    const statement = parseOne({
      Sid: unknown,
      Effect: unknown,
      Principal: { AWS: [foreign, unknown], Federated: unknown },
      Action: ['a:b', unknown],
      NotResource: unknown,
      Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-a', unknown], 'aws:SourceVpc': unknown }, Bool: unknown },
    });
    expect(statement).toMatchObject({
      sid: unknown,
      effect: unknown,
      actions: ['a:b', unknown],
      notActions: [],
      resources: [],
      notResources: unknown,
      principals: [
        { type: 'AWS', value: foreign },
        { type: 'AWS', value: unknown },
        { type: 'Federated', value: unknown },
      ],
      conditions: [
        { operator: 'StringEquals', key: 'aws:principalorgid', values: ['o-a', unknown] },
        { operator: 'StringEquals', key: 'aws:sourcevpc', values: unknown },
        unknown,
      ],
    });
    expect(parseOne(allow({ Principal: unknown, Condition: unknown }))).toMatchObject({ principals: unknown, conditions: unknown });
  });
});

describe('denials', () => {
  const permit = { Effect: 'Allow', Action: 'a:*', Resource: '*' };
  const deny = { Effect: 'Deny', Action: 'a:b', Resource: 'r' };
  const denial = { actions: ['a:b'], notActions: [], resources: ['r'], notResources: [] };
  const cases: [string, object, readonly unknown[]][] = [
    ['of an identity policy', deny, [denial]],
    ['of everyone', { ...deny, Principal: '*' }, [denial]],
    ['of AWS everyone', { ...deny, Principal: { AWS: ['*'] } }, [denial]],
    ['of one account only', { ...deny, Principal: { AWS: foreign } }, []],
    ['of every service only', { ...deny, Principal: { Service: '*' } }, []],
    ['of everyone but', { ...deny, NotPrincipal: { AWS: foreign } }, []],
    ['under a condition', { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, []],
    ['under an unknown condition', { ...deny, Condition: unknown }, [unknown]],
    ['of unknown effect', { ...deny, Effect: unknown }, [unknown]],
    ['of unknown effect, under a condition', { ...deny, Effect: unknown, Condition: { Bool: { a: 'b' } } }, []],
    ['of an unknown principal', { ...deny, Principal: { AWS: unknown } }, [unknown]],
    ['of an unknown action', { ...deny, Action: unknown }, [{ ...denial, actions: unknown }]],
    ['an Allow', permit, []],
  ];
  it.each(cases)('%s', (_, statement, expected) => {
    const [first] = parse({ Statement: [permit, statement] }) as readonly IamStatement[];
    expect(first?.denials).toEqual(expected);
  });
});
