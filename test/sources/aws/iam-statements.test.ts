import { describe, expect, it } from 'vitest';
import { makeFailure } from '../../../src/sources/aws/failures.ts';
import type { AuthorizationDetails } from '../../../src/sources/aws/iam-authorization-details.ts';
import { defaultVersion, principalAttachments, principalStatements, readDocument } from '../../../src/sources/aws/iam-statements.ts';

const account = '123456789012';
const context = { account };
const arn = `arn:aws:iam::${account}:policy/team/Own`;

function document(action: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: action, Resource: '*' } });
}

function details(changes: Partial<AuthorizationDetails> = {}): AuthorizationDetails {
  return { users: [], roles: [], groups: [], policies: new Map(), ...changes };
}

describe('readDocument', () => {
  it.each([
    ['as AWS sends it, URL-encoded', encodeURIComponent(document('kms:*'))],
    ['as moto sends trust policies, raw', document('kms:*')],
    ['raw, with a % in it', document('kms:%41')],
  ])('%s', (_name, text) => {
    expect(readDocument(text, context)).toMatchObject([{ effect: 'Allow', resources: ['*'] }]);
  });

  it('does not decode what is JSON already', () => {
    expect(readDocument(document('kms:%41'), context)).toMatchObject([{ actions: ['kms:%41'] }]);
  });

  it.each([
    ['no document', undefined],
    ['no JSON', 'CANARY'],
    ['a broken escape', '%7B%'],
    ['null', 'null'],
  ])('is unknown for %s', (_name, text) => {
    const unknown = readDocument(text, context);
    expect(unknown).toMatchObject({ reason: 'malformed-response', action: 'iam:GetAccountAuthorizationDetails' });
    expect(JSON.stringify(unknown)).not.toContain('CANARY');
  });
});

describe('principalStatements', () => {
  const policy = {
    Arn: arn,
    PolicyVersionList: [
      { VersionId: 'v1', IsDefaultVersion: false, Document: document('*') },
      { VersionId: 'v2', IsDefaultVersion: true, Document: document('ssm:GetParameter') },
    ],
  };

  it('has the inline statements and then those of attached policies, with their names', () => {
    const principal = {
      inline: [{ PolicyName: 'b', PolicyDocument: document('kms:Decrypt') }],
      attached: [{ PolicyName: 'Own', PolicyArn: arn }],
    };
    expect(principalStatements(principal, details({ policies: new Map([[arn, policy]]) }), account)).toMatchObject([
      { policyName: 'b', actions: ['kms:Decrypt'] },
      { policyName: 'Own', policyArn: arn, actions: ['ssm:GetParameter'] },
    ]);
  });

  it('has one unknown for an attached policy whose document did not come', () => {
    const principal = { inline: [], attached: [{ PolicyName: 'Own', PolicyArn: arn }] };
    expect(principalStatements(principal, details(), account)).toMatchObject([{ reason: 'malformed-response' }]);
    const failure = makeFailure('denied', 'iam:GetAccountAuthorizationDetails', { code: 'AccessDenied' });
    expect(principalStatements(principal, details({ failure }), account)).toMatchObject([{ reason: 'access-denied' }]);
  });

  it('has one unknown for an inline policy that cannot be read, beside the others', () => {
    const principal = {
      inline: [
        { PolicyName: 'a', PolicyDocument: '{' },
        { PolicyName: 'b', PolicyDocument: document('kms:Decrypt') },
      ],
      attached: [],
    };
    expect(principalStatements(principal, details(), account)).toMatchObject([{ reason: 'malformed-response' }, { policyName: 'b' }]);
  });

  it('takes the name of a policy from its ARN where the answer has none', () => {
    expect(principalAttachments({ inline: [], attached: [{ PolicyArn: arn }] })).toEqual([{ name: 'Own', arn }]);
  });

  it('reads the default version and no other', () => {
    expect(defaultVersion(policy, context)).toMatchObject([{ actions: ['ssm:GetParameter'] }]);
    expect(defaultVersion({ ...policy, PolicyVersionList: policy.PolicyVersionList.slice(0, 1) }, context)).toMatchObject({
      reason: 'malformed-response',
    });
  });
});
