import type { Collector } from './collector.ts';
import { iamGroupCollector } from './iam-group.ts';
import { iamManagedPolicyCollector } from './iam-managed-policy.ts';
import { iamRoleCollector } from './iam-role.ts';
import { iamUserCollector } from './iam-user.ts';
import { kmsKeyCollector } from './kms-key.ts';
import { secretsManagerSecretCollector } from './secretsmanager-secret.ts';
import { ssmParameterCollector } from './ssm-parameter.ts';

/** The registry of what a live account can be asked for. */
export const collectors: readonly Collector[] = [
  secretsManagerSecretCollector,
  ssmParameterCollector,
  kmsKeyCollector,
  iamRoleCollector,
  iamUserCollector,
  iamGroupCollector,
  iamManagedPolicyCollector,
];
