import { docDbCluster } from '../../resources/docdb-db-cluster.ts';
import type { Collector } from './collector.ts';
import { collectDbClusters, dbClusterList } from './db-cluster-list.ts';

const type = docDbCluster.name;

/** Clusters of DocumentDB are listed by the API of RDS, and by its permission. */
export const docDbClusterCollector: Collector = {
  type,
  place: 'region',
  base: [{ operation: dbClusterList }],
  source: dbClusterList,
  details: [],
  collect: (scope) => collectDbClusters(scope, type, (engine) => engine === 'docdb'),
};
