import { DescribeClustersCommand, RedshiftClient, type ClustersMessage } from '@aws-sdk/client-redshift';
import type { ClientConfig } from './client-config.ts';

export interface RedshiftApi {
  readonly describeClusters: (marker: string | undefined, abortSignal: AbortSignal, pageSize?: number) => Promise<ClustersMessage>;
}

export function createRedshiftApi(config: ClientConfig): RedshiftApi {
  const client = new RedshiftClient(config);
  return {
    describeClusters: (marker, abortSignal, pageSize = 100) =>
      client.send(new DescribeClustersCommand({ MaxRecords: pageSize, Marker: marker }), { abortSignal }),
  };
}
