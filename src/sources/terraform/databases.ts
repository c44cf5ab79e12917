import { declaredResource } from '../../iac/declared-resource.ts';
import type { Resource } from '../../model/resource.ts';
import { Unknown } from '../../model/unknown.ts';
import { docDbCluster } from '../../resources/docdb-db-cluster.ts';
import { rdsDbCluster } from '../../resources/rds-db-cluster.ts';
import { rdsDbInstance } from '../../resources/rds-db-instance.ts';
import { redshiftCluster } from '../../resources/redshift-cluster.ts';
import { passwordFrom, type MasterPassword } from '../../resources/master-password.ts';
import type { ResourceType } from '../../resources/resource-type.ts';
import { planned, type Block } from './block.ts';
import { boolAt, isOmitted, locateAt, originsIn, tagsOf, textAt, type PlanReader } from './plan-reader.ts';
import { expressionAt } from './references.ts';
import { changeIn } from './secretsmanager-secret.ts';
import { isSetAt, originAt } from './value-origin.ts';
import type { TypeReader } from './workspace.ts';

/** How one Terraform type spells the master password of its database. */
interface DatabaseKind {
  readonly type: ResourceType;
  readonly block: string;
  readonly name: string;
  /** In order: write-only ones last. */
  readonly passwords: readonly string[];
  readonly managed: string;
  /** Arguments that take the password over from somewhere else. */
  readonly inherits: readonly string[];
  readonly engine: boolean;
}

const kinds: readonly DatabaseKind[] = [
  {
    type: rdsDbInstance,
    block: 'aws_db_instance',
    name: 'identifier',
    passwords: ['password', 'password_wo'],
    managed: 'manage_master_user_password',
    inherits: ['replicate_source_db', 'snapshot_identifier', 'restore_to_point_in_time'],
    engine: true,
  },
  {
    type: rdsDbInstance,
    block: 'aws_rds_cluster_instance',
    name: 'identifier',
    passwords: [],
    managed: '',
    inherits: [],
    engine: true,
  },
  {
    type: rdsDbCluster,
    block: 'aws_rds_cluster',
    name: 'cluster_identifier',
    passwords: ['master_password', 'master_password_wo'],
    managed: 'manage_master_user_password',
    inherits: ['replication_source_identifier', 'snapshot_identifier', 'restore_to_point_in_time'],
    engine: true,
  },
  {
    type: docDbCluster,
    block: 'aws_docdb_cluster',
    name: 'cluster_identifier',
    passwords: ['master_password', 'master_password_wo'],
    managed: 'manage_master_user_password',
    inherits: ['snapshot_identifier', 'restore_to_point_in_time'],
    engine: true,
  },
  {
    type: redshiftCluster,
    block: 'aws_redshift_cluster',
    name: 'cluster_identifier',
    passwords: ['master_password', 'master_password_wo'],
    managed: 'manage_master_password',
    inherits: ['snapshot_identifier', 'snapshot_arn'],
    engine: false,
  },
];

export const databaseReaders: readonly TypeReader[] = kinds.map((kind) => ({
  type: kind.type.name,
  read: ({ reader }) =>
    reader.index
      .ofType(kind.block)
      .filter(({ change }) => change !== undefined)
      .map((block) => readDatabase(reader, kind, block)),
}));

function readDatabase(reader: PlanReader, kind: DatabaseKind, block: Block): Resource {
  const place = reader.placeOf(block);
  const name = textAt(reader, block, [kind.name]) ?? new Unknown('known-after-apply', 'known after apply: the provider makes up the name');
  const engine = kind.engine ? textAt(reader, block, ['engine']) : undefined;
  const argument = passwordArgument(kind, block);
  return declaredResource({
    type: kind.type,
    source: 'terraform',
    address: block.address,
    name,
    place,
    attributes: {
      name,
      account: place.account,
      region: place.region,
      tags: tagsOf(reader, block),
      ...(engine === undefined ? {} : { engine }),
      masterPassword: passwordOf(reader, kind, block, argument),
    },
    origins: originsIn(reader, () => [
      { path: '', locate: () => locateAt(reader, block, []) },
      { path: 'tags', locate: () => locateAt(reader, block, ['tags']) },
      { path: 'masterPassword', locate: () => locateAt(reader, block, argument === undefined ? [] : [argument]) },
    ]),
    ...changeIn(block, []),
  });
}

function passwordArgument({ passwords }: DatabaseKind, block: Block): string | undefined {
  return passwords.find((name) => expressionAt(block.config, [name]) !== undefined) ?? passwords[0];
}

function passwordOf(reader: PlanReader, kind: DatabaseKind, block: Block, argument: string | undefined): MasterPassword {
  if (argument === undefined) return passwordFrom('none', { managed: false, writeOnly: false });
  const managed = boolAt(reader, block, [kind.managed]) ?? false;
  if (managed === true) return passwordFrom('managed', { managed, writeOnly: false });
  const origin = originAt(reader, block, [argument]);
  if (origin !== 'none') return passwordFrom(origin, { managed, writeOnly: argument.endsWith('_wo') }, isSetAt(reader, block, [argument]));
  if (kind.inherits.some((name) => isSet(reader, block, name))) return passwordFrom('inherited', { managed, writeOnly: false });
  return passwordFrom(origin, { managed, writeOnly: false });
}

function isSet(reader: PlanReader, block: Block, name: string): boolean {
  const found = planned(block, [name]);
  if (found.kind === 'unknown') return !isOmitted(reader, block, [name]);
  return found.kind === 'known' && found.value !== '' && !(Array.isArray(found.value) && found.value.length === 0);
}
