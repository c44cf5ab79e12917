import { accountOperations } from './account-operations.ts';
import { cloudTrailOperations } from './cloudtrail-operations.ts';
import { cloudWatchOperations } from './cloudwatch-operations.ts';
import { eventsOperations } from './events-operations.ts';
import { codeBuildOperations } from './codebuild-operations.ts';
import { ec2Operations } from './ec2-operations.ts';
import { ecsOperations } from './ecs-operations.ts';
import { iamOperations } from './iam-operations.ts';
import { json10Protocol, jsonProtocol, restJsonProtocol } from './json-protocol.ts';
import { kmsOperations } from './kms-operations.ts';
import { lambdaRotationOperations } from './lambda-rotation-operations.ts';
import { lambdaOperations } from './lambda-operations.ts';
import type { Operations } from './operation.ts';
import type { Protocol } from './protocol.ts';
import { ec2Protocol, queryProtocol } from './query-protocol.ts';
import { rdsOperations, redshiftOperations } from './rds-operations.ts';
import { secretsManagerOperations } from './secretsmanager-operations.ts';
import { ssmOperations } from './ssm-operations.ts';
import { stsOperations } from './sts-operations.ts';

export interface Service {
  readonly protocol: Protocol;
  readonly operations: Operations;
  /** Answers in every region, whatever the account has enabled. */
  readonly global?: boolean;
}

/** Everything that the endpoint speaks, by the prefix of the IAM actions of a service. */
export const services: Readonly<Record<string, Service>> = {
  secretsmanager: { protocol: jsonProtocol, operations: secretsManagerOperations },
  ssm: { protocol: jsonProtocol, operations: ssmOperations },
  kms: { protocol: jsonProtocol, operations: kmsOperations },
  iam: { protocol: queryProtocol('https://iam.amazonaws.com/doc/2010-05-08/'), operations: iamOperations, global: true },
  sts: { protocol: queryProtocol('https://sts.amazonaws.com/doc/2011-06-15/'), operations: stsOperations },
  codebuild: { protocol: jsonProtocol, operations: codeBuildOperations },
  ecs: { protocol: jsonProtocol, operations: ecsOperations },
  ec2: { protocol: ec2Protocol, operations: ec2Operations },
  rds: { protocol: queryProtocol('http://rds.amazonaws.com/doc/2014-10-31/'), operations: rdsOperations },
  redshift: { protocol: queryProtocol('http://redshift.amazonaws.com/doc/2012-12-01/'), operations: redshiftOperations },
  lambda: { protocol: restJsonProtocol, operations: { ...lambdaOperations, ...lambdaRotationOperations } },
  account: { protocol: restJsonProtocol, operations: accountOperations, global: true },
  cloudtrail: { protocol: jsonProtocol, operations: cloudTrailOperations },
  events: { protocol: jsonProtocol, operations: eventsOperations },
  cloudwatch: { protocol: json10Protocol, operations: cloudWatchOperations },
};

/** What a signature calls a service whose IAM actions have another prefix. */
export const signingNames: ReadonlyMap<string, string> = new Map([['monitoring', 'cloudwatch']]);
