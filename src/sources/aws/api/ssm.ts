import {
  DescribeParametersCommand,
  GetParametersCommand,
  GetResourcePoliciesCommand,
  ListTagsForResourceCommand,
  SSMClient,
  type DescribeParametersResult,
  type GetParametersResult,
  type GetResourcePoliciesResponse,
  type ListTagsForResourceResult,
} from '@aws-sdk/client-ssm';
import type { ClientConfig } from './client-config.ts';

export interface SsmApi {
  readonly describeParameters: (
    token: string | undefined,
    abortSignal: AbortSignal,
    pageSize?: number,
  ) => Promise<DescribeParametersResult>;
  readonly listTags: (name: string, abortSignal: AbortSignal) => Promise<ListTagsForResourceResult>;
  /** At most 10 names, none of a SecureString. Nothing is ever decrypted. */
  readonly getParameters: (names: readonly string[], abortSignal: AbortSignal) => Promise<GetParametersResult>;
  readonly getResourcePolicies: (arn: string, token: string | undefined, abortSignal: AbortSignal) => Promise<GetResourcePoliciesResponse>;
}

export function createSsmApi(config: ClientConfig): SsmApi {
  const client = new SSMClient(config);
  return {
    describeParameters: (token, abortSignal, pageSize = 50) =>
      client.send(new DescribeParametersCommand({ MaxResults: pageSize, NextToken: token }), { abortSignal }),
    listTags: (name, abortSignal) =>
      client.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: name }), { abortSignal }),
    getParameters: (names, abortSignal) => client.send(new GetParametersCommand({ Names: [...names] }), { abortSignal }),
    getResourcePolicies: (arn, token, abortSignal) =>
      client.send(new GetResourcePoliciesCommand({ ResourceArn: arn, MaxResults: 50, NextToken: token }), { abortSignal }),
  };
}
