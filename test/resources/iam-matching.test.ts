import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Unknown } from '../../src/model/unknown.ts';
import { parsePolicyDocument } from '../../src/resources/iam-document.ts';
import { actionMatches, grants } from '../../src/resources/iam-matching.ts';
import { reachesEvery } from '../../src/resources/iam-reach.ts';
import type { IamStatement } from '../../src/resources/iam-statement.ts';

const unknown = new Unknown('known-after-apply', 'known after apply');
const read = 'secretsmanager:DescribeSecret';

function first(...statements: object[]): IamStatement {
  const parsed = parsePolicyDocument({ Statement: statements }, { account: '111122223333' });
  const [statement] = parsed instanceof Unknown ? [] : parsed;
  if (statement === undefined || statement instanceof Unknown) throw new Error(`not parsed: ${statement?.detail}`);
  return statement;
}

describe('actionMatches', () => {
  const cases: [string, string, boolean][] = [
    ['*', read, true],
    ['*:*', read, true],
    ['secretsmanager:*', read, true],
    ['secretsmanager:?*', read, true],
    ['Secrets*:*', read, true],
    ['SECRETSMANAGER:describesecret', read, true],
    ['secretsmanager:Describe*', read, true],
    ['secretsmanager:Get*', read, false],
    ['secretsmanager', read, false],
    ['ssm:*', read, false],
    ['secretsmanager:*', 'secretsmanager:*', true],
    ['secretsmanager:?*', 'secretsmanager:*', true],
    ['secretsmanager:Get*', 'secretsmanager:*', false],
  ];
  it.each(cases)('%s on %s: %j', (pattern, action, expected) => {
    expect(actionMatches(pattern, action)).toBe(expected);
  });
});

