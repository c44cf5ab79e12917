import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Unknown } from '../../src/model/unknown.ts';
import { parsePolicyDocument } from '../../src/resources/iam-document.ts';
import type { IamStatement } from '../../src/resources/iam-statement.ts';

const owner = '111122223333';
const foreign = '444455556666';
const other = '777788889999';
const unknown = new Unknown('known-after-apply', 'known after apply');

function audience(parts: object): IamStatement {
  const statement = { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*', ...parts };
  const statements = parsePolicyDocument({ Statement: statement }, { account: owner });
  const [first] = statements instanceof Unknown ? [] : statements;
  if (first === undefined || first instanceof Unknown) throw new Error(`not parsed: ${first?.detail}`);
  return first;
}

function limited(operator: string, key: string, value: unknown) {
  return { Condition: { [operator]: { [key]: value } } };
}

describe('isPublic', () => {
  const cases: [string, object, boolean | Unknown][] = [
    ['everyone', {}, true],
    ['AWS everyone', { Principal: { AWS: '*' } }, true],
    ['everyone in a list', { Principal: { AWS: [owner, '*'] } }, true],
    ['every service', { Principal: { Service: '*' } }, true],
    ['any account by wildcard', { Principal: { AWS: 'arn:aws:iam::*:root' } }, true],
    ['any account of the partition of a template', { Principal: { AWS: 'arn:${AWS::Partition}:iam::*:root' } }, true],
    ['an account of the partition of a template', { Principal: { AWS: `arn:\${AWS::Partition}:iam::${foreign}:root` } }, false],
    ['the account that a template is deployed to', { Principal: { AWS: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/a*' } }, false],
    ['callers of that account', limited('ArnLike', 'aws:PrincipalArn', 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/app'), false],
    ['callers whose account is a variable', limited('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::${aws:PrincipalAccount}:role/app'), true],
    ['NotPrincipal', { Principal: undefined, NotPrincipal: { AWS: foreign } }, true],
    [
      'NotPrincipal within the organization',
      { NotPrincipal: { AWS: foreign }, Principal: undefined, ...limited('StringEquals', 'aws:PrincipalOrgID', 'o-abc123') },
      false,
    ],
    ['Deny of everyone', { Effect: 'Deny' }, false],
    ['another account', { Principal: { AWS: `arn:aws:iam::${foreign}:root` } }, false],
    ['a service', { Principal: { Service: 'rds.amazonaws.com' } }, false],
    ['an identity policy', { Principal: undefined }, false],

    ['over TLS only', limited('Bool', 'aws:SecureTransport', 'true'), true],
    ['through a service', limited('StringEquals', 'kms:ViaService', 'secretsmanager.us-east-1.amazonaws.com'), true],
    ['with an encryption context', limited('StringEquals', 'kms:EncryptionContext:app', 'x'), true],
    ['with a tag that any account can set', limited('StringEquals', 'aws:PrincipalTag/team', 'x'), true],
    ['a version stage', limited('StringEquals', 'secretsmanager:VersionStage', 'AWSCURRENT'), true],
    ['a date', limited('DateLessThan', 'aws:CurrentTime', '2030-01-01T00:00:00Z'), true],

    ['organization', limited('StringEquals', 'aws:PrincipalOrgID', 'o-abc123'), false],
    ['organization, key in another case', limited('StringEquals', 'AWS:principalORGid', 'o-abc123'), false],
    ['own organization', limited('StringEquals', 'aws:PrincipalOrgID', '${aws:ResourceOrgID}'), false],
    ['organization of the caller itself', limited('StringEquals', 'aws:PrincipalOrgID', '${aws:PrincipalOrgID}'), true],
    ['any organization', limited('StringLike', 'aws:PrincipalOrgID', 'o-*'), true],
    ['organization or none', limited('StringEqualsIfExists', 'aws:PrincipalOrgID', 'o-abc123'), true],
    ['all but an organization', limited('StringNotEquals', 'aws:PrincipalOrgID', 'o-abc123'), true],
    ['some organization', limited('Null', 'aws:PrincipalOrgID', 'false'), true],
    ['organization path', limited('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-abc123/r-ab12/*'), false],
    ['any organization path', limited('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', '*/r-ab12/*'), true],
    ['organization path, vacuously', limited('ForAllValues:StringLike', 'aws:PrincipalOrgPaths', 'o-abc123/*'), true],

    ['account', limited('StringEquals', 'aws:PrincipalAccount', foreign), false],
    ['account of the resource', limited('StringEquals', 'aws:PrincipalAccount', '${aws:ResourceAccount}'), false],
    ['accounts by prefix', limited('StringLike', 'aws:PrincipalAccount', '4444*'), true],
    [
      'kms:CallerAccount beside kms:ViaService',
      { Condition: { StringEquals: { 'kms:CallerAccount': owner, 'kms:ViaService': 's3.us-east-1.amazonaws.com' } } },
      false,
    ],
    ['one of the values is a star', limited('StringLike', 'aws:PrincipalAccount', [owner, '*']), true],
    ['no values', limited('StringEquals', 'aws:PrincipalAccount', []), true],
    ['a number as account', limited('StringEquals', 'aws:SourceAccount', 444455556666), false],
    ['source owner', limited('StringEquals', 'aws:SourceOwner', owner), false],

    ['ARN', limited('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${foreign}:role/*`), false],
    ['ARN by StringLike', limited('StringLike', 'aws:PrincipalArn', `arn:*:iam::${foreign}:*`), false],
    ['ARN star', limited('StringLike', 'aws:PrincipalArn', '*'), true],
    ['ARN of any account', limited('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/Admin'), true],
    ['ARN of any account by a leading star', limited('StringLike', 'aws:PrincipalArn', '*:role/Admin'), true],
    ['negated ARN', limited('ArnNotLike', 'aws:PrincipalArn', `arn:aws:iam::${foreign}:role/*`), true],
    ['source ARN of a bucket', limited('ArnEquals', 'aws:SourceArn', 'arn:aws:s3:::acme-logs'), false],
    ['source ARN of buckets by prefix', limited('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::acme-*'), true],
    ['an ARN operator on an account', limited('ArnLike', 'aws:PrincipalAccount', foreign), true],

    ['VPC endpoint', limited('StringEquals', 'aws:SourceVpce', 'vpce-0abc'), false],
    ['any VPC endpoint', limited('StringLike', 'aws:SourceVpce', 'vpce-*'), true],
    ['VPC', limited('StringEquals', 'aws:SourceVpc', 'vpc-0abc'), false],
    ['private address in any VPC', limited('IpAddress', 'aws:VpcSourceIp', '10.0.0.0/16'), true],
    ['address', limited('IpAddress', 'aws:SourceIp', '203.0.113.7'), false],
    ['range', limited('IpAddress', 'aws:SourceIp', ['203.0.113.0/24', '2001:db8::/32']), false],
    ['/8', limited('IpAddress', 'aws:SourceIp', '17.0.0.0/8'), false],
    ['/7', limited('IpAddress', 'aws:SourceIp', '16.0.0.0/7'), true],
    ['0.0.0.0/0', limited('IpAddress', 'aws:SourceIp', '0.0.0.0/0'), true],
    ['::/0', limited('IpAddress', 'aws:SourceIp', '::/0'), true],
    ['v6 /16', limited('IpAddress', 'aws:SourceIp', '2001::/16'), false],
    ['v6 /15', limited('IpAddress', 'aws:SourceIp', '2000::/15'), true],
    ['two halves of the world', limited('IpAddress', 'aws:SourceIp', ['0.0.0.0/1', '128.0.0.0/1']), true],
    ['no address', limited('IpAddress', 'aws:SourceIp', 'everywhere'), true],
    ['all but an address', limited('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24'), true],
    ['user id', limited('StringLike', 'aws:userid', 'AROAEXAMPLEFAKE:*'), false],
    ['any user id', limited('StringLike', 'aws:userid', '*:session'), true],

    ['unknown principal', { Principal: unknown }, unknown],
    ['unknown AWS principal', { Principal: { AWS: unknown } }, unknown],
    ['everyone beside an unknown principal', { Principal: { AWS: [unknown, '*'] } }, true],
    ['unknown principal, Deny', { Principal: unknown, Effect: 'Deny' }, false],
    ['unknown effect', { Effect: unknown }, unknown],
    ['unknown effect, one account', { Effect: unknown, Principal: { AWS: foreign } }, false],
    ['unknown condition', { Condition: unknown }, unknown],
    ['unknown condition, one account', { Condition: unknown, Principal: { AWS: foreign } }, false],
    ['unknown value of a limit', limited('StringEquals', 'aws:PrincipalOrgID', unknown), unknown],
    ['unknown value beside a star', limited('StringLike', 'aws:PrincipalArn', [unknown, '*']), true],
    ['unknown value of no limit', limited('Bool', 'aws:SecureTransport', unknown), true],
    [
      'unknown value beside a limit',
      { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc123', 'aws:SourceVpc': unknown } } },
      false,
    ],
    [
      'unknown principal within the organization',
      { Principal: unknown, ...limited('StringEquals', 'aws:PrincipalOrgID', 'o-abc123') },
      false,
    ],
  ];
  it.each(cases)('%s', (_, parts, expected) => {
    expect(audience(parts).isPublic).toEqual(expected);
  });
});

describe('accounts', () => {
  const cases: [string, object, unknown][] = [
    ['root', { Principal: { AWS: `arn:aws:iam::${foreign}:root` } }, [foreign]],
    ['bare id', { Principal: { AWS: foreign } }, [foreign]],
    ['own account', { Principal: { AWS: owner } }, [owner]],
    ['partition', { Principal: { AWS: `arn:aws-us-gov:iam::${foreign}:role/r` } }, [foreign]],
    ['partition of a template, by account', { Principal: { AWS: `arn:\${AWS::Partition}:iam::${foreign}:root` } }, [foreign]],
    ['assumed role', { Principal: { AWS: `arn:aws:sts::${foreign}:assumed-role/r/s` } }, [foreign]],
    ['one account twice', { Principal: { AWS: [foreign, `arn:aws:iam::${foreign}:user/u`, owner] } }, [foreign, owner]],
    ['deleted principal', { Principal: { AWS: ['AIDAEXAMPLEFAKEEXAMP', foreign] } }, [foreign]],
    ['service', { Principal: { Service: 'rds.amazonaws.com' } }, []],
    [
      'service on behalf of an account',
      { Principal: { Service: 's3.amazonaws.com' }, ...limited('StringEquals', 'aws:SourceAccount', foreign) },
      [foreign],
    ],
    ['saml provider', { Principal: { Federated: `arn:aws:iam::${owner}:saml-provider/x` } }, [owner]],
    ['web identity', { Principal: { Federated: 'accounts.google.com' } }, []],
    ['everyone', {}, []],
    ['everyone of an account', limited('StringEquals', 'aws:PrincipalAccount', [foreign, other]), [foreign, other]],
    ['caller account', limited('StringEquals', 'kms:CallerAccount', owner), [owner]],
    ['account of the resource', limited('StringEquals', 'aws:PrincipalAccount', '${aws:ResourceAccount}'), [owner]],
    ['everyone by ARN', limited('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${foreign}:role/*`), [foreign]],
    ['everyone by source ARN', limited('ArnLike', 'aws:SourceArn', `arn:aws:sns:*:${foreign}:*`), [foreign]],
    ['a negated limit', limited('StringNotEquals', 'aws:PrincipalAccount', foreign), []],
    ['a limit on a named account', { Principal: { AWS: foreign }, ...limited('StringEquals', 'aws:PrincipalAccount', other) }, [foreign]],
    ['Deny', { Effect: 'Deny', Principal: { AWS: foreign } }, []],
    ['unknown principal', { Principal: unknown }, unknown],
    ['one unknown principal', { Principal: { AWS: [foreign, unknown] } }, [foreign, unknown]],
    ['unknown limit', limited('StringEquals', 'aws:PrincipalAccount', [foreign, unknown]), [foreign, unknown]],
    ['unknown condition', { Condition: unknown }, [unknown]],
    ['unknown condition on a named account', { Principal: { AWS: foreign }, Condition: unknown }, [foreign]],
    ['unknown effect', { Effect: unknown, Principal: { AWS: foreign } }, unknown],
    ['unknown effect of nobody', { Effect: unknown }, []],
    ['canonical user', { Principal: { CanonicalUser: 'abc' } }, [expect.objectContaining({ reason: 'unresolved-reference' })]],
  ];
  it.each(cases)('%s', (_, parts, expected) => {
    expect(audience(parts).accounts).toEqual(expected);
  });

  it('names an unknown owner as Unknown', () => {
    const statement = {
      Effect: 'Allow',
      Principal: '*',
      Action: 'a:b',
      Resource: '*',
      ...limited('StringEquals', 'aws:PrincipalAccount', '${aws:ResourceAccount}'),
    };
    expect(parsePolicyDocument({ Statement: statement }, { account: unknown })).toMatchObject([{ isPublic: false, accounts: [unknown] }]);
  });
});

describe('organizations', () => {
  const cases: [string, object, unknown][] = [
    ['none', {}, []],
    ['by id', limited('StringEquals', 'aws:PrincipalOrgID', ['o-abc123', 'o-def456']), ['o-abc123', 'o-def456']],
    ['by path', limited('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', ['o-abc123/r-a/*', 'o-abc123/r-b/*']), ['o-abc123']],
    ['of the source', limited('StringEquals', 'aws:SourceOrgID', 'o-abc123'), ['o-abc123']],
    ['negated', limited('StringNotEquals', 'aws:PrincipalOrgID', 'o-abc123'), []],
    ['by wildcard', limited('StringLike', 'aws:PrincipalOrgID', 'o-*'), []],
    ['beside a star, which limits nobody', limited('StringLike', 'aws:PrincipalOrgID', ['o-abc123', '*']), []],
    ['Deny', { Effect: 'Deny', ...limited('StringEquals', 'aws:PrincipalOrgID', 'o-abc123') }, []],
    ['unknown', limited('StringEquals', 'aws:PrincipalOrgID', unknown), [unknown]],
    [
      'own',
      limited('StringEquals', 'aws:PrincipalOrgID', '${aws:ResourceOrgID}'),
      [expect.objectContaining({ reason: 'unresolved-reference' })],
    ],
  ];
  it.each(cases)('%s', (_, parts, expected) => {
    expect(audience(parts).organizations).toEqual(expected);
  });
});

describe('a definite answer stays the same whatever the unknowns turn out to be', () => {
  const hideable = <T>(value: fc.Arbitrary<T>) => fc.tuple(value, fc.boolean());
  const principal = hideable(fc.constantFrom('*', foreign, `arn:aws:iam::${other}:root`, 'AIDAEXAMPLEFAKEEXAMP'));
  const test = fc.record({
    operator: fc.constantFrom('StringEquals', 'StringLike', 'StringNotEquals', 'ArnLike', 'ForAllValues:StringLike'),
    key: fc.constantFrom('aws:PrincipalOrgID', 'aws:PrincipalAccount', 'aws:PrincipalArn', 'aws:SecureTransport'),
    values: hideable(
      fc.array(hideable(fc.constantFrom('*', 'o-abc123', foreign, `arn:aws:iam::${foreign}:role/r`)), { minLength: 1, maxLength: 2 }),
    ),
  });
  const statement = fc.record({
    effect: hideable(fc.constantFrom('Allow', 'Deny')),
    inverse: fc.boolean(),
    service: fc.boolean(),
    principals: hideable(fc.array(principal, { minLength: 1, maxLength: 3 })),
    conditions: hideable(fc.uniqueArray(test, { maxLength: 2, selector: ({ operator }) => operator })),
  });
  type Drawn = typeof statement extends fc.Arbitrary<infer T> ? T : never;

  function write({ effect, inverse, service, principals, conditions }: Drawn, hide: boolean): object {
    const cover = <T>([value, hidden]: [T, boolean], shown: unknown = value) => (hide && hidden ? unknown : shown);
    const tests = conditions[0].map(({ operator, key, values }) => [
      operator,
      {
        [key]: cover(
          values,
          values[0].map((value) => cover(value)),
        ),
      },
    ]);
    const named = { ...(service ? { Service: 's3.amazonaws.com' } : {}), AWS: principals[0].map((one) => cover(one)) };
    return {
      Effect: cover(effect),
      Principal: inverse ? undefined : cover(principals, named),
      NotPrincipal: inverse ? cover(principals, named) : undefined,
      Condition: cover(conditions, Object.fromEntries(tests)),
    };
  }

  it('isPublic, accounts, organizations', () => {
    fc.assert(
      fc.property(statement, (drawn) => {
        const known = audience(write(drawn, false));
        const hidden = audience(write(drawn, true));
        if (!(hidden.isPublic instanceof Unknown)) expect(hidden.isPublic).toBe(known.isPublic);
        for (const field of ['accounts', 'organizations'] as const) {
          const list = hidden[field];
          if (!(list instanceof Unknown) && !list.some((element) => element instanceof Unknown)) expect(list).toEqual(known[field]);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
