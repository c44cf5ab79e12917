import type { AccountFixture, RegionFixture } from '../../../src/endpoint/account-fixture.ts';
import type { DatabaseClusterFixture } from '../../../src/endpoint/workload-fixture.ts';
import { acmeAccess } from './acme-access.ts';
import { auditOf, plantedAudit } from './acme-audit.ts';
import { acmeIam, vendorIam, type DescribedIam } from './acme-iam.ts';
import { acmeKeys } from './acme-keys.ts';
import { acmeParameters } from './acme-parameters.ts';
import { acmeRotation } from './acme-rotation.ts';
import { acmeClusters, acmeDatabases, acmeInstances, acmeTemplates, acmeWarehouses } from './acme-databases.ts';
import { acmeBuildProjects, acmeFunctions, acmeTaskDefinitions } from './acme-workloads.ts';
import { fails, type Described, type Planted, type Verdict } from './planted.ts';
import { acmeId, ago, europe, home, vendorId } from './words.ts';

/** Two accounts with known faults, and with decoys that resemble faults. */
export interface Acme {
  readonly accounts: readonly AccountFixture[];
  readonly planted: readonly Planted[];
  /** What enters the second account. */
  readonly roleArn: string;
}

/** One description for moto and for the embedded endpoint. All dates are relative to `now` (epoch milliseconds). */
export function acmeAccounts(now: number): Acme {
  const keys = acmeKeys(now);
  const secrets = [...acmeRotation(now), ...acmeAccess(now)];
  const parameters = acmeParameters(now);
  const functions = acmeFunctions();
  const taskDefinitions = acmeTaskDefinitions();
  const buildProjects = acmeBuildProjects();
  const region = (name: string): RegionFixture => ({
    keys: fixturesIn(keys, name),
    secrets: fixturesIn(secrets, name),
    parameters: fixturesIn(parameters, name),
    ...auditOf(acmeId, name),
    functions: fixturesIn(functions, name),
    taskDefinitions: fixturesIn(taskDefinitions, name),
    buildProjects: fixturesIn(buildProjects, name),
    instances: fixturesIn(acmeInstances, name),
    launchTemplates: fixturesIn(acmeTemplates, name),
    databases: fixturesIn(acmeDatabases, name),
    databaseClusters: fixturesIn(acmeClusters, name),
    warehouses: fixturesIn(acmeWarehouses, name),
  });
  const { users, groups, roles, policies } = acmeIam;
  const acme: AccountFixture = {
    id: acmeId,
    regions: { [home]: region(home), [europe]: region(europe) },
    iam: { users: fixturesOf(users), groups: fixturesOf(groups), roles: fixturesOf(roles), policies: fixturesOf(policies) },
  };
  const vendor: AccountFixture = {
    id: vendorId,
    regions: {
      [home]: { secrets: [{ name: 'vendor/only', createdAt: ago(now, 30), lastAccessedAt: ago(now, 1) }], ...auditOf(vendorId, home) },
      [europe]: auditOf(vendorId, europe),
    },
    iam: vendorIam,
  };
  const inVendor: readonly Verdict[] = [
    fails('secretsmanager-rotation-enabled', 'no rotation, in the second account'),
    fails('secretsmanager-customer-managed-key', 'no key named, in the second account'),
  ];
  const planted = [
    ...keys.flatMap((key) => plant('AWS::KMS::Key', key.region, key.fixture.id, key.verdicts)),
    ...secrets.flatMap((secret) => plant('AWS::SecretsManager::Secret', secret.region, secret.fixture.name, secret.verdicts)),
    ...parameters.flatMap((parameter) => plant('AWS::SSM::Parameter', parameter.region, parameter.fixture.name, parameter.verdicts)),
    ...functions.flatMap((one) => plant('AWS::Lambda::Function', one.region, one.fixture.name, one.verdicts)),
    ...taskDefinitions.flatMap((one) => plant('AWS::ECS::TaskDefinition', one.region, one.fixture.family, one.verdicts)),
    ...buildProjects.flatMap((one) => plant('AWS::CodeBuild::Project', one.region, one.fixture.name, one.verdicts)),
    ...acmeInstances.flatMap((one) => plant('AWS::EC2::Instance', one.region, one.fixture.id, one.verdicts)),
    ...acmeTemplates.flatMap((one) => plant('AWS::EC2::LaunchTemplate', one.region, one.fixture.name, one.verdicts)),
    ...acmeDatabases.flatMap((one) => plant('AWS::RDS::DBInstance', one.region, one.fixture.name, one.verdicts)),
    ...acmeClusters.flatMap((one) => plant(clusterType(one.fixture), one.region, one.fixture.name, one.verdicts)),
    ...acmeWarehouses.flatMap((one) => plant('AWS::Redshift::Cluster', one.region, one.fixture.name, one.verdicts)),
    ...plantIam('AWS::IAM::User', users),
    ...plantIam('AWS::IAM::Group', groups),
    ...plantIam('AWS::IAM::Role', roles),
    ...plantIam('AWS::IAM::ManagedPolicy', policies),
    ...plant('AWS::SecretsManager::Secret', home, 'vendor/only', inVendor, vendorId),
    ...plantedAudit,
  ];
  return { accounts: [acme, vendor], planted, roleArn: `arn:aws:iam::${vendorId}:role/audit` };
}

function fixturesIn<Fixture>(described: readonly Described<Fixture>[], region: string): readonly Fixture[] {
  return described.filter((one) => one.region === region).map((one) => one.fixture);
}

function fixturesOf<Fixture>(described: readonly DescribedIam<Fixture>[]): readonly Fixture[] {
  return described.map((one) => one.fixture);
}

function plant(type: string, region: string, name: string, verdicts: readonly Verdict[], account = acmeId): readonly Planted[] {
  return verdicts.map((verdict) => ({ ...verdict, type, account, region, name }));
}

function plantIam(type: string, described: readonly DescribedIam<{ readonly name: string }>[]): readonly Planted[] {
  return described.flatMap(({ fixture, verdicts }) => plant(type, 'global', fixture.name, verdicts));
}

function clusterType({ engine }: DatabaseClusterFixture): string {
  return engine === 'docdb' ? 'AWS::DocDB::DBCluster' : 'AWS::RDS::DBCluster';
}
