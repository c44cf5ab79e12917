import { partitionOf, type AccountFixture } from './account-fixture.ts';
import type { ManagedPolicyFixture } from './iam-fixture.ts';
import { groupXml, policyXml, resolvePolicy, roleXml, userXml, type PolicyArns, type PolicyUsage } from './iam-xml.ts';
import { once } from './once.ts';

/** What GetAccountAuthorizationDetails may be asked to filter by. */
export type IamEntityKind = 'User' | 'Group' | 'Role' | 'LocalManagedPolicy' | 'AWSManagedPolicy';

/** A user, group, role or managed policy, rendered when it is first asked for. */
export interface IamEntity {
  readonly kind: IamEntityKind;
  readonly arn: string;
  /** What a `<member>` of the list of its kind holds. */
  readonly xml: () => string;
  /** Of a managed policy: its tags, which are not among the details. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Everything that GetAccountAuthorizationDetails lists, in the order in which it pages: users, groups, roles, policies. */
export function renderIamEntities(account: AccountFixture): readonly IamEntity[] {
  const iam = account.iam ?? {};
  const arns: PolicyArns = new Map((iam.policies ?? []).map((policy) => [policy.name, policyArn(account, policy)]));
  const usage = once(() => countUsage(account, arns));
  return [
    ...(iam.users ?? []).map((user) => entity('User', principalArn(account, 'user', user), (arn) => userXml(user, arn, arns))),
    ...(iam.groups ?? []).map((group) => entity('Group', principalArn(account, 'group', group), (arn) => groupXml(group, arn, arns))),
    ...(iam.roles ?? []).map((role) => entity('Role', principalArn(account, 'role', role), (arn) => roleXml(role, arn, arns))),
    ...(iam.policies ?? []).map((policy) => policyEntity(policy, policyArn(account, policy), usage)),
  ];
}

/** The ARN of a user, group or role. */
export function principalArn(
  account: AccountFixture,
  kind: 'user' | 'group' | 'role',
  principal: { readonly name: string; readonly path?: string },
): string {
  return `arn:${partitionOf(account)}:iam::${account.id}:${kind}${principal.path ?? '/'}${principal.name}`;
}

function entity(kind: IamEntityKind, arn: string, render: (arn: string) => string): IamEntity {
  return { kind, arn, xml: once(() => render(arn)) };
}

function policyEntity(policy: ManagedPolicyFixture, arn: string, usage: () => PolicyUsage): IamEntity {
  const kind = policy.managedByAws === true ? 'AWSManagedPolicy' : 'LocalManagedPolicy';
  return { ...entity(kind, arn, () => policyXml(policy, arn, usage())), tags: policy.tags };
}

function policyArn(account: AccountFixture, policy: ManagedPolicyFixture): string {
  const owner = policy.managedByAws === true ? 'aws' : account.id;
  return `arn:${partitionOf(account)}:iam::${owner}:policy${policy.path ?? '/'}${policy.name}`;
}

function countUsage(account: AccountFixture, arns: PolicyArns): PolicyUsage {
  const attached = new Map<string, number>();
  const boundary = new Map<string, number>();
  const add = (counts: Map<string, number>, name: string): void => {
    const arn = resolvePolicy(arns, name);
    counts.set(arn, (counts.get(arn) ?? 0) + 1);
  };
  const { users = [], groups = [], roles = [] } = account.iam ?? {};
  for (const principal of [...users, ...groups, ...roles]) for (const name of principal.attached ?? []) add(attached, name);
  for (const principal of [...users, ...roles]) if (principal.boundary !== undefined) add(boundary, principal.boundary);
  return { attached, boundary };
}
