import { rdsDbCluster } from '../../resources/rds-db-cluster.ts';
import type { Collector } from './collector.ts';
import { collectDbClusters, dbClusterList } from './db-cluster-list.ts';

const type = rdsDbCluster.name;

export const rdsDbClusterCollector: Collector = {
  type,
  place: 'region',
  base: [{ operation: dbClusterList }],
  source: dbClusterList,
  details: [],
  // Neptune knows no passwords; it asks IAM.
  collect: (scope) => collectDbClusters(scope, type, (engine) => engine !== 'docdb' && engine !== 'neptune'),
};
