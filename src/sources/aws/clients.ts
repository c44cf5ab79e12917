import type { AccountApi } from './api/account.ts';
import type { ClientConfig } from './api/client-config.ts';
import type { CodeBuildApi } from './api/codebuild.ts';
import type { CloudTrailApi } from './api/cloudtrail.ts';
import type { CloudWatchApi } from './api/cloudwatch.ts';
import type { Ec2Api } from './api/ec2.ts';
import type { EcsApi } from './api/ecs.ts';
import type { EventBridgeApi } from './api/eventbridge.ts';
import type { IamApi } from './api/iam.ts';
import type { KmsApi } from './api/kms.ts';
import type { LambdaApi } from './api/lambda.ts';
import type { LambdaRotationApi } from './api/lambda-rotation.ts';
import type { RdsApi } from './api/rds.ts';
import type { RedshiftApi } from './api/redshift.ts';
import type { SecretsManagerApi } from './api/secretsmanager.ts';
import type { SsmApi } from './api/ssm.ts';
import { once } from './once.ts';
import { serviceOf, type Operation, type Service } from './operations.ts';

/** Where the package of the SDK for a service is loaded. */
const apis = {
  account: () => import('./api/account.ts'),
  secretsmanager: () => import('./api/secretsmanager.ts'),
  ssm: () => import('./api/ssm.ts'),
  kms: () => import('./api/kms.ts'),
  iam: () => import('./api/iam.ts'),
  codebuild: () => import('./api/codebuild.ts'),
  ecs: () => import('./api/ecs.ts'),
  ec2: () => import('./api/ec2.ts'),
  rds: () => import('./api/rds.ts'),
  redshift: () => import('./api/redshift.ts'),
  lambda: () => import('./api/lambda.ts'),
  cloudtrail: () => import('./api/cloudtrail.ts'),
  events: () => import('./api/eventbridge.ts'),
  cloudwatch: () => import('./api/cloudwatch.ts'),
  sts: () => import('./api/sts.ts'),
} satisfies { readonly [S in Service]: () => Promise<unknown> };

/**
 * Loads the packages that these operations need, before the first of them is under way: a large one keeps the process busy for so long
 * that answers meanwhile would seem to come too late.
 */
export async function loadApis(operations: readonly Operation[]): Promise<void> {
  for (const service of new Set(operations.map(serviceOf))) await apis[service]();
}

/** The clients of one account and region. A package of the SDK is loaded when its client is first asked for. */
export interface Clients {
  readonly account: () => Promise<AccountApi>;
  readonly secretsManager: () => Promise<SecretsManagerApi>;
  readonly lambdaRotation: () => Promise<LambdaRotationApi>;
  readonly ssm: () => Promise<SsmApi>;
  readonly kms: () => Promise<KmsApi>;
  readonly iam: () => Promise<IamApi>;
  readonly cloudTrail: () => Promise<CloudTrailApi>;
  readonly eventBridge: () => Promise<EventBridgeApi>;
  readonly cloudWatch: () => Promise<CloudWatchApi>;
  readonly codeBuild: () => Promise<CodeBuildApi>;
  readonly ecs: () => Promise<EcsApi>;
  readonly ec2: () => Promise<Ec2Api>;
  readonly rds: () => Promise<RdsApi>;
  readonly redshift: () => Promise<RedshiftApi>;
  readonly lambda: () => Promise<LambdaApi>;
  /** Closes the connections. */
  readonly close: () => void;
}

export function createClients(config: ClientConfig): Clients {
  return {
    account: once(async () => (await apis.account()).createAccountApi(config)),
    secretsManager: once(async () => (await apis.secretsmanager()).createSecretsManagerApi(config)),
    ssm: once(async () => (await apis.ssm()).createSsmApi(config)),
    kms: once(async () => (await apis.kms()).createKmsApi(config)),
    iam: once(async () => (await apis.iam()).createIamApi(config)),
    codeBuild: once(async () => (await apis.codebuild()).createCodeBuildApi(config)),
    ecs: once(async () => (await apis.ecs()).createEcsApi(config)),
    ec2: once(async () => (await apis.ec2()).createEc2Api(config)),
    rds: once(async () => (await apis.rds()).createRdsApi(config)),
    redshift: once(async () => (await apis.redshift()).createRedshiftApi(config)),
    lambda: once(async () => (await apis.lambda()).createLambdaApi(config)),
    lambdaRotation: once(async () => (await import('./api/lambda-rotation.ts')).createLambdaRotationApi(config)),
    cloudTrail: once(async () => (await apis.cloudtrail()).createCloudTrailApi(config)),
    eventBridge: once(async () => (await apis.events()).createEventBridgeApi(config)),
    cloudWatch: once(async () => (await apis.cloudwatch()).createCloudWatchApi(config)),
    close: () => {
      config.requestHandler.destroy();
    },
  };
}