describe('grants', () => {
  const allow = { Effect: 'Allow', Action: 'secretsmanager:*', Resource: '*' };
  const deny = { Effect: 'Deny', Action: 'secretsmanager:*', Resource: '*' };
  const prod = 'arn:aws:secretsmanager:*:*:secret:prod/*';
  const cases: [string, object[], string, boolean | Unknown][] = [
    ['an Allow', [allow], read, true],
    ['a Deny', [deny], read, false],
    ['another service', [{ ...allow, Action: 'ssm:*' }], read, false],
    ['under a condition', [{ ...allow, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }], read, true],
    ['NotAction of another service', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], read, true],
    ['NotAction of the action', [{ Effect: 'Allow', NotAction: 'SecretsManager:Describe*', Resource: '*' }], read, false],
    ['NotAction of one action is not the wildcard', [{ Effect: 'Allow', NotAction: read, Resource: '*' }], 'secretsmanager:*', false],
    ['NotAction of another service is the wildcard', [{ Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' }], 'secretsmanager:*', true],
    ['cut by a Deny of all', [allow, { Effect: 'Deny', Action: '*', Resource: '*' }], read, false],
    ['cut by a Deny that comes first', [{ ...allow, Resource: prod }, deny], read, false],
    ['cut by a Deny of NotAction', [allow, { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }], read, false],
    ['not cut by a Deny that spares it', [allow, { Effect: 'Deny', NotAction: 'secretsmanager:*', Resource: '*' }], read, true],
    ['not cut by a Deny of another action', [allow, { ...deny, Action: 'secretsmanager:DeleteSecret' }], read, true],
    ['the wildcard is not cut by a Deny of one action', [allow, { ...deny, Action: read }], 'secretsmanager:*', true],
    ['not cut by a narrower Deny', [allow, { ...deny, Resource: prod }], read, true],
    ['not cut by a conditional Deny', [allow, { ...deny, Condition: { Bool: { a: 'b' } } }], read, true],
    [
      'cut by a Deny of the same pattern',
      [
        { ...allow, Resource: prod },
        { ...deny, Resource: prod },
      ],
      read,
      false,
    ],
    [
      'cut by a Deny of a wider pattern',
      [
        { ...allow, Resource: prod },
        { ...deny, Resource: 'arn:aws:secretsmanager:*' },
      ],
      read,
      false,
    ],
    [
      'not cut when one of two is left',
      [
        { ...allow, Resource: [prod, 'x'] },
        { ...deny, Resource: prod },
      ],
      read,
      true,
    ],
    [
      'cut by a Deny of the rest',
      [
        { ...allow, Resource: prod },
        { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::*' },
      ],
      read,
      false,
    ],
    ['not cut by a Deny that spares a part', [allow, { Effect: 'Deny', Action: '*', NotResource: prod }], read, true],
    ['NotResource cut by a Deny of all', [{ Effect: 'Allow', Action: '*', NotResource: prod }, deny], read, false],
    [
      'NotResource not cut by a Deny of some',
      [
        { Effect: 'Allow', Action: '*', NotResource: prod },
        { ...deny, Resource: 'arn:*' },
      ],
      read,
      true,
    ],
    [
      'NotResource cut by the same NotResource',
      [
        { Effect: 'Allow', Action: '*', NotResource: prod },
        { Effect: 'Deny', Action: '*', NotResource: prod },
      ],
      read,
      false,
    ],
    [
      'a variable is not a wildcard',
      [
        { ...allow, Resource: 'arn:aws:s3:::a' },
        { ...deny, Resource: 'arn:aws:s3:::${*}' },
      ],
      read,
      true,
    ],
    [
      'the same variable',
      [
        { ...allow, Resource: 'x/${aws:username}' },
        { ...deny, Resource: 'x/${aws:username}' },
      ],
      read,
      false,
    ],
    [
      'a trust policy',
      [
        { Effect: 'Allow', Principal: '*', Action: 'sts:*' },
        { Effect: 'Deny', Principal: '*', Action: '*' },
      ],
      'sts:AssumeRole',
      false,
    ],
    ['unknown action', [{ ...allow, Action: unknown }], read, unknown],
    ['unknown action beside one that matches', [{ ...allow, Action: [unknown, '*'] }], read, true],
    ['unknown NotAction', [{ Effect: 'Allow', NotAction: ['iam:*', unknown], Resource: '*' }], read, unknown],
    ['unknown NotAction beside one that matches', [{ Effect: 'Allow', NotAction: [read, unknown], Resource: '*' }], read, false],
    ['unknown effect', [{ ...allow, Effect: unknown }], read, unknown],
    ['unknown effect of another action', [{ ...allow, Effect: unknown, Action: 'ssm:*' }], read, false],
    ['beside an unknown statement', [allow, unknown], read, unknown],
    ['unknown resource under a Deny of all', [{ ...allow, Resource: unknown }, deny], read, false],
    [
      'unknown resource under a Deny of some',
      [
        { ...allow, Resource: unknown },
        { ...deny, Resource: prod },
      ],
      read,
      unknown,
    ],
  ];
  it.each(cases)('%s', (_, statements, action, expected) => {
    expect(grants(first(...statements), action)).toEqual(expected);
  });
});

describe('reachesEvery', () => {
  const id = '111122223333';
  const cases: [string | string[], 'secret' | 'parameter' | 'key', boolean][] = [
    ['*', 'secret', true],
    ['?*', 'secret', true],
    ['arn:aws:secretsmanager:*:*:secret:*', 'secret', true],
    [`arn:aws:secretsmanager:us-east-1:${id}:secret:*`, 'secret', true],
    [`arn:aws-cn:secretsmanager:cn-north-1:${id}:secret:*`, 'secret', true],
    ['arn:aws:secretsmanager:*', 'secret', true],
    ['arn:aws:secretsmanager:us-east-1:*', 'secret', true],
    ['arn:aws:secretsmanager:us-*:*:secret:*', 'secret', true],
    ['arn:aws:secretsmanager:*:secret:*', 'secret', true],
    ['arn:aws:secretsmanager:*:1111*:secret:*', 'secret', true],
    ['arn:*:*:*:*:*', 'secret', true],
    ['arn:aws:secretsmanager:*:*:secret:?*', 'secret', true],
    ['arn:aws:secretsmanager:*:*:secret:*-??????', 'secret', true],
    [`*:${id}:secret:*`, 'secret', true],
    ['arn:aws:secretsmanager:*:${aws:PrincipalAccount}:secret:*', 'secret', true],
    [['arn:aws:s3:::x', '*'], 'secret', true],
    ['arn:aws:secretsmanager:*:*:secret:prod/*', 'secret', false],
    ['arn:aws:secretsmanager:*:*:secret:*/db', 'secret', false],
    ['arn:aws:secretsmanager:*:*:secret:${aws:username}/*', 'secret', false],
    ['arn:aws:secretsmanager:*:*:secret:${aws:PrincipalTag/team}*', 'secret', false],
    ['arn:aws:secretsmanager:*:*:secret:${*}', 'secret', false],
    ['arn:aws:secretsmanager:us-east-1:secret:*', 'secret', false],
    ['arn:aws:ssm:*:*:*', 'secret', false],
    ['arn:aws:secretsmanager:*:*:Secret:*', 'secret', false],
    ['', 'secret', false],
    ['arn:aws:ssm:*:*:parameter/*', 'parameter', true],
    [`arn:aws:ssm:eu-west-1:${id}:parameter*`, 'parameter', true],
    ['arn:aws:ssm:*:*:*', 'parameter', true],
    ['arn:aws:ssm:*:*:parameter/prod/*', 'parameter', false],
    ['arn:aws:ssm:*:*:parameter/*/*', 'parameter', false],
    ['arn:*:kms:*:*:key/*', 'key', true],
    [`arn:aws:kms:us-east-1:${id}:key/*`, 'key', true],
    ['arn:aws:kms:*:*:key/????????-????-????-????-????????????', 'key', true],
    ['arn:aws:kms:*:*:*', 'key', true],
    ['arn:aws:kms:*:*:alias/*', 'key', false],
    ['arn:aws:kms:*:*:key/mrk-*', 'key', false],
    [`arn:aws:kms:us-east-1:${id}:key/1234abcd-12ab-34cd-56ef-1234567890ab`, 'key', false],
  ];
  it.each(cases)('%j, every %s: %j', (resources, kind, expected) => {
    expect(reachesEvery(first({ Effect: 'Allow', Action: '*', Resource: resources }), kind)).toBe(expected);
  });

  const excepted: [string, string | Unknown | readonly (string | Unknown)[], boolean | Unknown][] = [
    ['some of them', 'arn:aws:secretsmanager:*:*:secret:prod/*', true],
    ['all of one region', `arn:aws:secretsmanager:us-east-1:${id}:secret:*`, true],
    ['another service', 'arn:aws:s3:::*', true],
    ['all of them', 'arn:aws:secretsmanager:*:*:secret:*', false],
    ['everything', '*', false],
    ['unknown', unknown, unknown],
    ['unknown beside everything', [unknown, '*'], false],
  ];
  it.each(excepted)('NotResource: %s', (_, resources, expected) => {
    expect(reachesEvery(first({ Effect: 'Allow', Action: '*', NotResource: resources }), 'secret')).toEqual(expected);
  });

  it('is unknown for an unknown resource, unless another reaches all', () => {
    expect(reachesEvery(first({ Effect: 'Allow', Action: '*', Resource: unknown }), 'secret')).toBe(unknown);
    expect(reachesEvery(first({ Effect: 'Allow', Action: '*', Resource: [unknown, 'x'] }), 'secret')).toBe(unknown);
    expect(reachesEvery(first({ Effect: 'Allow', Action: '*', Resource: [unknown, '*'] }), 'secret')).toBe(true);
  });

  it('is false for a statement without resources, as in a trust policy', () => {
    expect(reachesEvery(first({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }), 'secret')).toBe(false);
  });
});

describe('a definite answer stays the same whatever the unknowns turn out to be', () => {
  const action = fc.constantFrom('*', 'a:*', 'a:b', 'a:?', 'b:*', 'A:B');
  const resource = fc.constantFrom('*', 'arn:aws:kms:*:*:key/*', 'arn:aws:kms:*', 'x', 'x*', 'x${aws:username}');
  const list = (element: fc.Arbitrary<string>) => fc.array(fc.tuple(element, fc.boolean()), { minLength: 1, maxLength: 3 });
  const condition = fc.constantFrom(undefined, { Bool: { k: 'v' } });
  const statement = fc.record({
    effect: fc.tuple(fc.constantFrom('Allow', 'Deny'), fc.boolean()),
    inverseAction: fc.boolean(),
    inverseResource: fc.boolean(),
    actions: fc.tuple(list(action), fc.boolean()),
    resources: fc.tuple(list(resource), fc.boolean()),
    condition: fc.tuple(condition, fc.boolean()),
    hidden: fc.boolean(),
  });
  type Drawn = typeof statement extends fc.Arbitrary<infer T> ? T : never;

  /** The statement as it is, or with the drawn places hidden. */
  function write(drawn: Drawn, hide: boolean, whole: boolean): unknown {
    const cover = <T>([value, hidden]: [T, boolean]) => (hide && hidden ? unknown : value);
    if (hide && whole && drawn.hidden) return unknown;
    const [actions, hideActions] = drawn.actions;
    const [resources, hideResources] = drawn.resources;
    return {
      Effect: cover(drawn.effect),
      [drawn.inverseAction ? 'NotAction' : 'Action']: hide && hideActions && whole ? unknown : actions.map(cover),
      [drawn.inverseResource ? 'NotResource' : 'Resource']: hide && hideResources && whole ? unknown : resources.map(cover),
      Condition: cover(drawn.condition),
    };
  }

  it('grants and reachesEvery', () => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 3 }), fc.boolean(), (drawn, whole) => {
        const known = first(...drawn.map((one) => write(one, false, whole) as object));
        const [hidden] = parsePolicyDocument(
          { Statement: drawn.map((one) => write(one, true, whole)) },
          { account: '1' },
        ) as readonly unknown[];
        if (hidden instanceof Unknown) return;
        for (const ask of ['a:b', 'a:*', '*']) {
          const answer = grants(hidden as IamStatement, ask);
          if (!(answer instanceof Unknown)) expect(answer).toBe(grants(known, ask));
        }
        const reach = reachesEvery(hidden as IamStatement, 'key');
        if (!(reach instanceof Unknown)) expect(reach).toBe(reachesEvery(known, 'key'));
      }),
      { numRuns: 3000 },
    );
  });
});
