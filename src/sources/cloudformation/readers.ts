import { templateParameterReader } from './cloudformation-parameter.ts';
import { databaseReaders } from './databases.ts';
import { managedPolicyReader, principalReaders } from './iam.ts';
import { keyReader } from './kms-key.ts';
import { secretReader } from './secretsmanager-secret.ts';
import { serverlessReaders } from './serverless.ts';
import { parameterReader } from './ssm-parameter.ts';
import { workloadReaders } from './workloads.ts';
import type { TypeReader } from './workspace.ts';

/** The registry of what a template is read for. Keys come after what they encrypt, which names them. */
export const readers: readonly TypeReader[] = [
  secretReader,
  parameterReader,
  keyReader,
  ...principalReaders,
  managedPolicyReader,
  ...workloadReaders,
  ...databaseReaders,
  ...serverlessReaders,
  templateParameterReader,
];
