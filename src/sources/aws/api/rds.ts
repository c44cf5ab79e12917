import {
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  RDSClient,
  type DBClusterMessage,
  type DBInstanceMessage,
} from '@aws-sdk/client-rds';
import type { ClientConfig } from './client-config.ts';

export interface RdsApi {
  /** Those of DocumentDB and Neptune are among them. */
  readonly describeInstances: (marker: string | undefined, abortSignal: AbortSignal, pageSize?: number) => Promise<DBInstanceMessage>;
  /** Those of DocumentDB and Neptune are among them. */
  readonly describeClusters: (marker: string | undefined, abortSignal: AbortSignal, pageSize?: number) => Promise<DBClusterMessage>;
}

export function createRdsApi(config: ClientConfig): RdsApi {
  const client = new RDSClient(config);
  return {
    describeInstances: (marker, abortSignal, pageSize = 100) =>
      client.send(new DescribeDBInstancesCommand({ MaxRecords: pageSize, Marker: marker }), { abortSignal }),
    describeClusters: (marker, abortSignal, pageSize = 100) =>
      client.send(new DescribeDBClustersCommand({ MaxRecords: pageSize, Marker: marker }), { abortSignal }),
  };
}
