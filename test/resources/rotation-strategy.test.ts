import { describe, expect, it } from 'vitest';
import { Unknown } from '../../src/model/unknown.ts';
import { namesSuperuser, strategyIn, strategyOf } from '../../src/resources/rotation-strategy.ts';

describe('what a text says of a rotation function', () => {
  it.each<[string, string | undefined]>([
    ['SecretsManagerRDSMySQLRotationMultiUser', 'alternating-users'],
    ['SecretsManagerRDSMySQLRotationSingleUser', 'single-user'],
    ['SecretsManagerRDSDb2RotationMultiUser', 'alternating-users'],
    ['SecretsManagerRDSMariaDBRotationSingleUser', 'single-user'],
    ['SecretsManagerRDSOracleRotationMultiUser', 'alternating-users'],
    ['SecretsManagerRDSPostgreSQLRotationSingleUser', 'single-user'],
    ['SecretsManagerRDSSQLServerRotationMultiUser', 'alternating-users'],
    ['SecretsManagerMongoDBRotationSingleUser', 'single-user'],
    ['SecretsManagerRedshiftRotationMultiUser', 'alternating-users'],
    ['arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSOracleRotationSingleUser', 'single-user'],
    ['arn:aws:lambda:eu-west-1:111122223333:function:SecretsManagerRDSOracleRotationMultiUser-1A2B3C:live', 'alternating-users'],
    ['MySQLSingleUser', 'single-user'],
    ['PostgreSQLMultiUser', 'alternating-users'],
    ['Rotates the secret of RDS MySQL, using the multi user scheme', 'alternating-users'],
    ['orders-mysql-single-user', 'single-user'],
    ['Postgres, alternating users', 'alternating-users'],
    // Neither of them has a second user.
    ['SecretsManagerActiveDirectoryRotationSingleUser', undefined],
    ['SecretsManagerElasticacheUserRotation', undefined],
    ['SecretsManagerRotationTemplate', undefined],
    ['rotate-mysql', undefined],
    ['mysql, single user or multi user', undefined],
    ['mysql-single-username', undefined],
    ['', undefined],
  ])('%s', (text, expected) => expect(strategyIn(text)).toBe(expected));

  it('is the first of several', () => {
    const open = new Unknown('known-after-apply', 'later');
    expect(strategyOf([undefined, 'x', open, 'MySQLMultiUser', 'MySQLSingleUser'])).toBe('alternating-users');
    expect(strategyOf([undefined, 'x', open])).toBe(open);
    expect(strategyOf([undefined, 'x'])).toBe(undefined);
  });
});

it.each([
  ['orders/db-admin', true],
  ['prod/Master', true],
  ['DbSuperuser', true],
  ['root/db', true],
  ['RdsMasterUser', true],
  ['orders/admin-db-secret', true],
  ['admin-portal/db-app', false],
  ['master-data/db', false],
  ['orders/db', false],
  ['administration/db', false],
  ['mastermind/db', false],
])('%s names a superuser: %s', (name, expected) => expect(namesSuperuser(name)).toBe(expected));
