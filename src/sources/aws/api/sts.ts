import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  STSClient,
  type AssumeRoleResponse,
  type GetCallerIdentityResponse,
  type STSClientConfig,
} from '@aws-sdk/client-sts';
import type { Credentials } from './client-config.ts';

export interface StsApi {
  /** The region that the SDK chose; throws when none is configured. */
  readonly region: () => Promise<string>;
  /** The credentials that the SDK resolved, to share with the other clients: the chain then runs once. */
  readonly credentials: Credentials;
  readonly getCallerIdentity: (abortSignal: AbortSignal) => Promise<GetCallerIdentityResponse>;
  readonly assumeRole: (
    role: { readonly arn: string; readonly sessionName: string; readonly externalId?: string | undefined },
    abortSignal: AbortSignal,
  ) => Promise<AssumeRoleResponse>;
}

export function createStsApi(config: STSClientConfig): StsApi {
  const client = new STSClient(config);
  return {
    region: () => client.config.region(),
    credentials: client.config.credentials,
    getCallerIdentity: (abortSignal) => client.send(new GetCallerIdentityCommand({}), { abortSignal }),
    assumeRole: ({ arn, sessionName, externalId }, abortSignal) =>
      client.send(new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: sessionName, ExternalId: externalId }), { abortSignal }),
  };
}
