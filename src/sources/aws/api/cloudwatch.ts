import { CloudWatchClient, DescribeAlarmsCommand, type DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch';
import type { ClientConfig } from './client-config.ts';

export interface CloudWatchApi {
  /** Metric alarms; composite ones come only when they are asked for. */
  readonly describeAlarms: (token: string | undefined, abortSignal: AbortSignal) => Promise<DescribeAlarmsOutput>;
}

export function createCloudWatchApi(config: ClientConfig): CloudWatchApi {
  const client = new CloudWatchClient(config);
  return {
    describeAlarms: (token, abortSignal) => client.send(new DescribeAlarmsCommand({ MaxRecords: 100, NextToken: token }), { abortSignal }),
  };
}
