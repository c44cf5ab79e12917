import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { policyText } from '../../../src/endpoint/policy-document-text.ts';
import type { GroupFixture, IamFixture, ManagedPolicyFixture, RoleFixture, UserFixture } from '../../../src/endpoint/iam-fixture.ts';
import { tagList } from './tag-list.ts';

/** Makes the policies, groups, users and roles. moto brings the AWS managed policies along. */
export async function seedIam(client: IAMClient, account: string, iam: IamFixture): Promise<void> {
  const arns = new Map<string, string>();
  for (const policy of iam.policies ?? []) {
    const owner = policy.managedByAws === true ? 'aws' : account;
    const arn = `arn:aws:iam::${owner}:policy${policy.path ?? '/'}${policy.name}`;
    arns.set(policy.name, arn);
    if (policy.managedByAws !== true) await seedPolicy(client, arn, policy);
  }
  const arnOf = (policy: string): string => arns.get(policy) ?? policy;
  for (const group of iam.groups ?? []) await seedGroup(client, group, arnOf);
  for (const user of iam.users ?? []) await seedUser(client, user, arnOf);
  for (const role of iam.roles ?? []) await seedRole(client, role, arnOf);
}

type ArnOf = (policy: string) => string;

async function seedPolicy(client: IAMClient, PolicyArn: string, policy: ManagedPolicyFixture): Promise<void> {
  const [first, ...later] = policy.versions.map(policyText);
  await client.send(
    new CreatePolicyCommand({
      PolicyName: policy.name,
      Path: policy.path,
      Description: policy.description,
      PolicyDocument: first,
      Tags: tagList(policy.tags),
    }),
  );
  const inForce = policy.defaultVersion ?? policy.versions.length;
  for (const [index, PolicyDocument] of later.entries()) {
    await client.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: index + 2 === inForce }));
  }
}

async function seedGroup(client: IAMClient, group: GroupFixture, arnOf: ArnOf): Promise<void> {
  const GroupName = group.name;
  await client.send(new CreateGroupCommand({ GroupName, Path: group.path }));
  for (const [PolicyName, document] of Object.entries(group.inline ?? {})) {
    await client.send(new PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument: policyText(document) }));
  }
  for (const policy of group.attached ?? []) await client.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn: arnOf(policy) }));
}

async function seedUser(client: IAMClient, user: UserFixture, arnOf: ArnOf): Promise<void> {
  const UserName = user.name;
  const PermissionsBoundary = user.boundary === undefined ? undefined : arnOf(user.boundary);
  await client.send(new CreateUserCommand({ UserName, Path: user.path, PermissionsBoundary, Tags: tagList(user.tags) }));
  for (const [PolicyName, document] of Object.entries(user.inline ?? {})) {
    await client.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument: policyText(document) }));
  }
  for (const policy of user.attached ?? []) await client.send(new AttachUserPolicyCommand({ UserName, PolicyArn: arnOf(policy) }));
  for (const GroupName of user.groups ?? []) await client.send(new AddUserToGroupCommand({ UserName, GroupName }));
}

async function seedRole(client: IAMClient, role: RoleFixture, arnOf: ArnOf): Promise<void> {
  const RoleName = role.name;
  if (role.trust === undefined) throw new Error(`the role ${RoleName} needs a trust policy of its own`);
  const PermissionsBoundary = role.boundary === undefined ? undefined : arnOf(role.boundary);
  const AssumeRolePolicyDocument = policyText(role.trust);
  await client.send(
    new CreateRoleCommand({ RoleName, Path: role.path, AssumeRolePolicyDocument, PermissionsBoundary, Tags: tagList(role.tags) }),
  );
  for (const [PolicyName, document] of Object.entries(role.inline ?? {})) {
    await client.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: policyText(document) }));
  }
  for (const policy of role.attached ?? []) await client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: arnOf(policy) }));
}
