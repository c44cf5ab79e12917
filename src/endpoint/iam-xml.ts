import { defaultDate } from './account-fixture.ts';
import { policyText, type PolicyDocument } from './policy-document-text.ts';
import { fakeUniqueId } from './fake-id.ts';
import type { GroupFixture, ManagedPolicyFixture, RoleFixture, UserFixture } from './iam-fixture.ts';
import { element, isoDate, listElement, textElement } from './xml.ts';

/** ARNs of an account's managed policies by name. */
export type PolicyArns = ReadonlyMap<string, string>;

/** How many principals have a policy attached, and as a boundary, by its ARN. */
export interface PolicyUsage {
  readonly attached: ReadonlyMap<string, number>;
  readonly boundary: ReadonlyMap<string, number>;
}

/** The ARN of a managed policy that a fixture names. Throws Error when there is none of that name. */
export function resolvePolicy(arns: PolicyArns, nameOrArn: string): string {
  const arn = nameOrArn.startsWith('arn:') ? nameOrArn : arns.get(nameOrArn);
  if (arn === undefined) throw new Error(`there is no managed policy ${nameOrArn}`);
  return arn;
}

/** Percent-encodes as RFC 3986 wants it, which is how IAM gives policy documents. */
function encodeDocument(document: PolicyDocument): string {
  const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(policyText(document)).replace(/[!'()*]/g, percent);
}

/** What a `<member>` with a UserDetail holds. */
export function userXml(user: UserFixture, arn: string, arns: PolicyArns): string {
  return [
    identityXml('User', fakeUniqueId('AIDA', arn), user, arn),
    inlineXml('UserPolicyList', user.inline),
    element('GroupList', (user.groups ?? []).map((name) => textElement('member', name)).join('')),
    attachedXml(user.attached, arns),
    boundaryXml(user.boundary, arns),
    tagsXml(user.tags),
  ].join('');
}

/** What a `<member>` with a GroupDetail holds. */
export function groupXml(group: GroupFixture, arn: string, arns: PolicyArns): string {
  return [
    identityXml('Group', fakeUniqueId('AGPA', arn), group, arn),
    inlineXml('GroupPolicyList', group.inline),
    attachedXml(group.attached, arns),
  ].join('');
}

/** What a `<member>` with a RoleDetail holds. */
export function roleXml(role: RoleFixture, arn: string, arns: PolicyArns): string {
  return [
    identityXml('Role', fakeUniqueId('AROA', arn), role, arn),
    textElement('AssumeRolePolicyDocument', encodeDocument(role.trust ?? defaultTrust(role))),
    '<InstanceProfileList/>',
    inlineXml('RolePolicyList', role.inline),
    attachedXml(role.attached, arns),
    boundaryXml(role.boundary, arns),
    tagsXml(role.tags),
    lastUsedXml(role),
  ].join('');
}

/** What a `<member>` with a ManagedPolicyDetail holds. */
export function policyXml(policy: ManagedPolicyFixture, arn: string, usage: PolicyUsage): string {
  const inForce = policy.defaultVersion ?? policy.versions.length;
  const createdAt = isoDate(policy.createdAt ?? defaultDate);
  const versions = policy.versions.map((document, index) =>
    [
      textElement('Document', encodeDocument(document)),
      textElement('VersionId', `v${index + 1}`),
      textElement('IsDefaultVersion', index + 1 === inForce),
      textElement('CreateDate', createdAt),
    ].join(''),
  );
  return [
    textElement('PolicyName', policy.name),
    textElement('PolicyId', fakeUniqueId('ANPA', arn)),
    textElement('Arn', arn),
    textElement('Path', policy.path ?? '/'),
    textElement('DefaultVersionId', `v${inForce}`),
    textElement('AttachmentCount', usage.attached.get(arn) ?? 0),
    textElement('PermissionsBoundaryUsageCount', usage.boundary.get(arn) ?? 0),
    textElement('IsAttachable', true),
    textElement('Description', policy.description),
    textElement('CreateDate', createdAt),
    textElement('UpdateDate', createdAt),
    // AWS lists the versions with the newest first.
    listElement('PolicyVersionList', versions.reverse()),
  ].join('');
}

function identityXml(
  kind: 'User' | 'Group' | 'Role',
  id: string,
  fixture: { readonly name: string; readonly path?: string; readonly createdAt?: number },
  arn: string,
): string {
  return [
    textElement('Path', fixture.path ?? '/'),
    textElement(`${kind}Name`, fixture.name),
    textElement(`${kind}Id`, id),
    textElement('Arn', arn),
    textElement('CreateDate', isoDate(fixture.createdAt ?? defaultDate)),
  ].join('');
}

function inlineXml(list: string, policies: Readonly<Record<string, PolicyDocument>> | undefined): string {
  const members = Object.entries(policies ?? {}).map(
    ([name, document]) => textElement('PolicyName', name) + textElement('PolicyDocument', encodeDocument(document)),
  );
  return listElement(list, members);
}

function attachedXml(names: readonly string[] | undefined, arns: PolicyArns): string {
  const members = (names ?? []).map((name) => {
    const arn = resolvePolicy(arns, name);
    return textElement('PolicyName', arn.slice(arn.lastIndexOf('/') + 1)) + textElement('PolicyArn', arn);
  });
  return listElement('AttachedManagedPolicies', members);
}

function boundaryXml(name: string | undefined, arns: PolicyArns): string {
  if (name === undefined) return '';
  const arn = resolvePolicy(arns, name);
  return element('PermissionsBoundary', textElement('PermissionsBoundaryType', 'Policy') + textElement('PermissionsBoundaryArn', arn));
}

function tagsXml(tags: Readonly<Record<string, string>> | undefined): string {
  return listElement(
    'Tags',
    Object.entries(tags ?? {}).map(([key, value]) => textElement('Key', key) + textElement('Value', value)),
  );
}

function lastUsedXml(role: RoleFixture): string {
  if (role.lastUsedAt === undefined) return '<RoleLastUsed/>';
  return element(
    'RoleLastUsed',
    textElement('LastUsedDate', isoDate(role.lastUsedAt)) + textElement('Region', role.lastUsedRegion ?? 'us-east-1'),
  );
}

function defaultTrust(role: RoleFixture): PolicyDocument {
  const principal =
    role.externalId === undefined
      ? { Principal: { Service: 'ec2.amazonaws.com' } }
      : { Principal: { AWS: '*' }, Condition: { StringEquals: { 'sts:ExternalId': role.externalId } } };
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...principal }] };
}
