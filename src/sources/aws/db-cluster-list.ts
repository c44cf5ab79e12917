import type { DBCluster } from '@aws-sdk/client-rds';
import type { Resource } from '../../model/resource.ts';
import type { rdsDbCluster } from '../../resources/rds-db-cluster.ts';
import type { AttributesOf } from '../../resources/resource-type.ts';
import { readTags, requireList, requireText } from './answer-fields.ts';
import { checkEach } from './check-fields.ts';
import { oncePerScope, type ScopeReader } from './collector.ts';
import { isManaged, type LiveDatabase } from './live-password.ts';
import { readListing } from './pages.ts';
import { uniqueBy } from './unique-by.ts';

/** The listing of the clusters of RDS, DocumentDB and Neptune, which is one. */
export const dbClusterList = 'rds:DescribeDBClusters';

/** A cluster of any engine, with what tells it from others. */
interface ListedCluster {
  readonly arn: string;
  readonly name: string;
  readonly engine: string;
  readonly cluster: DBCluster;
}

const listDbClusters = oncePerScope(async (scope): Promise<readonly ListedCluster[]> => {
  const api = await scope.clients.rds();
  const { items } = await readListing(scope, dbClusterList, async (marker, signal) => {
    const page = await api.describeClusters(marker, signal);
    const clusters = checkEach(requireList(page.DBClusters, 'DBClusters'), {
      DBClusterArn: 'arn',
      TagList: 'list',
      MasterUserSecret: 'record',
    });
    const named = clusters.map((cluster) => ({
      arn: requireText(cluster.DBClusterArn, 'DBClusterArn'),
      name: requireText(cluster.DBClusterIdentifier, 'DBClusterIdentifier'),
      // Which type of resource it is hangs on it.
      engine: requireText(cluster.Engine, 'Engine'),
      cluster,
    }));
    return { items: named, next: page.Marker };
  });
  return uniqueBy(items, ({ arn }) => arn);
});

/** The clusters of some engines as resources of a type; read once for all types. */
export async function collectDbClusters(
  scope: ScopeReader,
  type: string,
  isOfType: (engine: string) => boolean,
): Promise<readonly Resource[]> {
  const { partition, account, region } = scope;
  const clusters = (await listDbClusters(scope)).filter(({ engine }) => isOfType(engine));
  return clusters.map(({ arn, name, engine, cluster }) => {
    const attributes: LiveDatabase<AttributesOf<typeof rdsDbCluster>> = {
      name,
      account,
      region,
      tags: readTags(cluster.TagList, dbClusterList),
      engine,
      masterPassword: {
        // A secondary of a global database has the one of its primary.
        own: !cluster.ReplicationSourceIdentifier,
        managed: isManaged(cluster.MasterUserSecret, dbClusterList),
      },
    };
    return { type, address: arn, name, partition, account, region, attributes };
  });
}
