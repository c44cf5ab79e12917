import { Unknown, type Maybe } from '../../model/unknown.ts';
import { docDbCluster } from '../../resources/docdb-db-cluster.ts';
import { passwordFrom, type MasterPassword } from '../../resources/master-password.ts';
import { rdsDbCluster } from '../../resources/rds-db-cluster.ts';
import { rdsDbInstance } from '../../resources/rds-db-instance.ts';
import { redshiftCluster } from '../../resources/redshift-cluster.ts';
import type { ResourceType } from '../../resources/resource-type.ts';
import type { Evaluator } from './evaluator.ts';
import { boolAt, locateAt, rawAt, tagsAt, textAt, valueAt } from './properties.ts';
import type { RawResource } from './template.ts';
import { originOfCredential, pinnedIn, takeApart } from './value-source.ts';
import type { Draft } from './variants.ts';
import { declare, declareAll, madeUp, ofTypes, type TypeReader } from './workspace.ts';

/** How one type spells the master password of its database. */
interface DatabaseKind {
  readonly type: ResourceType;
  readonly name: string;
  readonly managed: string;
  /** Properties that take the password over from somewhere else. */
  readonly inherits: readonly string[];
  /** The property that names the cluster it is in, which has the password. */
  readonly member?: string;
  readonly engine: boolean;
}

const password = 'MasterUserPassword';

const kinds: readonly DatabaseKind[] = [
  {
    type: rdsDbInstance,
    name: 'DBInstanceIdentifier',
    managed: 'ManageMasterUserPassword',
    inherits: [
      'DBSnapshotIdentifier',
      'DBClusterSnapshotIdentifier',
      'SourceDBInstanceIdentifier',
      'SourceDBClusterIdentifier',
      'SourceDbiResourceId',
      'SourceDBInstanceAutomatedBackupsArn',
    ],
    member: 'DBClusterIdentifier',
    engine: true,
  },
  {
    type: rdsDbCluster,
    name: 'DBClusterIdentifier',
    managed: 'ManageMasterUserPassword',
    inherits: ['SnapshotIdentifier', 'SourceDBClusterIdentifier', 'SourceDbClusterResourceId', 'ReplicationSourceIdentifier'],
    engine: true,
  },
  {
    type: docDbCluster,
    name: 'DBClusterIdentifier',
    managed: 'ManageMasterUserPassword',
    inherits: ['SnapshotIdentifier', 'SourceDBClusterIdentifier'],
    engine: false,
  },
  {
    type: redshiftCluster,
    name: 'ClusterIdentifier',
    managed: 'ManageMasterPassword',
    inherits: ['SnapshotIdentifier', 'SnapshotClusterIdentifier'],
    engine: false,
  },
];

export const databaseReaders: readonly TypeReader[] = kinds.map((kind) => ({
  type: kind.type.name,
  read: (workspace) =>
    declareAll(ofTypes(workspace, kind.type.name), (database) =>
      declare(workspace, database, { type: kind.type, address: database.id }, (evaluator) => readDatabase(evaluator, kind, database)),
    ),
}));

function readDatabase(evaluator: Evaluator, kind: DatabaseKind, database: RawResource): Draft {
  const { place } = evaluator.world.template;
  const engine = kind.engine ? textAt(evaluator, database, ['Engine']) : undefined;
  const at =
    (...path: string[]) =>
    () =>
      locateAt(evaluator, database, path);
  return {
    attributes: {
      name: textAt(evaluator, database, [kind.name]) ?? madeUp,
      account: place.account,
      region: place.region,
      tags: tagsAt(evaluator, database),
      ...(engine === undefined ? {} : { engine }),
      masterPassword: passwordOf(evaluator, kind, database),
    },
    origins: [
      { path: '', locate: at() },
      { path: 'name', locate: at(kind.name) },
      { path: 'tags', locate: at('Tags') },
      { path: 'engine', locate: at('Engine') },
      { path: 'masterPassword', locate: at(password) },
      { path: 'masterPassword.managed', locate: at(kind.managed) },
    ],
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-rds-dbinstance.html */
function passwordOf(evaluator: Evaluator, kind: DatabaseKind, database: RawResource): MasterPassword {
  const managed = boolAt(evaluator, database, [kind.managed]) ?? false;
  if (managed === true) return passwordFrom('managed', { managed, writeOnly: false });
  const taken = takeApart(evaluator, rawAt(evaluator, database, [password]));
  const origin = originOfCredential(taken);
  if (origin !== 'none') {
    const pinned = pinnedIn(taken);
    const isSet = taken.leaves.some(({ kind }) => kind !== 'opaque');
    return passwordFrom(origin, { managed, writeOnly: false, ...(pinned === undefined ? {} : { pinned }) }, isSet);
  }
  const inherits = kind.inherits.map((name) => isSet(evaluator, database, name));
  if (inherits.includes(true)) return passwordFrom('inherited', { managed, writeOnly: false });
  const open = inherits.find((one) => one instanceof Unknown);
  if (open !== undefined && !(kind.member !== undefined && isSet(evaluator, database, kind.member) === true)) {
    return passwordFrom(open, { managed, writeOnly: false });
  }
  return passwordFrom(origin, { managed, writeOnly: false });
}

function isSet(evaluator: Evaluator, database: RawResource, name: string): Maybe<boolean> {
  const value = valueAt(evaluator, database, [name]);
  return value instanceof Unknown ? value : value !== undefined && value !== '';
}
