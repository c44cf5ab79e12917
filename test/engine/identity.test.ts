import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/engine/evaluate.ts';
import { assertion, collectionOf, makePolicy, secret } from './make-policy.ts';
import type { Resource } from '../../src/model/resource.ts';
import { Unknown } from '../../src/model/unknown.ts';

type Parts = Parameters<typeof makePolicy>[0];
const parts: Parts = { assert: [assertion('false', 'bad {{ resource.name }}')] };
const idsOf = (resources: readonly Resource[], policy: Parts = parts, source: 'aws' | 'terraform' = 'aws', now = 0): readonly string[] =>
  evaluate(collectionOf(resources, source), [{ policy: makePolicy({ sources: ['aws', 'terraform'], ...policy }), params: {} }], {
    now,
    detail: 'all',
  }).findings.map(({ id }) => id);

const plain = secret({});
const [base] = idsOf([plain]);

describe('an id stays', () => {
  it('and looks like one', () => expect(base).toMatch(/^f1_[0-9a-f]{32}$/));
  it.each<readonly [string, () => readonly string[]]>([
    [
      'when the ARN gets another random suffix',
      () => idsOf([{ ...plain, address: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-XyZ123' }]),
    ],
    ['when the message changes', () => idsOf([plain], { assert: [assertion('false', 'worse')] })],
    ['when the severity changes', () => idsOf([plain], { ...parts, severity: 'low' })],
    ['when the condition changes', () => idsOf([plain], { assert: [assertion('1 > 2')] })],
    ['when time passes', () => idsOf([plain], parts, 'aws', 1e12)],
    ['when the attributes change', () => idsOf([secret({ description: 'new', tags: { a: 'b' } })])],
    ['when the verdict changes', () => idsOf([plain], { assert: [assertion('true')] })],
    [
      'when the verdict becomes unknown',
      () => idsOf([secret({ isReplica: new Unknown('timeout', 'x') })], { assert: [assertion('resource.isReplica')] }),
    ],
  ])('%s', (_name, ids) => expect(ids()).toEqual([base]));

  it('when resources come in another order', () => {
    const other = secret({}, { name: 'other', address: 'arn:other' });
    expect(new Set(idsOf([other, plain]))).toEqual(new Set(idsOf([plain, other])));
  });

  it('when statements come in another order, or one is put before', () => {
    const each: Parts = { each: { var: 's', in: 'resource.statements' }, assert: [assertion("s.effect == 'Deny'")] };
    const [a, b, c] = ['Get', 'Put', 'List'].map((action, index) => ({
      effect: 'Allow',
      actions: [action],
      ...(index === 0 ? { sid: 'A' } : {}),
    }));
    const before = idsOf([secret({ statements: [a, b] })], each);
    expect(before).toHaveLength(2);
    expect(new Set(idsOf([secret({ statements: [b, a] })], each))).toEqual(new Set(before));
    expect(idsOf([secret({ statements: [c, a, b] })], each)).toEqual(expect.arrayContaining([...before]));
  });

  it('in infrastructure code, wherever the account is', () => {
    const iac = { ...plain, address: 'aws_secretsmanager_secret.db' };
    expect(idsOf([iac], parts, 'terraform')).toEqual(idsOf([{ ...iac, account: '444455556666', name: 'renamed' }], parts, 'terraform'));
  });
});

describe('an id changes', () => {
  it.each<readonly [string, () => readonly string[]]>([
    ['with the name', () => idsOf([{ ...plain, name: 'renamed' }])],
    ['with the account', () => idsOf([{ ...plain, account: '444455556666' }])],
    ['with the region', () => idsOf([{ ...plain, region: 'us-east-1' }])],
    ['with the partition', () => idsOf([{ ...plain, partition: 'aws-cn' }])],
    ['with the policy', () => idsOf([plain], { ...parts, id: 'secretsmanager-other' })],
    ['between a live account and infrastructure code', () => idsOf([plain], parts, 'terraform')],
  ])('%s', (_name, ids) => expect(ids()).not.toEqual([base]));
});
