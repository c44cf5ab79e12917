import type { AccountApi } from './api/account.ts';
import type { ClientConfig } from './api/client-config.ts';
import type { CloudTrailApi } from './api/cloudtrail.ts';
import type { CloudWatchApi } from './api/cloudwatch.ts';
import type { EventBridgeApi } from './api/eventbridge.ts';
import type { IamApi } from './api/iam.ts';
import type { KmsApi } from './api/kms.ts';
import type { LambdaRotationApi } from './api/lambda-rotation.ts';
import type { SecretsManagerApi } from './api/secretsmanager.ts';
import type { SsmApi } from './api/ssm.ts';
import { once } from './once.ts';

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
  /** Closes the connections. */
  readonly close: () => void;
}

export function createClients(config: ClientConfig): Clients {
  return {
    account: once(async () => (await import('./api/account.ts')).createAccountApi(config)),
    secretsManager: once(async () => (await import('./api/secretsmanager.ts')).createSecretsManagerApi(config)),
    lambdaRotation: once(async () => (await import('./api/lambda-rotation.ts')).createLambdaRotationApi(config)),
    ssm: once(async () => (await import('./api/ssm.ts')).createSsmApi(config)),
    kms: once(async () => (await import('./api/kms.ts')).createKmsApi(config)),
    iam: once(async () => (await import('./api/iam.ts')).createIamApi(config)),
    cloudTrail: once(async () => (await import('./api/cloudtrail.ts')).createCloudTrailApi(config)),
    eventBridge: once(async () => (await import('./api/eventbridge.ts')).createEventBridgeApi(config)),
    cloudWatch: once(async () => (await import('./api/cloudwatch.ts')).createCloudWatchApi(config)),
    close: () => {
      config.requestHandler.destroy();
    },
  };
}
