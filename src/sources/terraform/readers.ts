import { databaseReaders } from './databases.ts';
import { managedPolicyReader } from './iam-managed-policy.ts';
import { principalReaders } from './iam-principals.ts';
import { keyReader } from './kms-key.ts';
import { secretReader } from './secretsmanager-secret.ts';
import { parameterReader } from './ssm-parameter.ts';
import { workloadReaders } from './workloads.ts';
import type { TypeReader } from './workspace.ts';

/** The registry of what a plan is read for. Keys come after what they encrypt, which they name. */
export const readers: readonly TypeReader[] = [
  secretReader,
  parameterReader,
  keyReader,
  ...principalReaders,
  managedPolicyReader,
  ...workloadReaders,
  ...databaseReaders,
];
