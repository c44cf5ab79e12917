import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { Unknown } from '../../src/model/unknown.ts';
import { BudgetExceeded, charge } from '../../src/expressions/evaluation.ts';
import { parsePolicyDocument } from '../../src/resources/iam-document.ts';
import { globCovers, globMatches } from '../../src/resources/iam-glob.ts';
import { grants } from '../../src/resources/iam-matching.ts';
import { reachesEvery, reachesSome } from '../../src/resources/iam-reach.ts';
import type { IamStatement } from '../../src/resources/iam-statement.ts';

/** The first statement of a document. */
function first(...statements: readonly object[]): IamStatement {
  const parsed = parsePolicyDocument({ Statement: statements }, { account: '111122223333' });
  const statement = parsed instanceof Unknown ? parsed : parsed[0];
  if (statement === undefined || statement instanceof Unknown) throw new Error('no statement');
  return statement;
}

const read = 'secretsmanager:GetSecretValue';

describe('resources that reach every secret', () => {
  it.each([
    'arn:aws:secretsmanager',
    'arn:aws:secretsmanager:us-east-1',
    'arn:aws:secretsmanager:us-east-1:111122223333',
    'arn:aws:secretsmanager:${aws:RequestedRegion}',
    'arn:aws-iso:secretsmanager:*:*:secret:*',
    'arn:aws-iso-b:secretsmanager:*:*:secret:*',
    'arn:aws-eusc:secretsmanager:*:*:secret:*',
  ])('%s', (Resource) => {
    const statement = first({ Effect: 'Allow', Action: read, Resource });
    expect(reachesEvery(statement, 'secret')).toBe(true);
    expect(reachesSome(statement, 'secret')).toBe(true);
  });

  it('an incomplete ARN of another service reaches none', () => {
    const statement = first({ Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3' });
    expect(reachesSome(statement, 'secret')).toBe(false);
  });

  it('an incomplete ARN spares every secret as NotResource', () => {
    const statement = first({ Effect: 'Allow', Action: read, NotResource: 'arn:aws:secretsmanager' });
    expect(reachesEvery(statement, 'secret')).toBe(false);
  });
});

describe('a denial that is narrower than what is allowed cancels nothing', () => {
  const secrets = 'arn:aws:secretsmanager:*:*:secret:';
  const cases: readonly [string, object, object, string][] = [
    ['one character of resources', { Action: '*', Resource: '*' }, { Action: '*', Resource: '?' }, read],
    ['secrets with names of one character', { Action: read, Resource: `${secrets}*` }, { Action: '*', Resource: `${secrets}?` }, read],
    [
      'actions of one character',
      { Action: 'secretsmanager:*', Resource: '*' },
      { Action: 'secretsmanager:?', Resource: '*' },
      'secretsmanager:*',
    ],
    ['services of one character', { Action: '*', Resource: '*' }, { Action: '?', Resource: '*' }, '*'],
    ['all but Secrets Manager', { Action: read, Resource: `${secrets}a*` }, { Action: '*', NotResource: 'arn:aws:secretsmanager' }, read],
    [
      'one resource, where the statement names none',
      { Principal: '*', Action: read },
      { Principal: '*', Action: '*', Resource: `${secrets}other` },
      read,
    ],
  ];
  it.each(cases)('%s', (_name, allow, deny, action) => {
    expect(grants(first({ Effect: 'Allow', ...allow }, { Effect: 'Deny', ...deny }), action)).toBe(true);
  });

  it('one as wide still does', () => {
    const deny = { Effect: 'Deny', Action: 'secretsmanager:?*', Resource: `${secrets}?*` };
    expect(grants(first({ Effect: 'Allow', Action: 'secretsmanager:*', Resource: `${secrets}*` }, deny), 'secretsmanager:*')).toBe(false);
  });
});

it('a pattern that covers another matches what that one matches', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
  // A `?` beside a `*` is left out: it is taken for nothing where the other side has a `*`.
  const outerPattern = pattern.filter((outer) => !/[*?]{2}/.test(outer));
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
  fc.assert(
    fc.property(outerPattern, pattern, text, (outer, inner, word) => {
      fc.pre(globCovers(outer, inner) && globMatches(inner, word));
      expect(globMatches(outer, word)).toBe(true);
    }),
  );
});

it('the comparison of long patterns uses up a budget', () => {
  const long = (end: string) => `arn:aws:secretsmanager:us-east-1:111122223333:secret:${'*a'.repeat(500)}${end}`;
  const statement = first({ Effect: 'Allow', Action: 'a:b', Resource: long('b') }, { Effect: 'Deny', Action: '*', NotResource: long('c') });
  const budget = { steps: 10_000 };
  expect(() =>
    grants(statement, 'a:b', (steps) => {
      charge(budget, steps);
    }),
  ).toThrow(BudgetExceeded);
});
