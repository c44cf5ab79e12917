import {
  GetAccountAuthorizationDetailsCommand,
  IAMClient,
  ListPolicyTagsCommand,
  type GetAccountAuthorizationDetailsResponse,
  type ListPolicyTagsResponse,
} from '@aws-sdk/client-iam';
import type { ClientConfig } from './client-config.ts';

export interface IamApi {
  readonly getAccountAuthorizationDetails: (
    marker: string | undefined,
    abortSignal: AbortSignal,
    pageSize?: number,
  ) => Promise<GetAccountAuthorizationDetailsResponse>;
  readonly listPolicyTags: (arn: string, marker: string | undefined, abortSignal: AbortSignal) => Promise<ListPolicyTagsResponse>;
}

export function createIamApi(config: ClientConfig): IamApi {
  const client = new IAMClient(config);
  return {
    getAccountAuthorizationDetails: (marker, abortSignal, pageSize = 1_000) =>
      client.send(
        new GetAccountAuthorizationDetailsCommand({
          Filter: ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'],
          MaxItems: pageSize,
          Marker: marker,
        }),
        { abortSignal },
      ),
    listPolicyTags: (arn, marker, abortSignal) =>
      client.send(new ListPolicyTagsCommand({ PolicyArn: arn, MaxItems: 1_000, Marker: marker }), { abortSignal }),
  };
}
