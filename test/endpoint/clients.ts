import { AccountClient } from '@aws-sdk/client-account';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { onTestFinished } from 'vitest';
import { startEndpoint, type Endpoint, type EndpointOptions } from '../../src/endpoint/index.ts';

export const now = Date.UTC(2026, 10, 20, 12, 30);
export const day = 86_400_000;

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export const defaultKeys: Keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'FAKE' };

/** An endpoint that ends with the test. */
export async function endpointFor(options: EndpointOptions): Promise<Endpoint> {
  const endpoint = await startEndpoint({ clock: () => now, ...options });
  onTestFinished(() => endpoint.close());
  return endpoint;
}

export interface Clients {
  readonly secrets: SecretsManagerClient;
  readonly ssm: SSMClient;
  readonly kms: KMSClient;
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly account: AccountClient;
}

/** Clients of the real SDK that try once. */
export function clientsFor(url: string, region = 'us-east-1', credentials: Keys = defaultKeys): Clients {
  const config = { endpoint: url, region, credentials, maxAttempts: 1 };
  const clients = {
    secrets: new SecretsManagerClient(config),
    ssm: new SSMClient(config),
    kms: new KMSClient(config),
    iam: new IAMClient(config),
    sts: new STSClient(config),
    account: new AccountClient(config),
  };
  onTestFinished(() => {
    for (const client of Object.values(clients)) client.destroy();
  });
  return clients;
}

/** Name and HTTP status of the error that a call ends with. */
export async function errorOf(
  call: Promise<unknown>,
): Promise<{ readonly name: string; readonly status: number | undefined; readonly message: string }> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
    return { name, message, status: $metadata?.httpStatusCode };
  }
  throw new Error('the call succeeded');
}

export async function collect<T>(pages: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
