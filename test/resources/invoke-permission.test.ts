import { describe, expect, it } from 'vitest';
import { parsePolicyDocument } from '../../src/resources/iam-document.ts';
import { letsSecretsManagerInvoke } from '../../src/resources/invoke-permission.ts';

const account = '123456789012';
const arn = `arn:aws:secretsmanager:eu-west-1:${account}:secret:prod/db-AbCdEf`;
const allow = {
  Effect: 'Allow',
  Principal: { Service: 'secretsmanager.amazonaws.com' },
  Action: 'lambda:InvokeFunction',
  Resource: `arn:aws:lambda:eu-west-1:${account}:function:rotate`,
};
const when = (Condition: object): object => ({ ...allow, Condition });

describe('Secrets Manager may invoke a function', () => {
  it.each<[string, readonly object[], boolean | 'unknown']>([
    ['by a permission', [allow], true],
    ['by one of several', [{ ...allow, Principal: { Service: 's3.amazonaws.com' } }, allow], true],
    ['by a wider action', [{ ...allow, Action: 'lambda:*' }], true],
    ['as anyone', [{ ...allow, Principal: '*' }], true],
    ['for its account', [when({ StringEquals: { 'AWS:SourceAccount': account } })], true],
    ['for this secret', [when({ ArnLike: { 'aws:SourceArn': arn } })], true],
    [
      'for secrets of a path',
      [when({ ArnEquals: { 'aws:SourceArn': `arn:aws:secretsmanager:eu-west-1:${account}:secret:prod/*` } })],
      true,
    ],
    ['not without a permission', [], false],
    ['not by one for another service', [{ ...allow, Principal: { Service: 'events.amazonaws.com' } }], false],
    ['not by one for a role', [{ ...allow, Principal: { AWS: `arn:aws:iam::${account}:role/secretsmanager.amazonaws.com` } }], false],
    ['not by another action', [{ ...allow, Action: 'lambda:GetFunction' }], false],
    ['not by a denial', [{ ...allow, Effect: 'Deny' }], false],
    ['not where a denial cuts the permission', [allow, { ...allow, Effect: 'Deny' }], false],
    ['not for another account', [when({ StringEquals: { 'aws:SourceAccount': '999988887777' } })], false],
    ['not for another secret', [when({ ArnLike: { 'aws:SourceArn': `${arn}x` } })], false],
    ['not for a star that is none', [when({ StringEquals: { 'aws:SourceArn': '*' } })], false],
    ['perhaps, on another condition', [when({ StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } })], 'unknown'],
    ['perhaps, on a negated condition', [when({ StringNotEquals: { 'aws:SourceAccount': '999988887777' } })], 'unknown'],
    ['in any case beside an open condition', [when({ Bool: { 'aws:SecureTransport': 'true' } }), allow], true],
  ])('%s', (_name, statements, expected) => {
    const verdict = letsSecretsManagerInvoke(parsePolicyDocument({ Statement: statements }, { account }), { arn, account });
    expect(typeof verdict === 'boolean' ? verdict : 'unknown').toBe(expected);
  });
});
