import {
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  SecretsManagerClient,
  type DescribeSecretResponse,
  type GetResourcePolicyResponse,
  type ListSecretsResponse,
  type ListSecretVersionIdsResponse,
} from '@aws-sdk/client-secrets-manager';
import type { ClientConfig } from './client-config.ts';

export interface SecretsManagerApi {
  readonly listSecrets: (token: string | undefined, abortSignal: AbortSignal, pageSize?: number) => Promise<ListSecretsResponse>;
  readonly describeSecret: (arn: string, abortSignal: AbortSignal) => Promise<DescribeSecretResponse>;
  readonly getResourcePolicy: (arn: string, abortSignal: AbortSignal) => Promise<GetResourcePolicyResponse>;
  readonly listSecretVersionIds: (
    arn: string,
    token: string | undefined,
    abortSignal: AbortSignal,
  ) => Promise<ListSecretVersionIdsResponse>;
}

/** Metadata of secrets only: no operation that returns a value is here. */
export function createSecretsManagerApi(config: ClientConfig): SecretsManagerApi {
  const client = new SecretsManagerClient(config);
  return {
    listSecrets: (token, abortSignal, pageSize = 100) =>
      client.send(new ListSecretsCommand({ IncludePlannedDeletion: true, MaxResults: pageSize, NextToken: token }), { abortSignal }),
    describeSecret: (arn, abortSignal) => client.send(new DescribeSecretCommand({ SecretId: arn }), { abortSignal }),
    getResourcePolicy: (arn, abortSignal) => client.send(new GetResourcePolicyCommand({ SecretId: arn }), { abortSignal }),
    listSecretVersionIds: (arn, token, abortSignal) =>
      client.send(new ListSecretVersionIdsCommand({ SecretId: arn, MaxResults: 100, NextToken: token }), { abortSignal }),
  };
}
