import type { Resource } from '../../model/resource.ts';
import { redshiftCluster } from '../../resources/redshift-cluster.ts';
import type { AttributesOf } from '../../resources/resource-type.ts';
import { readTags, requireList, requireText } from './answer-fields.ts';
import { checkEach } from './check-fields.ts';
import type { Collector, ScopeReader } from './collector.ts';
import type { LiveDatabase } from './live-password.ts';
import { readListing } from './pages.ts';
import { uniqueBy } from './unique-by.ts';

const list = 'redshift:DescribeClusters';
const type = redshiftCluster.name;

export const redshiftClusterCollector: Collector = {
  type,
  place: 'region',
  base: [{ operation: list }],
  source: list,
  details: [],
  collect: collectClusters,
};

async function collectClusters(scope: ScopeReader): Promise<readonly Resource[]> {
  const api = await scope.clients.redshift();
  const { partition, account, region } = scope;
  const { items } = await readListing(scope, list, async (marker, signal) => {
    const page = await api.describeClusters(marker, signal);
    const clusters = checkEach(requireList(page.Clusters, 'Clusters'), { Tags: 'list', MasterPasswordSecretArn: 'arn' });
    const named = clusters.map((cluster) => ({ name: requireText(cluster.ClusterIdentifier, 'ClusterIdentifier'), cluster }));
    return { items: named, next: page.Marker };
  });
  return uniqueBy(items, ({ name }) => name).map(({ name, cluster }) => {
    const attributes: LiveDatabase<AttributesOf<typeof redshiftCluster>> = {
      name,
      account,
      region,
      tags: readTags(cluster.Tags, list),
      // Redshift names the secret of what it manages, and nothing where somebody has set the password.
      masterPassword: { own: true, managed: Boolean(cluster.MasterPasswordSecretArn) },
    };
    return {
      type,
      address: `arn:${partition}:redshift:${region}:${account}:cluster:${name}`,
      name,
      partition,
      account,
      region,
      attributes,
    };
  });
}
