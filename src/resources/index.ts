import { iamGroup } from './iam-group.ts';
import { iamManagedPolicy } from './iam-managed-policy.ts';
import { iamRole } from './iam-role.ts';
import { iamUser } from './iam-user.ts';
import { kmsKey } from './kms-key.ts';
import type { ResourceType } from './resource-type.ts';
import { secretsManagerSecret } from './secretsmanager-secret.ts';
import { ssmParameter } from './ssm-parameter.ts';

/** The registry of resource types. */
export const resourceTypes: readonly ResourceType[] = [
  secretsManagerSecret,
  ssmParameter,
  kmsKey,
  iamRole,
  iamUser,
  iamGroup,
  iamManagedPolicy,
];

const byName = new Map(resourceTypes.map((type) => [type.name, type]));

export function findResourceType(name: string): ResourceType | undefined {
  return byName.get(name);
}
