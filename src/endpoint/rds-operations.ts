import { fakeUuid } from './fake-id.ts';
import type { Call, Operations } from './operation.ts';
import { pageOf } from './pagination.ts';
import type { DatabaseClusterFixture, DatabaseFixture, WarehouseFixture } from './workload-fixture.ts';
import { element, textElement } from './xml.ts';

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_Operations.html: those that tell how databases keep their password. */
export const rdsOperations: Operations = {
  DescribeDBInstances: { answer: describeInstances, paging: { token: 'Marker' } },
  DescribeDBClusters: { answer: describeClusters, paging: { token: 'Marker' } },
};

/** https://docs.aws.amazon.com/redshift/latest/APIReference/API_Operations.html */
export const redshiftOperations: Operations = {
  DescribeClusters: { answer: describeWarehouses, paging: { token: 'Marker' } },
};

function describeInstances(call: Call): string {
  const { databases = [] } = call.account.fixture.regions[call.region] ?? {};
  return pageXml(call, 'DescribeDBInstances', 'DBInstance', databases, (database) => instanceXml(call, database));
}

function describeClusters(call: Call): string {
  const { databaseClusters = [] } = call.account.fixture.regions[call.region] ?? {};
  return pageXml(call, 'DescribeDBClusters', 'DBCluster', databaseClusters, (cluster) => clusterXml(call, cluster));
}

function describeWarehouses(call: Call): string {
  const { warehouses = [] } = call.account.fixture.regions[call.region] ?? {};
  return pageXml(call, 'DescribeClusters', 'Cluster', warehouses, (warehouse) => warehouseXml(call, warehouse));
}

function pageXml<Fixture>(
  call: Call,
  operation: string,
  entry: string,
  all: readonly Fixture[],
  toXml: (fixture: Fixture) => string,
): string {
  const page = pageOf(all, {
    operation,
    token: call.input['Marker'],
    size: call.input['MaxRecords'],
    sizeName: 'MaxRecords',
    maxSize: 100,
    defaultSize: 100,
    badTokenCode: 'InvalidParameterValue',
    short: call.shortPages,
  });
  return element(`${entry}s`, page.items.map((item) => element(entry, toXml(item))).join('')) + textElement('Marker', page.nextToken);
}

function instanceXml(call: Call, { name, engine = 'postgres', managed, cluster, replicaOf, tags }: DatabaseFixture): string {
  return [
    textElement('DBInstanceIdentifier', name),
    textElement('DBInstanceArn', arnOf(call, 'rds', `db:${name}`)),
    textElement('Engine', engine),
    textElement('DBInstanceStatus', 'available'),
    textElement('DBClusterIdentifier', cluster),
    textElement('ReadReplicaSourceDBInstanceIdentifier', replicaOf),
    managed === true ? secretXml(call, `rds!db-${fakeUuid(name)}`) : '',
    tagsXml('TagList', tags),
  ].join('');
}

function clusterXml(call: Call, { name, engine = 'aurora-postgresql', managed, replicaOf, tags }: DatabaseClusterFixture): string {
  return [
    textElement('DBClusterIdentifier', name),
    textElement('DBClusterArn', arnOf(call, 'rds', `cluster:${name}`)),
    textElement('Engine', engine),
    textElement('Status', 'available'),
    textElement('ReplicationSourceIdentifier', replicaOf),
    managed === true ? secretXml(call, `rds!cluster-${fakeUuid(name)}`) : '',
    tagsXml('TagList', tags),
  ].join('');
}

function warehouseXml(call: Call, { name, managed, tags }: WarehouseFixture): string {
  return [
    textElement('ClusterIdentifier', name),
    textElement('ClusterStatus', 'available'),
    managed === true ? textElement('MasterPasswordSecretArn', secretArn(call, `redshift!${name}`)) : '',
    tagsXml('Tags', tags),
  ].join('');
}

function secretXml(call: Call, name: string): string {
  return element('MasterUserSecret', textElement('SecretArn', secretArn(call, name)) + textElement('SecretStatus', 'active'));
}

/** Six made-up characters end it, as with any secret. */
function secretArn(call: Call, name: string): string {
  return arnOf(call, 'secretsmanager', `secret:${name}-EXAMPL`);
}

function tagsXml(list: string, tags: Readonly<Record<string, string>> | undefined): string {
  const entries = Object.entries(tags ?? {}).map(([key, value]) => element('Tag', textElement('Key', key) + textElement('Value', value)));
  return element(list, entries.join(''));
}

function arnOf({ account, region }: Call, service: string, resource: string): string {
  return `arn:${account.partition}:${service}:${region}:${account.id}:${resource}`;
}
