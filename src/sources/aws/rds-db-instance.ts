import type { DBInstance } from '@aws-sdk/client-rds';
import type { Resource } from '../../model/resource.ts';
import { rdsDbInstance } from '../../resources/rds-db-instance.ts';
import type { AttributesOf } from '../../resources/resource-type.ts';
import { readTags, requireList, requireText } from './answer-fields.ts';
import { checkEach } from './check-fields.ts';
import type { Collector, ScopeReader } from './collector.ts';
import { isManaged, type LiveDatabase } from './live-password.ts';
import { readListing } from './pages.ts';
import { uniqueBy } from './unique-by.ts';

const list = 'rds:DescribeDBInstances';
const type = rdsDbInstance.name;

export const rdsDbInstanceCollector: Collector = {
  type,
  place: 'region',
  base: [{ operation: list }],
  source: list,
  details: [],
  collect: collectInstances,
};

/** Engines of services of their own, whose instances the API of RDS lists too; all of them are members of clusters. */
const foreignEngines: ReadonlySet<string> = new Set(['docdb', 'neptune']);

async function collectInstances(scope: ScopeReader): Promise<readonly Resource[]> {
  const api = await scope.clients.rds();
  const { partition, account, region } = scope;
  const { items } = await readListing(scope, list, async (marker, signal) => {
    const page = await api.describeInstances(marker, signal);
    const instances = checkEach(requireList(page.DBInstances, 'DBInstances'), {
      DBInstanceArn: 'arn',
      TagList: 'list',
      MasterUserSecret: 'record',
    });
    const named = instances.map((instance) => ({
      arn: requireText(instance.DBInstanceArn, 'DBInstanceArn'),
      name: requireText(instance.DBInstanceIdentifier, 'DBInstanceIdentifier'),
      engine: requireText(instance.Engine, 'Engine'),
      instance,
    }));
    return { items: named, next: page.Marker };
  });
  const own = uniqueBy(items, ({ arn }) => arn).filter(({ engine }) => !foreignEngines.has(engine));
  return own.map(({ arn, name, engine, instance }) => {
    const attributes: LiveDatabase<AttributesOf<typeof rdsDbInstance>> = {
      name,
      account,
      region,
      tags: readTags(instance.TagList, list),
      engine,
      masterPassword: { own: hasOwnPassword(instance), managed: isManaged(instance.MasterUserSecret, list) },
    };
    return { type, address: arn, name, partition, account, region, attributes };
  });
}

/** A member has the one of its cluster, a replica that of its source. */
function hasOwnPassword(instance: DBInstance): boolean {
  return !(instance.DBClusterIdentifier || instance.ReadReplicaSourceDBInstanceIdentifier || instance.ReadReplicaSourceDBClusterIdentifier);
}
