import { accountOperations } from './account-operations.ts';
import { iamOperations } from './iam-operations.ts';
import { jsonProtocol, restJsonProtocol } from './json-protocol.ts';
import { kmsOperations } from './kms-operations.ts';
import type { Operations } from './operation.ts';
import type { Protocol } from './protocol.ts';
import { queryProtocol } from './query-protocol.ts';
import { secretsManagerOperations } from './secretsmanager-operations.ts';
import { ssmOperations } from './ssm-operations.ts';
import { stsOperations } from './sts-operations.ts';

export interface Service {
  readonly protocol: Protocol;
  readonly operations: Operations;
  /** Answers in every region, whatever the account has enabled. */
  readonly global?: boolean;
}

/** Everything that the endpoint speaks, by the service name that a signature carries. */
export const services: Readonly<Record<string, Service>> = {
  secretsmanager: { protocol: jsonProtocol, operations: secretsManagerOperations },
  ssm: { protocol: jsonProtocol, operations: ssmOperations },
  kms: { protocol: jsonProtocol, operations: kmsOperations },
  iam: { protocol: queryProtocol('https://iam.amazonaws.com/doc/2010-05-08/'), operations: iamOperations, global: true },
  sts: { protocol: queryProtocol('https://sts.amazonaws.com/doc/2011-06-15/'), operations: stsOperations },
  account: { protocol: restJsonProtocol, operations: accountOperations, global: true },
};
