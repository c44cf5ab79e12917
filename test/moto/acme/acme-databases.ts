import type {
  DatabaseClusterFixture,
  DatabaseFixture,
  InstanceFixture,
  LaunchTemplateFixture,
  WarehouseFixture,
} from '../../../src/endpoint/workload-fixture.ts';
import { aged, fails, flawless, type Described, type Verdict } from './planted.ts';
import { home } from './words.ts';

function atHome<Fixture>(fixture: Fixture, ...verdicts: readonly Verdict[]): Described<Fixture> {
  return { region: home, fixture, verdicts };
}

const rds = 'rds-managed-master-password';
const userData = 'ec2-user-data-no-plaintext-secret';
const credential = '#!/bin/bash\nexport DB_PASSWORD=Sup3r-S3cret-Fake\n';
const harmless = '#!/bin/bash\nexport DB_SECRET=prod/web/good-0\nyum install -y nginx\n';

export const acmeDatabases: readonly Described<DatabaseFixture>[] = [
  atHome({ name: 'orders', managed: true }, flawless('RDS manages its password')),
  atHome({ name: 'legacy' }, fails(rds, 'no secret of RDS')),
  atHome({ name: 'legacy-copy', replicaOf: 'legacy' }, flawless('a replica has the password of its source')),
  atHome({ name: 'catalogue-1', engine: 'aurora-postgresql', cluster: 'catalogue' }, flawless('its cluster has the password')),
];

export const acmeClusters: readonly Described<DatabaseClusterFixture>[] = [
  atHome({ name: 'catalogue', managed: true }, flawless('RDS manages its password')),
  atHome({ name: 'search' }, fails(rds, 'a cluster with no secret of RDS')),
  // moto has no DocumentDB.
  atHome({ name: 'sessions', engine: 'docdb', managed: true }, aged(flawless('DocumentDB manages its password'))),
  atHome({ name: 'events', engine: 'docdb' }, aged(fails('docdb-managed-master-password', 'no secret of DocumentDB'))),
];

export const acmeWarehouses: readonly Described<WarehouseFixture>[] = [
  // moto does not hold that Redshift manages a password.
  atHome({ name: 'sales', managed: true }, aged(flawless('Redshift manages its password'))),
  atHome({ name: 'archive' }, fails('redshift-managed-master-password', 'no secret of Redshift')),
];

export const acmeInstances: readonly Described<InstanceFixture>[] = [
  atHome({ id: 'i-0acae000000000001', userData: credential }, fails(userData, 'a password in its user data')),
  atHome({ id: 'i-0acae000000000002', userData: harmless }, flawless('its user data name a secret')),
  atHome({ id: 'i-0acae000000000003' }, flawless('no user data')),
];

export const acmeTemplates: readonly Described<LaunchTemplateFixture>[] = [
  atHome(
    { id: 'lt-0acae000000000001', name: 'batch', versions: [harmless, credential] },
    fails(userData, 'a password in its newest version'),
  ),
  atHome(
    { id: 'lt-0acae000000000002', name: 'web', versions: [credential, harmless, harmless], defaultVersion: 2 },
    flawless('the password stands in a version that nothing uses'),
  ),
];
