import { CreateDBClusterCommand, CreateDBInstanceCommand, CreateDBInstanceReadReplicaCommand, type RDSClient } from '@aws-sdk/client-rds';
import { CreateClusterCommand, type RedshiftClient } from '@aws-sdk/client-redshift';
import type { RegionFixture } from '../../../src/endpoint/account-fixture.ts';
import { tagList } from './tag-list.ts';

const byHand = 'Fake-Pass-1';

/** Makes clusters and instances, in order: what is replicated has to come first. */
export async function seedDatabases(client: RDSClient, { databases = [], databaseClusters = [] }: RegionFixture): Promise<void> {
  for (const { name, engine = 'aurora-postgresql', managed, tags } of databaseClusters) {
    // moto knows no DocumentDB.
    if (engine === 'docdb') continue;
    await client.send(
      new CreateDBClusterCommand({
        DBClusterIdentifier: name,
        Engine: engine,
        MasterUsername: 'root1',
        Tags: tagList(tags),
        ...(managed === true ? { ManageMasterUserPassword: true } : { MasterUserPassword: byHand }),
      }),
    );
  }
  for (const { name, engine = 'postgres', managed, cluster, replicaOf, tags } of databases) {
    const common = { DBInstanceIdentifier: name, DBInstanceClass: 'db.t3.micro', Tags: tagList(tags) };
    if (replicaOf !== undefined) {
      await client.send(new CreateDBInstanceReadReplicaCommand({ ...common, SourceDBInstanceIdentifier: replicaOf }));
      continue;
    }
    const password = managed === true ? { ManageMasterUserPassword: true } : { MasterUserPassword: byHand };
    await client.send(
      new CreateDBInstanceCommand({
        ...common,
        Engine: engine,
        AllocatedStorage: 20,
        ...(cluster === undefined ? { MasterUsername: 'root1', ...password } : { DBClusterIdentifier: cluster }),
      }),
    );
  }
}

/** moto knows no managed password of Redshift, so all are set by hand. */
export async function seedWarehouses(client: RedshiftClient, { warehouses = [] }: RegionFixture): Promise<void> {
  for (const { name, tags } of warehouses) {
    await client.send(
      new CreateClusterCommand({
        ClusterIdentifier: name,
        NodeType: 'ra3.large',
        MasterUsername: 'root1',
        MasterUserPassword: byHand,
        Tags: tagList(tags),
      }),
    );
  }
}
