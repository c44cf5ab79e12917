import {
  LambdaClient,
  ListFunctionsCommand,
  ListTagsCommand,
  type ListFunctionsResponse,
  type ListTagsResponse,
} from '@aws-sdk/client-lambda';
import type { ClientConfig } from './client-config.ts';

export interface LambdaApi {
  /** The functions as they are now, without their published versions. The answer holds environments in plain text. */
  readonly listFunctions: (marker: string | undefined, abortSignal: AbortSignal, pageSize?: number) => Promise<ListFunctionsResponse>;
  readonly listTags: (arn: string, abortSignal: AbortSignal) => Promise<ListTagsResponse>;
}

export function createLambdaApi(config: ClientConfig): LambdaApi {
  const client = new LambdaClient(config);
  return {
    listFunctions: (marker, abortSignal, pageSize = 50) =>
      client.send(new ListFunctionsCommand({ MaxItems: pageSize, Marker: marker }), { abortSignal }),
    listTags: (arn, abortSignal) => client.send(new ListTagsCommand({ Resource: arn }), { abortSignal }),
  };
}
