import type { AccountApi } from './api/account.ts';
import type { ClientConfig } from './api/client-config.ts';
import type { IamApi } from './api/iam.ts';
import type { KmsApi } from './api/kms.ts';
import type { SecretsManagerApi } from './api/secretsmanager.ts';
import type { SsmApi } from './api/ssm.ts';

/** The clients of one account and region. A package of the SDK is loaded when its client is first asked for. */
export interface Clients {
  readonly account: () => Promise<AccountApi>;
  readonly secretsManager: () => Promise<SecretsManagerApi>;
  readonly ssm: () => Promise<SsmApi>;
  readonly kms: () => Promise<KmsApi>;
  readonly iam: () => Promise<IamApi>;
  /** Closes the connections. */
  readonly close: () => void;
}

export function createClients(config: ClientConfig): Clients {
  return {
    account: once(async () => (await import('./api/account.ts')).createAccountApi(config)),
    secretsManager: once(async () => (await import('./api/secretsmanager.ts')).createSecretsManagerApi(config)),
    ssm: once(async () => (await import('./api/ssm.ts')).createSsmApi(config)),
    kms: once(async () => (await import('./api/kms.ts')).createKmsApi(config)),
    iam: once(async () => (await import('./api/iam.ts')).createIamApi(config)),
    close: () => {
      config.requestHandler.destroy();
    },
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
