import {
  BatchGetProjectsCommand,
  CodeBuildClient,
  ListProjectsCommand,
  type BatchGetProjectsOutput,
  type ListProjectsOutput,
} from '@aws-sdk/client-codebuild';
import type { ClientConfig } from './client-config.ts';

export interface CodeBuildApi {
  /** Names; the page has a size of its own. */
  readonly listProjects: (token: string | undefined, abortSignal: AbortSignal) => Promise<ListProjectsOutput>;
  /** At most 100 names. The answer holds environments in plain text. */
  readonly getProjects: (names: readonly string[], abortSignal: AbortSignal) => Promise<BatchGetProjectsOutput>;
}

export function createCodeBuildApi(config: ClientConfig): CodeBuildApi {
  const client = new CodeBuildClient(config);
  return {
    listProjects: (token, abortSignal) => client.send(new ListProjectsCommand({ nextToken: token }), { abortSignal }),
    getProjects: (names, abortSignal) => client.send(new BatchGetProjectsCommand({ names: [...names] }), { abortSignal }),
  };
}
