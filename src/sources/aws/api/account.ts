import { AccountClient, ListRegionsCommand, type ListRegionsResponse } from '@aws-sdk/client-account';
import type { ClientConfig } from './client-config.ts';

export interface AccountApi {
  readonly listRegions: (token: string | undefined, abortSignal: AbortSignal) => Promise<ListRegionsResponse>;
}

export function createAccountApi(config: ClientConfig): AccountApi {
  const client = new AccountClient(config);
  return {
    listRegions: (token, abortSignal) => client.send(new ListRegionsCommand({ MaxResults: 50, NextToken: token }), { abortSignal }),
  };
}
