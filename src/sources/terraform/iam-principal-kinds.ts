import { iamGroup } from '../../resources/iam-group.ts';
import { iamRole } from '../../resources/iam-role.ts';
import { iamUser } from '../../resources/iam-user.ts';
import type { ResourceType } from '../../resources/resource-type.ts';

/** What differs between roles, users and groups in Terraform. */
export interface PrincipalKind {
  readonly type: ResourceType;
  readonly block: string;
  /** `aws_iam_role_policy` and the argument that names the principal. */
  readonly inline: string;
  readonly attachment: string;
  readonly argument: string;
  /** Plural argument of `aws_iam_policy_attachment`. */
  readonly plural: string;
}

/** Roles, users and groups, in this order. */
export const principalKinds: readonly PrincipalKind[] = [
  {
    type: iamRole,
    block: 'aws_iam_role',
    inline: 'aws_iam_role_policy',
    attachment: 'aws_iam_role_policy_attachment',
    argument: 'role',
    plural: 'roles',
  },
  {
    type: iamUser,
    block: 'aws_iam_user',
    inline: 'aws_iam_user_policy',
    attachment: 'aws_iam_user_policy_attachment',
    argument: 'user',
    plural: 'users',
  },
  {
    type: iamGroup,
    block: 'aws_iam_group',
    inline: 'aws_iam_group_policy',
    attachment: 'aws_iam_group_policy_attachment',
    argument: 'group',
    plural: 'groups',
  },
];
