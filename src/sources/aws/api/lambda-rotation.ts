import {
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  LambdaClient,
  type FunctionConfiguration,
  type GetPolicyResponse,
} from '@aws-sdk/client-lambda';
import type { ClientConfig } from './client-config.ts';

/** What is asked about the functions that rotate secrets. */
export interface LambdaRotationApi {
  /** Takes an ARN, with a version or an alias too. The answer holds the environment in plain text: nobody may read it. */
  readonly getFunctionConfiguration: (arn: string, abortSignal: AbortSignal) => Promise<FunctionConfiguration>;
  readonly getPolicy: (arn: string, abortSignal: AbortSignal) => Promise<GetPolicyResponse>;
}

export function createLambdaRotationApi(config: ClientConfig): LambdaRotationApi {
  const client = new LambdaClient(config);
  return {
    getFunctionConfiguration: (arn, abortSignal) =>
      client.send(new GetFunctionConfigurationCommand({ FunctionName: arn }), { abortSignal }),
    getPolicy: (arn, abortSignal) => client.send(new GetPolicyCommand({ FunctionName: arn }), { abortSignal }),
  };
}
