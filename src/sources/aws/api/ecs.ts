import {
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListTaskDefinitionFamiliesCommand,
  type DescribeTaskDefinitionResponse,
  type ListTaskDefinitionFamiliesResponse,
} from '@aws-sdk/client-ecs';
import type { ClientConfig } from './client-config.ts';

export interface EcsApi {
  /** Families that have an active revision. */
  readonly listFamilies: (
    token: string | undefined,
    abortSignal: AbortSignal,
    pageSize?: number,
  ) => Promise<ListTaskDefinitionFamiliesResponse>;
  /** The newest active revision of a family. The answer holds environments in plain text. */
  readonly describeTaskDefinition: (
    family: string,
    options: { readonly tags: boolean },
    abortSignal: AbortSignal,
  ) => Promise<DescribeTaskDefinitionResponse>;
}

export function createEcsApi(config: ClientConfig): EcsApi {
  const client = new ECSClient(config);
  return {
    listFamilies: (token, abortSignal, pageSize = 100) =>
      client.send(new ListTaskDefinitionFamiliesCommand({ status: 'ACTIVE', maxResults: pageSize, nextToken: token }), { abortSignal }),
    describeTaskDefinition: (family, { tags }, abortSignal) =>
      client.send(new DescribeTaskDefinitionCommand({ taskDefinition: family, ...(tags ? { include: ['TAGS'] } : {}) }), { abortSignal }),
  };
}
